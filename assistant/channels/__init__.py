"""Channels: a request decoded to a Question, an Answer encoded; none adds facts of its own."""
