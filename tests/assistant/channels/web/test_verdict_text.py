"""What stands above and below a verdict's table."""

from __future__ import annotations

from assistant.channels.web.answer_text import Block
from assistant.channels.web.schemas import Answer, Check, Verdict
from assistant.channels.web.verdict_text import parts_of
from assistant.domain import Outcome

CHECK = Check(
    rule="a",
    result="met",
    reading="12 家",
    limit="≥ 8 家",
    clause_id="p/1",
    margin="",
    fix="",
    title="成員家數",
    words="",
)
TEXT = """不符合。
・成員家數：符合。12 家。
・別的一點。
最接近的做法：少一家；或多兩家。
前提：都合格。
還有一句。"""


def answer(verdict: Verdict | None, text: str = TEXT) -> Answer:
    """An answer with that verdict and text."""
    return Answer(
        id="a",
        session_id="s",
        outcome=Outcome.ANSWERED,
        text=text,
        citations=[],
        verdict=verdict,
        confidence=1,
        followups=[],
        referral=None,
    )


def judged(*checks: Check) -> Verdict:
    """A verdict with these checks."""
    return Verdict(
        decision="ineligible",
        subject="A類",
        checks=list(checks),
        nearest=["少一家", "多兩家"],
        assumptions=["都合格"],
    )


def lines(found: list[Block]) -> list[str]:
    """Each line as it reads."""
    return ["".join(piece.lead + piece.text for piece in line) for block in found for line in block.lines]


def test_table_stands_in_place_of_the_checks() -> None:
    """The lines that the table and its points say are left out; the others stay on their side of it."""
    parts = parts_of(answer(judged(CHECK)))

    assert lines(parts.above) == ["不符合。"]
    assert lines(parts.below) == ["別的一點。", "還有一句。"]


def test_without_a_table_the_text_is_whole() -> None:
    """No verdict, or one without checks, leaves the text as it is."""
    for verdict in (None, judged()):
        parts = parts_of(answer(verdict))
        assert len(lines(parts.above)) == 6
        assert parts.below == []


def test_text_that_lists_no_checks_stands_above() -> None:
    """Where the text does not list them, the table follows it."""
    parts = parts_of(answer(judged(CHECK), "最多三家。"))

    assert (lines(parts.above), parts.below) == (["最多三家。"], [])
