"""The closed set of condition kinds: the name in rules.toml -> how its table is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assistant.eligibility.appointed import Appointed
from assistant.eligibility.calendar import EqualsYear, LastsUntil, NotWithin
from assistant.eligibility.condition import Condition
from assistant.eligibility.counting import AtLeast, NoneOf, Qualified
from assistant.eligibility.share import ShareAtMost
from assistant.eligibility.table import Table, TableError

_YEARS: Final = ("年內", "年之內")
Earlier = Mapping[str, Condition]


def read_condition(table: Table, earlier: Earlier) -> Condition:
    """
    Read one condition; `earlier` are those of the rules above it, by rule id.

    Raises:
        TableError: no such kind, or its table lacks or misspells a key.
    """
    kind = table.text("kind")
    if kind not in KINDS:
        raise TableError("kind", f'"{kind}" is none of {", ".join(KINDS)}')
    condition = KINDS[kind](table, earlier)
    table.close()
    return condition


def _at_least(table: Table, _: Earlier) -> AtLeast:
    return AtLeast(
        of=table.fact("of"),
        less=table.fact("less"),
        denials=table.facts("denials"),
        minimum=table.quoted("minimum", "家"),
        inclusive=table.flag("inclusive"),
        inclusive_by=table.text("inclusive_by"),
    )


def _qualified(table: Table, earlier: Earlier) -> Qualified:
    toward = earlier.get(table.text("toward"))
    if not isinstance(toward, AtLeast):
        raise TableError("toward", "names no rule above of kind at_least")
    return Qualified(toward=toward, phrases=table.texts("phrases"))


def _share_at_most(table: Table, _: Earlier) -> ShareAtMost:
    return ShareAtMost(
        part=table.fact("part"),
        whole=table.fact("whole"),
        share=table.fact("share"),
        maximum=table.quoted("maximum", "%"),
        inclusive=table.flag("inclusive"),
        inclusive_by=table.text("inclusive_by"),
        windows=table.all_quoted("windows", *_YEARS),
    )


def _equals_year(table: Table, _: Earlier) -> EqualsYear:
    return EqualsYear(
        of=table.fact("of"),
        affirmed=table.fact("affirmed"),
        year=table.quoted("year", "年度"),
        phrases=table.texts("phrases"),
    )


def _none_of(table: Table, _: Earlier) -> NoneOf:
    return NoneOf(
        of=table.fact("of"),
        among=table.facts("among"),
        exempt=table.fact("exempt"),
        parameters=table.all_quoted("windows", *_YEARS),
        phrases=table.texts("phrases"),
    )


def _not_within(table: Table, _: Earlier) -> NotWithin:
    return NotWithin(
        deed=table.fact("deed"),
        excuse=table.fact("excuse"),
        day=table.fact("day"),
        year=table.fact("year"),
        months=table.fact("months"),
        period=table.quoted("period", *_YEARS),
        phrases=table.texts("phrases"),
    )


def _lasts_until(table: Table, _: Earlier) -> LastsUntil:
    return LastsUntil(
        day=table.fact("day"),
        year=table.fact("year"),
        period=table.quoted("period", *_YEARS),
        phrases=table.texts("phrases"),
    )


def _appointed(table: Table, _: Earlier) -> Appointed:
    return Appointed(
        of=table.fact("of"),
        choice=table.text("choice"),
        who=table.text("who"),
        otherwise=table.text("otherwise"),
    )


KINDS: Final[Mapping[str, Callable[[Table, Earlier], Condition]]] = {
    "at_least": _at_least,
    "qualified": _qualified,
    "share_at_most": _share_at_most,
    "equals_year": _equals_year,
    "none_of": _none_of,
    "not_within": _not_within,
    "lasts_until": _lasts_until,
    "appointed": _appointed,
}
