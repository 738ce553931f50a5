"""Every wrong turn has a cause, read by eye, or is named as not read."""

from __future__ import annotations

from pathlib import Path

from eval.audit import Cause, read_causes, table
from eval.generate import Generated
from eval.items import ItemTurn, read_items
from eval.judge import TurnScore
from eval.score import Scored, Seen
from ingest.guideline import load_guideline

ROOT = Path(__file__).parents[2]


def _seen(turn: str, *, correct: bool) -> Seen:
    given = Generated(system="assistant", set="small", id=turn, turn=1, q="?", reply={}, ms=1)
    asked = ItemTurn(id=turn, kind="answerable", q="?")
    return Seen("small", asked, given, TurnScore(correct, "answered", 1.0))


def test_what_is_wrong_now_is_counted_by_cause() -> None:
    """A turn that came right counts as read alone; a wrong one that nobody read is named."""
    causes = {"part": Cause(means="some of it", turns={"a": "one of two", "b": "one of three"})}
    scored = Scored(
        "assistant", {}, (_seen("a", correct=False), _seen("b", correct=True), _seen("c", correct=False))
    )

    assert table(scored, causes).rows == (("part: some of it", "1", "2"), ("not read: c", "1", "–"))


def test_the_turns_that_were_read_are_those_of_the_sets() -> None:
    """No cause names a turn that is in no set, and none is under two causes."""
    text = load_guideline(ROOT / "corpus" / "digital-cluster").text
    turns = {
        turn.id
        for path in (ROOT / "eval" / "sets").glob("*.jsonl")
        for item in read_items(path, text)
        for turn in item.turns
    }
    read = [turn for cause in read_causes().values() for turn in cause.turns]

    assert len(read) == len(set(read)) > 50
    assert set(read) <= turns
