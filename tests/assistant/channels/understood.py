"""What was understood of a message, a fact of each kind, in an answer as the assistant writes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assistant.domain import Answer, Line
from assistant.verdict import Understanding, UnderstoodFact

TOLD: Final = "我的理解：A類，群聚全部家數 12 家，三年內受輔導的家數 4 家。"
READING: Final = Understanding(
    (
        UnderstoodFact("track", "申請類別", "A類", "報A類", 6, 9),
        UnderstoodFact("members", "群聚全部家數", "12 家", "12家", 2, 5),
        UnderstoodFact("coached_within_3y", "三年內受輔導的家數", "4 家", "有4家輔導過", 10, 16),
        UnderstoodFact("replaced_share", "原成員更換的比例", "1/3", "三分之一", 0, 4),
        UnderstoodFact("breach_date", "放棄或未結案的日期", "114 年 3 月 1 日", "114.3.1", 0, 7),
        UnderstoodFact("all_registered", "各成員皆依法登記", "是", "都有登記", 0, 4),
    ),
    ("其中2家兩年都有",),
)


def understood(answer: Answer) -> Answer:
    """The answer, with what was understood."""
    return replace(answer, lines=(Line("understood", TOLD), *answer.lines), reading=READING)
