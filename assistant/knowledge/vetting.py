"""What is wrong with a change, in words for staff: found here first, before the ingest would say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.domain import Guideline
from assistant.knowledge.change import ChangeRejected, Fault

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_questions(questions: Sequence[str]) -> None:
    """
    Refuse a change that asks nothing, or the same twice.

    Raises:
        ChangeRejected: each fault.
    """
    if not questions:
        raise ChangeRejected([Fault("沒有寫任何問法。", "請至少寫一個問法。")])
    seen: set[str] = set()
    faults = []
    for question in questions:
        if letters(question) in seen:
            faults.append(Fault(f"「{question[:40]}」寫了兩次。", "請留一個就好。"))
        seen.add(letters(question))
    if faults:
        raise ChangeRejected(faults)


def check_clauses(names: Sequence[str], guideline: Guideline) -> None:
    """
    Refuse names that are no leaf clause (without the programme) and no group ("@" and its id).

    Raises:
        ChangeRejected: each fault.
    """
    known = {group.id for group in guideline.groups}
    programme = guideline.source.programme
    faults = []
    for name in names:
        clause = guideline.by_id.get(f"{programme}/{name}")
        if name.startswith("@") and name[1:] not in known:
            faults.append(Fault(f"沒有「{name[1:]}」這個條文群組。", "請從清單中選擇。"))
        elif not name.startswith("@") and (clause is None or not clause.is_leaf):
            faults.append(Fault(f"沒有「{name}」這條條文。", "請從清單中選擇最末層的條文。"))
    if len({name.startswith("@") for name in names}) > 1:
        faults.append(Fault("條文和條文群組不能混用。", "請只選條文，或只選群組。"))
    if faults:
        raise ChangeRejected(faults)


def bad_id(name: str, file: str) -> Iterator[Fault]:
    """A fault if a name cannot be the id of a block."""
    if not _ID.fullmatch(name):
        yield Fault(f"代碼「{name}」不能用。", "代碼只能用小寫英文字母、數字和減號。", file)


def letters(question: str) -> str:
    """A question without punctuation and spaces, in small letters: what makes two of them the same."""
    return re.sub(r"[\W_]+", "", question.lower()) or question
