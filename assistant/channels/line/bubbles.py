"""Citation or verdict -> the bubble of a Flex message: plain dicts in LINE's JSON shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urljoin

from assistant.channels.line.lengths import cut_text, utf16
from assistant.channels.line.wording import QUOTE_CUT, SEE_CLAUSE
from assistant.domain import Citation
from assistant.verdict import Decision, Result, Verdict

Json = dict[str, Any]

# Dark enough on white for WCAG AA; what a colour says is said in words, too.
_INK: Final = "#1F2933"
_SOFT: Final = "#52606D"
_COLOURS: Final[Mapping[Result, str]] = {
    "met": "#1B5E20",
    "not_met": "#B3261E",
    "unknown": "#7A4F01",
    "assumed": _SOFT,
}
_RESULTS: Final[Mapping[Result, str]] = {
    "met": "符合",
    "not_met": "不符合",
    "unknown": "待確認",
    "assumed": "以此為前提",
}
DECISIONS: Final[Mapping[Decision, str]] = {
    "eligible": "符合申請條件",
    "ineligible": "不符合申請條件",
    "unknown": "還不能判斷",
}
_TENTATIVE: Final = "初步符合申請條件"
_OF_DECISION: Final[Mapping[Decision, Result]] = {
    "eligible": "met",
    "ineligible": "not_met",
    "unknown": "unknown",
}
# LINE's limit for the address of an action (reference, "URI action").
_LONGEST_ADDRESS: Final = 1000


def clause_bubble(citations: Sequence[Citation], public_url: str | None, most: int) -> Json:
    """Clauses below each other: mark and label, the quote verbatim, edition, a link if there is an address."""
    parts: list[Json] = []
    for citation in citations:
        if parts:
            parts.append({"type": "separator", "margin": "xl"})
        parts += _clause(citation, public_url, most)
    return _bubble(parts)


def verdict_bubble(verdict: Verdict, numbers: Mapping[str, int], most: int) -> Json:
    """The decision, then a row for each check; `numbers` are the marks of the clauses."""
    title = _text(
        cut_text(decision_of(verdict), most),
        weight="bold",
        size="lg",
        color=_COLOURS["assumed" if verdict.tentative else _OF_DECISION[verdict.decision]],
    )
    parts = [title]
    for check in verdict.checks:
        number = numbers.get(check.clause_id)
        mark = f"〔{number}〕" if number else ""
        row = {
            "type": "box",
            "layout": "horizontal",
            "margin": "lg",
            "spacing": "md",
            "contents": [
                _text(_RESULTS[check.result], weight="bold", size="sm", color=_COLOURS[check.result], flex=2),
                {
                    "type": "box",
                    "layout": "vertical",
                    "flex": 5,
                    "contents": [
                        _text(cut_text(check.title or check.rule, most) + mark, weight="bold", size="sm"),
                        _text(cut_text(check.words or check.limit, most), size="sm", color=_SOFT),
                    ],
                },
            ],
        }
        parts += [{"type": "separator", "margin": "lg"}, row]
    if verdict.missing:
        asked = f"還缺：{verdict.missing[0].question}"
        parts += [{"type": "separator", "margin": "lg"}, _text(cut_text(asked, most), size="sm", margin="lg")]
    return _bubble(parts)


def note_bubble(words: str) -> Json:
    """A bubble that only says something."""
    return _bubble([_text(words, size="sm")])


def decision_of(verdict: Verdict) -> str:
    """The decision in one line."""
    return "：".join(
        filter(None, [verdict.subject, _TENTATIVE if verdict.tentative else DECISIONS[verdict.decision]])
    )


def address_of(citation: Citation, public_url: str | None) -> str | None:
    """The clause's page, absolute and percent-encoded; None without a base or if LINE would refuse it."""
    if public_url is None:
        return None
    address = urljoin(f"{public_url.rstrip('/')}/", quote(citation.url.lstrip("/"), safe="/%#?=&"))
    return address if utf16(address) <= _LONGEST_ADDRESS else None


def _clause(citation: Citation, public_url: str | None, most: int) -> list[Json]:
    parts = [
        _text(cut_text(f"〔{citation.n}〕{citation.label}", most), weight="bold", size="sm", margin="md"),
        _text(f"「{cut_text(citation.quote, most, QUOTE_CUT)}」", size="md", margin="md"),
        _text(cut_text(f"條文原文，版本 {citation.edition}", most), size="xs", color=_SOFT, margin="md"),
    ]
    address = address_of(citation, public_url)
    if address is not None:
        link = {"type": "uri", "label": SEE_CLAUSE, "uri": address}
        parts.append({"type": "button", "style": "link", "height": "sm", "action": link})
    return parts


def _text(words: str, **look: str | int) -> Json:
    # LINE refuses an empty text.
    return {"type": "text", "text": words if words.strip() else "—", "wrap": True, "color": _INK, **look}


def _bubble(parts: list[Json]) -> Json:
    # All of one size, as a carousel asks for.
    return {
        "type": "bubble",
        "size": "mega",
        "body": {"type": "box", "layout": "vertical", "contents": parts},
    }
