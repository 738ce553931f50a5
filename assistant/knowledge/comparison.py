"""What a change would do: questions of the bank right before and after, and the answers that become others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

from assistant.domain import Outcome
from assistant.index.targets import Target, TargetKind

SHOWN: Final = 200
_LABELS: Final[Mapping[str, frozenset[TargetKind]]] = {
    "條文有答案的問題，答對": frozenset({TargetKind.CLAUSE}),
    "指引沒說的問題，有婉拒": frozenset({TargetKind.GAP}),
    "不相干或不當的訊息，有婉拒": frozenset(TargetKind) - {TargetKind.CLAUSE, TargetKind.GAP},
}
_DECLINED: Final = frozenset({Outcome.NO_CLAUSE, Outcome.OUT_OF_SCOPE, Outcome.REFUSED})

Origin = Literal["bank", "recent", "item"]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question that both builds are asked and where it comes from; `target` only where the bank says what is right."""

    question: str
    origin: Origin
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, as far as it is compared: the outcome and the ids of the clauses cited."""

    outcome: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """
    A question that would be answered in another way.

    `origin` says where it comes from: the bank, recent questions, or the open item.
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
    """Questions of the bank answered right before and after, of how many; `label` is in Chinese, for people."""

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
    """

    figures: tuple[Figure, ...]
    changed: tuple[ChangedAnswer, ...]
    changed_in_all: int
    asked: int


COMPARISON: Final[TypeAdapter[Comparison]] = TypeAdapter(Comparison)


def compare(probes: Sequence[Probe], before: Sequence[Reply], after: Sequence[Reply]) -> Comparison:
    """
    What two builds replied to the probes, in their order.

    Raises:
        ValueError: one of them has more replies or fewer.
    """
    rows = [
        ChangedAnswer(probe.question, probe.origin, old, new, right(probe, old), right(probe, new))
        for probe, old, new in zip(probes, before, after, strict=True)
    ]
    changed = [row for row in rows if row.before != row.after]
    changed.sort(key=lambda answer: (answer.origin != "item", not answer.worse, answer.origin != "recent"))
    figures = []
    for label, kinds in _LABELS.items():
        of = [
            row
            for probe, row in zip(probes, rows, strict=True)
            if probe.target and probe.target.kind in kinds
        ]
        if of:
            old, new = sum(bool(row.right_before) for row in of), sum(bool(row.right_after) for row in of)
            figures.append(Figure(label, old, new, len(of)))
    return Comparison(tuple(figures), tuple(changed[:SHOWN]), len(changed), len(rows))


def right(probe: Probe, reply: Reply) -> bool | None:
    """
    Whether a reply is what the bank wants: all clauses of the target cited, or nothing, declined.

    None where the bank says nothing.
    """
    if probe.target is None:
        return None
    if probe.target.kind is TargetKind.CLAUSE:
        return reply.outcome == Outcome.ANSWERED and set(probe.target.clauses) <= set(reply.clauses)
    return reply.outcome in _DECLINED and not reply.clauses
