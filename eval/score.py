"""
generated.jsonl -> judged conversations by system and set, and the flat figures that the gate reads.

A figure is called `<set>.<kind>.<metric>`, or begins with what it was measured on:
`heldout.…`, `latency.…`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval import metrics
from eval.calibration import area_under_risk, expected_calibration_error
from eval.crossvalidation import Scheme
from eval.generate import Generated
from eval.items import KINDS, Item, ItemTurn
from eval.judge import TurnScore, judge
from eval.metrics import ItemScore, Proportion
from eval.ranks import MEASURES
from eval.spans import GuidelineText, touch
from eval.systems import ASSISTANT


@dataclass(frozen=True, slots=True)
class Seen:
    """A turn with its reply and judgement, for those who want to read it."""

    set: str
    turn: ItemTurn
    given: Generated
    judgement: TurnScore

    @property
    def alone(self) -> bool:
        """The turn is an item of its own, not one of a conversation."""
        return self.turn.id == self.given.id


@dataclass(frozen=True, slots=True)
class Scored:
    """One system: its judged items by set, every turn to read, and the turns' milliseconds."""

    system: str
    sets: Mapping[str, tuple[ItemScore, ...]]
    seen: tuple[Seen, ...]

    @property
    def items(self) -> list[ItemScore]:
        """The items of all sets."""
        return [item for items in self.sets.values() for item in items]

    @property
    def milliseconds(self) -> list[float]:
        """The latency of every request, in the order asked."""
        return [seen.given.ms for seen in self.seen]


@dataclass(frozen=True, slots=True)
class Ranked:
    """How well a system ranks the clauses of answerable items: the mean of each measure over `n` of them."""

    system: str
    n: int
    means: Mapping[str, float]


def score(
    rows: Sequence[Generated], sets: Mapping[str, Sequence[Item]], source: GuidelineText
) -> dict[str, Scored]:
    """
    Judge every reply; systems in the order in which they were asked.

    An item with a turn that has no reply does not count, so that a run can be cut short.
    """
    by_item: dict[tuple[str, str, str], dict[int, Generated]] = defaultdict(dict)
    for row in rows:
        by_item[row.system, row.set, row.id][row.turn] = row
    scored = {}
    for system in dict.fromkeys(row.system for row in rows):
        seen: list[Seen] = []
        judged: dict[str, tuple[ItemScore, ...]] = {}
        for name, items in sets.items():
            done = []
            for item in items:
                given = by_item.get((system, name, item.id), {})
                if len(given) == len(item.turns):
                    turns = [
                        Seen(name, turn, given[n], judge(turn, given[n].reply, source))
                        for n, turn in enumerate(item.turns, 1)
                    ]
                    seen += turns
                    done.append(ItemScore(item.id, item.kind, tuple(turn.judgement for turn in turns)))
            judged[name] = tuple(done)
        scored[system] = Scored(system, judged, tuple(seen))
    return scored


def rank(scored: Scored, source: GuidelineText) -> Ranked | None:
    """
    The measures of eval.ranks over answerable items; None if the system does not rank.

    Relevant are the leaf clauses that share half of the shorter with a gold span; clauses
    that read the same count as one. Where alternatives are given, the best of them counts.
    """
    rows = []
    for seen in scored.seen:
        ranked = seen.given.reply.get("ranked")
        if seen.turn.kind == "answerable" and seen.alone and ranked is not None:
            options = [_relevant(spans, source) for spans in (seen.turn.gold, *seen.turn.alt)]
            texts = list(dict.fromkeys(source.read(source.leaves[name]) for name in ranked))
            rows.append(max([measure(texts, option) for measure in MEASURES.values()] for option in options))
    means = {name: sum(row[at] for row in rows) / len(rows) for at, name in enumerate(MEASURES) if rows}
    return Ranked(scored.system, len(rows), means) if rows else None


def figures(scored: Mapping[str, Scored], schemes: Sequence[Scheme]) -> dict[str, float | None]:
    """Every figure that can be held to a floor."""
    assistant = scored[ASSISTANT]
    numbers: dict[str, float | None] = {}
    for name, items in assistant.sets.items():
        for kind in KINDS:
            numbers[f"{name}.{kind}.correct"] = metrics.correct(items, kind).value
        for figure, (_, counted) in metrics.FIGURES.items():
            value = counted(items)
            numbers[f"{name}.{figure}"] = value.value if isinstance(value, Proportion) else value
    for q in (0.5, 0.95, 0.99):
        numbers[f"latency.p{q * 100:.0f}"] = metrics.quantile(assistant.milliseconds, q)
    numbers["confidence.ece"] = expected_calibration_error(stated(assistant))
    numbers["confidence.aurc"] = area_under_risk(stated(assistant))
    for scheme in schemes:
        for part in scheme.parts:
            numbers[f"heldout.{scheme.name}.{part.name}"] = part.correct.value
    return {name: value for name, value in numbers.items() if value is not None}


def stated(scored: Scored, *outcomes: str) -> list[tuple[float, bool]]:
    """The confidence of each turn of these outcomes (of all), and whether it is right: answered, asked back or declined."""
    judged = [seen.judgement for seen in scored.seen]
    return [(one.confidence, one.correct) for one in judged if not outcomes or one.outcome in outcomes]


def _relevant(spans: Sequence[str], source: GuidelineText) -> frozenset[str]:
    """The texts of the leaves that hold the spans: leaves that read the same are one."""
    places = [place for span in spans for place in source.places(span)]
    return frozenset(
        source.read(leaf) for leaf in source.leaves.values() if any(touch(leaf, place) for place in places)
    )
