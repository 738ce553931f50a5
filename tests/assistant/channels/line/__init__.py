"""Tests of the LINE channel."""
