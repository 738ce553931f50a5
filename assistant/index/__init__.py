"""The only code that knows how the index is stored, written and read."""
