"""What the assistant is compared with is set up as well as the bank allows."""

from __future__ import annotations

import pytest

from eval.frameworks import FRAMEWORKS, Piece, Search
from eval.spans import GuidelineText
from eval.textbook import Known, Textbook, chosen, cut_off
from tests.fakes import HashEmbedder

EIGHT, NEVER = "每一群聚至少八家企業組成。", "輔導案不得轉包及分包。"
SOURCE = GuidelineText(EIGHT + NEVER, [("1", (0, len(EIGHT))), ("2", (len(EIGHT), len(EIGHT + NEVER)))])


def _found(pieces: dict[str, list[Piece]]) -> Search:
    return lambda question, k: pieces[question][:k]


def test_a_textbook_answers_from_its_cut_off_on() -> None:
    """Near enough, as many pieces are cited as were chosen; otherwise nothing is."""
    search = _found({"近": [Piece("甲", 0.9), Piece("乙", 0.7)], "遠": [Piece("甲", 0.7)]})
    system = Textbook("x", 50, search, pieces=2, least=0.8)

    assert [c["quote"] for c in system.ask("近", None)["citations"]] == ["甲", "乙"]
    assert system.ask("遠", "s")["outcome"] == "no_clause"
    assert system.name == "x: 2 of 50 characters from 0.800"


def test_the_cut_off_weighs_answers_and_silence() -> None:
    """Answering from 0.8 on gets both of two and one of two silent ones; who declines all reaches nothing."""
    judged = [(0.9, True), (0.8, True), (0.85, None), (0.7, False), (0.1, None)]

    least, mean = cut_off(judged)

    assert least == 0.8
    assert mean == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    assert cut_off([(0.9, False), (0.8, None)])[1] == 0


def test_the_size_that_answers_most_is_chosen() -> None:
    """Pieces that carry the answer win over pieces that break it, and one over two where the second is beside it."""
    whole = _found({"幾家": [Piece(EIGHT, 0.9), Piece(NEVER, 0.5)], "天氣": [Piece(NEVER, 0.2)]})
    broken = _found({"幾家": [Piece(EIGHT[:5], 0.9), Piece(NEVER, 0.5)], "天氣": [Piece(NEVER, 0.2)]})
    questions = [Known("幾家", (EIGHT,)), Known("天氣", ())]

    best = chosen([Textbook("x", 5, broken), Textbook("x", 20, whole)], questions, SOURCE)

    assert (best.size, best.pieces, best.least) == (20, 1, 0.9)


@pytest.mark.parametrize("name", FRAMEWORKS)
@pytest.mark.filterwarnings("ignore")
def test_each_framework_finds_a_piece_of_the_text(name: str) -> None:
    """Pieces are no longer than asked, verbatim, and the one that reads like the question is nearest."""
    for module in ("langchain_text_splitters", "llama_index.core", "haystack"):
        pytest.importorskip(module, exc_type=ModuleNotFoundError)
    search = FRAMEWORKS[name](f"{EIGHT}\n{NEVER}", 13, HashEmbedder())

    found = search(EIGHT, 2)

    assert len(found) == 2
    assert all(len(piece.text) <= 13 and SOURCE.places(piece.text) for piece in found)
    assert found[0].cosine >= found[1].cosine
    assert SOURCE.places(found[0].text)[0][0] < len(EIGHT)
