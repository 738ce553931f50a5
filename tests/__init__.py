"""Tests mirror the paths of the code; each docstring states a fact."""
