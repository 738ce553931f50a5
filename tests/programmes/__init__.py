"""Tests of programmes that are data alone."""
