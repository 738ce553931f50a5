"""Entries of the audit trail, and tables of figures -> CSV that a spreadsheet can open safely, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from assistant.records.audit import AuditEntry

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = ("position", "at", "actor", "action", "inquiry", "facts", "texts", "hash")


def csv_of(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of CSV, with a mark in front by which spreadsheets know that it is UTF-8."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([_cell(value) for value in row])
        yield line.getvalue()


def audit_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The trail as CSV, one entry a line; facts and texts are JSON in a cell, erased texts null."""
    return csv_of(_rows(entries))


def audit_json(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The trail as a JSON array, piece by piece."""
    yield "["
    for at, entry in enumerate(entries):
        yield ",\n" if at else "\n"
        yield json.dumps(dict(zip(_COLUMNS, _values(entry), strict=True)), ensure_ascii=False)
    yield "\n]\n"


def _rows(entries: Iterable[AuditEntry]) -> Iterator[Sequence[object]]:
    yield _COLUMNS
    for entry in entries:
        *plain, facts, texts, digest = _values(entry)
        yield [*plain, json.dumps(facts, ensure_ascii=False), json.dumps(texts, ensure_ascii=False), digest]


def _values(entry: AuditEntry) -> list[object]:
    return [
        entry.position,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.inquiry_id,
        dict(entry.facts),
        dict(entry.texts),
        entry.hash,
    ]


def _cell(value: object) -> object:
    """A text that begins like a formula gets an apostrophe, which spreadsheets do not show; numbers stay numbers."""
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
