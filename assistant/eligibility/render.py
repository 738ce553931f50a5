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
_BAN: Final = "停權"


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
    lines = [_conclusion(verdict), *(_line(check) for check in verdict.checks)]
    if verdict.nearest:
        lines.append(f"最接近的做法：{'；或'.join(verdict.nearest)}。")
    return _rendered([*lines, *_closing(verdict.assumptions, _question(verdict))])


def render_solution(solution: Solution) -> Rendered:
    """The number or the day first, then the working, assumptions, and one question."""
    if solution.contradictions:
        return _contradicted(solution.contradictions)
    lines = (
        [_HEADS.get(solution.asks, "").format(number=solution.number)] if solution.number is not None else []
    )
    if not lines and solution.asks == "drop_coached" and solution.steps:
        lines = ["只拿掉受輔導的企業，沒有辦法符合。"]
    lines += [
        f"{step.words}。{''.join(f'{{{rule.clause_id}}}' for rule in step.rules)}" for step in solution.steps
    ]
    question = solution.missing[0].question if solution.missing else ""
    return _rendered([*filter(None, lines), *_closing(solution.assumptions, question)])


_HEADS: Final = {
    "max_coached": "最多可以有 {number} 家三年內受過數位群聚輔導。",
    "max_replaced": "最多可以更換 {number} 家原成員。",
    "min_old_members": "原成員至少要有 {number} 家。",
    "min_members": "全部至少要 {number} 家。",
    "missing_members": "還差 {number} 家。",
    "newcomers_needed": "至少要再加入 {number} 家。",
    "drop_coached": "至少要有 {number} 家受輔導的企業退出。",
}


def _conclusion(verdict: Verdict) -> str:
    if verdict.subject == _BAN:
        return {
            "eligible": "以您提供的資料看，不受一年之內不得再申請的限制。",
            "ineligible": "以您提供的資料看，目前還不得再申請。",
            "unknown": "目前還無法判斷是否可以再申請。",
        }[verdict.decision]
    if not verdict.subject:
        return "要先知道您申請的類別，才能判斷。"
    subject = f"{verdict.subject}的申請條件" if verdict.subject != "群聚" else "群聚的組成條件"
    return {
        "eligible": f"以您提供的資料計算，符合{subject}。",
        "ineligible": f"以您提供的資料計算，不符合{subject}。",
        "unknown": f"目前還無法判斷是否符合{subject}。",
    }[verdict.decision]


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
