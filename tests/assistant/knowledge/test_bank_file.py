"""Questions and blocks go in and out of a text; every other character stays."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import ROOT
from assistant.knowledge.bank_file import BankFile
from assistant.knowledge.change import ChangeRejected

CORPUS = ROOT / "corpus"
LINES = '# head\n[[ask]]\nquestions = [\n  "a", # why\n  "b",\n]\n# foot\n'
TABBED = '[[ask]]\nquestions = [\n\t"a",\n\t"b" # last\n]\n'
AWKWARD = """# [[ask]] in a comment
title = "[[ask]]"

[[ask]]   # the first
clauses = ["1/s1", "1]s2"] # ]
topic = '''
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


def bank(text: str) -> BankFile:
    """A file with that text."""
    return BankFile("questions.toml", text, "ask")


def added(text: str, *questions: str) -> str:
    """The text with questions in its first block."""
    return bank(text).with_questions(0, questions)


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("digital-cluster/questions.toml", "ask"),
        ("digital-cluster/gaps.toml", "gap"),
        ("outside.toml", "outside"),
        ("digital-cluster/outside.toml", "outside"),
    ],
)
def test_files_of_the_corpus(file: str, table: str) -> None:
    """Every block of the real files is there, and the last question of the last one has its line."""
    text = (CORPUS / file).read_text(encoding="utf8")
    found = BankFile(file, text, table)
    last = found.rows[-1]["questions"][-1]

    assert len(found.rows) == text.count(f"[[{table}]]\n")
    assert last in text.splitlines()[found.line(len(found.rows) - 1, last) - 1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LINES, LINES.replace('  "b",\n', '  "b",\n  "x",\n  "y",\n')),
        (TABBED, TABBED.replace('"b" # last\n', '"b", # last\n\t"x",\n\t"y"\n')),
        ('[[ask]]\nquestions = ["a"]\n', '[[ask]]\nquestions = ["a", "x", "y"]\n'),
        ('[[ask]]\nquestions = ["a",]\n', '[[ask]]\nquestions = ["a", "x", "y"]\n'),
        ("[[ask]]\nquestions = []\n", '[[ask]]\nquestions = ["x", "y"]\n'),
        (
            '[[ask]]\r\nquestions = [\r\n  "a",\r\n]\r\n',
            '[[ask]]\r\nquestions = [\r\n  "a",\r\n  "x",\r\n  "y",\r\n]\r\n',
        ),
        (AWKWARD, AWKWARD.replace('# f",\n', '# f",\n  "x",\n  "y",\n')),
    ],
)
def test_questions_are_added_in_the_style_of_the_array(before: str, after: str) -> None:
    """One a line with the indent of the last where lines are used, in the line where not."""
    assert added(before, "x", "y") == after


@pytest.mark.parametrize("text", [LINES, AWKWARD, '[[ask]]\nquestions = ["a", "b"]\n'])
def test_removing_undoes_adding(text: str) -> None:
    """What was added comes out without a trace."""
    assert bank(added(text, "x", "y")).without(["y", "x"]) == text


@pytest.mark.parametrize(
    "text", [LINES, TABBED, '[[ask]]\nquestions = ["a", "b"]\n', '[[ask]]\nquestions = [ "a",\n "b"]\n']
)
@pytest.mark.parametrize("question", ["a", "b"])
def test_any_question_can_be_removed(text: str, question: str) -> None:
    """The others stay, whatever the array looks like."""
    left = tomllib.loads(bank(text).without([question]))["ask"][0]["questions"]
    assert left == [other for other in "ab" if other != question]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives(question: str) -> None:
    """Quotes, backslashes and whatever else is typed read back as they were, and take one line."""
    made = added(LINES, question)
    assert tomllib.loads(made)["ask"][0]["questions"] == ["a", "b", question]
    assert made.count("\n") == LINES.count("\n") + 1


def test_block_goes_in_and_out() -> None:
    """A block is set off by a blank line, leaves empty values out, and goes without a trace."""
    made = bank(LINES).with_block({"clauses": ["1/s1"], "topic": "", "questions": ["q"]})

    block = '\n[[ask]]\nclauses = ["1/s1"]\nquestions = [\n  "q",\n]\n'
    assert made == LINES + block
    assert bank(made).without(["q"]) == LINES


def test_comments_stay_with_what_they_announce() -> None:
    """The comment over a block stays when the block before it goes, a last line without an end included."""
    text = '[[ask]]\nquestions = ["a"]\n\r\n# second\n[[ask]]\nquestions = ["b"]\n  # end'
    assert bank(text).without(["a"]) == text.removeprefix('[[ask]]\nquestions = ["a"]\n')
    assert bank(text).without(["b"]) == text.replace('[[ask]]\nquestions = ["b"]\n', "")


@pytest.mark.parametrize("text", ["", "# head", "# head\n", LINES, AWKWARD, LINES.replace("\n", "\r\n")])
def test_block_at_the_end(text: str) -> None:
    """A block can stand at the end of any text, with its kind of lines."""
    made = bank(text).with_block({"id": "x", "questions": ["q"]})
    assert bank(made).rows[-1] == {"id": "x", "questions": ["q"]}
    assert made.startswith(text)
    assert made.count("\r") in {0, made.count("\n")}


def test_line_of_what_is_written_otherwise() -> None:
    """A text has its own line; one that is not written as it would be here has that of its block."""
    found = bank(AWKWARD)
    assert [found.line(0, value) for value in ("a ] b", 'e " # f', 'c "d"')] == [10, 12, 4]


@pytest.mark.parametrize(
    "text",
    [
        'ask = [{questions = ["a"]}]',
        "[[ask]]\nid = 1",
        '  [[ask]]\nquestions = ["a"]',
        "[[ask",
        "[ask]\nquestions = []",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    """A file in a form that is not edited here is left to editors, whatever it is."""
    with pytest.raises(ChangeRejected, match=r"questions\.toml"):
        bank(text)


def test_question_that_is_not_there() -> None:
    """What stands nowhere cannot come out."""
    with pytest.raises(ChangeRejected, match="已經不在"):
        bank(LINES).without(["a", "z"])


@pytest.mark.parametrize("text", ["[[ask]]\nquestions = []\n", "[[ask"])
def test_text_that_reads_otherwise_reaches_no_file(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a library writes something else than was meant, or no TOML, the change is refused."""
    monkeypatch.setattr(tomlkit, "dumps", lambda _: text)
    with pytest.raises(ChangeRejected, match="自動修改"):
        added(LINES, "x")


@pytest.mark.parametrize("line", ["[[ask]]", "[note]"])
def test_header_in_a_string_is_left_to_editors(line: str) -> None:
    """A string with a line that looks like a header is never cut in two."""
    text = f"[[ask]]\ntopic = '''\n{line}\n'''\nquestions = [\"a\"]\n"
    changes: tuple[Callable[[], str], ...] = (
        lambda: added(text, "x"),
        lambda: bank(text).without(["a"]),
    )
    for change in changes:
        with pytest.raises(ChangeRejected):
            change()
