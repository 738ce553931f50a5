"""The real programme's checks, and a way to ask for a sentence's reasons by the ids of its clauses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.config import ROOT
from assistant.support import Checks, Objection, read_checks, unsupported
from ingest.guideline import load_guideline

PROGRAMME = ROOT / "corpus" / "digital-cluster"
Why = Callable[..., set[str]]


@pytest.fixture(scope="session")
def checks() -> Checks:
    """The checks of the shipped programme."""
    return read_checks(PROGRAMME, load_guideline(PROGRAMME))


@pytest.fixture(scope="session")
def why(checks: Checks) -> Why:
    """The names of the checks that a sentence fails, given the ids of its clauses."""

    def reasons(sentence: str, *ids: str, **how: object) -> set[str]:
        clauses = [checks.guideline.by_id[f"{PROGRAMME.name}/{name}"] for name in ids]
        found: tuple[Objection, ...] = unsupported(sentence, clauses, checks, **how)  # type: ignore[arg-type]
        return {reason.check for reason in found}

    return reasons
