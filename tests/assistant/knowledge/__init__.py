"""Tests of the loop that closes."""
