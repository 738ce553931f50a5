"""Question sets, metrics and reports: python -m eval."""
