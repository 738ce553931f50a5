"""How fast things are on this machine: python -m eval.speed."""
