"""Questions and blocks into the text of a bank file and out of it; every other character stays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from assistant.knowledge.toml_blocks import Array, Block, Element

_INDENT: Final = "  "


def quoted(value: str) -> str:
    """A text on one line as a TOML string."""
    return json.dumps(value, ensure_ascii=False)  # JSON's escapes are all TOML's


def with_questions(text: str, array: Array, questions: Sequence[str]) -> str:
    """The text with questions at the end of an array, one a line where the array is written so."""
    if not array.elements:
        return _spliced(text, array.start + 1, array.start + 1, ", ".join(map(quoted, questions)))
    last = array.elements[-1].end
    comma = _comma_after(text, last, array.end)
    if "\n" not in text[last : array.end]:
        at = last if comma is None else comma
        added = "".join(f", {quoted(question)}" for question in questions)
        return _spliced(text, at, at, added if comma is None else added.removeprefix(","))
    newline, indent = _newline(text), _indent(text, array.elements[-1])
    lines = "".join(f"{indent}{quoted(question)},{newline}" for question in questions)
    end = text.index("\n", last if comma is None else comma) + 1
    text = _spliced(text, end, end, lines)
    return text if comma is not None else _spliced(text, last, last, ",")


def without_question(text: str, element: Element, array: Array) -> str:
    """The text without one question: its whole line where it has one of its own."""
    comma = _comma_after(text, element.end, array.end)
    end = element.end if comma is None else comma
    line, line_end = text.rfind("\n", 0, element.start) + 1, text.find("\n", end)
    alone = not text[line : element.start].strip() and line_end >= 0
    if alone and not text[end:line_end].split("#", maxsplit=1)[0].strip():
        return _spliced(text, line, line_end + 1, "")
    if comma is not None:
        while text[comma] == " ":
            comma += 1
        return _spliced(text, element.start, comma, "")
    before = text.rfind(",", array.start, element.start)
    return _spliced(text, before if before >= 0 else element.start, element.end, "")


def new_block(table: str, values: Mapping[str, str | Sequence[str]], questions: Sequence[str]) -> str:
    """A block with one question a line; values that are empty are left out."""
    lines = [f"[[{table}]]"]
    for name, value in values.items():
        if value:
            words = quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
            lines.append(f"{name} = {words}")
    lines += ["questions = [", *(f"{_INDENT}{quoted(question)}," for question in questions), "]", ""]
    return "\n".join(lines)


def with_block(text: str, at: int, block: str) -> str:
    """The text with a block, a blank line before it, at the end of another block or of the text."""
    newline = _newline(text)
    gap = "" if not text[:at] else newline if text[:at].endswith("\n") else newline * 2
    return _spliced(text, at, at, gap + block.replace("\n", newline))


def without_block(text: str, block: Block) -> str:
    """The text without a block and without one blank line before it."""
    start, newline = block.start, _newline(text)
    if text[:start].endswith(newline * 2) or text[:start] == newline:
        start -= len(newline)
    return _spliced(text, start, block.end, "")


def _spliced(text: str, start: int, end: int, put: str) -> str:
    return text[:start] + put + text[end:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _indent(text: str, element: Element) -> str:
    before = text[text.rfind("\n", 0, element.start) + 1 : element.start]
    return _INDENT if before.strip() else before


def _comma_after(text: str, at: int, end: int) -> int | None:
    """Behind the comma that follows an element, None where it is the last and has none."""
    while at < end - 1:
        if text[at] == ",":
            return at + 1
        if text[at] == "#":
            at = text.index("\n", at)
        elif not text[at].isspace():
            return None
        else:
            at += 1
    return None
