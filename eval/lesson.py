"""
A question bank as the ranker learns from it, any of its questions hidden.

The ranker learns anew for each question, so that hiding others is enough: no search
finds them. Only the space of features (mean and idf) and BM25's counts have seen all
texts; they know no targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Guideline
from assistant.index.kernel import KernelModel, one_thread
from assistant.index.targets import Target, TargetKind
from assistant.index.words import Segmenter
from ingest.bank import Bank, Sample
from ingest.exact_search import ExactSearch
from ingest.train import model_of, samples_of
from ingest.vector_cache import VectorCache

# So many questions settle a share to about a hundredth; all of a bank of 16,000 take as long as everything else.
MOST_HELD: Final = 3000
Scores = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Lesson:
    """
    A bank as the ranker learns from it, and how its texts are found.

    The first `asked` samples are the bank's own questions; the others are the
    clauses' own words and are never held out. `guideline` and `contrasts` say
    what is cited for the targets. Of a large bank not every question is held out,
    but every second, third and so on: `held`.
    """

    targets: tuple[Target, ...]
    samples: tuple[Sample, ...]
    asked: int
    model: KernelModel
    search: ExactSearch
    guideline: Guideline
    contrasts: tuple[Mapping[str, str], ...]

    @property
    def labels(self) -> NDArray[np.int32]:
        """(samples,) the places of the targets that the questions were written for."""
        return self.model.samples.labels

    @property
    def answerable(self) -> NDArray[np.bool_]:
        """(targets,) which targets are clauses."""
        return np.array([target.kind is TargetKind.CLAUSE for target in self.targets])

    @property
    def held(self) -> Places:
        """The places of the questions that are held out, evenly spread over the bank's files."""
        return np.arange(0, self.asked, -(-self.asked // MOST_HELD))

    def without(self, hidden: Places, asked: Places) -> Scores:
        """(asked, targets) the scores of questions by what is learned from all that is not hidden."""
        known = np.ones(len(self.samples), dtype=np.bool_)
        known[hidden] = False
        return self.search.scores(self.model, asked, len(self.targets), known)

    @cached_property
    def without_itself(self) -> Scores:
        """(held, targets) the score of each question held out by what is learned from all others but it."""
        return self.search.scores(self.model, self.held, len(self.targets))


def learn(
    bank: Bank,
    guideline: Guideline,
    contrasts: tuple[Mapping[str, str], ...],
    segmenter: Segmenter,
    cache: VectorCache,
    say: Callable[[str], None],
) -> Lesson:
    """Learn a bank just as ingest.train does."""
    one_thread()
    targets, samples = samples_of(bank, guideline)
    model, search = model_of(targets, samples, segmenter, cache, say)
    return Lesson(targets, tuple(samples), len(bank.samples), model, search, guideline, contrasts)
