"""An answer's lines as a page shows them: lists, paragraphs, and what stands above and below a verdict's table."""

from __future__ import annotations

from assistant.channels.web.answer_lines import LineGroup, parts_of
from assistant.channels.web.schemas import Answer, Check, Line, Verdict
from assistant.domain import LineKind, Outcome

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


def line(kind: LineKind, text: str, *marks: int) -> Line:
    """A line that cites these."""
    return Line(kind=kind, text=text, clause_ids=[], marks=list(marks))


JUDGED = (
    line("lead", "不符合。"),
    line("check", "成員家數：符合。12 家。", 1),
    line("nearest", "最接近的做法：少一家；或多兩家。"),
    line("assumption", "前提：都合格。"),
    line("heading", "您還問了：要附什麼？"),
    line("said", "計畫書。", 2),
)


def answer(*lines: Line, verdict: Verdict | None = None) -> Answer:
    """An answer of these lines."""
    return Answer(
        id="a",
        session_id="s",
        outcome=Outcome.ANSWERED,
        text="",
        lines=list(lines),
        questions=1,
        citations=[],
        verdict=verdict,
        confidence=1,
        followups=[],
        referral=None,
    )


def judged(*checks: Check) -> Verdict:
    """A verdict with these checks."""
    return Verdict(decision="ineligible", subject="A類", checks=list(checks), nearest=[])


def texts(runs: list[LineGroup]) -> list[str]:
    """What the lines of the runs say."""
    return [line.text for run in runs for line in run.lines]


def test_lines_with_marks_are_points() -> None:
    """Where there are several lines those with marks are points of a list, the others paragraphs."""
    parts = parts_of(
        answer(line("lead", "條件如下。"), line("said", "至少8家。", 1), line("said", "登記。", 2))
    )

    assert [(run.is_list, len(run.lines)) for run in parts.above] == [(False, 1), (True, 2)]


def test_the_only_line_is_a_paragraph() -> None:
    """One line is no list."""
    (run,) = parts_of(answer(line("said", "至少8家。", 1))).above

    assert not run.is_list


def test_a_heading_parts_what_follows_it() -> None:
    """A heading is parted from the answer to the question before; the first has nothing to be parted from."""
    lines = [
        line("heading", "1. 甲"),
        line("said", "甲。", 1),
        line("heading", "2. 乙"),
        line("silence", "沒有。"),
    ]
    runs = parts_of(answer(*lines)).above

    assert [(run.lines[0].text, run.parted) for run in runs] == [
        ("1. 甲", False),
        ("甲。", False),
        ("2. 乙", True),
        ("沒有。", False),
    ]


def test_table_stands_in_place_of_the_checks() -> None:
    """The lines that the table and its points say are left out; the others stay on their side of it."""
    parts = parts_of(answer(*JUDGED, verdict=judged(CHECK)))

    assert texts(parts.above) == ["不符合。"]
    assert texts(parts.below) == ["您還問了：要附什麼？", "計畫書。"]


def test_without_a_table_every_line_is_said() -> None:
    """No verdict, or one without checks, leaves the lines as they are."""
    for verdict in (None, judged()):
        parts = parts_of(answer(*JUDGED, verdict=verdict))
        assert texts(parts.above) == [line.text for line in JUDGED]
        assert parts.below == []


def test_lines_without_checks_stand_above() -> None:
    """Where no line is a check, the table follows them."""
    parts = parts_of(answer(line("lead", "最多三家。"), verdict=judged(CHECK)))

    assert (texts(parts.above), parts.below) == (["最多三家。"], [])
