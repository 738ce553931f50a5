"""Tests of the encoder's build."""
