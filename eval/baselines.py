"""
What the assistant has to beat, asked in the same run: none of these declines, none remembers a turn.

    bm25         the best clause by BM25 on words
    embedding    the best clause by the encoder alone
    fused        the best clause of assistant.retrieve; fused, three: its three best
    ranker       the learned ranker without its threshold: what knowing the bank alone is worth

The first ones search what the index holds: clauses with their headings, and their plain renderings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from assistant.answer.clean import MessageRejected, clean_message
from assistant.domain import Passage
from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.rank import Ranker, Reading
from assistant.retrieve import HybridRetriever
from eval.systems import System, cited

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Cites the first `k` clauses of an order of all passages found."""

    name: str
    search: Callable[[str], list[Passage]]
    k: int = 1
    part: str = ""

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The best clauses by one part of the score, or by the fused one where no part is named."""
        del session
        try:
            found = self.search(clean_message(message))
        except MessageRejected as reason:
            return {"outcome": "refused", "text": str(reason)}
        if self.part:
            found = [passage for passage in found if self.part in passage.parts]
            found.sort(key=lambda passage: passage.parts[self.part].rank)
        return cited(
            [passage.clause.text for passage in found[: self.k]],
            [passage.clause.id for passage in found[:_SHOWN]] if self.k == 1 else None,
        )


class BestTarget:
    """Cites what the ranker finds most probable, however improbable that is."""

    name = "ranker"

    def __init__(self, index: Index) -> None:
        self._ranker, self._guideline = Ranker(index), index.guideline

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The clauses of the best target; a clause ranks by the sum over the targets that hold it."""
        del session
        try:
            ranking = self._ranker.rank(Reading(clean_message(message), 1.0))
        except MessageRejected as reason:
            return {"outcome": "refused", "text": str(reason)}
        best = ranking.best(TargetKind.CLAUSE)
        assert best is not None  # every leaf is a target
        weight: defaultdict[str, float] = defaultdict(float)
        for guess in ranking.guesses:
            for clause_id in guess.target.clauses:
                weight[clause_id] += guess.probability
        ids = dict.fromkeys((*best.target.clauses, *best.target.limits))
        quotes = [self._guideline.by_id[clause_id].text for clause_id in ids]
        return cited(quotes, sorted(weight, key=lambda i: -weight[i])[:_SHOWN], best.probability)


def baselines(index: Index) -> list[System]:
    """The baselines over one index that need nothing more than the assistant itself."""
    retriever = HybridRetriever(index)

    @cache
    def search(question: str) -> list[Passage]:
        return retriever.search(question, k=len(index.guideline.leaves))

    return [
        Retrieval("bm25", search, part="words"),
        Retrieval("embedding", search, part="dense"),
        Retrieval("fused", search),
        Retrieval("fused, three", search, k=3),
        BestTarget(index),
    ]
