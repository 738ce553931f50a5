"""
What a message says of firms, kept so that later words can refer to it.

「其中」 speaks of those counted last, 「其他」 of those of whom nothing was told yet, 「都是去年的」
of a coaching whose time was open, 「那4家」 of whom so many were counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import (
    IN,
    NEVER,
    NEW,
    NOW,
    OLD,
    OUT,
    VALUES,
    Census,
    Kinds,
    both,
    no,
)
from assistant.readers.digital_cluster.phrases import NotUnderstoodError, Phrase
from assistant.readers.digital_cluster.told import EVER, Told
from assistant.reading.period import Period

_TOPICS: Final = {
    "coached": "coached_within_3y", "agency": "newcomers_coached_smea", "registered": "unqualified_members", "small": "unqualified_members",
}  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """All that was told, and where."""

    census: Census = field(default_factory=Census)
    named: list[Told] = field(default_factory=list[Told])
    coached: list[Kinds] = field(default_factory=list[Kinds])
    floating: list[Kinds] = field(default_factory=list[Kinds])
    shares: list[tuple[Fraction, Told]] = field(default_factory=list[tuple[Fraction, Told]])
    spans: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    premises: list[str] = field(default_factory=list[str])
    old: bool = False

    # --- what is told ---

    def count(self, kinds: Kinds, parent: Kinds, many: Range, phrase: Phrase) -> None:
        """So many are of these kinds; told again of another time, they are others."""
        told = Told(kinds, parent, many, None, phrase.times)
        name = told.coaching
        self.mark(kinds, phrase)
        others = [
            one for one in self.named if name and one.coaching == name and one.times and one.many is not None
        ]
        if phrase.times and any(one.times != phrase.times and one.datable != told.datable for one in others):
            # Of two times one may count or not: who was coached at both cannot be told from the other.
            raise NotUnderstoodError("times that may overlap")
        for one in self.named if name else ():
            if one.kinds == kinds and one.statement is not None:
                if phrase.times and one.times and phrase.times != one.times:
                    one.more(many)
                    one.summed, one.times = True, ()
                    return
                if one.many != many:
                    raise NotUnderstoodError("told twice")
        self.floats(parent, kinds)
        told.statement = self.census.count(kinds, many)
        self.named.append(told)
        self._coaching(kinds)

    def again(self, kinds: Kinds, many: Range, phrase: Phrase, topic: str) -> None:
        """So many more of kinds that may have been counted before: 「109年走了2家,111年又走了1家」."""
        self.span(topic, phrase)
        before = next((one for one in self.named if one.kinds == kinds and one.statement is not None), None)
        if before is not None:
            before.more(many)
        else:
            self.named.append(Told(kinds, {"status": NOW}, many, self.census.count(kinds, many)))

    def every(self, scope: Kinds, name: str, values: frozenset[str], phrase: Phrase) -> None:
        """All who are of some kinds have one of these values."""
        kinds, others = both(scope, {name: values}), both(scope, no(name, values))
        self.floats(scope, kinds, others)
        self.census.none(others)
        self.tell(kinds, scope, phrase)

    def but(self, scope: Kinds, name: str, values: frozenset[str], many: Range, phrase: Phrase) -> None:
        """All but so many have one of these values, and those the contrary."""
        contrary = frozenset(VALUES[name]) - values
        if name in {"coached", "agency"} and NEVER in contrary:
            contrary = frozenset({NEVER})
        self.count(both(scope, {name: contrary}), scope, many, phrase)
        self.census.none(both(scope, no(name, values | contrary)))
        self._coaching(both(scope, {name: values}))

    def share(self, kinds: Kinds, parent: Kinds, share: Fraction, phrase: Phrase) -> None:
        """So large a share of some are of these kinds."""
        self.floats(parent, kinds)
        self.census.relate([(1, kinds), (-share, parent)], 0, 0)
        self.tell(kinds, parent, phrase)

    def tell(self, kinds: Kinds, parent: Kinds, phrase: Phrase) -> None:
        """Some are of these kinds; how many, other statements say."""
        self.named.append(Told(kinds, parent, None, None, phrase.times))
        self.mark(kinds, phrase)
        self._coaching(kinds)

    def floats(self, scope: Kinds, *kinds: Kinds) -> None:
        """Who is told of those whom nobody placed in time is placed with them."""
        if any(scope is one for one in self.floating):
            self.floating += kinds

    def _coaching(self, kinds: Kinds) -> None:
        for name in ("coached", "agency"):
            if name in kinds and NEVER not in kinds[name]:
                self.coached.append(kinds)

    def date(self, told: Told, window: str | None, times: tuple[Period, ...]) -> None:
        """「都是去年的」: what was told with an open time was then."""
        if not told.datable:
            raise NotUnderstoodError("dated already")
        told.times = times
        if window in {"in", "out"}:
            self.census.none({**told.kinds, told.coaching: frozenset({OUT if window == "in" else IN})})

    # --- who is meant ---

    def counted(self, many: Range) -> Told | None:
        """Those who were counted as so many."""
        return next((one for one in reversed(self.named) if one.many == many), None)

    def rest(self) -> Kinds:
        """Those of whom nothing was told yet, where parts were told of: 其他, 另外7家, 剩下的."""
        parent = self.named[-1].parent if self.named else {}
        told = [one for one in self.named if one.parent == parent and one.adds]
        if not told:
            raise NotUnderstoodError("the others of whom")
        rest = dict(parent)
        for one in told:
            if len(one.adds) != 1:
                raise NotUnderstoodError("the others of whom")
            name, values = next(iter(one.adds.items()))
            rest[name] = rest.get(name, frozenset(VALUES[name])) - values
        return rest

    def number_of(self, kinds: Kinds) -> int | None:
        """How many of exactly these kinds were counted, at least."""
        told = [one.low for one in self.census.statements if one.counts(kinds) and one.low]
        return int(told[-1]) if told else None

    def coaching_told(self, name: str) -> frozenset[str] | None:
        """The coaching of one time that was told before; None where none or two were."""
        told = {one.kinds[name] for one in self.named if name in one.kinds and NEVER not in one.kinds[name]}
        return next(iter(told)) if len(told) == 1 and EVER not in told else None

    def mark(self, kinds: Kinds, phrase: Phrase) -> None:
        """Keep where these kinds were told of."""
        status = kinds.get("status", NOW)
        place = "old_members" if status <= OLD else "added_members" if status <= NEW else "members"
        for topic in [_TOPICS[name] for name in kinds if name in _TOPICS] or [place]:
            self.span(topic, phrase)

    def span(self, topic: str, phrase: Phrase) -> None:
        """Keep where a fact was told."""
        first, last = phrase.span
        start, end = self.spans.get(topic, (first, last))
        self.spans[topic] = min(start, first), max(end, last)
