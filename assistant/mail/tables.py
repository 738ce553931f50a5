"""
Tables -> a sentence with their totals, computed and held against those that they state.

A figure of one row is none of the whole, so rows are not left in a text whose figures are read. A table
that does not add up, or whose columns cannot be told apart, is named as not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from assistant.mail.grids import TOTAL, UNITS, Grid, grids_in

_NUMBER: Final = re.compile(rf"(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s*(?P<unit>[{UNITS}])?\Z")
# Such columns are numbered, dated or measured; their sum is nothing.
_NOT_COUNTED: Final = re.compile(r"年|月|日|編號|序|項次|電話|統編|號|比例|率|%|％|金額|元|價|坪|面積|No")
_COUNTED: Final = re.compile(rf"([{UNITS}])數|員工|人員|人力|從業")
# People count shops as 家, whatever stands over the column.
_SPOKEN: Final = {"店": "家"}
_EMPTY: Final = frozenset({"", "-", "—", "–", "無", "/"})


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of counts: its name, its unit, its cells and what the table says that they come to."""

    name: str
    unit: str
    cells: tuple[int | None, ...]
    stated: int | None

    @property
    def total(self) -> int | None:
        """The sum, which a stated total must equal; None where it cannot be told."""
        if None in self.cells:
            return self.stated
        total = sum(cell for cell in self.cells if cell is not None)
        return total if self.stated in {None, total} else None


def summed(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines with each table as a sentence of its totals, and the lines of tables that could not be read."""
    result: list[str] = []
    unread: list[str] = []
    for piece in grids_in(lines):
        if isinstance(piece, str):
            result.append(piece)
            continue
        columns = _columns(piece)
        if not columns:
            result.extend(_rows(piece))
        elif (sentence := _sentence(columns)) is not None:
            result.append(sentence)
        else:
            unread.extend(line.strip() for line in piece.lines)
    return result, unread


def _columns(grid: Grid) -> list[CountColumn]:
    """The columns of counts, from the left; none if the first of them counts nothing by its name or unit."""
    bodies = [row for row in grid.rows if not TOTAL.match(row[0])]
    totals = [row for row in grid.rows if TOTAL.match(row[0])]
    width = max(map(len, grid.rows))
    found = []
    for at in range(1, width):
        name = grid.heading[at] if at < len(grid.heading) else ""
        cells = [_cell(row, at) for row in bodies]
        values = [_NUMBER.match(cell) for cell in cells]
        odd = any(value is None and cell not in _EMPTY for cell, value in zip(cells, values, strict=True))
        if odd or not any(values) or _NOT_COUNTED.search(name):
            continue
        units = {value["unit"] for value in values if value and value["unit"]}
        counted = _COUNTED.search(name)
        unit = units.pop() if len(units) == 1 else (counted[1] or "人") if counted else ""
        unit = _SPOKEN.get(unit, unit)
        stated = _NUMBER.match(_cell(totals[-1], at)) if totals else None
        numbers = tuple(_whole(value) for value in values)
        found.append(CountColumn(name, unit, numbers, _whole(stated)))
    return found if found and (found[0].unit or totals) else []


def _sentence(columns: Sequence[CountColumn]) -> str | None:
    """「合計9家，其中曾受輔導2家。」; None unless every total can be told."""
    first, *others = columns
    if first.total is None:
        return None
    said = [f"合計{first.total}{first.unit}"]
    for column in others:
        if column.total is None:
            return None
        part = all(
            a is None or (b is not None and a <= b) for a, b in zip(column.cells, first.cells, strict=True)
        )
        same = part and column.unit in {"", first.unit}
        said.append(
            f"{'其中' if same else ''}{column.name}{column.total}{first.unit if same else column.unit}"
        )
    return "，".join(said) + "。"


def _rows(grid: Grid) -> list[str]:
    """A table of no counts, a line a row as it was."""
    if all("\t" in line for line in grid.lines) or not grid.heading:
        return list(grid.lines)
    return [" ".join(filter(None, row)) for row in (grid.heading, *grid.rows)]


def _cell(row: Sequence[str], at: int) -> str:
    return normalize("NFKC", row[at]).strip() if at < len(row) else ""


def _whole(found: re.Match[str] | None) -> int | None:
    return int(found["value"].replace(",", "")) if found else None
