"""One field of a form -> the value of a fact: what telling.value_said wrote, or what people write there."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Days, FactError, FactKind, Range, ShareRange, Value
from assistant.eligibility.notation import ROC_OFFSET
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.rules import RuleBook
from assistant.reading.calendar import month_of
from assistant.reading.measures import measures
from assistant.reading.script import fold
from assistant.reading.statements import value_of

_YES: Final = {"是": True, "有": True, "對": True, "否": False, "不是": False, "沒有": False}
_SAMPLES: Final = {
    "share": "百分比或分數，例如 30% 或 3/10",
    "year": "年度，例如 108",
    "date": "日期，例如 108 年 5 月 20 日",
    "yes_no": "是或否",
}
_MONEY: Final = re.compile(r"(?:(\d[\d,]*) ?億)? ?(?:(\d[\d,]*) ?萬)?")
_DATE: Final = re.compile(r"(\d{2,4}) ?[年/.-] ?(\d{1,2}) ?(?:[月/.-] ?(\d{1,2}) ?日?|月?)")
_SHARE: Final = re.compile(r"(\d+)/([1-9]\d*)|(\d+)(?:\.(\d+))? ?%?")
_ROC: Final = 1000


def value_in(words: str, kind: FactKind, book: RuleBook, today: date) -> Value:
    """
    The value that a field of a form holds: what telling.value_said wrote, or a person's 「十二家」.

    Raises:
        FactError: it is no value of this kind of fact, or an impossible one; says so to the person.
    """
    said = fold(words).strip()
    value = _value(said, kind, today)
    if isinstance(value, ShareRange):
        return value
    try:
        if value is not None:
            return facts_from_json(book, None, {kind.name: _json(value)})[kind.name].value
    except FactError as error:
        if kind.type != "year":
            # What follows in brackets is for programs.
            raise FactError(kind.name, f"{str(error).partition(' (')[0]}。") from error
    choices = f"其中一種：{'、'.join(kind.choices)}" if kind.choices else "整數，例如 12"
    raise FactError(
        kind.name, f"{kind.label}填了「{words.strip()}」，請填{_SAMPLES.get(kind.type, choices)}。"
    )


def _value(said: str, kind: FactKind, today: date) -> Value | None:
    match kind.type:
        case "choice":
            named = (name for name, words in kind.choices.items() if said in map(fold, (name, *words)))
            return next(named, None)
        case "yes_no":
            return _YES.get(said)
        case "date":
            return _date(said)
        case "share":
            low, tilde, high = said.partition("~")
            if tilde:
                return _shares(_share(low), _share(high))
            exact: Value | None = _share(said)
        case _:
            exact = _amount(said, kind)
    return exact if exact is not None else _spoken(said, kind, today)


def _spoken(said: str, kind: FactKind, today: date) -> Value | None:
    """A value as people write it, if it is all that stands there: 「十二家」, 「三成」."""
    found = measures(said, today, (kind.unit,) if kind.type == "count" else ())
    whole = len(found) == 1 and found[0].end - found[0].start == len(said)
    return value_of(kind, found[0], named=True) if whole else None


def _amount(said: str, kind: FactKind) -> Value | None:
    """12 家, 3~4 家, 8 家以上; a year of the Republic as one of our era."""
    ends = [_whole(end, kind) for end in said.removesuffix("以上").split("~")]
    numbers = [end for end in ends if end is not None]
    if len(numbers) != len(ends) or len(ends) > 2 or (len(ends) == 2 and said.endswith("以上")):  # noqa: PLR2004
        return None
    if said.endswith("以上"):
        return Range(numbers[0], None)
    return numbers[0] if len(numbers) == 1 else Range(numbers[0], numbers[1])


def _whole(said: str, kind: FactKind) -> int | None:
    bare = said.strip().removesuffix(fold(kind.unit)).removesuffix("度").strip()
    if re.fullmatch(r"\d{1,13}|\d{1,3}(?:,\d{3}){1,4}", bare):
        number = int(bare.replace(",", ""))
        return number + ROC_OFFSET if kind.type == "year" and number < _ROC else number
    scaled = _MONEY.fullmatch(bare) if kind.type == "money" and bare else None
    if scaled is None:
        return None
    large, small = (int((scaled[n] or "0").replace(",", "")) for n in (1, 2))
    return large * 10**8 + small * 10**4


def _share(said: str) -> Fraction | None:
    found = _SHARE.fullmatch(said.strip())
    if found is None:
        return None
    if found[1]:
        return Fraction(int(found[1]), int(found[2]))
    decimals = found[4] or ""
    return Fraction(int(found[3] + decimals), 100 * 10 ** len(decimals))


def _shares(low: Fraction | None, high: Fraction | None) -> ShareRange | None:
    return ShareRange(low, high) if low is not None and high is not None and low <= high <= 1 else None


def _date(said: str) -> date | Days | None:
    """A day, or a whole month."""
    found = _DATE.fullmatch(said)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    year += ROC_OFFSET if year < _ROC else 0
    try:
        return date(year, month, int(found[3])) if found[3] else Days(*month_of(year, month))
    except ValueError:
        return None


def _json(value: Value) -> object:
    """The value as a client of the API would send it."""
    if isinstance(value, Range):
        return {"low": value.low, "high": value.high}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Days):
        return value.first.isoformat()[:7]
    return value.isoformat() if isinstance(value, date) else value
