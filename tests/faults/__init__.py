"""Faults done to the whole service, from outside: minutes long, `make faults`."""
