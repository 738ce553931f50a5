"""
facts.toml -> the kinds of facts that a programme knows, in the order in which they are listed.

A part must be part of a known count of the same type, a share of a part and its whole;
so a share of unrelated facts is refused before a rule can be built on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from assistant.eligibility.facts import AMOUNTS, WHOLE, FactKind, FactKinds, Type
from assistant.eligibility.table import Table, TableError, TableFile

FACTS_FILE: Final = "facts.toml"
_TYPES: Final[tuple[Type, ...]] = get_args(Type)
# What a type is counted in where nothing else is said; a count always says.
_UNITS: Final[Mapping[Type, str]] = {"people": "人", "money": "元", "year": "年", "months": "個月"}


def parse_facts(text: str) -> FactKinds:
    """
    Read the text of a facts.toml.

    Raises:
        RulesError: every table that cannot be read, with the line of its fault.
    """
    file = TableFile(FACTS_FILE, text)
    kinds: dict[str, FactKind] = {}
    for kind in file.each("fact", {}, _fact_kind):
        if kind.name in kinds:
            file.faults.append((FACTS_FILE, kind.line, f'name: "{kind.name}" is taken'))
        kinds[kind.name] = kind
    for kind in kinds.values():
        file.faults += [(FACTS_FILE, kind.line, f"{kind.name}: {what}") for what in _unfit(kind, kinds)]
    file.close()
    return kinds


def _fact_kind(table: Table, line: int) -> FactKind:
    name, kind = table.text("name"), table.one_of("type", _TYPES)
    if not name.isidentifier():
        raise TableError("name", f'"{name}" is no name for a program: letters, digits and _')
    return FactKind(
        name=name,
        label=table.text("label"),
        type=kind,
        unit=table.text("unit", None if kind == "count" else _UNITS.get(kind, "")),
        question=table.text("question"),
        low=table.optional("low", int) if kind != "share" else 0,
        high=table.optional("high", int) if kind != "share" else 1,
        choices=table.named_texts("choices"),
        part_of=table.texts("part_of"),
        part=table.text("part", ""),
        event=table.text("event", ""),
        yes=table.text("yes", ""),
        no=table.text("no", ""),
        assumption=table.text("assumption", ""),
        words=table.texts("words"),
        line=line,
    )


def _unfit(kind: FactKind, kinds: FactKinds) -> Iterator[str]:
    """What the facts that a fact names make impossible."""
    for name in (*kind.part_of, *filter(None, [kind.part])):
        if name not in kinds:
            yield f'no fact is called "{name}"'
            return
    if kind.type == "share":
        yield from _unfit_share(kind, kinds)
        return
    if kind.part:
        yield "only a share has a part"
    if kind.part_of and kind.type not in AMOUNTS:
        yield f"a {kind.type} is no part of anything"
    if any(kinds[name].type != kind.type for name in kind.part_of):
        yield "is not of the type of what it is part of"
    if kind.choices and kind.type != "choice":
        yield "only a choice has choices"
    if (kind.low is not None or kind.high is not None) and kind.type not in WHOLE:
        yield f"a {kind.type} has no bounds"


def _unfit_share(kind: FactKind, kinds: FactKinds) -> Iterator[str]:
    if not kind.part and not kind.part_of:
        return  # told as a percentage alone
    if not kind.part or len(kind.part_of) != 1:
        yield "a share is of one part and one whole, or told alone"
    elif kind.part_of[0] not in kinds[kind.part].part_of:
        yield f'"{kind.part}" is no part of "{kind.part_of[0]}"'
