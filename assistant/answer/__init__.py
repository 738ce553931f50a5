"""A cleaned question to an Answer; steps.py is the page to read first."""
