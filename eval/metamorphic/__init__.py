"""Sentences whose truth is known because they are made of it: what changes nothing must change no verdict."""
