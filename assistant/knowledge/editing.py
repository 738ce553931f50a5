"""A change and the corpus as it is -> the exact new text of one file, and what the change is in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.domain import Guideline
from assistant.knowledge.bank_file import QUESTIONS, BankFile
from assistant.knowledge.change import (
    Change,
    ChangeRejected,
    Fault,
    NewGap,
    OutOfScope,
    Phrasing,
    Withdrawal,
)
from assistant.knowledge.vetting import bad_id, check_clauses, check_questions, letters

ASK: Final = "questions.toml"
GAPS: Final = "gaps.toml"
OUTSIDE: Final = "outside.toml"
# What lies outside of every programme is read, and edited by nobody here: a desk speaks for one programme.
SHARED: Final = f"../{OUTSIDE}"
_READ: Final = {ASK: "ask", GAPS: "gap", SHARED: "outside", OUTSIDE: "outside"}  # in the order of the ingest


@dataclass(frozen=True, slots=True)
class BankEdit:
    """The new text of a file of the bank; `before` is None if there is no such file yet."""

    file: str
    before: str | None
    after: str

    @property
    def diff(self) -> str:
        """A unified diff with three lines of context, without its two file lines."""
        old, new = (self.before or "").splitlines(), self.after.splitlines()
        return "\n".join(list(difflib.unified_diff(old, new, lineterm=""))[2:])


class BankFiles:
    """The files of a programme's bank, as they are now."""

    def __init__(self, programme: Path) -> None:
        """Read the files of the programme in that folder; OSError or UnicodeDecodeError if one cannot be."""
        paths = {file: programme / file for file in _READ}
        self._texts = {
            file: path.read_bytes().decode("utf8") for file, path in paths.items() if path.exists()
        }

    def bank(self, file: str) -> BankFile:
        """
        A file, empty if there is none.

        Raises:
            ChangeRejected: it is written in a form that is not edited here.
        """
        return BankFile(file, self._texts.get(file, ""), _READ[file])

    def edit(self, change: Change, guideline: Guideline) -> BankEdit:
        """
        The edit that makes a change.

        Raises:
            ChangeRejected: a question stands already, a target does not exist, an id is taken.
        """
        if not isinstance(change, Withdrawal):
            self._refuse_repeats(change.questions)
        match change:
            case Phrasing():
                file, after = self._phrasing(change, guideline)
            case NewGap():
                file, after = GAPS, self._gap(change, guideline)
            case OutOfScope():
                file, after = OUTSIDE, self._outside(change.block, change.questions, "offtopic")
            case Withdrawal():
                file, after = change.file, self._withdrawn(change)
        return BankEdit(file, self._texts.get(file), after)

    def questions(self) -> Iterator[tuple[str, str]]:
        """Every question of the bank with the key of its target."""
        for file in _READ:
            for row in self.bank(file).rows:
                key = _key(row) if file == ASK else f"{_READ[file]}:{row['id']}"
                yield from ((question, key) for question in row[QUESTIONS])

    def _phrasing(self, change: Phrasing, guideline: Guideline) -> tuple[str, str]:
        place, _, block = change.target.partition(":")
        if place == "gap":
            return GAPS, self._added(GAPS, block, change.questions)
        if place == "outside":
            shared = next((row for row in self.bank(SHARED).rows if row.get("id") == block), None)
            if shared is None:
                return OUTSIDE, self._added(OUTSIDE, block, change.questions)
            return OUTSIDE, self._outside(block, change.questions, shared["kind"])
        names = change.target.split("+")
        check_clauses(names, guideline)
        bank = self.bank(ASK)
        for at, row in enumerate(bank.rows):
            if _key(row) == change.target:
                return ASK, bank.with_questions(at, change.questions)
        groups = [name.removeprefix("@") for name in names if name.startswith("@")]
        values = {
            "clauses": [name for name in names if not name.startswith("@")],
            "group": groups[0] if len(groups) == 1 else "",
            "groups": groups if len(groups) > 1 else [],
            QUESTIONS: [*change.questions],
        }
        return ASK, bank.with_block(values)

    def _added(self, file: str, wanted: str, questions: Sequence[str]) -> str:
        bank = self.bank(file)
        for at, row in enumerate(bank.rows):
            if row.get("id") == wanted:
                return bank.with_questions(at, questions)
        what = f"沒有「{wanted}」這個題目。"
        raise ChangeRejected([Fault(what, "請從清單中選擇，或新增一個。", file)])

    def _gap(self, change: NewGap, guideline: Guideline) -> str:
        bank = self.bank(GAPS)
        faults = list(bad_id(change.id, GAPS))
        for at, row in enumerate(bank.rows):
            if row.get("id") == change.id:
                line = bank.line(at, change.id)
                faults.append(Fault(f"代碼 {change.id} 已經用過了。", "請換一個代碼。", GAPS, line))
        if not change.topic.strip():
            faults.append(Fault("沒有寫題目。", "請寫出指引沒有說明的是什麼。"))
        if faults:
            raise ChangeRejected(faults)
        check_clauses(change.nearby, guideline)
        values = {
            "id": change.id,
            "topic": change.topic,
            "referral": change.referral,
            "nearby": [*change.nearby],
            QUESTIONS: [*change.questions],
        }
        return bank.with_block(values)

    def _outside(self, block: str, questions: Sequence[str], kind: str) -> str:
        bank = self.bank(OUTSIDE)
        if any(row.get("id") == block for row in bank.rows):
            return self._added(OUTSIDE, block, questions)
        faults = list(bad_id(block, OUTSIDE))
        if faults:
            raise ChangeRejected(faults)
        return bank.with_block({"id": block, "kind": kind, QUESTIONS: [*questions]})

    def _withdrawn(self, change: Withdrawal) -> str:
        if change.file not in {ASK, GAPS, OUTSIDE}:
            raise ChangeRejected([Fault(f"沒有 {change.file} 這個檔案。", "請重新整理後再試。")])
        return self.bank(change.file).without(change.questions)

    def _refuse_repeats(self, questions: Sequence[str]) -> None:
        check_questions(questions)
        wanted = {letters(question) for question in questions}
        faults = [
            Fault(
                f"「{question[:40]}」已經有了。",
                "請刪去這個問法，或移動原有的那一句。",
                file,
                bank.line(at, question),
            )
            for file in _READ
            for bank in [self.bank(file)]
            for at, row in enumerate(bank.rows)
            for question in row[QUESTIONS]
            if letters(question) in wanted
        ]
        if faults:
            raise ChangeRejected(faults)


def _key(values: Mapping[str, Any]) -> str:
    """The key of an [[ask]] block's target, as ingest writes it."""
    groups = values.get("groups") or ([values["group"]] if values.get("group") else [])
    return "+".join([*(f"@{name}" for name in groups), *values.get("clauses", ())])
