"""
Where the blocks of a bank file stand, character by character: tomllib gives values, not places.

The text is TOML that tomllib has read already, so this looks for ends, not for faults.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\])*"|' + r"'[^']*'", re.DOTALL
)
_COMMENT: Final = re.compile(r"#[^\n]*")
_HEADER: Final = re.compile(r"\[\[\s*([A-Za-z0-9_-]+)\s*\]\]")
_KEY: Final = re.compile(r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*")
QUESTIONS: Final = "questions"


@dataclass(frozen=True, slots=True)
class Element:
    """One text of an array, quotes included, at `start:end`."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Array:
    """An array of texts: `start` is its opening bracket, `end` the place behind its closing one."""

    start: int
    end: int
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """
    One [[table]] of a file: its header begins at `start`, `end` is behind its last value's line.

    `values` are its keys as tomllib reads them, `questions` the places of its questions.
    """

    start: int
    end: int
    values: dict[str, Any]
    questions: Array

    def line(self, text: str) -> int:
        """The line of the header, from 1."""
        return line_at(text, self.start)


def line_at(text: str, place: int) -> int:
    """The line of a place in a text, from 1."""
    return text.count("\n", 0, place) + 1


def blocks_of(text: str, table: str) -> tuple[Block, ...]:
    """
    Every [[table]] of a name that has questions, in order.

    Raises:
        ValueError: the text is no TOML, or its tables are written in a form that is not [[table]].
    """
    rows = tomllib.loads(text).get(table, [])
    found = [block for name, block in _blocks(text) if name == table]
    if len(found) != len(rows) or any(array is None for _, _, array in found):
        raise ValueError(f"the tables are not all written as [[{table}]] with {QUESTIONS}")
    return tuple(
        Block(start, end, row, array)
        for (start, end, array), row in zip(found, rows, strict=True)
        if array is not None
    )


def _blocks(text: str) -> Iterator[tuple[str, tuple[int, int, Array | None]]]:
    """The name of each table with its start, its end and the array of its questions."""
    name, start, end, array = "", 0, 0, None
    for kind, at, until, found in _statements(text):
        if kind == "header":
            if name:
                yield name, (start, end, array)
            header = _HEADER.fullmatch(text, at, until)
            name, start, end, array = header[1] if header else "", at, _line_end(text, until), None
        else:
            end = _line_end(text, until)
            array = found if kind == QUESTIONS else array
    if name:
        yield name, (start, end, array)


def _statements(text: str) -> Iterator[tuple[str, int, int, Array | None]]:
    """Each header and each key with its value: what it is, where it stands, and the array if it is one."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] == "#":
            at = _skip(text, at)
        elif text[at] == "[":
            until = text.index("\n", at) if "\n" in text[at:] else len(text)
            header = _HEADER.match(text, at)
            yield "header", at, header.end() if header else until, None
            at = header.end() if header else until
        else:
            key = _KEY.match(text, at)
            if key is None:  # a quoted or dotted key: no bank file has one
                raise ValueError(f"line {line_at(text, at)}: a key that is not plain")
            until, array = _value(text, key.end())
            yield key[1], at, until, array
            at = until


def _value(text: str, at: int) -> tuple[int, Array | None]:
    """The end of the value at a place, and the array if it is one of texts."""
    if text[at] != "[":
        string = _STRING.match(text, at)
        if string:
            return string.end(), None
        end = re.compile(r"[^\n#]*").match(text, at)
        assert end is not None  # it matches nothing, too
        return end.end(), None
    elements, inner = [], at + 1
    while text[inner] != "]":
        string = _STRING.match(text, inner)
        if string:
            value = tomllib.loads(f"x = {string.group()}")["x"]
            elements.append(Element(inner, string.end(), value))
            inner = string.end()
        elif text[inner] == "#":
            inner = _skip(text, inner)
        elif text[inner] == "[":
            inner, _ = _value(text, inner)
        else:
            inner += 1
    return inner + 1, Array(at, inner + 1, tuple(elements))


def _skip(text: str, at: int) -> int:
    comment = _COMMENT.match(text, at)
    return comment.end() if comment else at


def _line_end(text: str, at: int) -> int:
    """Behind the newline of the line that a place is in, or the end of the text."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
