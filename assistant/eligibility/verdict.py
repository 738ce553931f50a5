"""How the results of the checks add up to a decision: strong Kleene conjunction."""

from __future__ import annotations

from assistant.verdict import Decision, Result


def decide(results: tuple[Result, ...]) -> Decision:
    """Ineligible as soon as one is not met, else unknown while one is unknown; nothing checked is unknown."""
    if "not_met" in results:
        return "ineligible"
    return "unknown" if "unknown" in results or not results else "eligible"
