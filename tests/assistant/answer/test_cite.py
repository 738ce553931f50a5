"""Citations: numbered in the order of use, quotes from the heading where a list is whole."""

from __future__ import annotations

from assistant.answer.cite import clause_url, marked, text_of
from assistant.domain import Line


def test_urls_are_percent_encoded() -> None:
    """Ids hold Chinese; paths do not."""
    assert clause_url("p/2/註") == "/clauses/p/2/%E8%A8%BB"


LINES = marked(
    (
        Line("lead", "不可以。"),
        Line("said", "不得轉包。", ("p/6/s3",)),
        Line("heading", "2. 要幾家?"),
        Line("said", "要8家,三成以下。", ("p/7/A/1", "p/6/s3")),
    )
)


def test_clauses_are_numbered_in_the_order_of_first_use() -> None:
    """A clause keeps its number wherever it is used again."""
    assert [line.marks for line in LINES] == [(), (1,), (), (2, 1)]


def test_the_text_is_the_lines() -> None:
    """Lines with marks are points of a list, a heading stands apart from what is above it."""
    assert text_of(LINES) == "不可以。\n・不得轉包。〔1〕\n\n2. 要幾家?\n・要8家,三成以下。〔2〕〔1〕"


def test_one_line_is_no_list() -> None:
    """The only line of an answer has no bullet, and a heading above all has no empty line above it."""
    assert text_of(LINES[1:2]) == "不得轉包。〔1〕"
    assert text_of(LINES[2:3]) == "2. 要幾家?"


def test_a_lead_is_no_point_of_a_list() -> None:
    """It is cited like the others, but stands before them."""
    lines = marked((Line("lead", "不可以。", ("p/6/s3",)), Line("said", "不得轉包。", ("p/6/s3",))))
    assert text_of(lines) == "不可以。〔1〕\n・不得轉包。〔1〕"
