"""LINE: signed events in, one reply out for each, with its clauses."""
