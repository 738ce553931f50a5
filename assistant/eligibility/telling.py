"""A fact as it is told back to whoever stated it: 12 家, 30%, 108 年, 已經立案."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Days, Fact, FactKind, Range, ShareRange
from assistant.eligibility.notation import ROC_OFFSET, amounts, percent, roc_date, roc_span

_YEAR: Final = "year"


def value_said(kind: FactKind, fact: Fact) -> str:
    """The value of a fact with its unit, from which it can be read again: 3~4 家, 30%~40%, 1/3, 108 年 5 月 20 日, 是."""
    value = fact.value
    if isinstance(value, bool):
        said = "是" if value else "否"
    elif isinstance(value, Fraction):
        said = _share(value)
    elif isinstance(value, ShareRange):
        said = f"{_share(value.low)}~{_share(value.high)}"
    elif isinstance(value, date):
        said = roc_date(value)
    elif isinstance(value, Days):
        said = roc_span(value)
    elif isinstance(value, str):
        said = value
    else:
        said = amounts(_bounds(kind, value), kind.unit)
    return said


def told_back(kind: FactKind, fact: Fact) -> str:
    """The fact in a sentence: 員工人數 12 人; a choice and a yes or no say themselves."""
    if isinstance(fact.value, bool):
        return kind.said(fact.value)
    said = value_said(kind, fact)
    return said if kind.type == "choice" else f"{kind.label} {said}"


def _bounds(kind: FactKind, value: int | Range) -> Range:
    bounds = value if isinstance(value, Range) else Range(value, value)
    if kind.type != _YEAR:
        return bounds
    return Range(bounds.low - ROC_OFFSET, None if bounds.high is None else bounds.high - ROC_OFFSET)


def _share(share: Fraction) -> str:
    """A percentage where that is exact, else the fraction: 33.3% is less than a third."""
    return percent(share) if (share * 1000).denominator == 1 else f"{share.numerator}/{share.denominator}"
