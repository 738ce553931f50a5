"""Stated facts -> a computed verdict with its clauses; standard library only."""
