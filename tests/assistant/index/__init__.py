"""Tests of assistant/index/."""
