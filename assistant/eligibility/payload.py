"""
JSON of a client -> facts, each checked; and the list of facts that a client may send.

Unknown names, floats, text for numbers, booleans for numbers and impossible
values are refused with the name of the fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from assistant.eligibility.dates import months_after
from assistant.eligibility.facts import WHOLE, Days, Fact, FactError, FactKind, Facts, Range, Value
from assistant.eligibility.rules import RuleBook

# A number with more digits is a slip of the hand, and a guard against huge integers.
MOST: Final = 1_000_000
MOST_MONEY: Final = 10**13
_SHARE: Final = re.compile(
    r"(?P<top>\d{1,7})(?:\.(?P<decimals>\d{1,4}))?%|(?P<part>\d{1,7})/(?P<whole>\d{1,7})"
)
_DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def schema(book: RuleBook) -> list[dict[str, Any]]:
    """Every fact, as GET /api/eligibility/schema lists it, with the rules that read it; in the order asked."""
    return [
        {
            "name": kind.name,
            "label": kind.label,
            "type": kind.type,
            "unit": kind.unit,
            "question": kind.question,
            "minimum": kind.low,
            "maximum": kind.high,
            "choices": list(kind.choices),
            "rules": list(book.reading(kind.name)),
        }
        for kind in book.facts.values()
    ]


def facts_from_json(book: RuleBook, track: object, mapping: Mapping[str, object]) -> Facts:
    """
    Check what a client sent; `track` None leaves the track unstated, as it is where there is but one.

    Null values are facts that nobody stated.

    Raises:
        FactError: names the first fact that cannot be taken, and why; a track that is not the one among the facts too.
    """
    given = {**({book.track_fact: track} if track is not None and book.track_fact else {}), **mapping}
    facts: dict[str, Fact] = {}
    for name, value in given.items():
        if name not in book.facts:
            raise FactError(name, f"沒有「{name}」這項資料，可用的有：{'、'.join(book.facts)} (unknown fact)")
        if value is not None:
            facts[name] = Fact(name, _value(book.facts[name], value))
    if track is not None and book.track_fact in facts:
        kind, inner = book.facts[book.track_fact], facts[book.track_fact].value
        if (outer := _value(kind, track)) != inner:
            raise FactError(kind.name, f"{kind.label}既是{outer}，又是{inner} (two different tracks)")
    return facts


def _value(kind: FactKind, value: object) -> Value:
    if isinstance(value, float):
        raise FactError(kind.name, f"{kind.label}請用整數或分數，不要用小數 (floats are refused)")
    if kind.type == "yes_no":
        if not isinstance(value, bool):
            raise FactError(kind.name, f"{kind.label}請填 true 或 false (not a boolean)")
        return value
    if kind.type in WHOLE:
        return _whole(kind, value)
    if not isinstance(value, str):
        raise FactError(kind.name, f"{kind.label}請填文字 (not a text)")
    if kind.type == "choice":
        return _choice(kind, value)
    return _date(kind, value) if kind.type == "date" else _share(kind, value)


def _whole(kind: FactKind, value: object) -> int | Range:
    """A count, a year or months; {"low", "high"} for a vague one."""
    if isinstance(value, dict) and value.keys() <= {"low", "high"} and "low" in value:
        low = _number(kind, value["low"])
        high = None if value.get("high") is None else _number(kind, value["high"])
        if high is not None and high < low:
            raise FactError(kind.name, f"{kind.label}的範圍前後顛倒 (high is below low)")
        return Range(low, high)
    return _number(kind, value)


def _number(kind: FactKind, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactError(kind.name, f"{kind.label}請填整數 (not a whole number)")
    if value < 0:
        raise FactError(kind.name, f"{kind.label}不可能是負數 (negative)")
    if kind.low is not None and value < kind.low:
        what = (
            f"請用西元年 (a Gregorian year, {kind.low} or later)"
            if kind.type == "year"
            else "太小了 (too small)"
        )
        raise FactError(kind.name, f"{kind.label}{what}")
    most = {"year": 9998, "money": MOST_MONEY}.get(kind.type, MOST)
    if value > (most if kind.high is None else min(most, kind.high)):
        raise FactError(kind.name, f"{kind.label}太大了 (too large)")
    return value


def _choice(kind: FactKind, value: str) -> str:
    """A choice by its name, or by another word for it."""
    said = value.strip().casefold()
    for choice, words in kind.choices.items():
        if said in {word.casefold() for word in (choice, *words)}:
            return choice
    raise FactError(kind.name, f"{kind.label}只能是：{'、'.join(kind.choices)} (not one of the choices)")


def _date(kind: FactKind, value: str) -> date | Days:
    """A day, or a whole month."""
    told = _DATE.fullmatch(value)
    try:
        if told is None:
            raise ValueError(value)  # noqa: TRY301
        if told[1]:
            return date.fromisoformat(value)
        first = date.fromisoformat(f"{value}-01")
        return Days(first, months_after(first, 1) - timedelta(days=1))
    except ValueError as error:
        raise FactError(kind.name, f"{kind.label}請用 YYYY-MM-DD 或 YYYY-MM (not a date)") from error


def _share(kind: FactKind, value: str) -> Fraction:
    match = _SHARE.fullmatch(value.strip())
    if match is None or (match["whole"] is not None and not int(match["whole"])):
        raise FactError(kind.name, f"{kind.label}請寫成 30% 或 3/10 (not a share)")
    if match["whole"] is not None:
        share = Fraction(int(match["part"]), int(match["whole"]))
    else:
        decimals = match["decimals"] or ""
        share = Fraction(int(match["top"] + decimals), 100 * 10 ** len(decimals))
    if share > 1:
        raise FactError(kind.name, f"{kind.label}不可能超過全部 (more than the whole)")
    return share
