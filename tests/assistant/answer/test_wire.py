"""The JSON shape of an Answer."""

from __future__ import annotations

import json

from assistant.answer.wire import stored, to_json
from assistant.domain import Answer, Line, Outcome, Referral


def test_plain_values() -> None:
    """An answer becomes JSON with the field names of the API."""
    answer = Answer("a", "s", Outcome.NO_CLAUSE, "…", referral=Referral("請洽承辦", "金額", ("p/1",)))

    found = json.loads(json.dumps(to_json(answer)))

    assert found["outcome"] == "no_clause"
    assert found["referral"] == {"contact": "請洽承辦", "looked_for": "金額", "nearby": ["p/1"]}
    assert found["citations"] == []
    assert found["verdict"] is None


def test_lines_are_kept() -> None:
    """A stored answer says the lines that it was stored with, and how many questions it answers."""
    answer = Answer(
        "a", "s", Outcome.ANSWERED, "…", lines=(Line("said", "八家。", ("p/1",), (1,)),), questions=2
    )

    assert stored(to_json(answer)) == to_json(answer)


def test_an_answer_without_lines_says_its_text() -> None:
    """What an older version stored has its text line by line, as one answer to one question."""
    found = stored({"text": "不可以。\n\n依據\n〔1〕…"})

    assert found["lines"] == [{"kind": "said", "text": text} for text in ("不可以。", "依據", "〔1〕…")]
    assert found["questions"] == 1
