"""
A short reply to a question of the assistant -> the fact it asked for.

「4家」 「都沒有」 「三成」 「108」 「有」: only what names nothing else is a reply; a
longer message is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import FactKind, Range, ShareRange, Value
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.reading import calendar
from assistant.reading.mentions import Mention
from assistant.reading.numerals import NUMERAL, whole
from assistant.reading.period import Period
from assistant.reading.periods import period
from assistant.reading.quantities import Count
from assistant.reading.ranges import as_number
from assistant.reading.years import gregorian

_YES: Final = re.compile(
    r"(?:對啊?|是的?|有的?|有|都有|都是|沒錯|嗯|是啊|yes|yep|全部都?有|全部都?是|都符合|符合|都登記了?|有登記)[喔啊呀啦的了。!\s]*"
)
_NO: Final = re.compile(
    r"(?:沒有?|不是|都沒有?|都不是|否|沒|不|無|no|nope|完全沒有?|還沒有?|從來沒有?|一家都沒有?|沒有任何一家|不算|不是不可抗力|沒有的|都?沒有?(?:換|更換|變動?|新增|增加|加|受過輔導|輔導過|接受過)(?:人|成員)?)[喔啊呀啦的了過欸耶。!\s]*"
)
_OWN_ACCORD: Final = re.compile(
    r"不是(?:什麼)?(?:天災|颱風|地震|疫情|不可抗力)|不想做|(?:自己|主動)(?:不|放棄|退|停)|太忙|沒空"
)
_ALL: Final = re.compile(
    r"(?:全部?|通通|大家|每[家間])?(?:都|全)(?:有|是|受過|輔導過|接受過)(?:輔導)?過?[喔啊呀啦的了。!\s]*"
)
_UNKNOWN: Final = re.compile(r"不知道|不清楚|不確定|忘了|不記得|不曉得|沒印象|不太確定")
_NOT_KNOWN: Final = re.compile(
    rf"(?:我|我們|這個?|目前|現在|也|真的|還|耶|欸|嗯|,|\s)*(?:{_UNKNOWN.pattern})(?:耶|欸|啊|喔|了|的|吧|呢|。|!|,|有幾家|幾家|有多少|\s)*"
)
_BARE: Final = re.compile(
    rf"\s*(?:大概|應該|好像|就|只有|有|是|共|一共|約)*\s*({NUMERAL})\s*(?:[喔啊呀啦吧。!]|而已)*\s*"
)
_LENGTH: Final = re.compile(r"(?:大概|大約|差不多|約|快|已經|有)*(.*?[年月半多])(?:了|吧|左右|而已)*[。!]?")
_QUIET: Final = frozenset(
    {"us", "other", "part", "has", "all", "total", "weak", "strong", "old", "newcomers", "past"}
)
_COUNTED: Final = frozenset({"count", "months"})


def not_known(folded: str) -> bool:
    """Whether a message says no more than that its writer does not know."""
    return _NOT_KNOWN.fullmatch(folded.strip()) is not None


def read_reply(draft: Draft, found: Sequence[Mention], kind: FactKind) -> None:
    """State the fact that was asked for if the message is nothing but its value."""
    asked = kind.name
    text = draft.folded.strip()
    if not text or _UNKNOWN.search(text):
        return
    value: Value | None = None
    if asked == "force_majeure" and _OWN_ACCORD.search(text):
        value = False
    elif kind.type == "yes_no":
        value = True if _YES.fullmatch(text) else False if _NO.fullmatch(text) else None
    elif kind.type in _COUNTED:
        value = _count(text, found, draft.today, months=kind.type == "months")
        if value is None and asked == "coached_within_3y":
            value = _coached(draft, found)
        if value is None and asked == "coached_within_3y" and (share := _share(text, found)) is not None:
            asked, value = "coached_share", share
    elif kind.type in {"year", "date"}:
        value, asked = _time(draft, text, found, asked)
    elif kind.type == "choice":
        value = _choice(kind, text)
    if value is not None:
        draft.put(asked, value, 0, len(draft.text))


def _choice(kind: FactKind, text: str) -> str | None:
    """「A」 「第一次」: a choice by its name, the beginning of it, or another word for it."""
    said = text.rstrip("。!的了喔 ")
    named = (
        choice
        for choice, words in kind.choices.items()
        if said in words or choice[:4] == text[:4] or choice.lower().rstrip("類") == text.rstrip("類")
    )
    return next(named, None)


def _share(text: str, found: Sequence[Mention]) -> Fraction | ShareRange | None:
    """「三成」; 「都有」 is all, and how many that is the number of members tells."""
    if _ALL.fullmatch(text):
        return Fraction(1)
    share = _only(found, "share")
    return share.value if share is not None and isinstance(share.value, (Fraction, ShareRange)) else None


def _only(found: Sequence[Mention], kind: str) -> Mention | None:
    """The one mention of a kind in a message that says nothing else."""
    telling = [mention for mention in found if mention.kind not in _QUIET]
    return telling[0] if len(telling) == 1 and telling[0].kind == kind else None


def _count(text: str, found: Sequence[Mention], today: date, *, months: bool) -> Value | None:
    if months:
        return _months(text, found, today)
    if _NO.fullmatch(text):
        return 0
    if bare := _BARE.fullmatch(text):
        value = whole(bare[1])
        return value if value is not None else None
    counted = _only(found, "count")
    return as_number(counted.value.bounds) if counted and isinstance(counted.value, Count) else None


def _months(text: str, found: Sequence[Mention], today: date) -> Value | None:
    """「半年前」 「10個月」 「去年3月」 in whole months."""
    time = _only(found, "period")
    length = _LENGTH.fullmatch(text)
    told = time.value if time is not None else period(f"{length[1]}前", today) if length else None
    if not isinstance(told, Period) or (told.months is None and told.grain == "year"):
        return None
    return as_number(told.months or calendar.months_since(told.earliest, told.latest, today))


def _coached(draft: Draft, found: Sequence[Mention]) -> Value | None:
    """「去年有三家」 「4家,是五年前輔導的」: one number, and one time at most."""
    counts = [mention.value.bounds for mention in found if isinstance(mention.value, Count)]
    times = [mention.value for mention in found if isinstance(mention.value, Period)]
    others = {mention.kind for mention in found} - _QUIET - {"count", "period", "coached"}
    if len(counts) != 1 or len(times) > 1 or others or any(_denied(mention) for mention in found):
        return None
    window = draft.in_window(times[0]) if times else "in"
    if window == "out":
        return 0
    return as_number(Range(0, counts[0].high) if window == "unsure" else counts[0])


def _denied(mention: Mention) -> bool:
    return isinstance(mention.value, Coaching) and (
        not mention.value.positive or mention.value.scheme == "other"
    )


def _time(draft: Draft, text: str, found: Sequence[Mention], asked: str) -> tuple[Value | None, str]:
    """A year or a date; the other of the two where the reply is finer or coarser than the question."""
    if bare := _BARE.fullmatch(text):
        return gregorian(bare[1], draft.today), asked.replace(
            "_date", "_year"
        ) if asked != "coaching_started" else "coaching_started_year"
    times = [mention.value for mention in found if isinstance(mention.value, Period)]
    if len(times) != 1:
        return None, asked
    told = times[0]
    if told.grain == "day" and asked in {
        "breach_date",
        "breach_year",
        "coaching_started",
        "coaching_started_year",
    }:
        return told.earliest, "breach_date" if asked.startswith("breach") else "coaching_started"
    if asked.startswith("breach") and told.months is not None:
        return as_number(told.months), "months_since_breach"
    year: date | int | None = told.year
    return year, {"breach_date": "breach_year", "coaching_started": "coaching_started_year"}.get(asked, asked)
