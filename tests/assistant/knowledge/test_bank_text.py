"""Questions go in and out of a text; every other character stays."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.bank_text import (
    new_block,
    quoted,
    with_block,
    with_questions,
    without_block,
    without_question,
)
from assistant.knowledge.toml_blocks import blocks_of

LINES = '# head\n[[ask]]\nquestions = [\n  "a", # why\n  "b",\n]\n# foot\n'
TABBED = '[[ask]]\nquestions = [\n\t"a",\n\t"b" # last\n]\n'


def added(text: str, *questions: str) -> str:
    """The text with questions in its first block."""
    return with_questions(text, blocks_of(text, "ask")[0].questions, questions)


def removed(text: str, question: str) -> str:
    """The text without a question of its first block."""
    array = blocks_of(text, "ask")[0].questions
    return without_question(text, next(e for e in array.elements if e.value == question), array)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LINES, LINES.replace('  "b",\n', '  "b",\n  "x",\n  "y",\n')),
        (TABBED, TABBED.replace('"b" # last\n', '"b", # last\n\t"x",\n\t"y",\n')),
        ('[[ask]]\nquestions = ["a"]\n', '[[ask]]\nquestions = ["a", "x", "y"]\n'),
        ('[[ask]]\nquestions = ["a",]\n', '[[ask]]\nquestions = ["a", "x", "y"]\n'),
        ("[[ask]]\nquestions = []\n", '[[ask]]\nquestions = ["x", "y"]\n'),
        (
            '[[ask]]\r\nquestions = [\r\n  "a",\r\n]\r\n',
            '[[ask]]\r\nquestions = [\r\n  "a",\r\n  "x",\r\n  "y",\r\n]\r\n',
        ),
    ],
)
def test_questions_are_added_in_the_style_of_the_array(before: str, after: str) -> None:
    """One a line with the indent of the last where lines are used, in the line where not."""
    made = added(before, "x", "y")

    assert tomllib.loads(made)["ask"][0]["questions"][-2:] == ["x", "y"]
    assert made == after


@pytest.mark.parametrize("text", [LINES, '[[ask]]\nquestions = ["a"]\n', '[[ask]]\nquestions = ["a", "b"]\n'])
def test_removing_undoes_adding(text: str) -> None:
    """What was added comes out without a trace."""
    assert removed(added(text, "x"), "x") == text


@pytest.mark.parametrize(
    "text", [LINES, TABBED, '[[ask]]\nquestions = ["a", "b"]\n', '[[ask]]\nquestions = [ "a",\n "b"]\n']
)
@pytest.mark.parametrize("question", ["a", "b"])
def test_any_question_can_be_removed(text: str, question: str) -> None:
    """The others stay, whatever the array looks like."""
    left = tomllib.loads(removed(text, question))["ask"][0]["questions"]
    assert left == [other for other in "ab" if other != question]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives(question: str) -> None:
    """Quotes, backslashes and whatever else is typed read back as they were."""
    assert tomllib.loads(f"x = {quoted(question)}")["x"] == question
    assert tomllib.loads(added(LINES, question))["ask"][0]["questions"] == ["a", "b", question]


def test_block_goes_in_and_out() -> None:
    """A block is set off by a blank line, leaves empty values out, and goes without a trace."""
    at = blocks_of(LINES, "ask")[0].end
    made = with_block(LINES, at, new_block("ask", {"clauses": ["1/s1"], "lead": ""}, ["q"]))

    assert made == LINES[:at] + '\n[[ask]]\nclauses = ["1/s1"]\nquestions = [\n  "q",\n]\n' + LINES[at:]
    assert without_block(made, blocks_of(made, "ask")[1]) == LINES


@pytest.mark.parametrize("text", ["", "# head", "# head\n", LINES])
def test_block_at_the_end(text: str) -> None:
    """A block can stand at the end of any text."""
    made = with_block(text, len(text), new_block("gap", {"id": "x"}, ["q"]))
    assert blocks_of(made, "gap")[0].values == {"id": "x", "questions": ["q"]}
    assert made.startswith(text)
