"""What a question can be matched to: clauses that answer it, a gap, or nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

FILE: Final = "targets.json"


class TargetKind(StrEnum):
    """CLAUSE is answered; GAP is ours but the text is silent; the others are not ours."""

    CLAUSE = "clause"
    GAP = "gap"
    OFFTOPIC = "offtopic"
    SMALLTALK = "smalltalk"
    ATTACK = "attack"
    NOISE = "noise"


OURS: Final = frozenset({TargetKind.CLAUSE, TargetKind.GAP})


@dataclass(frozen=True, slots=True)
class Target:
    """
    One class of the ranker.

    Of a CLAUSE: `clauses` are the leaves that answer together, `limits` those that
    qualify them; `silent` topics that the text leaves open, `next` and `check` as of a domain.ClauseGroup. Of a GAP: `topic` is what the text does not say, `referral` whom to
    ask, `nearby` leaves that touch it.
    """

    key: str
    kind: TargetKind
    clauses: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    topic: str = ""
    referral: str = ""
    nearby: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    check: bool = False

    @property
    def opens(self) -> bool:
        """Whether it answers what newcomers ask: as a whole, and then it goes on."""
        return self.check or bool(self.silent or self.next)


def ours_of(targets: Sequence[Target]) -> NDArray[np.bool_]:
    """(targets,) which are of this programme: answered, or known not to be."""
    return np.array([target.kind in OURS for target in targets], dtype=np.bool_)


def kinship_of(targets: Sequence[Target]) -> NDArray[np.float32]:
    """(targets, targets): the clauses that two share over those that either has (Jaccard); 0 with itself."""
    place = {clause: n for n, clause in enumerate(dict.fromkeys(c for t in targets for c in t.clauses))}
    has = np.zeros((len(targets), len(place)), dtype=np.float32)
    for row, target in zip(has, targets, strict=True):
        row[[place[clause] for clause in target.clauses]] = 1
    shared = has @ has.T
    sizes = has.sum(axis=1)
    kinship: NDArray[np.float32] = shared / np.maximum(sizes[:, None] + sizes - shared, 1)
    np.fill_diagonal(kinship, 0)
    return kinship


_TARGETS: Final = TypeAdapter(tuple[Target, ...])


def save_targets(folder: Path, targets: tuple[Target, ...]) -> None:
    """Write the targets into an index folder, in the order of the model's columns."""
    (folder / FILE).write_bytes(_TARGETS.dump_json(targets, indent=1))


def load_targets(folder: Path) -> tuple[Target, ...]:
    """What `save_targets` wrote; OSError or ValueError if it is damaged."""
    return _TARGETS.validate_json((folder / FILE).read_bytes())
