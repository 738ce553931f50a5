"""
What a norm says to a yes-or-no question about its act: modal logic as a table.

What is forbidden is obliged not to be done. Whoever may need not, and may leave it; whoever must may, but other
conditions stand beside, so that an obligation never makes a 「可以」. None where nothing follows.
"""

from __future__ import annotations

from typing import Literal

from assistant.leads.norms import Does

Truth = Literal["yes", "no", "depends"]


def truth(does: Does, verb: str, *, done: bool) -> Truth | None:
    """The answer to a question with `verb` about the act of a norm (`done`) or its opposite."""
    match does:
        case "oblige":
            return _obliged(verb, done=done)
        case "forbid":
            return _forbidden(verb, done=done)
        case "permit":
            return _permitted(verb, done=done)
        case "discretion":
            return ("yes" if verb == "may" else "depends") if done else None
        case "depends" | "condition":
            return "depends"
    return "yes" if done else "no"


def _obliged(verb: str, *, done: bool) -> Truth | None:
    if done:
        return None if verb in {"may", "enough"} else "yes"
    return "no"


def _forbidden(verb: str, *, done: bool) -> Truth | None:
    if done:
        return "no" if verb in {"may", "must", "enough", "is"} else None
    return None if verb in {"may", "enough"} else "yes"


def _permitted(verb: str, *, done: bool) -> Truth | None:
    if not done:
        return "no" if verb in {"must", "may"} else None
    return {"may": "yes", "must": "no"}.get(verb, "yes" if verb in {"count", "is", "have"} else None)  # type: ignore[return-value]
