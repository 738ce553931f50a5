"""
Verdict or solution -> the lines of an answer, each with the clauses that it stands on.

No number is written here that the tool did not compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assistant.domain import Line
from assistant.eligibility.solution import Solution
from assistant.verdict import Check, Missing, Result, Verdict

_RESULTS: Final[Mapping[Result, str]] = {
    "met": "符合",
    "not_met": "不符合",
    "unknown": "尚無法判斷",
    "assumed": "以此為前提",
}
_TO_TICK: Final = "這個結果的前提，請逐項確認："


def render(verdict: Verdict) -> tuple[Line, ...]:
    """Conclusion, a line per check, what would pass, assumptions, and one question."""
    if verdict.contradictions or verdict.unread:
        return _unclear(verdict.contradictions, verdict.unread)
    lines = [Line("lead", verdict.conclusion), *map(_checked, verdict.checks)]
    if verdict.nearest:
        lines.append(Line("nearest", f"最接近的做法：{'；或'.join(verdict.nearest)}。"))
    # A certain verdict lacks nothing.
    missing = verdict.missing if verdict.decision == "unknown" else ()
    return (*lines, *_closing(verdict.assumptions, missing))


def render_solution(solution: Solution) -> tuple[Line, ...]:
    """The number or the day first, then the working, assumptions, and one question."""
    if solution.contradictions or solution.unread:
        return _unclear(solution.contradictions, solution.unread)
    lead = (Line("lead", solution.head),) if solution.head else ()
    working = (
        Line("check", f"{step.words}。", tuple(rule.clause_id for rule in step.rules))
        for step in solution.steps
    )
    return (*lead, *working, *_closing(solution.assumptions, solution.missing))


def _checked(check: Check) -> Line:
    return Line("check", f"{check.title}：{_RESULTS[check.result]}。{check.words}。", (check.clause_id,))


def _closing(assumptions: tuple[str, ...], missing: tuple[Missing, ...]) -> Iterator[Line]:
    """What was assumed, to be ticked off one by one, and the one fact to ask for."""
    if assumptions:
        yield Line("assumption", _TO_TICK)
        yield from (Line("assumption", f"☐ {premise}") for premise in assumptions)
    if missing:
        yield Line("question", f"請問：{missing[0].question}")


def _unclear(contradictions: tuple[str, ...], unread: tuple[str, ...]) -> tuple[Line, ...]:
    """What cannot be true, else what was not understood: nothing is decided on either."""
    if contradictions:
        return (Line("question", f"這些資料彼此不合，請再確認：{'；'.join(contradictions)}。"),)
    said = "」、「".join(unread)
    return (
        Line("lead", "還不能判斷，因為您說的有一部分我沒有讀懂。"),
        Line("question", f"請問：「{said}」指的是什麼？請換個說法再說一次。"),
    )
