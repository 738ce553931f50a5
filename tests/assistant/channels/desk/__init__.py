"""The help-desk console."""
