"""
Folded text -> the mentions in it: counts, shares, times, and the words that tell what they are.

What the table of cues does not know is left out; the gap stays visible in the
positions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.readers.digital_cluster.cues import INSIDE_COUNT, KINDS, LEXER, PARTS
from assistant.readers.digital_cluster.programmes import OTHER_PROGRAMME
from assistant.reading.mentions import Mention
from assistant.reading.numerals import bounds, whole
from assistant.reading.periods import period
from assistant.reading.quantities import count, share

Scheme = Literal["plain", "cluster", "agency", "other"]

_AGENCY: Final = re.compile(r"中小企業處|中企處|中小及新創企業署|專案")
_CLUSTER: Final = re.compile(r"數位群聚|群聚|你們|您們|貴會|貴單位|貴計畫|這個|本")
_OTHER: Final = re.compile(OTHER_PROGRAMME)
_PAST: Final = re.compile(
    r"過|紀錄|經驗|完|了|曾|已|接受|受|被|獲|have|has|been|were|was|had|got|received|^有"
)


@dataclass(frozen=True, slots=True)
class Coaching:
    """Said to have had coaching (or not), and whose; `weak` if only a time beside it makes it a statement."""

    positive: bool
    scheme: Scheme
    weak: bool


@dataclass(frozen=True, slots=True)
class Founded:
    """How long ago an enterprise was founded; `young` None if it cannot be told whether that is lately enough."""

    young: bool | None


def mentions(folded: str, today: date, startup_years: int | None) -> tuple[Mention, ...]:
    """
    All mentions in order; numbers that are none of a cluster (prices, floors, ages) come as "skip".

    A founding is `young` if it was within `startup_years`.
    """
    found: list[Mention] = []
    for match in LEXER.finditer(folded):
        if match.lastgroup is None or not match.group().strip(" "):
            continue
        kind = KINDS[int(match.lastgroup[1:])]
        found.append(_mention(kind, match, today, startup_years))
    return tuple(found)


def _mention(kind: str, match: re.Match[str], today: date, startup_years: int | None) -> Mention:
    # A space behind a number tells where its clause ends, so it is none of its words.
    words = match.group().rstrip(" ")
    start, end = match.end() - len(match.group().lstrip(" ")), match.start() + len(words)
    words = words.lstrip(" ")
    value: object = None
    inside = False
    if kind == "count":
        value = count(words)
        if value is None:
            return Mention("skip", start, end, words)
        tail = INSIDE_COUNT.match(match.string, end)
        if tail:
            end, inside = tail.end(), True
    elif kind == "share":
        value = share(words)
        kind = kind if value is not None else "vague_share"
    elif kind == "period":
        value = period(words, today)
        kind = kind if value is not None else "skip"
    elif kind == "number":
        read = whole(words) if "." not in words else None
        value = read if isinstance(read, int) else None
    elif kind in PARTS:
        kind, value = _detail(kind, match, startup_years)
    elif kind == "has":
        value = not words.startswith(("沒", "無"))
    return Mention(kind, start, end, words, value, inside)


def _detail(kind: str, match: re.Match[str], startup_years: int | None) -> tuple[str, object]:
    """The value of a cue whose parts matter."""
    parts = PARTS[kind].match(match.string, match.start())
    if parts is None or parts.end() != match.end():
        return "skip", None
    groups = parts.groupdict()
    value: object = None
    if kind == "coached":
        value = _coaching(match.group(), groups)
    elif kind == "track":
        value = next((letter for letter in groups.values() if letter), "")
    elif kind == "registered":
        value = not (groups["registered_no"] or groups["plate_no"] or groups["registered_en"])
        # 登記 alone is a thing to do, not one that is done.
        evident = not value or re.search(r"有|已|完成|依法|了|過|在案|合法|registered", match.group())
        kind = kind if evident else "registering"
    elif kind == "founded":
        value = _founded(groups, startup_years)
    elif kind == "except":
        read = bounds(groups["except_count"] or "")
        value = read.low if read is not None and read.low == read.high else None
    return kind, value


def _coaching(words: str, groups: dict[str, str | None]) -> Coaching:
    negative = bool(groups.get("coached_no") or groups.get("took_no") or groups.get("short_no"))
    scheme: Scheme = "plain"
    if _AGENCY.search(words):
        scheme = "agency"
    elif _OTHER.search(words):
        scheme = "other"
    elif _CLUSTER.search(words):
        scheme = "cluster"
    return Coaching(not negative, scheme, weak=not negative and not _PAST.search(words))


def _founded(groups: dict[str, str | None], limit: int | None) -> Founded:
    if not groups.get("founded_years"):
        return Founded(young=True)
    years, hedge, more = (
        bounds(groups["founded_years"] or ""),
        groups.get("founded_hedge"),
        groups.get("founded_more"),
    )
    if limit is None or years is None or years.low != years.high:
        return Founded(None)
    if hedge in {"不到", "未滿", "快"} or more in {"以內", "內"}:
        return Founded(young=True if years.low <= limit else None)
    if hedge == "超過" or more in {"多", "以上", "半"}:
        old = years.low >= limit
        return Founded(young=False if old else (True if more in {"多", "半"} else None))
    if years.low == limit:
        return Founded(None)
    return Founded(young=years.low < limit)
