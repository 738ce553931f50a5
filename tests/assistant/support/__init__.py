"""Tests of assistant/support."""
