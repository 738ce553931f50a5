"""
Retrieval as the tutorials of three frameworks set it up: pieces of the text, the nearest cited if it is near enough.

How long a piece is, how many are cited and how near is near enough is chosen for each on the bank's
questions, as much as the assistant has of them: what it is measured with are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.domain import Guideline
from assistant.ports import Embedder
from eval.frameworks import FRAMEWORKS, Piece, Search
from eval.judge import carries
from eval.spans import GuidelineText
from eval.systems import cited
from ingest.bank import Bank

SIZES: Final = (50, 100, 200, 400)
CITED: Final = (1, 2, 3)
# So many of the bank's questions settle the choice; all of them take minutes.
_ASKED: Final = 600


@dataclass(frozen=True, slots=True)
class Textbook:
    """Cites the nearest `pieces` unless the nearest of all has a cosine below `least`."""

    framework: str
    size: int
    search: Search
    pieces: int = 1
    least: float = 0.0

    @property
    def name(self) -> str:
        """The framework and what was chosen for it."""
        return f"{self.framework}: {self.pieces} of {self.size} characters from {self.least:.3f}"

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The pieces, or none; each question stands alone."""
        del session
        found = self.search(message, self.pieces)
        return cited([piece.text for piece in found] if found[0].cosine >= self.least else [])


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the bank, and the texts of the clauses that answer it; none if nothing does."""

    question: str
    gold: tuple[str, ...]


def textbooks(guideline: Guideline, embedder: Embedder, bank: Bank) -> list[Textbook]:
    """
    Each framework over the guideline's text, at its best on the bank.

    Raises:
        ModuleNotFoundError: a framework is not installed.
    """
    targets = {target.key: target for target in bank.targets}
    questions = [
        Known(sample.text, tuple(guideline.by_id[leaf].text for leaf in targets[sample.target].clauses))
        for sample in bank.samples[:: -(-len(bank.samples) // _ASKED)]
    ]
    source = GuidelineText.of(guideline)
    return [
        chosen(
            [Textbook(name, size, build(guideline.text, size, embedder)) for size in SIZES], questions, source
        )
        for name, build in FRAMEWORKS.items()
    ]


def chosen(sizes: Iterable[Textbook], questions: Sequence[Known], source: GuidelineText) -> Textbook:
    """
    The size, number and cosine by which most comes right.

    What is made as great as can be is the harmonic mean of two shares, of the questions with an
    answer that get it and of those without that get none: who declines all, or nothing, has 0.
    """
    reached: dict[Textbook, float] = {}
    for textbook in sizes:
        found = [textbook.search(known.question, max(CITED)) for known in questions]
        for pieces in CITED:
            judged = [
                (hits[0].cosine, _carried(known, hits[:pieces], source))
                for known, hits in zip(questions, found, strict=True)
            ]
            least, mean = cut_off(judged)
            reached[replace(textbook, pieces=pieces, least=least)] = mean
    return max(reached, key=lambda textbook: reached[textbook])


def _carried(known: Known, hits: Sequence[Piece], source: GuidelineText) -> bool | None:
    return carries(known.gold, [hit.text for hit in hits], source) if known.gold else None


def cut_off(judged: Sequence[tuple[float, bool | None]]) -> tuple[float, float]:
    """
    The least cosine to answer from, and the harmonic mean that is reached with it.

    In: of each question its nearest cosine and whether what is found answers it; None where nothing does.
    """
    answerable = sum(right is not None for _, right in judged)
    silent = len(judged) - answerable
    best, answered, declined = (0.0, 0.0), 0, silent
    for cosine, right in sorted(judged, key=lambda one: -one[0]):
        answered += right is True
        declined -= right is None
        shares = (answered / max(answerable, 1), declined / max(silent, 1))
        mean = 2 * shares[0] * shares[1] / sum(shares) if all(shares) else 0.0
        best = max(best, (mean, cosine))
    return best[1], best[0]
