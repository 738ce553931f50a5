"""Everything that a phrasing can lead to, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.domain import Guideline
from assistant.index.store import Index
from assistant.index.targets import Target, TargetKind
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import HybridRetriever

_OUTSIDE: Final = {
    TargetKind.OFFTOPIC: "與計畫無關",
    TargetKind.SMALLTALK: "閒聊",
    TargetKind.ATTACK: "不當的要求",
    TargetKind.NOISE: "無法辨識的訊息",
}
_LABELS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """
    A target that a phrasing can lead to.

    `label` is for people: the clause's label, the group's question, the gap's topic. `clauses` are the
    ids of the leaves that answer;
    `probability` is the ranker's, 0 in lists.
    """

    key: str
    kind: TargetKind
    label: str
    clauses: tuple[str, ...] = ()
    probability: float = 0.0


def choices(index: Index) -> tuple[Choice, ...]:
    """Single clauses in the guideline's order, then groups, several clauses, gaps, what lies outside."""
    targets = {target.key: target for target in index.targets}
    for group in index.guideline.groups:
        key = f"@{group.id}"
        targets.setdefault(key, Target(key, TargetKind.CLAUSE, group.clauses, group.limits))
    places = {leaf.id: place for place, leaf in enumerate(index.guideline.leaves)}

    def order(target: Target) -> tuple[int, int, list[int], str]:
        clauses = [places[clause] for clause in target.clauses]
        several = 2 if "+" in target.key else 0
        kind = list(TargetKind).index(target.kind)
        return kind, several or target.key.startswith("@"), clauses, target.key

    return tuple(_choice(t, index.guideline) for t in sorted(targets.values(), key=order))


def target_finder(targets: Iterable[Target], guideline: Guideline) -> Callable[[str], Target | None]:
    """
    The key of a block -> its target, None if there is none.

    Blocks that name the same clauses, in any order or by a group, have one target, under the key of one of them;
    what newcomers ask has a target of its own.
    """
    programme = guideline.source.programme
    groups = {f"@{group.id}": group.clauses for group in guideline.groups}
    known: dict[str | frozenset[str], Target] = {
        one.key if one.opens else frozenset(one.clauses) or one.key: one for one in targets
    }

    def find(key: str) -> Target | None:
        names = (groups.get(name, (f"{programme}/{name}",)) for name in key.split("+"))
        return known.get(key) or known.get(frozenset(clause for clauses in names for clause in clauses))

    return find


def suggestions(index: Index, question: str, limit: int) -> tuple[Choice, ...]:
    """The targets that the ranker finds most probable for a question."""
    guesses = Ranker(HybridRetriever(index)).rank(WeightedQuestion(question, 1.0)).guesses[:limit]
    return tuple(
        replace(_choice(guess.target, index.guideline), probability=guess.probability) for guess in guesses
    )


def _choice(target: Target, guideline: Guideline) -> Choice:
    label = "；".join(_labels(target, guideline))
    return Choice(target.key, target.kind, label, target.clauses)


def _labels(target: Target, guideline: Guideline) -> Iterator[str]:
    if target.kind is TargetKind.GAP:
        yield f"指引沒有說明：{target.topic}"
    elif target.kind in _OUTSIDE:
        yield f"{_OUTSIDE[target.kind]}（{target.key.removeprefix('outside:')}）"
    elif target.key.startswith("@"):
        questions = {group.id: group.question for group in guideline.groups}
        yield from (questions[name[1:]] for name in target.key.split("+") if name[1:] in questions)
    else:
        yield from (guideline.by_id[clause].label for clause in target.clauses[:_LABELS_SHOWN])
        if len(target.clauses) > _LABELS_SHOWN:
            yield f"等 {len(target.clauses)} 條"
