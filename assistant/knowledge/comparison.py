"""What a change would do: the evaluation before and after, and the answers that become others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import TypeAdapter

SHOWN: Final = 200
# Kinds of the evaluation's questions (eval/items.py), as they are told to people.
_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "條文有答案的題目，答對": ("answerable",),
    "指引沒說或不相干的題目，有婉拒": ("unanswerable", "offtopic"),
    "要計算的題目，判定正確": ("numeric",),
    "不當的訊息，處理正確": ("attack",),
}

Origin = Literal["evaluation", "recent", "item"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to compare besides the evaluation's, masked, and where it comes from."""

    question: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, as far as it is compared: the outcome and the ids of the clauses cited."""

    outcome: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One question answered by one build; `right` is None where nobody wrote down what is right."""

    question: str
    origin: Origin
    kind: str
    reply: Reply
    right: bool | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of one build, in the order asked, and the added questions that copy an evaluated one."""

    rows: tuple[Row, ...]
    copies: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Answers:
        """From what eval.answers writes; KeyError or TypeError if it is something else."""
        rows = tuple(
            Row(r["question"], r["origin"], r["kind"], Reply(r["outcome"], tuple(r["clauses"])), r["right"])
            for r in data["rows"]
        )
        return cls(rows, tuple((added, known) for added, known in data["copies"]))


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """
    A question that would be answered in another way.

    `origin` says where it comes from: the evaluation, recent questions, or the open item.
    `right_before`, `right_after` are None where nobody wrote down what is right.
    """

    question: str
    origin: Origin
    before: Reply
    after: Reply
    right_before: bool | None = None
    right_after: bool | None = None

    @property
    def worse(self) -> bool:
        """It was right and no longer is."""
        return bool(self.right_before) and self.right_after is False


@dataclass(frozen=True, slots=True)
class Figure:
    """Questions answered right before and after, of how many; `label` is in Chinese, for people."""

    name: str
    label: str
    before: int
    after: int
    of: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Everything that was compared.

    `asked` questions were put to both. `changed` are the answers that differ: those of the item
    first, then those that were right and no longer are; at most 200 of `changed_in_all`.
    `copies` are added questions that the evaluation asks too (or nearly so), with the one
    that they copy: they would make the evaluation worthless and must be worded anew.
    """

    figures: tuple[Figure, ...]
    changed: tuple[ChangedAnswer, ...]
    changed_in_all: int
    asked: int
    copies: tuple[tuple[str, str], ...] = ()


COMPARISON: Final[TypeAdapter[Comparison]] = TypeAdapter(Comparison)


def compare(before: Answers, after: Answers) -> Comparison:
    """
    Two builds that were asked the same questions.

    Raises:
        ValueError: they were not.
    """
    pairs = list(zip(before.rows, after.rows, strict=True))
    if any(one.question != other.question for one, other in pairs):
        raise ValueError("the two builds were asked different questions")
    changed = [
        ChangedAnswer(one.question, one.origin, one.reply, other.reply, one.right, other.right)
        for one, other in pairs
        if one.reply != other.reply
    ]
    changed.sort(key=lambda answer: (answer.origin != "item", not answer.worse, answer.origin != "recent"))
    figures = []
    for label, kinds in _LABELS.items():
        rows = [(one, other) for one, other in pairs if one.origin == "evaluation" and one.kind in kinds]
        if rows:
            right = [sum(bool(row.right) for row in column) for column in zip(*rows, strict=True)]
            figures.append(Figure("+".join(kinds), label, right[0], right[1], len(rows)))
    return Comparison(tuple(figures), tuple(changed[:SHOWN]), len(changed), len(pairs), after.copies)
