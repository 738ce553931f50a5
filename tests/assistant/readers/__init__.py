"""Readers of one programme's sentences."""
