"""
The assistant with one of its parts taken away, everything else as it is: what that part is worth.

    without Chroma, BM25               what only that search finds is no candidate
    without gaps                       questions that the guideline leaves open are no targets
    without threshold                  it answers however unsure it is
    follow-ups alone                   each turn begins a conversation of its own

Nothing is learned again without the part, so these are losses of the model as built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Final

from pydantic import PrivateAttr

from assistant.answer.assistant import Assistant
from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.ports import SystemClock
from assistant.rank import Ranker
from assistant.retrieve import Candidates, HybridRetriever
from eval.systems import Bench, InProcess, System

GAPLESS: Final = "without gaps"
CERTAIN: Final = "without threshold"
ALONE: Final = "follow-ups alone"
# Each search of assistant.retrieve, with what is left when it finds nothing.
SEARCHES: Final[Mapping[str, Mapping[str, Any]]] = {
    "Chroma": {"dense": {}},
    "BM25": {"words": (), "bigrams": ()},
}
ABLATED: Final = frozenset([*(f"without {b}" for b in SEARCHES), GAPLESS, CERTAIN, ALONE])


@dataclass(frozen=True, slots=True)
class Forgetful:
    """A system asked every turn as if it were the first."""

    system: System
    name: str

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The reply to the message alone."""
        del session
        return self.system.ask(message, None)


class PartialRetriever(HybridRetriever):
    """A retriever that keeps only a part of what a search finds, which several of them share."""

    _searched: Callable[[str], Candidates] = PrivateAttr()
    _kept: Callable[[Candidates], Candidates] = PrivateAttr()

    def __init__(
        self, index: Index, searched: Callable[[str], Candidates], kept: Callable[[Candidates], Candidates]
    ) -> None:
        super().__init__(index)
        self._searched, self._kept = searched, kept

    def search(self, question: str) -> Candidates:
        """What is kept."""
        return self._kept(self._searched(question))


def ablations(bench: Bench) -> list[System]:
    """One system for each part taken away."""
    index, model = bench.index, bench.index.model
    certain = replace(index, model=replace(model, settings={**model.settings, "threshold": 0.0}))
    searched = cache(HybridRetriever(index).search)
    kept = {f"without {name}": partial(replace, **left) for name, left in SEARCHES.items()}
    kept[GAPLESS] = partial(without_gaps, index)
    retrievers = {name: PartialRetriever(index, searched, part) for name, part in kept.items()}
    retrievers[CERTAIN] = PartialRetriever(certain, searched, lambda found: found)
    systems: list[System] = [_assistant(bench, name, retriever) for name, retriever in retrievers.items()]
    return [*systems, Forgetful(InProcess(bench.assistant), ALONE)]


def _assistant(bench: Bench, name: str, retriever: HybridRetriever) -> System:
    tools = replace(bench.tools, ranker=Ranker(retriever))
    return InProcess(Assistant(tools, bench.service.conversations, SystemClock()), name)


def without_gaps(index: Index, found: Candidates) -> Candidates:
    """The candidates that lead to no gap."""
    kinds = [target.kind for target in index.targets]

    def kept(row: int) -> bool:
        return kinds[index.model.samples.labels[row]] is not TargetKind.GAP

    return Candidates(
        {row: cosine for row, cosine in found.dense.items() if kept(row)},
        tuple(filter(kept, found.words)),
        tuple(filter(kept, found.bigrams)),
    )
