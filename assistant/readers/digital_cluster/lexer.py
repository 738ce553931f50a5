"""The cues of this programme whose words tell more than their kind -> what they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.readers.digital_cluster.cues import CUES
from assistant.readers.digital_cluster.nouns import NOUNS
from assistant.readers.digital_cluster.programmes import OTHER_PROGRAMME
from assistant.reading.mentions import Detail, Lexer
from assistant.reading.numerals import bounds
from assistant.reading.periods import period

Scheme = Literal["plain", "cluster", "agency", "other"]

_AGENCY: Final = re.compile(r"中小企業處|中企處|中小及新創企業署|專案")
_CLUSTER: Final = re.compile(r"數位群聚|群聚|你們|您們|貴會|貴單位|貴計畫|這個|本")
_OTHER: Final = re.compile(OTHER_PROGRAMME)
_PAST: Final = re.compile(
    r"過|紀錄|經驗|完|結束|了|曾|已|接受|受|被|獲|have|has|been|were|was|had|got|received|^有"
)
# 登記 alone is a thing to do, not one that is done.
_DONE: Final = re.compile(r"有|已|完成|依法|了|過|在案|合法|registered")


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


def lexer(startup_years: int | None) -> Lexer:
    """The lexer of this programme's cues; a founding is `young` within so many years."""
    details: dict[str, Detail] = {
        "coached": _coached,
        "track": lambda match, _today: ("track", next((letter for letter in match.groups() if letter), "")),
        "registered": _registered,
        "founded": lambda match, today: ("founded", _founded(match, startup_years, today)),
        "except": _except,
        "times": lambda match, _today: ("times", bounds(match["times"] or "")),
        "has": lambda match, _today: ("has", not match.group().strip(" ").startswith(("沒", "無"))),
    }
    return Lexer(CUES, NOUNS, details)


def _coached(match: re.Match[str], _today: date) -> tuple[str, Coaching]:
    words = match.group()
    negative = bool(match["coached_no"] or match["took_no"] or match["short_no"])
    scheme: Scheme = "plain"
    if _AGENCY.search(words):
        scheme = "agency"
    elif _OTHER.search(words):
        scheme = "other"
    elif _CLUSTER.search(words):
        scheme = "cluster"
    return "coached", Coaching(
        not negative, scheme, weak=not (negative or match["short_label"] or _PAST.search(words))
    )


def _registered(match: re.Match[str], _today: date) -> tuple[str, bool]:
    value = not (match["registered_no"] or match["plate_no"] or match["registered_en"])
    return "registered" if not value or _DONE.search(match.group()) else "registering", value


def _except(match: re.Match[str], _today: date) -> tuple[str, int | None]:
    read = bounds(match["except_count"] or match["except_after"] or "")
    return "except", read.low if read is not None and read.low == read.high else None


def _founded(match: re.Match[str], limit: int | None, today: date) -> Founded:
    if match["founded_when"]:
        told = period(match["founded_when"], today)
        window = "unsure" if told is None or limit is None else told.within(limit, today)
        return Founded(young={"in": True, "out": False, "unsure": None}[window])
    if not match["founded_years"]:
        return Founded(young=not match["founded_not"])
    return _years_old(match, limit)


def _years_old(match: re.Match[str], limit: int | None) -> Founded:
    """「成立四年」 「成立超過五年」; exactly as many years as the limit may be on either side of it."""
    years, hedge, more = bounds(match["founded_years"]), match["founded_hedge"], match["founded_more"]
    if limit is None or years is None or years.low != years.high:
        return Founded(None)
    if hedge in {"不到", "未滿", "快"} or more in {"以內", "內"}:
        return Founded(young=True if years.low <= limit else None)
    if hedge == "超過" or more in {"多", "以上", "半"}:
        old = years.low >= limit
        return Founded(young=False if old else (True if more in {"多", "半"} else None))
    return Founded(None if years.low == limit else years.low < limit)
