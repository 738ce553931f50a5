"""Which open item is an asking like? By the cosine of the index's embeddings, the mean of the bank taken off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.index.store import Index
from assistant.index.words import fold
from assistant.records.asking import Asking

# Two questions of the bank with one target lie this near in one pair of ten, with two targets in one
# of a thousand (sentence embeddings all point one way; without their mean they tell topics apart).
LIKE: Final = 0.45
_FLOATS: Final = np.dtype("<f4")


class Likeness:
    """Greedy and without chance: an asking joins the item whose first question is nearest, if it is near enough."""

    def __init__(self, index: Index, least: float = LIKE) -> None:
        self._index, self._least = index, least

    def placed(self, asking: Asking) -> Asking:
        """An asking, given its vector."""
        vector = self._index.embed_query(asking.question)
        asking.embedder, asking.vector = self._index.embedder.name, np.asarray(vector, _FLOATS).tobytes()
        return asking

    def choose(self, asking: Asking, items: Sequence[Asking]) -> str | None:
        """The id of the item that an asking belongs to, None if it is like no other; the older of two that are as near."""
        if not items:
            return None
        mine = self._centred(asking)
        theirs = np.stack([self._centred(first) for first in items])
        cosines = theirs @ mine
        best = int(np.argmax(cosines))
        return items[best].item_id if cosines[best] >= self._least else None

    def _centred(self, asking: Asking) -> NDArray[np.float32]:
        """A unit vector without the bank's mean; embedded again if another encoder made it."""
        raw = np.frombuffer(asking.vector, dtype=_FLOATS)
        if asking.embedder != self._index.embedder.name:
            raw = np.asarray(self._index.embedder.embed_query(fold(asking.question)), dtype=np.float32)
        centred = raw - self._index.model.space.mean
        unit: NDArray[np.float32] = centred / (float(np.linalg.norm(centred)) or 1.0)
        return unit
