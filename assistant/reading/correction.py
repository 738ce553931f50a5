"""Facts known before + facts just told -> facts known now: what is told last of a thing holds."""

from __future__ import annotations

from assistant.eligibility.facts import Fact, FactKind, FactKinds, Facts


def corrected(known: Facts, told: Facts, kinds: FactKinds) -> dict[str, Fact]:
    """
    The facts now, in a mapping of its own.

    Who tells a day takes back the year told before of the same event, who tells a count
    its share, and the other way round; what one message tells in two ways is kept.
    """
    facts = dict(known)
    for name, fact in told.items():
        for other in known:
            if (
                other not in told
                and name in kinds
                and other in kinds
                and same_told(kinds[name], kinds[other])
            ):
                facts.pop(other, None)
        facts[name] = fact
    return facts


def same_told(one: FactKind, other: FactKind) -> bool:
    """Whether two facts tell one thing: at another grain, or as a count and as a share."""
    return (one.event != "" and one.event == other.event) or one.part == other.name or other.part == one.name
