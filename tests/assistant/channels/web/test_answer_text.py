"""An answer's text in blocks: marks found, lists made, the closing quotes left to the page."""

from __future__ import annotations

from assistant.channels.web.answer_text import Block, Piece, blocks
from assistant.channels.web.schemas import Citation


def citation(n: int, quote: str) -> Citation:
    """A citation with that number and quote."""
    return Citation(
        n=n, clause_id="p/1", label="名稱", quote=quote, start=0, end=1, source="f", edition="1", url="/x"
    )


def words(found: list[Block]) -> list[str]:
    """Each line of the blocks as it reads."""
    return ["".join(piece.lead + piece.text for piece in line) for block in found for line in block.lines]


def test_marks_of_citations_are_found() -> None:
    """A mark with a citation is a piece of its own, led by the last words; another stays in the words."""
    (block,) = blocks("至少8家。〔1〕另見〔7〕", [citation(1, "至少8家")])

    assert block.lines == ((Piece("至少8"), Piece("〔1〕", 1, "家。"), Piece("另見〔7〕")),)


def test_bullets_become_a_list() -> None:
    """Lines that begin with ・ are a list, without the sign; others are paragraphs; blank ones go."""
    found = blocks("條件如下\n\n・至少8家\n・依法登記\n以上", [])

    assert [block.is_list for block in found] == [False, True, False]
    assert words(found) == ["條件如下", "至少8家", "依法登記", "以上"]


def test_closing_quotes_are_left_out() -> None:
    """The sources that close a text are shown beside it, so they and their heading are not repeated."""
    text = "・至少8家〔1〕\n・依法登記〔2〕\n\n依據\n〔1〕名稱:「原文一」\n〔2〕名稱:「原文二」"

    found = blocks(text, [citation(1, "原文一"), citation(2, "原文二")])

    assert words(found) == ["至少8家〔1〕", "依法登記〔2〕"]


def test_text_of_nothing_but_quotes_is_kept() -> None:
    """A text that would be empty without its quotes keeps them."""
    assert words(blocks("〔1〕名稱:「原文」", [citation(1, "原文")])) == ["〔1〕名稱:「原文」"]


def test_no_text_has_no_blocks() -> None:
    """An empty text has no blocks."""
    assert blocks(" \n", []) == []


def test_blank_lines_part_blocks() -> None:
    """What follows a blank line is parted from what is above it; what begins the text is not."""
    found = blocks("\n1. 甲\n・乙\n\n2. 丙\n\n・丁", [])

    assert [(block.is_list, block.parted) for block in found] == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    ]
