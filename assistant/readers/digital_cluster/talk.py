"""What a message has been speaking of so far: whom, when, and of what; and what a word then says of a firm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import (
    FILL,
    IN,
    LEFT,
    NEVER,
    NEW,
    NO,
    NOW,
    OLD,
    OUT,
    STAY,
    VALUES,
    YES,
    Kinds,
    both,
)
from assistant.readers.digital_cluster.ledger import Ledger
from assistant.readers.digital_cluster.lexer import Coaching, Founded
from assistant.readers.digital_cluster.limits import Limits
from assistant.readers.digital_cluster.phrases import STATUS, TRAITS, NotUnderstoodError, Phrase
from assistant.readers.digital_cluster.told import EVER
from assistant.reading.mentions import Mention
from assistant.reading.period import Period

_STATUSES: Final[dict[str, frozenset[str]]] = {
    "old": OLD, "newcomers": NEW, "among_new": NEW, "stay": frozenset({STAY}), "remove": frozenset({LEFT}),
    "add": NEW, "fill": NEW, "swap": frozenset({LEFT}), "turned_into": frozenset({FILL}),
}  # fmt: skip
_TAKING_PLACES: Final = re.compile(r"[換補替]")
_LASTED: Final = re.compile(r"到|至")


@dataclass(slots=True)
class Talk:
    """
    The state of the talk.

    `focus` are those who came, if they are spoken of; `then` tells that it is of those who were
    there at first; `changed` that somebody came or left, `present` that the number told before
    is today's; `trait` is what 有 and 沒有 repeat; `carried` are times told for the next clause;
    `denied` are the places of words that a word before them denies.
    """

    folded: str
    today: date
    limits: Limits
    track_b: bool
    ledger: Ledger = field(default_factory=Ledger)
    focus: frozenset[str] | None = None
    then: bool = False
    changed: bool = False
    present: bool = False
    trait: Mention | None = None
    carried: tuple[Period, ...] = ()
    denied: frozenset[int] = frozenset()
    excepted: Range | None = None

    def noun(self, word: Mention) -> bool:
        """「退出的2家」 names who has left, and tells of no other change."""
        return word.words.endswith("的") or self.folded[word.end : word.end + 1] == "的"

    def status(self, word: Mention) -> frozenset[str]:
        """「換來的」 stand where others stood; 「新來的」 may be those or more."""
        filling = word.kind in {"newcomers", "fill"} and _TAKING_PLACES.match(word.words) is not None
        return frozenset({FILL}) if filling else _STATUSES[word.kind]

    def subject(self, phrase: Phrase) -> Kinds:
        """The kinds named before a number."""
        kinds: Kinds = {}
        for word in phrase.before:
            weak = isinstance(word.value, Coaching) and word.value.weak and not phrase.times
            if word.kind in STATUS:
                kinds = both(kinds, {"status": self.status(word)})
            elif word.kind in TRAITS and word.kind != "has" and not weak:
                kinds = both(kinds, self.meaning(word, phrase)[0])
        return kinds

    def scope(self, phrase: Phrase, predicates: Sequence[Mention]) -> Kinds:
        """Of whom a phrase speaks: of all, of those counted last, of the newcomers that were named."""
        named = self.ledger.named
        if any(isinstance(word.value, Coaching) and word.value.scheme == "agency" for word in predicates):
            newest = next((one for one in reversed(named) if one.kinds.get("status", NOW) <= NEW), None)
            if newest is not None and not phrase.has("old", "us", "total"):
                return dict(newest.kinds if phrase.has("part") and newest is named[-1] else {"status": NEW})
        if phrase.has("part") and named:
            # 「其中2家沒登記,其中1家輔導過」 are both of all; 「新增5家,其中2家輔導過」 are of the five.
            last = named[-1]
            dates = last.datable and phrase.times and any(word.kind == "coached" for word in predicates)
            beside = bool(last.adds) and "status" not in last.adds and not dates
            return dict(last.parent if beside else last.kinds)
        if self.focus is not None and not phrase.has("us", "total", "left"):
            return {"status": self.focus}
        if self.then and not phrase.has("left"):
            return {"status": OLD}
        scope = {"status": NOW}
        if not self.changed:
            self.ledger.floating.append(scope)
        return scope

    def meaning(
        self, word: Mention, phrase: Phrase, scope: Kinds | None = None, *, new: bool = False
    ) -> tuple[Kinds, bool]:
        """
        What a word says of a firm, and whether it affirms.

        Raises:
            NotUnderstoodError: it says nothing that this programme's rules read, or repeats what nobody said.
        """
        kind, value = self._repeated(word)
        denied = word.start in self.denied
        if isinstance(value, Coaching):
            if denied:
                value = Coaching(not value.positive, value.scheme, weak=False)
            return self._coaching(value, phrase, scope, new=new)
        if kind == "registered":
            yes = (value is True) != denied
            return {"registered": frozenset({YES if yes else NO})}, yes
        if kind in {"sme_yes", "sme_no"}:
            return {"small": frozenset({YES if kind == "sme_yes" else NO})}, kind == "sme_yes"
        if kind in {"founded", "startup"}:
            return {"young": _young(value)}, True
        if kind in _STATUSES:
            return {"status": self.status(word)}, True
        raise NotUnderstoodError(word.words)

    def _repeated(self, word: Mention) -> tuple[str, object]:
        """The kind of a word and what it tells; 有 and 沒有 repeat what was said last."""
        if word.kind in {"coached", "registered"}:
            self.trait = word
        if word.kind != "has":
            return word.kind, word.value
        if self.trait is None:
            raise NotUnderstoodError(word.words)
        if isinstance(self.trait.value, Coaching):
            return self.trait.kind, Coaching(bool(word.value), self.trait.value.scheme, weak=False)
        return self.trait.kind, word.value

    def _coaching(
        self, coaching: Coaching, phrase: Phrase, scope: Kinds | None, *, new: bool
    ) -> tuple[Kinds, bool]:
        status = (scope or {}).get("status") or self.focus or NOW
        new = new or status <= NEW or phrase.has("newcomers", "among_new")
        name = "agency" if coaching.scheme == "agency" or (self.track_b and new) else "coached"
        if coaching.scheme == "other" or (name == "agency" and not new):
            raise NotUnderstoodError("coaching that no rule reads")
        window = self.window(phrase, name)
        before = self.ledger.coaching_told(name) if window is None else None
        if before is not None:
            # 「4家去年輔導過,…其中1家輔導過的退出」: the coaching that was told of.
            values = before
        elif coaching.positive:
            values = {"in": frozenset({IN}), "out": frozenset({OUT})}.get(window or "", EVER)
        elif window in {"out", "unsure"}:
            raise NotUnderstoodError("not coached before")
        else:
            return {name: frozenset({NEVER} if window is None else {OUT, NEVER})}, False
        return {name: values if coaching.positive else frozenset(VALUES[name]) - values}, coaching.positive

    def window(self, phrase: Phrase, name: str) -> str | None:
        """Whether the time of a phrase is one that counts: in, out, unsure; None where none was told."""
        years = self.limits.newcomers if name == "agency" else self.limits.coached
        times = phrase.times or self.carried
        if years is None or not times:
            return None
        if not phrase.times:
            self.carried = ()
        windows = {time.within(years, self.today) for time in times}
        told = [word for word in phrase.words if isinstance(word.value, Period)]
        if len(windows) > 1 and told and _LASTED.search(self.folded[told[0].end : told[-1].start]):
            # 「從111年輔導到去年」 counts by its end.
            return times[-1].within(years, self.today)
        return windows.pop() if len(windows) == 1 else "unsure"

    def every(
        self,
        scope: Kinds,
        predicates: Sequence[Mention],
        phrase: Phrase,
        *,
        none: bool = False,
        new: bool = False,
    ) -> None:
        """What is said of all who are of some kinds; with `none`, that it is true of none of them."""
        for word in predicates:
            for name, told in self.meaning(word, phrase, scope, new=new)[0].items():
                values = frozenset(VALUES[name]) - told if none else told
                if self.excepted is not None:
                    many, self.excepted = self.excepted, None
                    self.ledger.but(scope, name, values, many, phrase)
                else:
                    self.ledger.every(scope, name, values, phrase)

    def has_left(self) -> bool:
        """Whether so many were told to have left, or to have stayed."""
        kinds: tuple[Kinds, ...] = ({"status": frozenset({LEFT})}, {"status": frozenset({STAY})})
        return any(self.ledger.number_of(one) is not None for one in kinds)


def _young(value: object) -> frozenset[str]:
    """Whether a founding exempts; either where that cannot be told."""
    young = value.young if isinstance(value, Founded) else None
    return frozenset({YES, NO}) if young is None else frozenset({YES if young else NO})
