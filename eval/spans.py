"""
Spans of the guideline: where a text stands in it, and how much of it two sets of spans share.

Offsets count the characters that are not white space; a span is (start, end), end
exclusive. A text that stands twice (7/A/2 and 7/B/2 read the same) has two places,
and either counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain import Guideline
from eval.items import squeeze

Span = tuple[int, int]


class GuidelineText:
    """The guideline to be quoted: its characters without white space, and its leaf clauses in them."""

    def __init__(self, text: str, leaves: Iterable[tuple[str, Span]]) -> None:
        """Take the guideline's text, and the id and offsets (white space counted) of its leaves."""
        self.text = squeeze(text)
        self.leaves = {name: (_squeezed(text, span[0]), _squeezed(text, span[1])) for name, span in leaves}
        spans = sorted(self.leaves.values())
        self._labelled = [(end, own[1]) for end, own in zip([0, *(s[1] for s in spans)], spans, strict=False)]

    @classmethod
    def of(cls, guideline: Guideline) -> GuidelineText:
        """The source of a programme's guideline."""
        return cls(guideline.text, [(leaf.id, (leaf.start, leaf.end)) for leaf in guideline.leaves])

    def places(self, quoted: str) -> list[Span]:
        """Every place where a text stands, in order; none if it is empty or not verbatim."""
        needle = squeeze(quoted)
        found: list[Span] = []
        at = self.text.find(needle) if needle else -1
        while at >= 0:
            found.append((at, at + len(needle)))
            at = self.text.find(needle, at + 1)
        return found

    def read(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span[0] : span[1]]

    def homes(self, place: Span) -> list[Span]:
        """The leaf clauses that a place lies in or touches, each with the number or heading before it."""
        return [leaf for leaf in self._labelled if overlap(leaf, place)]


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def length(spans: Iterable[Span]) -> int:
    """How many characters the spans cover together; what several cover counts once."""
    total, end = 0, -1
    for start, stop in sorted(spans):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def covered(place: Span, spans: Iterable[Span]) -> float:
    """The share of a place, from 0 to 1, that lies inside the spans."""
    inside = [(max(place[0], a), min(place[1], b)) for a, b in spans if overlap(place, (a, b))]
    return length(inside) / (place[1] - place[0])


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    return overlap(a, b) >= 0.5 * min(a[1] - a[0], b[1] - b[0])


def _squeezed(text: str, offset: int) -> int:
    return len(squeeze(text[:offset]))
