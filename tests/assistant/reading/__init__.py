"""Chinese to facts."""
