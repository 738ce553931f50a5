"""
Mentions -> clauses, and in each clause the number with the words that belong to it.

People write without punctuation (「我們12本4本去年借出」) and in any order
(「借出4本」 「4本借出」). A clause ends at punctuation and at words that open a
new one (其中, 全部, 另外); inside, words of the same kind stand either all before
or all behind their numbers, and the last of them tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading import binding
from assistant.reading.binding import close
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.roles import CHANGES, NUMBERS, Roles

_OPENERS: Final = frozenset(
    {"part", "total", "rest", "other", "us", "except", "none", "suppose", "left", "some"}
)
# 「借出的」 「借出者」 「借出紀錄」: they, or what is written of them.
_NAMED: Final = frozenset("的者錄")
_COLON: Final = re.compile(r"[:=]\s?$")
_UNITS: Final = frozenset("年月日號%趴成分萬千元塊歲點樓個人")


@dataclass(frozen=True, slots=True)
class Group:
    """A number with the mentions that tell what it counts; a Group without number speaks of all or the rest."""

    number: Mention | None
    words: tuple[Mention, ...]
    clause: int
    sentence: int
    sure: bool = True

    def has(self, *kinds: str) -> bool:
        """True if a word of one of these kinds belongs to it."""
        return any(word.kind in kinds for word in self.words)

    def first(self, *kinds: str) -> Mention | None:
        """The first word of one of these kinds."""
        return next((word for word in self.words if word.kind in kinds), None)

    def span(self, *kinds: str) -> tuple[int, int]:
        """From the first to the last character of the number and its words of these kinds."""
        told = [word for word in self.words if word.kind in kinds] + ([self.number] if self.number else [])
        return min(word.start for word in told), max(word.end for word in told)


@dataclass(slots=True)
class _Stretch:
    """The mentions of one clause of a sentence."""

    items: list[Mention] = field(default_factory=list)
    sentence: int = 0

    @property
    def counted(self) -> bool:
        return any(item.kind in NUMBERS for item in self.items)


def groups(folded: str, found: Sequence[Mention], roles: Roles) -> tuple[Group, ...]:
    """The groups in the order of their clauses; inside a clause in the order of their numbers."""
    clauses = _clauses(folded, counted_behind_labels(folded, told_once(folded, found), roles), roles)
    return tuple(
        group for place, clause in enumerate(clauses) for group in _bound(folded, clause, place, roles)
    )


def told_once(folded: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions without a time that says again in brackets what stands before them: 「前年(113年)」."""
    kept = list(found)
    for place in range(len(found) - 4, -1, -1):
        before, opened, again, closed = found[place : place + 4]
        brackets = folded[opened.start : opened.end] + folded[closed.start : closed.end]
        if before.kind == again.kind == "period" and brackets == "()":
            del kept[place + 1 : place + 4]
    return kept


def counted_behind_labels(folded: str, found: Sequence[Mention], roles: Roles) -> list[Mention]:
    """Bare numbers behind a label (「借出: 5」) become counts, all others are dropped."""
    kept: list[Mention] = []
    for place, item in enumerate(found):
        follows = found[place + 1] if place + 1 < len(found) else None
        if item.kind == "number" and isinstance(item.value, int) and kept and kept[-1].kind in roles.labels:
            gap, after = folded[kept[-1].end : item.start], folded[item.end : item.end + 1]
            # 「借出 4」 ends its clause; behind a colon anything may follow that is no unit.
            ends = gap.strip(" 數") in {":", "=", ""} and (
                after in {"", ",", ";", "。", "\n", " ", "("}
                or (follows is not None and follows.start == item.end and follows.kind in roles.labels)
            )
            labelled = ends or (_COLON.search(kept[-1].words + gap) is not None and after not in _UNITS)
            if labelled:
                kept.append(Mention("count", item.start, item.end, item.words, _plain(item.value)))
            continue
        if item.kind not in roles.dropped:
            kept.append(item)
    return kept


def _plain(value: int) -> Count:
    return Count(Range(value, value), "exact", generic=False)


def _clauses(folded: str, found: Sequence[Mention], roles: Roles) -> list[_Stretch]:
    done: list[_Stretch] = []
    now = _Stretch()
    sentence = 0
    for place, item in enumerate(found):
        if item.kind == "weak" and _awaited(folded, item, found[place + 1 : place + 2], now):
            continue
        if item.kind in {"weak", "strong"}:
            done.append(now)
            sentence += item.kind == "strong"
            now = _Stretch(sentence=sentence)
            continue
        if _opens(folded, item, found, place, now, roles):
            done.append(now)
            now = _Stretch(sentence=sentence)
        now.items.append(item)
        if item.kind == "count" and item.inside:
            done.append(now)
            now = _Stretch(sentence=sentence)
    done.append(now)
    return [clause for clause in done if clause.items]


def _awaited(folded: str, comma: Mention, following: Sequence[Mention], now: _Stretch) -> bool:
    """「借出的,3本」: what is told before the comma is said of the number behind it."""
    told = folded[comma.start - 1 : comma.start] == "的" and bool(now.items) and not now.counted
    return told and bool(following) and following[0].kind in NUMBERS


def _opens(
    folded: str, item: Mention, found: Sequence[Mention], place: int, now: _Stretch, roles: Roles
) -> bool:
    """Whether a new clause begins with this mention."""
    last = now.items[-1] if now.items else None
    leads = place + 1 < len(found) and found[place + 1].kind in NUMBERS
    spaced = folded[item.start - 1 : item.start] == " "
    kinds = {before.kind for before in now.items}
    if spaced and _apart(item, last, found[place + 1 : place + 2], roles):
        return True
    opens = False
    if item.kind == "left":
        # 「借出的變成3本」 is of those lent.
        opens = now.counted
    elif item.kind in _OPENERS:
        # 「我們書房共12本」: one opening after another is one clause.
        # 「換掉另外2本」: the verb goes with what comes.
        verb = item.kind == "other" and last is not None and last.kind in CHANGES and not now.counted
        opens = (
            bool(kinds - _OPENERS - {"guard"}) and not verb and not _named_before(folded, item, now, roles)
        )
    elif item.kind in roles.nouns and spaced and not leads and now.items:
        # A space stands where others put a comma.
        opens = True
    elif item.kind in roles.leading:
        behind = last is not None and last.kind in NUMBERS and close(folded, last, item)
        opens = bool(kinds - _OPENERS) and not behind and leads
    elif item.kind in NUMBERS and not now.counted and spaced:
        # 「每本都有書號 3本去年借出」
        opens = _of_all(last, roles) or ("all" in kinds and bool(kinds & roles.said))
    elif _of_all(item, roles) or _of_all(last, roles):
        # 「4本借出都有書號」 「都有書號借出4本」: which have a number is another matter.
        opens = bool(kinds & (roles.said - {item.kind}))
    elif item.kind == "all":
        opens = now.counted and spaced
    elif item.kind in CHANGES:
        opens = now.counted and leads and not _verbs_follow(found, place)
    return opens


def _apart(item: Mention, last: Mention | None, following: Sequence[Mention], roles: Roles) -> bool:
    """「新的都在 108年第一次借出」: a space stands where others put a comma."""
    if last is None:
        return False
    dated = item.kind == "period" and bool(following) and following[0].kind in roles.apart
    return dated or item.kind in roles.apart or last.kind in roles.apart


def _named_before(folded: str, item: Mention, now: _Stretch, roles: Roles) -> bool:
    """「借出的共3本」: who they are is told before."""
    said = bool(now.items) and now.items[-1].kind in roles.said and not now.counted
    return said and item.kind == "total" and folded[item.start - 1 : item.start] in _NAMED


def _of_all(item: Mention | None, roles: Roles) -> bool:
    """「都有書號」, with 都 taken in."""
    return item is not None and item.kind in roles.of_all and item.words.startswith("都")


def _verbs_follow(found: Sequence[Mention], place: int) -> bool:
    """True in 「3本拿走2本補上」, where each verb stands behind its number."""
    start, end = place, place
    while start > 0 and found[start - 1].kind not in {"weak", "strong"}:
        start -= 1
    while end < len(found) and found[end].kind not in {"weak", "strong"}:
        end += 1
    kinds = [item.kind for item in found[start:end] if item.kind in NUMBERS or item.kind in CHANGES]
    return bool(kinds) and kinds[-1] in CHANGES and kinds[0] in NUMBERS and len(kinds) % 2 == 0


def _bound(folded: str, clause: _Stretch, place: int, roles: Roles) -> Iterator[Group]:
    numbers = [item for item in clause.items if item.kind in NUMBERS]
    words = [item for item in clause.items if item.kind not in NUMBERS]
    if len(numbers) <= 1:
        yield Group(numbers[0] if numbers else None, tuple(words), place, clause.sentence)
        return
    owners = binding.owners(folded, words, numbers, roles)
    for index, number in enumerate(numbers):
        owned = tuple(word for word, owner in zip(words, owners, strict=True) if owner == index)
        yield Group(number, owned, place, clause.sentence)
