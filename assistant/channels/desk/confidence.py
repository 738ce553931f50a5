"""An answer -> how far staff can trust it, in words, and why it is weak where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from assistant.domain import Guideline
from assistant.privacy import masked_kinds
from assistant.records.inquiry import InquiryQuestion

# Calibrated: of answers at 90, nine in ten are right.
_SURE: Final = 90
_FAIR: Final = 75
_YEAR: Final = re.compile(r"(?:民國)?(\d{2,4})\s?年度")
_FIRST_YEAR: Final = 1911

Level = Literal["sure", "check", "weak"]


@dataclass(frozen=True, slots=True)
class Trust:
    """`level` for the eye, `words` for reading, `reasons` why it is weak, none if it is not."""

    level: Level
    words: str
    reasons: tuple[str, ...]


def trust_in(asked: InquiryQuestion, guideline: Guideline) -> Trust:
    """How far the answer to a question can be trusted."""
    reasons = tuple(_reasons(asked, guideline))
    if asked.outcome == "needs_info":
        return Trust("check", "資料不足，草稿會請對方補充", reasons)
    if asked.outcome == "no_clause":
        return Trust("weak", "指引沒有寫，草稿只說明可以問誰", reasons)
    if asked.outcome != "answered":
        return Trust("weak", "沒有草稿，請您自行回覆", reasons)
    if asked.confidence >= _SURE and not reasons:
        return Trust("sure", "把握高", ())
    if asked.confidence >= _FAIR:
        return Trust(
            "check", "把握高，但請留意下列事項" if asked.confidence >= _SURE else "把握中等", reasons
        )
    return Trust("weak", "把握低", reasons)


def _reasons(asked: InquiryQuestion, guideline: Guideline) -> Iterator[str]:
    answer = asked.answer
    yield from _of_outcome(asked, guideline)
    if asked.outcome == "answered" and asked.confidence < _SURE:
        yield "問法和條文相近，但不一定是同一件事：請對照條文，確定答的是這一題。"
    verdict: Mapping[str, Any] = answer.get("verdict") or {}
    if verdict.get("contradictions"):
        yield f"來信的數字互相矛盾：{'；'.join(verdict['contradictions'])}。"
    # An answer of an older version has them with its verdict.
    if unread := (answer.get("reading") or verdict).get("unread"):
        yield f"來信有沒讀懂的地方，所以沒有判斷：{'；'.join(unread)}。"
    if verdict.get("missing"):
        yield f"缺少判斷需要的資料：{' '.join(missing['question'] for missing in verdict['missing'])}"
    if verdict.get("assumptions"):
        yield f"來信沒有提到、草稿當作前提的事：{'；'.join(verdict['assumptions'])}。"
    yield from _of_year(asked.question, guideline.source.edition)
    if kinds := masked_kinds(asked.question):
        yield f"問題裡的{'、'.join(kinds)}已經遮蔽，沒有用來作答。"


def _of_outcome(asked: InquiryQuestion, guideline: Guideline) -> Iterator[str]:
    if asked.outcome == "no_clause":
        nearby = (asked.answer.get("referral") or {}).get("nearby") or ()
        labels = [guideline.by_id[clause].label for clause in nearby if clause in guideline.by_id]
        near = f"最接近的是「{'」「'.join(labels)}」，但沒有回答這一題。" if labels else "也沒有相近的條文。"
        yield f"指引沒有規定這一點。{near}"
    elif asked.outcome == "out_of_scope":
        yield "這不是指引談的事，請自行回覆或轉給負責的單位。"
    elif asked.outcome == "refused":
        yield "系統讀不懂這一段，或它要求助理做不該做的事。"


def _of_year(question: str, edition: str) -> Iterator[str]:
    """A year that is asked about and is not the edition's."""
    if not edition.isdigit():
        return
    years = {int(year) for year in _YEAR.findall(question)}
    others = sorted({year - _FIRST_YEAR if year > _FIRST_YEAR else year for year in years} - {int(edition)})
    if others:
        named = "、".join(str(year) for year in others)
        yield f"問的是 {named} 年度，引用的是 {edition} 年度的條文：請確認規定有沒有改。"
