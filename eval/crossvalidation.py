"""Held-out decisions on the question bank -> figures, judged at clause level like any answer."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from assistant.config import Settings
from assistant.domain import Guideline
from assistant.index.embed import open_embedder
from assistant.index.targets import TargetKind
from assistant.index.words import Segmenter, read_contrasts, read_lexicon, read_variants
from eval.calibration import Bin, coverage_curve, error_at, expected_calibration_error, reliability
from eval.heldout import Decided, folded, left_out, other_writers
from eval.judge import carries
from eval.lesson import learn
from eval.metrics import Proportion, share
from eval.spans import GuidelineText
from ingest.bank import QUESTIONS, Bank, read_bank
from ingest.guideline import load_guideline
from ingest.vector_cache import VectorCache

# The comment in questions.toml from which on people went through the whole guideline one by one.
BY_PERSON: Final = "asked person by person"
COVERAGES: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


class BankPart(BaseModel):
    """A part of the bank: how many of its questions were answered, and how many came right."""

    model_config = ConfigDict(frozen=True)

    name: str
    answered: Proportion
    correct: Proportion


class ClauseShare(BaseModel):
    """One clause: of the questions for which it is due, those that cite it; of those that cite it, those for which it is due."""

    model_config = ConfigDict(frozen=True)

    clause: str
    recall: Proportion
    precision: Proportion


class Scheme(BaseModel):
    """
    One way to hold questions out, and what became of them.

    `target` is how often the most probable target is the one the question was written
    for; `errors` the share of wrong answers where each of COVERAGES of the clause questions is
    answered, gap questions asked along; None where that is not reached.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    threshold: float
    target: Proportion
    parts: tuple[BankPart, ...]
    errors: tuple[float | None, ...]
    bins: tuple[Bin, ...]
    calibration_error: float | None
    clauses: tuple[ClauseShare, ...] = ()


def cross_validate(
    folder: Path,
    bank: Bank,
    guideline: Guideline,
    segmenter: Segmenter,
    cache: VectorCache,
    say: Callable[[str], None],
) -> list[Scheme]:
    """Leave one out, five folds, and both parts of questions.toml each without any question of its own."""
    contrasts = read_contrasts(folder)
    lesson = learn(bank, guideline, contrasts, segmenter, cache, say)
    first_line = person_line(folder / QUESTIONS)
    schemes = {"leave one out": left_out(lesson), "five folds": folded(lesson)}
    if first_line is not None:
        schemes["other writers: person by person"] = other_writers(lesson, first_line, later=True)
        schemes["other writers: topic by topic"] = other_writers(lesson, first_line, later=False)
    return [figures(name, decided, guideline, first_line) for name, decided in schemes.items()]


def cross_validate_corpus(settings: Settings) -> list[Scheme]:
    """Cross-validation of the programme that is answered from by default; it says nothing, to run beside what does."""
    programme = settings.corpus_dir / settings.programme
    guideline = load_guideline(programme)
    segmenter = Segmenter(settings.data_dir / "words", read_lexicon(programme), read_variants(programme))
    # A place of its own for the build's vectors: a cache keeps only what it was last asked for.
    built = settings.data_dir / "vectors" / f"{settings.programme}.npz"
    own = settings.data_dir / "eval" / built.name
    own.parent.mkdir(parents=True, exist_ok=True)
    if built.exists():
        shutil.copyfile(built, own)
    cache = VectorCache(own, open_embedder(settings.embedding_model, settings.encoder_dir))
    bank = read_bank(programme, guideline)
    return cross_validate(programme, bank, guideline, segmenter, cache, lambda _: None)


def person_line(path: Path) -> int | None:
    """The line from which on questions were asked person by person; None if the file has no such part."""
    lines = path.read_text(encoding="utf8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if BY_PERSON in line), None)


def figures(name: str, decided: Sequence[Decided], guideline: Guideline, first_line: int | None) -> Scheme:
    """The figures of one scheme; an answer is right if its clauses carry those that the question was written for."""
    right = _judge(guideline)
    judged = [(one, _part(one, first_line), right(one)) for one in decided]
    names = dict.fromkeys(part for _, part, _ in judged)
    ours = [
        (one, right) for one, _, right in judged if one.wanted.kind in {TargetKind.CLAUSE, TargetKind.GAP}
    ]
    given = [(one.confidence, right) for one, _, right in judged if one.answered]
    curve = coverage_curve(
        [(one.confidence, right, one.wanted.kind is TargetKind.CLAUSE) for one, right in ours]
    )
    return Scheme(
        name=name,
        threshold=max((one.threshold for one in decided), default=0.0),
        target=share(one.first.key == one.wanted.key for one in decided),
        parts=tuple(
            BankPart(
                name=part,
                answered=share(one.answered for one, of, _ in judged if of == part),
                correct=share(_correct(one, right) for one, of, right in judged if of == part),
            )
            for part in sorted(names)
        ),
        errors=tuple(error_at(curve, coverage) for coverage in COVERAGES),
        bins=tuple(reliability(given)),
        calibration_error=expected_calibration_error(given),
        clauses=tuple(_by_clause(decided)),
    )


def _by_clause(decided: Sequence[Decided]) -> Iterator[ClauseShare]:
    """Each clause that is due or cited, in the order of its id; what is not answered cites nothing."""
    due, cited, both = Counter[str](), Counter[str](), Counter[str]()
    for one in decided:
        wanted = {*one.wanted.clauses, *one.wanted.limits}
        given = {*one.evidence.clauses, *one.evidence.limits} if one.answered else set[str]()
        due.update(wanted)
        cited.update(given)
        both.update(wanted & given)
    for clause in sorted(due | cited):
        hits = both[clause]
        yield ClauseShare(
            clause=clause, recall=Proportion(hits, due[clause]), precision=Proportion(hits, cited[clause])
        )


def _part(one: Decided, first_line: int | None) -> str:
    if one.wanted.kind is not TargetKind.CLAUSE:
        return one.wanted.kind.value
    by_person = first_line is not None and one.sample.line >= first_line
    return "clause, person by person" if by_person else "clause, topic by topic"


def _correct(one: Decided, right: bool) -> bool:
    return one.answered and right if one.wanted.kind is TargetKind.CLAUSE else not one.answered


def _judge(guideline: Guideline) -> Callable[[Decided], bool]:
    """Whether the clauses cited carry those of the wanted target; never, if that is no clause."""
    source = GuidelineText.of(guideline)

    @cache
    def carried(wanted: tuple[str, ...], given: tuple[str, ...]) -> bool:
        gold, quotes = (
            [guideline.by_id[name].text for name in dict.fromkeys(ids)] for ids in (wanted, given)
        )
        return bool(gold) and carries(gold, quotes, source)

    return lambda one: carried(one.wanted.clauses, (*one.evidence.clauses, *one.evidence.limits))
