"""Tests of the corpus itself."""
