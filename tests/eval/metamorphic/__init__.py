"""Tests of the sentences whose truth is known."""
