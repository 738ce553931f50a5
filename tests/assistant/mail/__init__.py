"""Mails, taken off what is wrapped around them."""
