"""Tests of the answer pipeline."""
