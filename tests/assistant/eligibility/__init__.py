"""Facts to verdict."""
