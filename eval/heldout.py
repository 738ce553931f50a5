"""
The question bank -> what the ranker decides on questions it has not learned from.

In: a Lesson. Out: Decided, in the order of the questions held out. Figures are made of
them in eval.crossvalidation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.answer.evidence import Evidence, evidence
from assistant.answer.understand import kinds_named
from assistant.index.targets import Target
from assistant.rank import Guess
from eval.lesson import Lesson, Places, Scores
from ingest.bank import QUESTIONS, Sample
from ingest.train import TEMPERATURES, log_loss, softmax, threshold_of

FOLDS: Final = 5
# Targets beyond these have no say in what is cited.
_LIKELY: Final = 40


@dataclass(frozen=True, slots=True)
class Decided:
    """
    A question decided by a ranker that does not know it: its sample, and the clauses to cite for it.

    `first` is the most probable target of any kind, `answerable` the probability by which
    the ranker answers or not, `confidence` that of the clauses.
    """

    sample: Sample
    wanted: Target
    evidence: Evidence
    first: Target
    answerable: float
    confidence: float
    threshold: float

    @property
    def answered(self) -> bool:
        """The ranker was sure enough."""
        return self.answerable >= self.threshold


def left_out(lesson: Lesson) -> list[Decided]:
    """Questions of the bank decided with themselves left out; temperature and threshold from all of them."""
    everything = np.zeros(len(lesson.held), dtype=np.int64)
    return _decided(lesson, lesson.held, lesson.without_itself, everything)


def folded(lesson: Lesson, folds: int = FOLDS) -> list[Decided]:
    """
    Questions of the bank decided by a model of the other folds.

    Folds are dealt by target, so that each holds its share of every clause. Temperature
    and threshold of a fold come from the held-out scores of the others.
    """
    fold = _dealt(lesson.labels[: lesson.asked], folds)
    of_held = fold[lesson.held]
    scores = np.zeros((len(lesson.held), len(lesson.targets)))
    for n in range(folds):
        scores[of_held == n] = lesson.without(np.flatnonzero(fold == n), lesson.held[of_held == n])
    return _decided(lesson, lesson.held, scores, of_held)


def other_writers(lesson: Lesson, first_line: int, *, later: bool) -> list[Decided]:
    """
    Clause questions of one part of the bank's file, decided by a model without any of that part.

    The part begins at a line (`later`) or ends before it. Temperature and threshold come from
    leaving out one by one what was learned from: the part itself has no say.
    """
    inside = np.array(
        [s.file == QUESTIONS and (s.line >= first_line) == later for s in lesson.samples], dtype=np.bool_
    )
    held = inside[lesson.held]
    rest = lesson.held[~held]
    temperature, threshold = _settings(lesson.without_itself[~held], lesson.labels[rest], lesson)
    asked = lesson.held[held]
    return _decisions(lesson, asked, lesson.without(np.flatnonzero(inside), asked), temperature, threshold)


def _dealt(labels: NDArray[np.int32], folds: int) -> Places:
    """The fold of each question: those of one target go round, the next target goes on where it ended."""
    fold = np.zeros(len(labels), dtype=np.int64)
    fold[np.argsort(labels, kind="stable")] = np.arange(len(labels)) % folds
    return fold


def _decided(lesson: Lesson, held: Places, scores: Scores, fold: Places) -> list[Decided]:
    found: dict[int, Decided] = {}
    for n in np.unique(fold):
        mine = fold == n
        others = ~mine if mine.sum() < len(mine) else mine
        temperature, threshold = _settings(scores[others], lesson.labels[held[others]], lesson)
        here = _decisions(lesson, held[mine], scores[mine], temperature, threshold)
        found |= dict(zip(held[mine].tolist(), here, strict=True))
    return [found[place] for place in held.tolist()]


def _settings(scores: Scores, labels: NDArray[np.int32], lesson: Lesson) -> tuple[float, float]:
    """The temperature and threshold that ingest.train would choose on these held-out scores."""
    temperature = min(TEMPERATURES, key=lambda t: log_loss(scores * t, labels))
    confidence = softmax(scores * temperature)[:, lesson.answerable].sum(axis=1)
    return temperature, threshold_of(confidence, lesson.answerable[labels])


def _decisions(
    lesson: Lesson, held: Places, scores: Scores, temperature: float, threshold: float
) -> list[Decided]:
    probabilities = softmax(scores * temperature)
    clauses = np.flatnonzero(lesson.answerable)
    decided = []
    for i, place in enumerate(held.tolist()):
        row = probabilities[i]
        likely = clauses[np.argsort(-row[clauses], kind="stable")[:_LIKELY]]
        guesses = [Guess(lesson.targets[n], float(row[n])) for n in likely.tolist()]
        kinds = kinds_named(lesson.samples[place].text, lesson.contrasts)
        found = evidence(guesses, lesson.guideline, kinds)
        answerable = float(row[clauses].sum())
        decided.append(
            Decided(
                sample=lesson.samples[place],
                wanted=lesson.targets[lesson.labels[place]],
                evidence=found,
                first=lesson.targets[row.argmax()],
                answerable=answerable,
                confidence=found.probability * answerable,
                threshold=threshold,
            )
        )
    return decided
