"""What is measured of the check of sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import ROOT
from assistant.support import Checks, read_checks
from eval.gate import Floor
from eval.guard import measure, written
from eval.mutations import claims
from ingest.guideline import load_guideline

PROGRAMMES = [ROOT / "corpus/digital-cluster", ROOT / "tests/programmes/qingling-dorm"]


@pytest.fixture(scope="module", params=PROGRAMMES, ids=lambda path: path.name)
def checks(request: pytest.FixtureRequest) -> Checks:
    """The checks of a programme with words of its own, and of one without."""
    path: Path = request.param
    return read_checks(path, load_guideline(path))


def test_every_clause_has_true_and_false_sentences(checks: Checks) -> None:
    """Each leaf is said in its own words, and falsely in several ways; no false sentence is a true one of its clause."""
    made = claims(checks)

    for leaf in checks.guideline.leaves:
        of_leaf = [claim for claim in made if claim.clauses == (leaf,)]
        assert {"other clause", "made up"} <= {claim.kind for claim in of_leaf if not claim.holds}, leaf.id
        assert len({claim.text for claim in of_leaf}) == len(of_leaf)


def test_the_floor_holds() -> None:
    """The shipped programme keeps the recorded floor; people wrote enough of its sentences to tell."""
    path = ROOT / "corpus/digital-cluster"
    checks = read_checks(path, load_guideline(path))
    figures, lines = measure(checks)

    assert list(Floor.read().guard.breaches(figures)) == []
    assert len(written(checks, ROOT / "eval/sets/support")) >= 140
    assert any(line.startswith("  leaked") for line in lines)


def test_a_check_that_lets_everything_pass_is_below_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate can fail."""
    path = ROOT / "corpus/digital-cluster"
    monkeypatch.setattr("eval.guard.unsupported", lambda *_: ())

    figures, _ = measure(read_checks(path, load_guideline(path)))

    assert len(list(Floor.read().guard.breaches(figures))) == 2


def test_a_programme_without_a_file_of_words_is_checked() -> None:
    """What clauses are about is derived from them: no clause is refused in its own words."""
    path = ROOT / "tests/programmes/qingling-dorm"
    checks = replace(read_checks(path, load_guideline(path)), roles={}, same={}, opposites=())
    figures, _ = measure(checks)

    assert figures["guard.made.refused"] is not None
    assert figures["guard.made.refused"] < 0.2
