"""
Verdict or solution -> Chinese sentences with places for their citations.

A place is the clause id in braces, `{digital-cluster/7/A/3}`; whoever cites
numbers them. No number is written here that the tool did not compute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assistant.domain import Check, Result, Verdict
from assistant.eligibility.solution import Solution

_PLACE: Final = re.compile(r"\{([^{}\s]+)\}")
_RESULTS: Final[Mapping[Result, str]] = {"met": "符合", "not_met": "不符合", "unknown": "尚無法判斷"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text with places, and the clause ids of the places in the order of first use."""

    text: str
    clause_ids: tuple[str, ...]

    def numbered(self, numbers: Mapping[str, int] | None = None) -> str:
        """The text with 〔n〕 in each place; without `numbers`, 1, 2, … in the order of `clause_ids`."""
        by_id = numbers or {clause_id: n for n, clause_id in enumerate(self.clause_ids, 1)}
        return _PLACE.sub(lambda place: f"〔{by_id[place[1]]}〕", self.text)


def render(verdict: Verdict) -> Rendered:
    """Conclusion, a line per check, what would pass, assumptions, and one question."""
    if verdict.contradictions:
        return _contradicted(verdict.contradictions)
    lines = [verdict.conclusion, *(_line(check) for check in verdict.checks)]
    if verdict.nearest:
        lines.append(f"最接近的做法：{'；或'.join(verdict.nearest)}。")
    return _rendered([*lines, *_closing(verdict.assumptions, _question(verdict))])


def render_solution(solution: Solution) -> Rendered:
    """The number or the day first, then the working, assumptions, and one question."""
    if solution.contradictions:
        return _contradicted(solution.contradictions)
    lines = [solution.head]
    lines += [
        f"{step.words}。{''.join(f'{{{rule.clause_id}}}' for rule in step.rules)}" for step in solution.steps
    ]
    question = solution.missing[0].question if solution.missing else ""
    return _rendered([*filter(None, lines), *_closing(solution.assumptions, question)])


def _line(check: Check) -> str:
    return f"・{check.title}：{_RESULTS[check.result]}。{check.words}。{{{check.clause_id}}}"


def _question(verdict: Verdict) -> str:
    """The one fact to ask for; none once the verdict is certain."""
    return verdict.missing[0].question if verdict.decision == "unknown" and verdict.missing else ""


def _closing(assumptions: tuple[str, ...], question: str) -> list[str]:
    lines = [f"前提：{'；'.join(assumptions)}。"] if assumptions else []
    return [*lines, f"請問：{question}"] if question else lines


def _contradicted(contradictions: tuple[str, ...]) -> Rendered:
    return Rendered(f"這些資料彼此不合，請再確認：{'；'.join(contradictions)}。", ())


def _rendered(lines: list[str]) -> Rendered:
    text = "\n".join(lines)
    return Rendered(text, tuple(dict.fromkeys(_PLACE.findall(text))))
