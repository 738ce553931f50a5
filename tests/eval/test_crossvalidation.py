"""Held-out decisions become figures by the same judge as any answer."""

from __future__ import annotations

from pathlib import Path

from assistant.answer.evidence import Evidence
from assistant.index.targets import Target, TargetKind
from eval.crossvalidation import figures, person_line
from eval.heldout import Decided
from eval.metrics import Proportion
from ingest.bank import Sample
from ingest.guideline import load_guideline

FOLDER = Path(__file__).parents[2] / "corpus" / "digital-cluster"
GUIDELINE = load_guideline(FOLDER)


def _target(clause: str) -> Target:
    return Target(clause, TargetKind.CLAUSE, (f"digital-cluster/{clause}",))


def _decided(wanted: Target, best: Target, answerable: float, line: int = 1) -> Decided:
    sample = Sample("?", wanted.key, "questions.toml", line)
    cited = Evidence(best.clauses, best.limits, 1.0)
    return Decided(sample, wanted, cited, best, answerable, answerable, 0.5)


def test_an_answer_is_right_if_its_clauses_carry_those_wanted() -> None:
    """A twin clause is right, another is wrong; what is not answered is wrong, but for what has no answer."""
    gap = Target("gap:x", TargetKind.GAP)
    scheme = figures(
        "x",
        [
            _decided(_target("7/A/2"), _target("7/B/2"), 0.9),
            _decided(_target("7/A/2"), _target("7/A/1"), 0.9),
            _decided(_target("7/A/2"), _target("7/A/2"), 0.4),
            _decided(_target("6/s3"), _target("6/s3"), 0.9, line=9),
            _decided(gap, _target("6/s3"), 0.4),
            _decided(gap, _target("6/s3"), 0.9),
        ],
        GUIDELINE,
        first_line=5,
    )
    found = {part.name: (part.answered, part.correct) for part in scheme.parts}

    assert found == {
        "clause, topic by topic": (Proportion(2, 3), Proportion(1, 3)),
        "clause, person by person": (Proportion(1, 1), Proportion(1, 1)),
        "gap": (Proportion(1, 2), Proportion(1, 2)),
    }
    assert scheme.target == Proportion(2, 6)
    assert {one.clause.partition("/")[2]: (one.recall, one.precision) for one in scheme.clauses} == {
        "6/s3": (Proportion(1, 1), Proportion(1, 2)),
        "7/A/1": (Proportion(0, 0), Proportion(0, 1)),
        "7/A/2": (Proportion(0, 3), Proportion(0, 0)),
        "7/B/2": (Proportion(0, 0), Proportion(0, 1)),
    }


def test_the_part_asked_person_by_person_is_found() -> None:
    """Its comment stands in the bank's file, among the questions."""
    line = person_line(FOLDER / "questions.toml")
    questions = (FOLDER / "questions.toml").read_text(encoding="utf8").splitlines()

    assert line is not None
    assert "[[ask]]" in questions[:line]
    assert "[[ask]]" in questions[line:]
