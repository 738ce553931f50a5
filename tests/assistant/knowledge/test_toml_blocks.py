"""Blocks are found where they stand, however the file is written."""

from __future__ import annotations

import pytest

from assistant.config import ROOT
from assistant.knowledge.toml_blocks import blocks_of

CORPUS = ROOT / "corpus"
AWKWARD = """# [[ask]] in a comment
title = "[[ask]]"

[[ask]]   # the first
clauses = ["1/s1", "1]s2"] # ]
lead = '''
[[ask]]
''' # three quotes
questions = [ # "not this"
  "a ] b", # "nor this"
  'c "d"',
  "e \\" # f",
]
note = 1979-05-27

[other]
questions = ["no block"]

[[ask]]
questions = []"""


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("digital-cluster/questions.toml", "ask"),
        ("digital-cluster/gaps.toml", "gap"),
        ("outside.toml", "outside"),
    ],
)
def test_blocks_of_the_corpus(file: str, table: str) -> None:
    """Every block of the real files is found with its questions, each at its place."""
    text = (CORPUS / file).read_text(encoding="utf8")
    blocks = blocks_of(text, table)

    assert len(blocks) == text.count(f"[[{table}]]\n")
    assert all([e.value for e in b.questions.elements] == b.values["questions"] for b in blocks)
    assert all(text[b.start :].startswith(f"[[{table}]]") for b in blocks)


def test_strings_and_comments_do_not_mislead() -> None:
    """Brackets and headers in strings and comments are none."""
    first, second = blocks_of(AWKWARD, "ask")

    assert [element.value for element in first.questions.elements] == ["a ] b", 'c "d"', 'e " # f']
    assert first.line(AWKWARD) == 4
    assert AWKWARD[: first.end].endswith("note = 1979-05-27\n")
    assert second.questions.elements == ()
    assert second.end == len(AWKWARD)


def test_windows_lines() -> None:
    """Lines that end as on Windows are found alike."""
    (block,) = blocks_of('[[ask]]\r\nquestions = [\r\n  "a",\r\n]\r\n', "ask")
    assert [element.value for element in block.questions.elements] == ["a"]


@pytest.mark.parametrize(
    "text",
    ['ask = [{questions = ["a"]}]', "[[ask]]\nid = 1", '[[ask]]\n"questions" = ["a"]', "[[ask"],
)
def test_other_forms_are_refused(text: str) -> None:
    """A file in a form that is not edited here raises, whatever it is."""
    with pytest.raises(ValueError, match=r"\w"):
        blocks_of(text, "ask")


def test_no_blocks() -> None:
    """An empty file has none."""
    assert blocks_of("", "ask") == ()
