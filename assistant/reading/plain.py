"""
The reader of any programme, made of the words in its facts.toml; no line of it knows a programme.

A measure states the fact that is named beside it; a fact of yes and no, or a choice, states
itself. What is left over, or stands under a doubt, an exception or a quantity that is not
all (不確定, 除了, 有些), states nothing and is handed on as unread: nobody may decide on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import AMOUNTS, Fact, FactKind, Facts, Value
from assistant.eligibility.rules import RuleBook
from assistant.reading.asking import asks, asks_something_else
from assistant.reading.measures import Measure, measures
from assistant.reading.naming import Naming, Vocabulary
from assistant.reading.periods import Period
from assistant.reading.reader import Reader
from assistant.reading.reading import Reading
from assistant.reading.script import fold

_BREAK: Final = re.compile(r"[,。;!?\n]|(?<!\S)\s|\s(?=我|總|員)")
_DOUBT: Final = re.compile(
    r"不確定|不太確定|不知道|不清楚|不曉得|不記得|忘記?了|好像|搞不好|說不定|還沒決定|除了|以外|之外|不含|不算|扣掉|扣除"
    r"|有些|有的|部分|少數|多數|大部分|幾乎|差一點|其中|各(?:自|有)?|分別|每|平均|並非|不是沒|沒有不|兩倍|一倍|比.{0,6}[多少]|增資|減資|漲|原本|本來|以前|之前|後來|改成|變成"
    r"|另一家|兩家(?:公司|店)|[二三四五六七八九]家公司"
)
_CORRECTS: Final = re.compile(r"不對|更正|說錯|打錯|講錯|寫錯|算錯|記錯|我是說|應該是")
_OTHERS: Final = re.compile(
    r"朋友|別人|人家|隔壁|同行|同業|鄰居|親戚|他們?(?:家|公司)?|她|聽說|據說|聽人|規定|門檻|公告|網路上|網站上|說明會|如果是別"
)
_OURS: Final = re.compile(r"我|咱|本公司|本店|本商號|敝")
_ASKED: Final = re.compile(r"有沒有|有無|是不是|是否|要不要|算不算|會不會|能不能|可不可以")
_NOT: Final = re.compile(r"沒有?|無|未曾?|不曾|不是|不在|非|並未|不會|不")
_NOT_BEHIND: Final = re.compile(r"(?:都|也|是|倒是|目前)*(?:沒有?|無)(?:[過啦喔啊的欸了]|$)")
_YES: Final = re.compile(r"(?:對|是|有|嗯|yes|沒錯|當然)(?:的|啊|呀|喔|有|過|了)*[。!]*")
_NO: Final = re.compile(r"(?:都|完全|從來)?(?:沒有?|不是|否|無|不|no)(?:的|啊|呀|喔|過|了|欠)*[。!]*")
_NEAR: Final = 6


@dataclass(slots=True)
class _Draft:
    """What has been read of a message so far; a fact that is told twice in two ways is not known."""

    text: str
    facts: dict[str, Fact] = field(default_factory=dict)
    unread: list[tuple[int, int]] = field(default_factory=list)
    corrected: bool = False
    last: FactKind | None = None

    def state(self, kind: FactKind, value: Value, start: int, end: int) -> None:
        """State a fact; a second value replaces the first behind a correction, and unsettles it otherwise."""
        earlier = self.facts.get(kind.name)
        if earlier is not None and earlier.value != value and not self.corrected:
            self.unread += [(earlier.start, earlier.end), (start, end)]
            return
        self.facts[kind.name], self.last = Fact(kind.name, value, start, end, self.text[start:end]), kind


class PlainReader(Reader):
    """Reads by the words of a programme's facts alone."""

    def __init__(self, book: RuleBook) -> None:
        self._book, self._vocabulary = book, Vocabulary(book.facts)
        self._units = tuple({kind.unit for kind in book.facts.values() if kind.type == "count"})

    def read(self, text: str, today: date, asked: str | None = None) -> Reading:
        """Read one message; see Reader."""
        folded = fold(text)
        found = measures(folded, today, self._units)
        namings = self._vocabulary.namings(folded)
        draft = _Draft(text)
        kind = self._book.facts.get(asked or "")
        if kind is None or not self._reply(draft, folded.strip(), kind, found, namings):
            self._clauses(draft, folded, found, namings)
        lost = {name for name, fact in draft.facts.items() if (fact.start, fact.end) in draft.unread}
        facts = {name: fact for name, fact in draft.facts.items() if name not in lost}
        asked_for = asks(folded, namings, self._book)
        return Reading(
            facts=facts,
            asks=asked_for,
            unread=tuple(dict.fromkeys(text[start:end].strip() for start, end in sorted(set(draft.unread)))),
            contradictions=contradictions(self._book, facts, today),
            other_question=asks_something_else(folded, asked_for),
        )

    def apply(self, known: Facts, reading: Reading) -> Facts:
        """The facts after a message: what it states replaces what told the same thing before; see Reader."""
        facts = dict(known)
        for name, fact in reading.facts.items():
            for other in self._same(name):
                if other not in reading.facts:
                    facts.pop(other, None)
            facts[name] = fact
        return facts

    def takes(self, reading: Reading, known: Facts, *, active: bool) -> bool:
        """Whether the rules should take a message; see Reader."""
        if reading.other_question:
            return False
        active = active or bool(known)
        told = bool(reading.facts or reading.contradictions)
        if reading.asks is not None:
            return told or active or bool(reading.unread) or reading.asks in self._book.asks
        return told or (active and bool(reading.unread))

    def suffices(self, facts: Facts) -> bool:
        """Whether a first message has enough to judge by; see Reader."""
        return bool(facts)

    def _same(self, name: str) -> Iterator[str]:
        """The facts that tell the same thing in another way: another grain of an event, a share and its part."""
        kind = self._book.facts[name]
        for other in self._book.facts.values():
            together = kind.event and other.event == kind.event
            share = (other.part == name and other.part) or (kind.part == other.name and kind.part)
            if other.name != name and (together or share):
                yield other.name

    def _reply(
        self,
        draft: _Draft,
        text: str,
        kind: FactKind,
        found: tuple[Measure, ...],
        namings: tuple[Naming, ...],
    ) -> bool:
        """State the fact that was asked for if the message is nothing but its value; True if so."""
        if kind.type == "yes_no" and (yes := _YES.fullmatch(text) is not None) | (
            _NO.fullmatch(text) is not None
        ):
            draft.state(kind, yes, 0, len(draft.text))
            return True
        if kind.type in AMOUNTS and _NO.fullmatch(text):
            draft.state(kind, 0, 0, len(draft.text))
            return True
        others = [one for naming in namings for one in naming.kinds if one.name != kind.name]
        if len(found) != 1 or others or _DOUBT.search(text) or _OTHERS.search(text):
            return False
        value = _value(kind, found[0], named=True)
        if value is not None:
            draft.state(kind, value, found[0].start, found[0].end)
        return value is not None

    def _clauses(
        self, draft: _Draft, folded: str, found: tuple[Measure, ...], namings: tuple[Naming, ...]
    ) -> None:
        ours, carried = True, ()  # type: tuple[bool, tuple[Naming, ...]]
        for start, end in _clauses_of(folded, found):
            said = folded[start:end]
            inside = [one for one in found if start <= one.start < end]
            named = tuple(one for one in namings if start <= one.start < end)
            if _OTHERS.search(said):
                ours = False
            elif _OURS.search(said):
                ours = True
            if _CORRECTS.search(said):
                draft.corrected = True
            telling = [one for one in inside if one.kind != "other"]
            if not ours:
                continue
            if _DOUBT.search(said) and (telling or named):
                draft.unread.append((start, end))
                continue
            for one in telling:
                self._measure(draft, one, named or carried)
            for naming in named:
                self._naming(draft, folded, naming, (start, end), telling=bool(telling))
            carried = named if named and not telling else ()

    def _measure(self, draft: _Draft, one: Measure, named: tuple[Naming, ...]) -> None:
        """State the fact that a measure is of: the one named nearest before it, else right behind it, else the only one."""
        before = [naming for naming in named if naming.start < one.end]
        behind = [naming for naming in named if one.end <= naming.start <= one.end + _NEAR]
        for naming in (*reversed(before), *behind):
            fitting = [(kind, _value(kind, one, named=True)) for kind in naming.kinds]
            fitting = [(kind, value) for kind, value in fitting if value is not None]
            if len({kind.name for kind, _ in fitting}) == 1:
                kind, value = fitting[0]
                assert value is not None
                draft.state(kind, value, min(one.start, naming.start), max(one.end, naming.end))
                return
            if fitting:
                best = min(fitting, key=lambda pair: _GRAIN[pair[0].type])
                if (
                    len({kind.event for kind, _ in fitting}) == 1
                    and fitting[0][0].event
                    and best[1] is not None
                ):
                    draft.state(best[0], best[1], min(one.start, naming.start), one.end)
                    return
                break
        value = _value(draft.last, one, named=True) if draft.corrected and draft.last and not named else None
        if draft.last is not None and value is not None:
            # 「……，不對，是800萬」 puts right what was said last.
            draft.state(draft.last, value, one.start, one.end)
            return
        alone = [kind for kind in self._book.facts.values() if _value(kind, one, named=False) is not None]
        if one.kind == "people" and len(alone) == 1 and not before:
            value = _value(alone[0], one, named=False)
            assert value is not None
            draft.state(alone[0], value, one.start, one.end)
            return
        draft.unread.append((one.start, one.end))

    def _naming(
        self, draft: _Draft, folded: str, naming: Naming, clause: tuple[int, int], *, telling: bool
    ) -> None:
        """State a choice, or a yes or a no, that words say by themselves."""
        before = folded[max(clause[0], naming.start - _NEAR) : naming.start]
        behind = folded[naming.end : clause[1]]
        if _ASKED.search(before):
            return
        denials = len(_NOT.findall(before)) + bool(_NOT_BEHIND.match(behind))
        if denials > 1:
            draft.unread.append(clause)
            return
        for name, choice in naming.choices:
            kind = self._book.facts[name]
            others = [other for other in kind.choices if other != choice]
            if not denials:
                draft.state(kind, choice, naming.start, naming.end)
            elif len(others) == 1:
                draft.state(kind, others[0], naming.start, naming.end)
            else:
                draft.unread.append(clause)
        for kind in naming.kinds:
            if kind.type == "yes_no" and not telling:
                draft.state(kind, not denials, naming.start, naming.end)


# Of several facts that tell when something was, the finest that a measure fits.
_GRAIN: Final = {"date": 0, "months": 1, "year": 2}


def _clauses_of(folded: str, found: tuple[Measure, ...]) -> Iterator[tuple[int, int]]:
    """The clauses of a text; a comma within a number ends none."""
    start = 0
    for mark in _BREAK.finditer(folded):
        if any(one.start < mark.start() < one.end for one in found):
            continue
        yield start, mark.start()
        start = mark.end()
    yield start, len(folded)


def _value(kind: FactKind, one: Measure, *, named: bool) -> Value | None:
    """The value of a fact that a measure gives, None if it is not of its type; a bare number needs its name."""
    value = one.value
    if isinstance(value, Period):
        return _time_value(kind, value)
    if one.kind == "share" or kind.type == "share":
        fits = one.kind == kind.type
    elif one.kind == "length" or kind.type == "months":
        fits = (one.kind, kind.type) == ("length", "months")
    elif one.kind == "count":
        fits = kind.type == "count" and one.unit == kind.unit
    else:
        fits = kind.type in AMOUNTS and (one.kind == kind.type or (named and one.kind == "number"))
    return value if fits else None


def _time_value(kind: FactKind, when: Period) -> Value | None:
    if kind.type == "date":
        return when.earliest if when.grain == "day" else None
    if kind.type == "year":
        return when.year
    return when.months if kind.type == "months" else None
