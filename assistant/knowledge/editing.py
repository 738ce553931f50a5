"""A change and the corpus as it is -> the exact new text of one file, and what the change is in words."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assistant.domain import Guideline
from assistant.knowledge.bank_text import (
    new_block,
    with_block,
    with_questions,
    without_block,
    without_question,
)
from assistant.knowledge.change import (
    Change,
    ChangeRejected,
    Fault,
    NewGap,
    OutOfScope,
    Phrasing,
    Withdrawal,
)
from assistant.knowledge.toml_blocks import QUESTIONS, Block, blocks_of, line_at
from assistant.knowledge.vetting import bad_id, check_clauses, check_questions, letters

ASK: Final = "questions.toml"
GAPS: Final = "gaps.toml"
OUTSIDE: Final = "outside.toml"
TABLES: Final[Mapping[str, str]] = {ASK: "ask", GAPS: "gap", OUTSIDE: "outside"}


@dataclass(frozen=True, slots=True)
class Edit:
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
    """The three files of a programme's bank, as they are now."""

    def __init__(self, programme: Path) -> None:
        """Read the files of the programme in that folder; OSError or UnicodeDecodeError if one cannot be."""
        self._paths = {file: path_of(programme, file) for file in TABLES}
        self._texts = {
            file: path.read_bytes().decode("utf8") for file, path in self._paths.items() if path.exists()
        }

    def text(self, file: str) -> str:
        """A file's text, empty if there is none."""
        return self._texts.get(file, "")

    def blocks(self, file: str) -> tuple[Block, ...]:
        """
        The blocks of a file.

        Raises:
            ChangeRejected: the file is written in a form that is not edited here.
        """
        try:
            return blocks_of(self.text(file), TABLES[file])
        except ValueError as error:
            what = f"檔案的寫法無法自動修改（{error}）。"
            raise ChangeRejected([Fault(what, "請改用編輯器修改這個檔案。", file)]) from error

    def edit(self, change: Change, guideline: Guideline) -> Edit:
        """
        The edit that makes a change.

        Raises:
            ChangeRejected: a question stands already, a target does not exist, an id is taken.
        """
        match change:
            case Phrasing():
                self._refuse_repeats(change.questions)
                file, after = self._phrasing(change, guideline)
            case NewGap():
                self._refuse_repeats(change.questions)
                file, after = GAPS, self._gap(change, guideline)
            case OutOfScope():
                self._refuse_repeats(change.questions)
                file, after = OUTSIDE, self._outside(change)
            case Withdrawal():
                file, after = change.file, self._withdrawn(change)
        _prove(file, self.text(file), after, change.questions, gone=isinstance(change, Withdrawal))
        return Edit(file, self._texts.get(file), after)

    def leads(self) -> dict[str, tuple[str, ...]]:
        """The leads that the blocks of each clause target have."""
        found: dict[str, dict[str, None]] = {}
        for block in self.blocks(ASK):
            if block.values.get("lead"):
                found.setdefault(_key(block.values), {})[block.values["lead"]] = None
        return {key: tuple(leads) for key, leads in found.items()}

    def _phrasing(self, change: Phrasing, guideline: Guideline) -> tuple[str, str]:
        for prefix, file in (("gap:", GAPS), ("outside:", OUTSIDE)):
            if change.target.startswith(prefix):
                wanted = change.target.removeprefix(prefix)
                return file, self._added(file, wanted, change.questions)
        names = change.target.split("+")
        check_clauses(names, guideline)
        text, same = self.text(ASK), [b for b in self.blocks(ASK) if _key(b.values) == change.target]
        for block in same:
            if block.values.get("lead", "") == change.lead:
                return ASK, with_questions(text, block.questions, change.questions)
        groups = [name.removeprefix("@") for name in names if name.startswith("@")]
        values: dict[str, str | Sequence[str]] = {
            "clauses": [name for name in names if not name.startswith("@")],
            "group": groups[0] if len(groups) == 1 else "",
            "groups": groups if len(groups) > 1 else (),
            "lead": change.lead,
        }
        at = same[-1].end if same else len(text)
        return ASK, with_block(text, at, new_block("ask", values, change.questions))

    def _added(self, file: str, wanted: str, questions: Sequence[str]) -> str:
        for block in self.blocks(file):
            if block.values.get("id") == wanted:
                return with_questions(self.text(file), block.questions, questions)
        what = f"沒有「{wanted}」這個題目。"
        raise ChangeRejected([Fault(what, "請從清單中選擇，或新增一個。", file)])

    def _gap(self, change: NewGap, guideline: Guideline) -> str:
        faults = list(bad_id(change.id, GAPS))
        for block in self.blocks(GAPS):
            if block.values.get("id") == change.id:
                line = block.line(self.text(GAPS))
                faults.append(Fault(f"代碼 {change.id} 已經用過了。", "請換一個代碼。", GAPS, line))
        if not change.topic.strip():
            faults.append(Fault("沒有寫題目。", "請寫出指引沒有說明的是什麼。"))
        if faults:
            raise ChangeRejected(faults)
        check_clauses(change.nearby, guideline)
        text = self.text(GAPS)
        values = {
            "id": change.id,
            "topic": change.topic,
            "referral": change.referral,
            "nearby": change.nearby,
        }
        return with_block(text, len(text), new_block("gap", values, change.questions))

    def _outside(self, change: OutOfScope) -> str:
        if any(block.values.get("id") == change.block for block in self.blocks(OUTSIDE)):
            return self._added(OUTSIDE, change.block, change.questions)
        faults = list(bad_id(change.block, OUTSIDE))
        if faults:
            raise ChangeRejected(faults)
        values = {"id": change.block, "kind": "offtopic"}
        text = self.text(OUTSIDE)
        return with_block(text, len(text), new_block("outside", values, change.questions))

    def _withdrawn(self, change: Withdrawal) -> str:
        if change.file not in TABLES:
            raise ChangeRejected([Fault(f"沒有 {change.file} 這個檔案。", "請重新整理後再試。")])
        text = self.text(change.file)
        for question in change.questions:
            here = next(
                (b for b in _parsed(text, change.file) if question in b.values[QUESTIONS]),
                None,
            )
            if here is None:
                what = f"「{question[:40]}」已經不在檔案裡。"
                raise ChangeRejected([Fault(what, "檔案後來改過，請直接編輯檔案。", change.file)])
            if len(here.values[QUESTIONS]) == 1:
                text = without_block(text, here)
                continue
            element = next(e for e in here.questions.elements if e.value == question)
            text = without_question(text, element, here.questions)
        return text

    def _refuse_repeats(self, questions: Sequence[str]) -> None:
        check_questions(questions)
        wanted = {letters(question) for question in questions}
        faults = [
            Fault(
                f"「{element.value[:40]}」已經有了。",
                "請刪去這個問法，或移動原有的那一句。",
                file,
                line_at(self.text(file), element.start),
            )
            for file in TABLES
            for block in self.blocks(file)
            for element in block.questions.elements
            if letters(element.value) in wanted
        ]
        if faults:
            raise ChangeRejected(faults)


def path_of(programme: Path, file: str) -> Path:
    """Where a file of the bank lies: outside.toml is shared by all programmes."""
    return (programme.parent if file == OUTSIDE else programme) / file


def _key(values: Mapping[str, Any]) -> str:
    """The key of an [[ask]] block's target, as ingest writes it."""
    groups = values.get("groups") or ([values["group"]] if values.get("group") else [])
    return "+".join([*(f"@{name}" for name in groups), *values.get("clauses", ())])


def _parsed(text: str, file: str) -> tuple[Block, ...]:
    return blocks_of(text, TABLES[file])


def _prove(file: str, before: str, after: str, questions: Sequence[str], *, gone: bool) -> None:
    """The new text says what the old one said, but for the questions: an error of ours must not reach a file."""
    old, new = _said(before, file), _said(after, file)
    more, less = (old, new) if gone else (new, old)
    kept = [row for row in (_without(row, questions) for row in more) if row[QUESTIONS] or row in less]
    if kept != less or tomllib.loads(after).keys() - {TABLES[file]} != tomllib.loads(before).keys() - {
        TABLES[file]
    }:
        what = "改過以後的檔案讀起來和預期不同，所以沒有修改。"
        raise ChangeRejected([Fault(what, "請改用編輯器修改這個檔案。", file)])


def _said(text: str, file: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(text).get(TABLES[file], [])
    return rows


def _without(row: Mapping[str, Any], questions: Sequence[str]) -> dict[str, Any]:
    return {**row, QUESTIONS: [q for q in row[QUESTIONS] if q not in questions]}
