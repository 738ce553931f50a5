"""What two readers said of answers is kept with the answers, and their agreement is counted as Cohen did."""

from __future__ import annotations

import json

import pytest

from eval.leads import SETS as LEADS
from eval.wording import SETS, kappa, read_labels, tables

PROGRAMME = "digital-cluster"


def test_kappa_is_agreement_beyond_chance() -> None:
    """The textbook's 20, 5, 10, 15 give 0.4; readers who differ in everything fall below 0; one label alone is 1."""
    cells = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}

    assert kappa([pair for pair, n in cells.items() for _ in range(n)]) == pytest.approx(0.4)
    assert kappa([("yes", "no"), ("no", "yes")]) == -1
    assert kappa([("yes", "yes")]) == 1


def test_every_label_belongs_to_an_answer_to_a_question_of_a_set() -> None:
    """At least 150 answers, each once; the question is the set's, and whatever is not direct has its reason."""
    labelled = read_labels(SETS / f"{PROGRAMME}.jsonl")
    paths = {"leads": LEADS / f"{PROGRAMME}.jsonl", "applicants": LEADS.parent / "applicants.jsonl"}
    asked = {
        f"{name}/{row['id']}": row.get("q")
        for name, path in paths.items()
        for row in map(json.loads, path.read_text(encoding="utf8").splitlines())
    }

    assert len({one.id for one in labelled}) == len({one.of for one in labelled}) == len(labelled) >= 150
    assert [one.id for one in labelled if asked[one.of] != one.q or not one.answer] == []
    reasons = [(one.one, one.why_one) for one in labelled] + [(one.two, one.why_two) for one in labelled]
    assert [pair for pair in reasons if (pair[0] == "direct") != (pair[1] == "")] == []


def test_the_report_counts_every_answer() -> None:
    """The sets add up to all of them, and so do the cells in which the proxy is compared."""
    wording, proxy = tables(PROGRAMME)
    sizes = {row[0]: int(row[1]) for row in wording.rows}

    assert sizes.pop("all") == sum(sizes.values()) == len(read_labels(SETS / f"{PROGRAMME}.jsonl"))
    assert all(int(row[1]) == sizes["leads"] == sum(map(int, row[2:6])) for row in proxy.rows)
    assert tables("night-market") == []
