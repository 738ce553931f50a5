"""Mirrors assistant/; packages, because two modules of the tree may share a name."""
