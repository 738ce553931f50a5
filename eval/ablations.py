"""
The assistant with one of its parts taken away, everything else as it is: what that part is worth.

    without dense, characters, words   a block of the question's features is zero
    without gaps                       questions that the guideline leaves open are no targets
    without threshold                  it answers however unsure it is
    follow-ups alone                   each turn begins a conversation of its own

Nothing is learned again without the part, so these are losses of the model as built;
what a model learned without a block would lose, `python -m eval --relearn` says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.answer.assistant import Assistant
from assistant.index.features import FeatureSpace, FeatureVector
from assistant.index.kernel import KernelModel
from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.index.words import Segmenter
from assistant.ports import SystemClock
from assistant.rank import Ranker
from assistant.retrieve import HybridRetriever
from eval.lesson import BLOCKS, DENSE
from eval.systems import Bench, InProcess, System

GAPLESS: Final = "without gaps"
CERTAIN: Final = "without threshold"
ALONE: Final = "follow-ups alone"
ABLATED: Final = frozenset([*(f"without {b}" for b in BLOCKS), GAPLESS, CERTAIN, ALONE])
_NEVER: Final = -100.0  # a score that no softmax leaves a probability


@dataclass(frozen=True)
class BlindSpace(FeatureSpace):
    """A feature space with a part of every question zeroed: the dense block, or the terms in `hidden`."""

    dense_too: bool
    hidden: NDArray[np.bool_]

    @classmethod
    def of(cls, space: FeatureSpace, block: str) -> BlindSpace:
        """The same space without one block, a key of BLOCKS."""
        prefix = BLOCKS[block]
        terms = sorted(space.vocabulary, key=lambda term: space.vocabulary[term])
        hidden = np.array([term.startswith(prefix) for term in terms], dtype=np.bool_)
        return cls(space.mean, space.vocabulary, space.idf, block == DENSE, hidden)

    def vector(self, text: str, dense: NDArray[np.float32], segmenter: Segmenter) -> FeatureVector:
        """The features that are left."""
        full = FeatureSpace.vector(self, text, dense, segmenter)
        kept = ~self.hidden[full.places]
        left = np.zeros_like(full.dense) if self.dense_too else full.dense
        return FeatureVector(left, full.places[kept], full.values[kept])


@dataclass(frozen=True, slots=True)
class Forgetful:
    """A system asked every turn as if it were the first."""

    system: System
    name: str

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The reply to the message alone."""
        del session
        return self.system.ask(message, None)


def ablations(bench: Bench) -> list[System]:
    """One system for each part taken away."""
    index, model = bench.index, bench.index.model
    models = {
        **{f"without {block}": replace(model, space=BlindSpace.of(model.space, block)) for block in BLOCKS},
        GAPLESS: _without_gaps(index),
        CERTAIN: replace(model, settings={**model.settings, "threshold": 0.0}),
    }
    systems: list[System] = [_assistant(bench, name, changed) for name, changed in models.items()]
    return [*systems, Forgetful(InProcess(bench.assistant), ALONE)]


def _assistant(bench: Bench, name: str, model: KernelModel) -> System:
    tools = bench.assistant._tools  # noqa: SLF001 - there is no other way to what wiring put together
    index = replace(bench.index, model=model)
    tools = replace(tools, retriever=HybridRetriever(index), ranker=Ranker(index))
    return InProcess(Assistant(tools, bench.service.conversations, SystemClock()), name)


def _without_gaps(index: Index) -> KernelModel:
    """The model with the column of every gap made impossible, the order of the targets kept."""
    coefficients = index.model.coefficients.copy()
    gaps = [target.kind is TargetKind.GAP for target in index.targets]
    coefficients[:, gaps] = _NEVER
    return replace(index.model, coefficients=coefficients)
