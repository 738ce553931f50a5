"""Answers to make messages of, and what LINE would say against these."""

from __future__ import annotations

from typing import Any

from assistant.domain import Answer, Line, Outcome
from assistant.eligibility.evaluate import ask_for
from assistant.verdict import Check, Verdict
from tests.assistant.channels.line.line_limits import limit_faults
from tests.assistant.channels.line.line_schema import schema_faults
from tests.assistant.eligibility.conftest import BOOK

Json = dict[str, Any]
CLAUSES = ("digital-cluster/7/A/3", "digital-cluster/7/A/1", "digital-cluster/2/註")


def faults(messages: list[Json]) -> list[str]:
    """What LINE would say against the messages, by its schema and by its limits."""
    return [
        *(fault for message in messages for fault in schema_faults("message", message)),
        *limit_faults(messages),
    ]


def verdict() -> Verdict:
    """A verdict with a check that is not met and one that is not known."""
    checks = (
        Check("share", "not_met", "4 ÷ 12 = 33.3%", "≤ 30%", CLAUSES[0], title="三年內受輔導的比例",
              words="4 ÷ 12 = 33.3%，不得超過 30%"),
        Check("members", "unknown", "", "≥ 8 家", CLAUSES[1], title="成員家數", words="至少要 8 家"),
    )  # fmt: skip
    return Verdict("ineligible", "A類", checks, (ask_for(BOOK, "members"),))


def silent() -> Answer:
    """An answer that cites nothing."""
    silence = Line("silence", "指引沒有說明「補助或輔導款的金額」，我不能替您猜。")
    return Answer("", "", Outcome.NO_CLAUSE, silence.text, lines=(silence,))
