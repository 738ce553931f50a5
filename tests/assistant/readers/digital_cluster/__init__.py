"""Sentences about a cluster."""
