"""
What a person may state of a cluster: fact names, their types, units and questions.

A fact that nobody stated is not in the mapping: it is unknown, neither zero nor
fine. Counts, years and months are int, shares Fraction, dates date; a vague
number is a Range, a vague share a ShareRange. There is no float.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal


class FactError(ValueError):
    """A fact that cannot be taken: `name` says which, the message why (Chinese)."""

    def __init__(self, name: str, message: str) -> None:
        self.name = name
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Range:
    """A vague whole number, both ends included; `high` None is "or more"."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ShareRange:
    """A vague share; an open end is not itself included (「不到三成」: high 3/10, open)."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    low_open: bool = False
    high_open: bool = False


Value = int | bool | date | Fraction | Range | ShareRange | str
Type = Literal["count", "year", "yes_no", "date", "months", "share", "choice"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated fact; `words` is text[start:end] of what the person wrote, in code points."""

    name: str
    value: Value
    start: int = 0
    end: int = 0
    words: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.value, float):
            raise FactError(self.name, "請用整數，不要用小數")


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class FactKind:
    """
    What a fact is and how to ask for it.

    `label` names it in a sentence. `low` and `high` bound what can be true at
    all; `part_of` names the counts that this count cannot exceed together, and
    `part` the count that a share is the share of.
    """

    name: str
    label: str
    type: Type
    unit: str
    question: str
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    part: str = ""


TRACKS: Final = ("群聚", "A類", "B類")

_KINDS: Final = (
    FactKind("track", "申請類別", "choice", "", "您要申請的是第一次組成群聚、A類，還是B類？", choices=TRACKS),
    FactKind("members", "群聚全部家數", "count", "家", "群聚全部有幾家企業？", low=0),
    FactKind(
        "unqualified_members",
        "未登記或不符合中小企業認定標準的家數",
        "count",
        "家",
        "其中有幾家尚未依法登記，或不符合中小企業認定標準？",
        low=0,
        part_of=("members",),
    ),
    FactKind(
        "coached_within_3y",
        "三年內受輔導的家數",
        "count",
        "家",
        "其中幾家三年內接受過數位群聚相關輔導？",
        low=0,
        part_of=("members",),
    ),
    FactKind(
        "coached_share",
        "三年內受輔導的比例",
        "share",
        "",
        "三年內接受過數位群聚相關輔導的企業，占群聚企業總數多少比例？",
        low=0,
        high=1,
        part_of=("members",),
        part="coached_within_3y",
    ),
    FactKind(
        "first_joined_year",
        "第一次參與的年度",
        "year",
        "年",
        "群聚第一次參與數位群聚輔導是哪一年度？",
        low=2000,
    ),
    # 「我們不是108年度第一次參加的」 tells no year, yet decides.
    FactKind(
        "first_joined_108", "108年度第一次參與", "yes_no", "", "群聚是108年度第一次參與數位群聚輔導嗎？"
    ),
    FactKind("old_members", "原成員家數", "count", "家", "原來的群聚有幾家成員？", low=0),
    FactKind(
        "replaced_old_members",
        "更換的原成員家數",
        "count",
        "家",
        "原來的成員換掉了幾家？",
        low=0,
        part_of=("old_members",),
    ),
    FactKind(
        "replaced_share",
        "原成員更換的比例",
        "share",
        "",
        "原來的成員換掉了多少比例？",
        low=0,
        high=1,
        part_of=("old_members",),
        part="replaced_old_members",
    ),
    FactKind(
        "added_members", "新增的家數", "count", "家", "新加入的成員有幾家？", low=0, part_of=("members",)
    ),
    # Newcomers, added or swapped in, that had the project coaching and are NOT startups founded within 5 years.
    FactKind(
        "newcomers_coached_smea",
        "新成員中受過專案輔導的家數",
        "count",
        "家",
        "新加入的成員中，有幾家3年內接受過中小企業處專案輔導（成立5年內的新創企業不計）？沒有新成員也請告訴我。",
        low=0,
        part_of=("added_members", "replaced_old_members"),
    ),
    FactKind(
        "newcomers_coached_startups",
        "新成員中受過專案輔導的新創家數",
        "count",
        "家",
        "新加入的成員中，有幾家是成立5年內、且3年內接受過中小企業處專案輔導的新創企業？",
        low=0,
        part_of=("added_members", "replaced_old_members"),
    ),
    FactKind("all_registered", "各成員皆依法登記", "yes_no", "", "各成員都依法設立商業或公司登記了嗎？"),
    FactKind("all_sme", "各成員皆符合中小企業認定標準", "yes_no", "", "各成員都符合中小企業認定標準嗎？"),
    FactKind(
        "gave_up_or_unfinished",
        "曾簽約後放棄或未結案",
        "yes_no",
        "",
        "您曾與政府計畫簽約後主動放棄繼續接受輔導，或未結案嗎？",
    ),
    FactKind("force_majeure", "因不可抗力", "yes_no", "", "當時放棄或未結案，是因為不可抗力因素嗎？"),
    # One of the three tells when; the finest one is judged. They must agree.
    FactKind("breach_date", "放棄或未結案的日期", "date", "", "放棄輔導或未結案是哪一天的事？"),
    FactKind("breach_year", "放棄或未結案的年", "year", "年", "放棄輔導或未結案是哪一年的事？", low=2000),
    FactKind(
        "months_since_breach", "放棄或未結案至今", "months", "個月", "放棄輔導或未結案至今多久了？", low=0
    ),
    FactKind("coaching_started", "輔導開始的日期", "date", "", "輔導是哪一天開始的？"),
    FactKind("coaching_started_year", "輔導開始的年", "year", "年", "輔導是哪一年開始的？", low=2000),
    FactKind(
        "presenter_type",
        "簡報的輔導類型",
        "choice",
        "",
        "您問的是數位群聚輔導，還是數位擴散輔導的簡報？",
        choices=("數位群聚輔導", "數位擴散輔導"),
    ),
)

FACTS: Final[Mapping[str, FactKind]] = {kind.name: kind for kind in _KINDS}
