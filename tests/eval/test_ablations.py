"""What an ablation takes away is missing, and the rest is as it was."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from assistant.index.store import Index
from assistant.index.targets import TargetKind
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import HybridRetriever
from eval.ablations import SEARCHES, PartialRetriever, without_gaps
from eval.baselines import baselines


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_is_taken_away(small_index: Index, name: str) -> None:
    """The searches that are named find nothing, the others what they found."""
    search = HybridRetriever(small_index).search
    whole = search("保證金會退嗎").by_search()
    retriever = PartialRetriever(small_index, search, partial(replace, **SEARCHES[name]))
    left = retriever.search("保證金會退嗎").by_search()

    assert left == {**whole, **SEARCHES[name]}
    assert left != whole


def test_gaps_are_taken_away(small_index: Index) -> None:
    """Without gaps no candidate leads to one, and a question of a gap is taken for something else."""
    search = HybridRetriever(small_index).search
    retriever = PartialRetriever(small_index, search, partial(without_gaps, small_index))
    with_gaps, without = (
        Ranker(one).rank(WeightedQuestion("晚上幾點開始擺", 1.0))
        for one in (HybridRetriever(small_index), retriever)
    )

    assert with_gaps.guesses[0].target.kind is TargetKind.GAP
    assert without.guesses[0].target.kind is not TargetKind.GAP
    assert {n.target.kind for n in without.neighbours} & {TargetKind.GAP} == set()


@pytest.mark.parametrize("name", ["bm25", "embedding", "ranker"])
def test_baselines_cite_the_clause_of_the_bank(small_index: Index, name: str) -> None:
    """A question of the bank finds its own clause by every baseline."""
    (system,) = (one for one in baselines(small_index) if one.name == name)
    reply = system.ask("保證金會退嗎", None)

    assert [c["quote"] for c in reply["citations"]] == [small_index.guideline.by_id["night-market/2/2"].text]
    assert reply["ranked"][0] == "night-market/2/2"
    assert system.ask("", None)["outcome"] == "refused"


@pytest.mark.parametrize("name", ["bm25", "embedding"])
def test_the_nearest_text_of_a_gap_is_no_answer(small_index: Index, name: str) -> None:
    """A question of the bank that the guideline leaves open is declined by one search alone too."""
    (system,) = (one for one in baselines(small_index) if one.name == name)

    assert system.ask("晚上幾點開始擺", None)["outcome"] == "no_clause"
