"""The text of a TOML file -> the lines on which its tables and keys stand, to be named in a fault."""

from __future__ import annotations

import re


def header_lines(text: str, table: str, count: int) -> list[int]:
    """The lines of the `count` tables of a name, in order; 0 each if they are not written as [[table]]."""
    found = _headers(text, table)
    return found if len(found) == count else [0] * count


def _headers(text: str, table: str) -> list[int]:
    header = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]\s*(?:#.*)?")
    return [n for n, line in enumerate(text.splitlines(), 1) if header.fullmatch(line)]


def _table(text: str, table: str) -> list[int]:
    """The line of a [table] header, if there is one."""
    header = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]\s*(?:#.*)?")
    return [n for n, line in enumerate(text.splitlines(), 1) if header.fullmatch(line)][:1]


def line_of_key(text: str, loc: tuple[int | str, ...]) -> int:
    """The line of a key, searched from its table's header on; the header's own if the key is absent."""
    headers = _headers(text, str(loc[0])) or _table(text, str(loc[0]))
    if len(loc) == 1 and headers:
        return headers[0]
    start = 0
    if len(loc) > 1 and isinstance(loc[1], str) and headers:
        start, loc = headers[0], loc[1:]
    if len(loc) > 1 and isinstance(loc[1], int):
        start = headers[loc[1]] if loc[1] < len(headers) else 0
        loc = loc[2:] or loc[:1]
    key = re.escape(str(loc[0]))
    for n, line in enumerate(text.splitlines()[start:], start + 1):
        if line.strip().startswith("[["):
            break
        if re.match(rf'\s*"?{key}"?\s*=', line):
            return n
    return start
