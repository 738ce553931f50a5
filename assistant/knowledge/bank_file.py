"""
A file of the bank as text: questions and blocks go in and come out, every other character stays.

tomlkit edits the one block that a change is about. A block is a [[table]] up to the next line that
begins with a bracket; the blank lines and comments at its end belong to what follows it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from assistant.knowledge.change import ChangeRejected, Fault

QUESTIONS: Final = "questions"
_HEADER: Final = re.compile(r"^(?=\[)", re.MULTILINE)
_TAIL: Final = re.compile(r"(?:^[ \t\r]*(?:#.*)?\n)*(?:^[ \t]*#.*)?\Z", re.MULTILINE)

Row = dict[str, Any]


class BankFile:
    """
    A file of the bank with one name of table; `rows` are its blocks as values, in order.

    Each way of changing it returns the new text, or raises ChangeRejected if that does not read back
    as what was meant: no fault of ours or of a library reaches a file.
    """

    def __init__(self, name: str, text: str, table: str) -> None:
        """Read the text; ChangeRejected if it is no TOML or its blocks are not written as [[table]] with questions."""
        self._name, self._text, self._table = name, text, table
        try:
            self.rows: list[Row] = tomllib.loads(text).get(table, [])
        except ValueError as error:
            raise self._rejected(str(error)) from error
        self._parts = _HEADER.split(text)
        self._places = [n for n, part in enumerate(self._parts) if part.startswith(f"[[{table}]]")]
        if len(self._places) != len(self.rows) or not all(QUESTIONS in row for row in self.rows):
            raise self._rejected(f"每個區塊要寫成 [[{table}]]，並有 {QUESTIONS}")

    def line(self, at: int, value: str) -> int:
        """The line, from 1, on which a text of block `at` stands; that of the block if it is written over several."""
        place = self._places[at]
        before = "".join(self._parts[:place])
        found = max(self._parts[place].find(tomlkit.item(value).as_string()), 0)
        return (before + self._parts[place][:found]).count("\n") + 1

    def with_questions(self, at: int, questions: Sequence[str]) -> str:
        """Questions come last in block `at`."""
        parts, rows = list(self._parts), list(self.rows)
        rows[at] = {**rows[at], QUESTIONS: [*rows[at][QUESTIONS], *questions]}
        parts[self._places[at]] = self._edited(parts[self._places[at]], added=questions)
        return self._proved(parts, rows)

    def with_block(self, values: Mapping[str, Any]) -> str:
        """A block of the values that are not empty comes at the end of the file."""
        row = {name: value for name, value in values.items() if value}
        newline = self._newline
        gap = newline if self._text.endswith("\n") else newline * 2 if self._text else ""
        block = _block(self._table, row).replace("\n", newline)
        return self._proved([self._text, gap, block], [*self.rows, row])

    def without(self, questions: Sequence[str]) -> str:
        """
        Questions come out, wherever they stand; a block that has none left goes, and one blank line before it.

        Raises:
            ChangeRejected: also if one stands nowhere.
        """
        parts, rows, newline = list(self._parts), [], self._newline
        missing = set(questions).difference(chain.from_iterable(row[QUESTIONS] for row in self.rows))
        if missing:
            what = f"「{min(missing)[:40]}」已經不在檔案裡。"
            raise ChangeRejected([Fault(what, "檔案後來改過，請直接編輯檔案。", self._name)])
        for place, row in zip(self._places, self.rows, strict=True):
            gone = [question for question in row[QUESTIONS] if question in questions]
            left = [question for question in row[QUESTIONS] if question not in questions]
            if left or not gone:
                parts[place] = self._edited(parts[place], gone=gone)
                rows.append({**row, QUESTIONS: left})
                continue
            parts[place] = _tail(parts[place])
            if parts[place - 1] == newline or parts[place - 1].endswith(newline * 2):
                parts[place - 1] = parts[place - 1].removesuffix(newline)
        return self._proved(parts, rows)

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self._text else "\n"

    def _edited(self, part: str, added: Sequence[str] = (), gone: Sequence[str] = ()) -> str:
        if not added and not gone:
            return part
        try:
            block: Any = tomlkit.parse(part)
        except TOMLKitError as error:
            raise self._rejected(str(error)) from error
        questions = block[self._table][0][QUESTIONS]
        questions.extend(added)
        for question in gone:
            questions.remove(question)
        return tomlkit.dumps(block)

    def _proved(self, parts: Sequence[str], rows: Sequence[Row]) -> str:
        text = "".join(parts)
        meant = {**tomllib.loads(self._text), self._table: rows}
        try:
            read = {self._table: [], **tomllib.loads(text)}
        except ValueError as error:
            raise self._rejected(str(error)) from error
        if read != meant:
            raise self._rejected("改過以後讀起來和預期不同")
        return text

    def _rejected(self, why: str) -> ChangeRejected:
        what = f"檔案的寫法無法自動修改（{why}）。"
        return ChangeRejected([Fault(what, "請改用編輯器修改這個檔案。", self._name)])


def _tail(part: str) -> str:
    found = _TAIL.search(part)
    return found[0] if found else ""


def _block(table: str, row: Row) -> str:
    """A block with one question a line."""
    block, questions = tomlkit.table(), tomlkit.array()
    for question in row[QUESTIONS]:
        questions.add_line(question, indent="  ")
    questions.add_line(indent="")
    for name, value in row.items():
        block.add(name, questions if name == QUESTIONS else value)
    return f"[[{table}]]\n{block.as_string()}"
