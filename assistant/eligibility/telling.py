"""A fact as it is told back to whoever stated it: 12 家, 30%, 108 年, 已經立案."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Fact, FactKind, Range, ShareRange
from assistant.eligibility.notation import amounts, percent, roc_date, roc_year

_YEAR: Final = "year"


def value_said(kind: FactKind, fact: Fact) -> str:
    """The value of a fact with its unit: 3~4 家, 30%~40%, 108 年, 108 年 5 月 20 日, 是."""
    value = fact.value
    if isinstance(value, bool):
        said = "是" if value else "否"
    elif isinstance(value, Fraction):
        said = percent(value)
    elif isinstance(value, ShareRange):
        said = f"{percent(value.low)}~{percent(value.high)}"
    elif isinstance(value, date):
        said = roc_date(value)
    elif isinstance(value, str):
        said = value
    elif isinstance(value, int) and kind.type == _YEAR:
        said = roc_year(value)
    else:
        said = amounts(value if isinstance(value, Range) else Range(value, value), kind.unit)
    return said


def told_back(kind: FactKind, fact: Fact) -> str:
    """The fact in a sentence: 員工人數 12 人; a choice and a yes or no say themselves."""
    if isinstance(fact.value, bool):
        return kind.said(fact.value)
    said = value_said(kind, fact)
    return said if kind.type == "choice" else f"{kind.label} {said}"
