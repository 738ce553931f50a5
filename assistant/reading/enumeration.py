"""
Parts that are counted one after another -> the one count that they add up to.

「小說3本、雜誌4本、字典3本」 and 「館長1人、其他館員7人」 are ten and eight; nobody need say the
sum. Parts are enumerated if each has a label, before its number or behind it, or if 、 or 和
joins them. 「各有2本」 is of each part named before, and so are parts that bear the same labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from assistant.eligibility.facts import Range
from assistant.reading.mentions import Mention
from assistant.reading.numerals import NUMERAL, bounds
from assistant.reading.quantities import Count
from assistant.reading.ranges import total

# A label says what a part is; with one of these words it says more than that.
_SAYS_MORE: Final = re.compile(
    r"[沒無未有是在了過都也換再另剩總共全各每除不原新舊老加退補想找要邀拉請類]|其(?!他|餘)|(?:其他|其餘)$|目前|現在|我們?$|今年|去年|前年|上次|至少|最多|年"
)
_JOINED: Final = re.compile(r"\s*(?:[、和跟及與]|還有|以及|加上)\s*(?:還有|有)?\s*")
_LISTED: Final = re.compile(r"\s*[,;\n]\s*(?:還有|有|和|另外)?\s*|\s+")
_LABEL: Final = r"[^\d,。;!?、\s:=()有]{1,8}[:=\s]?"
_FIRST: Final = re.compile(rf"(?:^|[,。;!?、\s:]|有|我們)({_LABEL})?$")
# What may stand behind the last part, so that nothing is said of it alone.
_ENDS: Final = re.compile(r"\s*(?:$|[,。;!?\n)]|都|皆|全|共|合計|總|其中|裡|可以?|能|要|想|就|一起)")
# 「兩個鎮各5本」
_SO_MANY: Final = re.compile(rf"({NUMERAL})\s?[個條種類區處鄉鎮村里邊][^,。;!?\d]{{0,6}}$")
# 「一樓3本二樓4本」
_NEXT: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PAIR: Final = ("前者", "後者")
_TWO: Final = 2


@dataclass(slots=True)
class _Enumerated:
    """The places of the counts of one enumeration and their labels."""

    places: list[int]
    labels: list[str] = field(default_factory=list)

    @property
    def named(self) -> bool:
        return all(self.labels)


def summed(
    folded: str, found: Sequence[Mention], quiet: frozenset[str], labelled: Callable[[str], bool]
) -> tuple[Mention, ...]:
    """
    The mentions, with each run of enumerated counts made one.

    Args:
        folded: the text.
        found: its mentions in order.
        quiet: kinds that may stand in a label (其他).
        labelled: whether the words of a count name what it counts more closely than all are named.
    """
    made: list[Mention] = []
    told: list[str] = []
    place = 0
    while place < len(found):
        parts = _parts(folded, found, place, quiet, labelled, told)
        again = bool(told) and set(parts.labels) <= {*told, *(_PAIR if len(told) == _TWO else ())}
        run, last = parts.places, parts.places[-1]
        ends = again or _ENDS.match(folded, found[last].end)
        if len(run) == 1:
            made.append(found[place])
            _multiply(folded, made, len(told))
        elif ends:
            first, end = found[place], found[last].end
            made = [one for one in made if one.kind not in quiet or one.end < first.start - 1]
            whole = total(count.bounds for count in _counts(found, run))
            made.append(_counted(first, whole, end, folded[first.start : end], inside=found[last].inside))
            told = told if again else parts.labels
        else:
            kind = "torn" if parts.named else "count"
            run = run if parts.named else run[:1]
            last = run[-1]
            made += [
                replace(one, kind=kind) if at in run else one
                for at, one in enumerate(found[: last + 1])
                if at >= place
            ]
        place = last + 1
    return tuple(made)


def _counts(found: Sequence[Mention], run: Sequence[int]) -> list[Count]:
    return [count for count in (found[one].value for one in run) if isinstance(count, Count)]


def _counted(first: Mention, whole: Range, end: int, words: str, *, inside: bool) -> Mention:
    value = Count(whole, "exact", generic=False, summed=True)
    return replace(first, end=end, words=words, value=value, inside=inside)


def _multiply(folded: str, made: list[Mention], parts: int) -> None:
    """「各有2本」 right before a count is so many times as many parts were named."""
    number = made[-1]
    if (
        len(made) < _TWO
        or made[-2].kind != "each"
        or not _exact(number)
        or not isinstance(number.value, Count)
    ):
        return
    named = _SO_MANY.search(folded[: made[-2].start])
    read = bounds(named[1]) if named else Range(parts, parts)
    if read is None or read.low < _TWO or read.high != read.low:
        return
    each = number.value.bounds.low
    made[-2:] = [
        _counted(
            number, Range(each * read.low, each * read.low), number.end, number.words, inside=number.inside
        )
    ]


def _parts(
    folded: str,
    found: Sequence[Mention],
    place: int,
    quiet: frozenset[str],
    labelled: Callable[[str], bool],
    told: Sequence[str],
) -> _Enumerated:
    """The counts that are enumerated from here on, one if it is no enumeration."""
    parts = _Enumerated([place])
    if not _exact(found[place]):
        return parts
    before = folded[: found[place].start]
    if (
        place
        and found[place - 1].end == len(before)
        and found[place - 1].kind not in quiet | {"weak", "strong"}
    ):
        # What stands right before it says something of it, and is no label.
        before = ""
    parts.labels.append(_label(before, found[place].words, labelled, told))
    while True:
        here = parts.places[-1]
        after = here + 1
        while after < len(found) and found[after].kind in quiet | {"weak", "strong"}:
            after += 1
        if after == len(found) or not _exact(found[after]):
            return parts
        gap = folded[found[here].end : found[after].start]
        joint = _JOINED.match(gap) or _LISTED.match(gap)
        if joint is None and not (parts.named and _NEXT.fullmatch(gap)):
            return parts
        label = gap[joint.end() :] if joint else gap
        bare = label.strip(" 有:=")
        known = bare in {*told, *_PAIR} and bool(told)
        if bare and (bare in parts.labels or (bare in _PAIR and not told)):
            # A label once more begins what is said of the parts.
            return parts
        if label and not known and (not re.fullmatch(_LABEL, label) or _SAYS_MORE.search(label)):
            return parts
        name = bare or (found[after].words if labelled(found[after].words) else "")
        if not (name and parts.named) and not (_JOINED.match(gap) and bool(name) == parts.named):
            return parts
        parts.places.append(after)
        parts.labels.append(name)


def _label(before: str, words: str, labelled: Callable[[str], bool], told: Sequence[str]) -> str:
    """What the first part is called; empty if nothing names it."""
    again = [one for one in (*told, *_PAIR) if told and before.rstrip(" 有:=").endswith(one)]
    if again:
        return again[0]
    found = _FIRST.search(before)
    if found is not None and found[1] is not None and not _SAYS_MORE.search(found[1]):
        return str(found[1]).strip(" :=")
    return words if labelled(words) else ""


def _exact(one: Mention) -> bool:
    return (
        one.kind == "count" and isinstance(one.value, Count) and one.value.kind == "exact" and not one.inside
    )
