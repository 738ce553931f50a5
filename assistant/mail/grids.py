"""Lines -> the tables among them: cells by tab, by the bars of Markdown, or a name and a count a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

UNITS: Final = "家間店戶位人個所隊組攤"
_BARS: Final = re.compile(r"\s*\|.*\|\s*\Z")
_DELIMITER: Final = re.compile(r"[\s|:+-]+\Z")
_PLACE: Final = re.compile(r"[鄉鎮市區村里縣街路島]\Z")
_COUNT_LINE: Final = re.compile(
    rf"(?:[-*・•●◎] ?)?(?P<name>[^\d\s:：、，,。|\t]{{1,12}})\s*[:：]?\s*(?P<count>\d{{1,4}})\s*(?P<unit>[{UNITS}])[,，;；。]?\Z"
)
# A line about all or a part of them is no member of a list of places.
_NO_NAME: Final = re.compile(
    r"成員|全部|全體|總|共|合計|小計|其中|曾|輔導|參與|會員|領導|符合|不|未|有|新|舊|剩|退|加|已|至少|最多|需要|要|年|是|為"
)
TOTAL: Final = re.compile(
    r"[\s*]*(?:合\s*計|總\s*計|共\s*計|小\s*計|總\s*和|總\s*數|Total)[\s*]*\Z", re.IGNORECASE
)
_TOTAL_LINE: Final = re.compile(r"\s*(?:合\s*計|總\s*計|共\s*計|總\s*共|全部|共)")
_FEWEST: Final = 2
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its heading, which may be empty, its rows, and the lines that it took."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]


def grids_in(lines: Sequence[str]) -> Iterator[str | Grid]:
    """The lines in their order, those of a table as one Grid."""
    at = 0
    while at < len(lines):
        grid = _cells(lines, at) or _counts(lines, at)
        yield grid or lines[at]
        at += len(grid.lines) if grid else 1


def _cells(lines: Sequence[str], at: int) -> Grid | None:
    """A table whose cells are parted by tabs or bars; its first row is the heading unless it holds counts."""
    bars = _BARS.match(lines[at]) is not None
    if not bars and "\t" not in lines[at].strip():
        return None
    end = at
    while end < len(lines) and (_BARS.match(lines[end]) if bars else "\t" in lines[end].strip("\n\r")):
        end += 1
    rows = [_row(line, bars=bars) for line in lines[at:end] if not (bars and _DELIMITER.match(line))]
    if len(rows) < _FEWEST or max(map(len, rows)) < _FEWEST:
        return None
    headed = not any(normalize("NFKC", cell).strip().isdigit() for cell in rows[0])
    heading, body = (rows[0], rows[1:]) if headed else ((), rows)
    return Grid(tuple(heading), tuple(body), tuple(lines[at:end]))


def _row(line: str, *, bars: bool) -> tuple[str, ...]:
    cells = line.strip().strip("|").split("|") if bars else line.rstrip().split("\t")
    return tuple(cell.strip(" \u3000*") for cell in cells)


def _narrow(line: str) -> str:
    """A line in half-width forms; one that is longer is no name with a count."""
    return normalize("NFKC", line).strip() if len(line) <= _LONGEST else ""


def _counts(lines: Sequence[str], at: int) -> Grid | None:
    """Places with a count each, 「池上鄉 4家」, and their total if it is told below."""
    rows: list[tuple[str, ...]] = []
    units = set()
    end = at
    while end < len(lines) and (found := _COUNT_LINE.match(_narrow(lines[end]))):
        total = _TOTAL_LINE.match(found["name"]) is not None
        if not total and _NO_NAME.search(found["name"]):
            break
        rows.append(("合計" if total else found["name"], found["count"] + found["unit"]))
        units.add(found["unit"])
        end += 1
        if total:
            break
    names = [row[0] for row in rows if row[0] != "合計"]
    places = all(_PLACE.search(name) for name in names)
    if len(names) < (_FEWEST if places else _FEWEST + 1) or len(units) != 1:
        return None
    return Grid((), tuple(rows), tuple(lines[at:end]))
