"""
What the assistant has to beat with its own bank, asked in the same run: none of these remembers a turn.

    bm25, embedding    what the nearest text of the index leads to, by one search alone
    ranker             the learned ranker without its threshold: what knowing the bank alone is worth
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from assistant.answer.clean import MessageRejected, clean_message
from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import HybridRetriever
from eval.systems import System, cited

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Nearest:
    """Cites what the nearest text leads to, and declines if that is no clause; `search` is a name of by_search."""

    name: str
    retriever: HybridRetriever
    search: str

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The clauses of the nearest text; clauses rank by the nearest text that leads to them."""
        del session
        try:
            found = self.retriever.search(clean_message(message)).by_search()[self.search]
        except MessageRejected as reason:
            return {"outcome": "refused", "text": str(reason)}
        index = self.retriever.index
        targets = [index.targets[index.model.samples.labels[row]] for row in found]
        best = (*targets[0].clauses, *targets[0].limits) if targets else ()
        ranked = dict.fromkeys(clause for target in targets for clause in target.clauses)
        return cited([index.guideline.by_id[clause].text for clause in best], list(ranked)[:_SHOWN])


class BestTarget:
    """Cites what the ranker finds most probable, however improbable that is."""

    name = "ranker"

    def __init__(self, retriever: HybridRetriever) -> None:
        self._ranker, self._guideline = Ranker(retriever), retriever.guideline

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The clauses of the best target; a clause ranks by the sum over the targets that hold it."""
        del session
        try:
            ranking = self._ranker.rank(WeightedQuestion(clean_message(message), 1.0))
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
    return [
        Nearest("bm25", retriever, "words"),
        Nearest("embedding", retriever, "dense"),
        BestTarget(retriever),
    ]
