"""The closed set of condition kinds: the name in rules.toml -> how its table is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

from assistant.eligibility.condition import Condition, Sign
from assistant.eligibility.deadline import LastsUntil, NotAfter
from assistant.eligibility.equals import EqualsYear, Holds, OneOf
from assistant.eligibility.none_of import NoneOf
from assistant.eligibility.period import Within
from assistant.eligibility.qualified import Qualified
from assistant.eligibility.quoted import DAY, PERCENT, PERIOD, PROGRAMME_YEAR, Quoted
from assistant.eligibility.share import Share
from assistant.eligibility.table import Table, TableError
from assistant.eligibility.threshold import Threshold

Earlier = Mapping[str, Condition]
_INCLUDED: Final = {"yes": True, "no": False, "open": None}
_SIGNS: Final[tuple[Sign, ...]] = get_args(Sign)
_PEOPLE: Final = ("人", "名", "位")


def read_condition(table: Table, earlier: Earlier) -> Condition:
    """
    Read one condition; `earlier` are those of the rules above it, by rule id.

    Raises:
        TableError: no such kind, its table lacks or misspells a key, or a fact has no such meaning.
    """
    condition = KINDS[table.one_of("kind", KINDS)](table, earlier)
    table.close()
    return condition


def _threshold(table: Table, _: Earlier) -> Threshold:
    kind = table.kind("of", "count", "people", "money", "months")
    less = table.fact("less", kind.type, default="")
    if less and kind.name not in table.declared(less).part_of:
        raise TableError("less", f'"{less}" is no part of "{kind.name}"')
    denials = table.facts("denials", "yes_no")
    if denials and not less:
        raise TableError("denials", "only where a fact says how many do not count (less)")
    units = _PEOPLE if kind.type == "people" else (kind.unit,)
    return Threshold(*_compared(table, *units), kind.name, less, denials)


def _qualified(table: Table, earlier: Earlier) -> Qualified:
    toward = earlier.get(table.text("toward"))
    if not isinstance(toward, Threshold) or not toward.less or not toward.is_floor:
        raise TableError("toward", "names no rule above that is a minimum with some who do not count (less)")
    return Qualified(toward, table.texts("phrases"), table.text("everyone"))


def _none(table: Table, _: Earlier) -> NoneOf:
    kind = table.kind("of", "count", "people")
    among = table.facts("among", kind.type)
    if set(among) != set(kind.part_of):
        raise TableError("among", f'is not what "{kind.name}" is part of')
    return NoneOf(
        of=kind.name,
        among=among,
        exempt=table.fact("exempt", kind.type, default=""),
        windows=table.all_quoted("windows", PERIOD),
        words=_phrases(table),
        unit=kind.unit,
    )


def _share(table: Table, _: Earlier) -> Share:
    kind = table.kind("share", "share")
    part, whole = table.fact("part", default=""), table.fact("whole", default="")
    if (part, (whole,) if whole else ()) != (kind.part, kind.part_of):
        raise TableError("share", f'"{kind.name}" is not declared as the share of this part and this whole')
    less = table.fact("less", default="")
    if less and whole not in table.declared(less).part_of:
        raise TableError("less", f'"{less}" is no part of "{whole}"')
    return Share(
        *_compared(table, PERCENT),
        part=part,
        whole=whole,
        share=kind.name,
        windows=table.all_quoted("windows", PERIOD),
        unit=table.declared(part).unit if part else "",
        less=less,
    )


def _within(table: Table, *, inside: bool) -> Within:
    condition = Within(
        inside=inside,
        period=table.quoted("period", PERIOD),
        day=table.fact("day", "date", default=""),
        year=table.fact("year", "year", default=""),
        months=table.fact("months", "months", default=""),
        deed=table.fact("deed", "yes_no", default=""),
        excuse=table.fact("excuse", "yes_no", default=""),
        words=_phrases(table),
    )
    events = {table.declared(name).event for name in condition.times}
    if len(events) != 1 or (len(condition.times) > 1 and "" in events):
        raise TableError("day", "day, year and months must tell the time of one event (facts.toml)")
    return condition


def _until(table: Table, _: Earlier) -> LastsUntil:
    condition = LastsUntil(
        day=table.fact("day", "date", default=""),
        year=table.fact("year", "year", default=""),
        period=table.quoted("period", PERIOD),
        words=_phrases(table),
    )
    if not condition.reads:
        raise TableError("day", "missing; day or year says when it began")
    return condition


def _not_after(table: Table, _: Earlier) -> NotAfter:
    included = _INCLUDED[table.one_of("included", _INCLUDED)]
    return NotAfter(table.fact("of", "date"), table.quoted("date", DAY), included, table.text("by"))


def _equals(table: Table, _: Earlier) -> EqualsYear | Holds:
    kind = table.kind("of", "year", "yes_no")
    if kind.type == "yes_no":
        return Holds(kind.name, table.flag("value"), _phrases(table))
    affirmed = table.fact("affirmed", "yes_no", default="")
    return EqualsYear(kind.name, affirmed, table.quoted("year", PROGRAMME_YEAR), _phrases(table))


def _choice(table: Table, _: Earlier) -> OneOf:
    kind, choices = table.kind("of", "choice"), table.texts("choices")
    if not choices or not set(choices) <= kind.choices.keys():
        raise TableError("choices", f'are none of "{kind.name}": {"、".join(kind.choices)}')
    return OneOf(kind.name, choices, _phrases(table))


def _compared(table: Table, *units: str) -> tuple[Sign, Quoted, str]:
    """What every comparing condition begins with."""
    return table.one_of("sign", _SIGNS), table.quoted("limit", *units), table.text("by")


def _phrases(table: Table) -> tuple[str, ...]:
    """The words that tie a condition without a sign to its clause; there is at least one."""
    phrases = table.texts("phrases")
    if not phrases:
        raise TableError("phrases", "missing; the clause's own words for the condition")
    return phrases


KINDS: Final[Mapping[str, Callable[[Table, Earlier], Condition]]] = {
    "threshold": _threshold,
    "qualified": _qualified,
    "none": _none,
    "share": _share,
    "within": lambda table, _: _within(table, inside=True),
    "not_within": lambda table, _: _within(table, inside=False),
    "until": _until,
    "not_after": _not_after,
    "equals": _equals,
    "choice": _choice,
}
