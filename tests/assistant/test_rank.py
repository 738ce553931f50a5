"""Targets come with probabilities, and the bank's questions that say why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import PrivateAttr

from assistant.index.store import Index
from assistant.index.targets import Target, TargetKind, kinship_of, ours_of
from assistant.rank import Ranker, Ranking, WeightedQuestion
from assistant.retrieve import Candidates, HybridRetriever


def rank(index: Index, *texts: str) -> Ranking:
    """The ranking of a message that can be read in these ways, all alike."""
    return Ranker(HybridRetriever(index)).rank(*(WeightedQuestion(text, 1 / len(texts)) for text in texts))


def slow_scores(index: Index, text: str) -> NDArray[np.float64]:
    """The model's score of each target for one text."""
    vector = np.asarray(index.embed_query(text), dtype=np.float32)
    features = index.model.space.vector(text, vector, index.segmenter)
    return index.model.score(features, HybridRetriever(index).search(text).rows).scores


class Finding(HybridRetriever):
    """A retriever that finds the same rows for every question."""

    _found: Candidates = PrivateAttr()

    def __init__(self, index: Index, *rows: int) -> None:
        super().__init__(index)
        self._found = Candidates(dict.fromkeys(rows, 0.5), (), ())

    def search(self, question: str) -> Candidates:
        """The rows it was made with."""
        del question
        return self._found


def test_only_what_was_found_is_learned_from(small_index: Index) -> None:
    """A question of the bank that retrieval does not find loses its target to what it does find."""
    texts = small_index.model.samples.texts
    asked, other = texts.index("保證金會退嗎"), texts.index("攤位可以讓給朋友嗎")
    both = Ranker(Finding(small_index, asked, other)).rank(WeightedQuestion("保證金會退嗎", 1.0))
    one = Ranker(Finding(small_index, other)).rank(WeightedQuestion("保證金會退嗎", 1.0))

    assert (both.guesses[0].target.key, one.guesses[0].target.key) == ("2/2", "1/s1")
    assert [neighbour.text for neighbour in one.neighbours] == ["攤位可以讓給朋友嗎"]


def test_without_retrieval_nothing_is_known(small_index: Index) -> None:
    """Where nothing is found there is no guess, and no probability that the guideline answers."""
    ranking = Ranker(Finding(small_index)).rank(WeightedQuestion("保證金會退嗎", 1.0))

    assert (ranking.guesses, ranking.neighbours, ranking.answerable) == ((), (), 0.0)
    assert ranking.answerable < ranking.threshold


@given(st.lists(st.sampled_from("攤位押金可以退嗎幾點開🍜abc?"), max_size=20).map("".join))
def test_probabilities_add_up(small_index: Index, question: str) -> None:
    """Every target has a probability, most probable first; they add up to 1, and so do the kinds."""
    ranking = rank(small_index, question)
    probabilities = [guess.probability for guess in ranking.guesses]

    assert {guess.target.key for guess in ranking.guesses} == {t.key for t in small_index.targets}
    assert sum(probabilities) == pytest.approx(1.0)
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(ranking.kinds.values()) == pytest.approx(1.0)
    for kind in TargetKind:
        of_kind = [guess.probability for guess in ranking.guesses if guess.target.kind is kind]
        assert ranking.kinds.get(kind, 0.0) == pytest.approx(sum(of_kind))
    assert ranking.answerable == ranking.kinds[TargetKind.CLAUSE]


def test_softmax_by_hand(small_index: Index) -> None:
    """A probability is the softmax of the model's score times its temperature."""
    scores = slow_scores(small_index, "押金可以退嗎") * small_index.model.settings["temperature"]
    weights = np.exp(scores)
    by_key = {guess.target.key: guess.probability for guess in rank(small_index, "押金可以退嗎").guesses}

    for target, weight in zip(small_index.targets, weights, strict=True):
        assert by_key[target.key] == pytest.approx(float(weight / weights.sum()))


def test_readings_are_weighed(small_index: Index) -> None:
    """Of a message that can be read in two ways, the scores are the weighted mean of both."""
    ranking = Ranker(HybridRetriever(small_index)).rank(
        WeightedQuestion("那電呢", 0.25), WeightedQuestion("一攤可以用多少電", 0.75)
    )
    mixed = 0.25 * slow_scores(small_index, "那電呢") + 0.75 * slow_scores(small_index, "一攤可以用多少電")
    weights = np.exp(mixed * small_index.model.settings["temperature"])
    by_key = {guess.target.key: guess.probability for guess in ranking.guesses}

    for target, weight in zip(small_index.targets, weights, strict=True):
        assert by_key[target.key] == pytest.approx(float(weight / weights.sum()))


def test_one_reading_twice_is_one(small_index: Index) -> None:
    """Two readings that are the same change nothing."""
    once, twice = rank(small_index, "押金多少"), rank(small_index, "押金多少", "押金多少")

    assert [g.target.key for g in twice.guesses] == [g.target.key for g in once.guesses]
    assert [g.probability for g in twice.guesses] == pytest.approx([g.probability for g in once.guesses])


def test_the_threshold_is_that_of_the_build(small_index: Index) -> None:
    """The threshold is the one that cross-validation chose."""
    assert rank(small_index, "押金").threshold == small_index.model.settings["threshold"]


def test_best(small_index: Index) -> None:
    """The most probable target of a kind, None where there is none of that kind."""
    ranking = rank(small_index, "晚上幾點開始擺攤")
    gaps = [guess for guess in ranking.guesses if guess.target.kind is TargetKind.GAP]

    assert ranking.best(TargetKind.GAP) == gaps[0]
    assert ranking.best(TargetKind.CLAUSE) is not None
    assert ranking.best(TargetKind.ATTACK) is None
    assert replace(ranking, guesses=()).best(TargetKind.GAP) is None
    assert replace(ranking, kinds={}).answerable == 0.0


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("攤位可以讓給朋友嗎", "1/s1"),
        ("一攤可以用多少電", "1/s2"),
        ("保證金會退嗎", "2/2"),
        ("申請書要填什麼", "@papers"),
        ("晚上幾點開始擺", "gap:opening-hours"),
        ("颱風什麼時候來", "outside:weather"),
    ],
)
def test_questions_of_the_bank_find_their_target(small_index: Index, question: str, key: str) -> None:
    """A question of the bank finds its own target first, and itself as its nearest neighbour."""
    ranking = rank(small_index, question)

    assert ranking.guesses[0].target.key == key
    assert ranking.neighbours[0].text == question
    assert ranking.neighbours[0].target.key == key
    assert ranking.neighbours[0].similarity == pytest.approx(1.0, abs=1e-2)


def test_neighbours(small_index: Index) -> None:
    """The eight nearest questions, nearest first, each with the target it leads to."""
    neighbours = rank(small_index, "攤位可以讓給朋友嗎").neighbours

    assert len(neighbours) == 8
    assert [n.similarity for n in neighbours] == sorted((n.similarity for n in neighbours), reverse=True)
    assert {n.target.key for n in neighbours} <= {t.key for t in small_index.targets}


def test_neighbours_are_those_of_the_last_reading(small_index: Index) -> None:
    """Of several readings the last one says which questions are near."""
    both = Ranker(HybridRetriever(small_index)).rank(
        WeightedQuestion("颱風", 0.5), WeightedQuestion("保證金會退嗎", 0.5)
    )

    assert both.neighbours == rank(small_index, "保證金會退嗎").neighbours


def test_ties_keep_the_order_of_the_bank(small_index: Index) -> None:
    """Targets that nothing found speaks for come last, in the order of the bank, all alike."""
    others = tuple(Target(f"gap:{n}", TargetKind.GAP) for n in range(300))
    targets = (*small_index.targets, *others)
    index = replace(
        small_index,
        targets=targets,
        model=replace(small_index.model, kinship=kinship_of(targets), ours=ours_of(targets)),
    )
    last = rank(index, "押金").guesses[-300:]

    assert [guess.target for guess in last if guess.target in others] == [
        target for target in others if target in {guess.target for guess in last}
    ]
    assert len({guess.probability for guess in last if guess.target in others}) == 1


def test_threads_do_not_mix(small_index: Index) -> None:
    """Eight threads get the rankings that one gets."""
    ranker = Ranker(HybridRetriever(small_index))
    questions = ["押金多少", "攤位可以轉讓嗎", "幾點開始", "🍜"] * 8
    expected = [ranker.rank(WeightedQuestion(question, 1.0)) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: ranker.rank(WeightedQuestion(question, 1.0)), questions))

    assert found == expected
