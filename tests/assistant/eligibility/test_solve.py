"""Questions turned round: each number is the extreme one, by trying its neighbours on the rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Days, Range, Value
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.solution import Solution
from assistant.eligibility.solve import solve
from tests.assistant.eligibility.conftest import FOLDER, TODAY, facts_of

BOOK = load_rules(FOLDER)


def _solve(asks: str, **values: Value) -> Solution:
    return solve(BOOK, asks, facts_of(**values), TODAY)


def _eligible(members: int, coached: int, out: int = 0) -> bool:
    facts = facts_of(members=members, coached_within_3y=coached, unqualified_members=out)
    return evaluate(BOOK, facts, TODAY, "A類").decision == "eligible"


@given(st.integers(8, 300))
@settings(deadline=None)
def test_max_coached(members: int) -> None:
    """So many may have been coached, and not one more."""
    most = _solve("max_coached", members=members).number

    assert most is not None
    assert _eligible(members, most)
    assert not _eligible(members, most + 1)


@given(st.integers(0, 60), st.integers(0, 9))
@settings(deadline=None)
def test_min_members(coached: int, out: int) -> None:
    """So many members are needed, and one fewer is too few; both rules are in the working."""
    found = _solve("min_members", coached_within_3y=coached, unqualified_members=out)

    assert found.number is not None
    assert _eligible(found.number, coached, out)
    assert not _eligible(found.number - 1, coached, out)
    assert set(found.rules) == {"a-members", "a-coached-share"}
    assert found.rules[0] == found.binding


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_newcomers_needed(members: int, coached: int) -> None:
    """So many who were not coached must join, and one fewer is too few."""
    if coached > members:
        assert _solve("newcomers_needed", members=members, coached_within_3y=coached).contradictions
        return
    more = _solve("newcomers_needed", members=members, coached_within_3y=coached).number

    assert more is not None
    assert _eligible(members + more, coached)
    assert more == 0 or not _eligible(members + more - 1, coached)


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_drop_coached(members: int, coached: int) -> None:
    """So many coached ones must leave, and one fewer is too few; none if the rest would be too small."""
    if coached > members:
        return
    out = _solve("drop_coached", members=members, coached_within_3y=coached).number
    passing = [k for k in range(coached + 1) if _eligible(members - k, coached - k)]

    assert out == (passing[0] if passing else None)


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_swap_coached(members: int, coached: int) -> None:
    """So many coached ones must be swapped for others, and one fewer is too few; none if they are too few anyway."""
    if coached > members:
        return
    out = _solve("swap_coached", members=members, coached_within_3y=coached).number
    passing = [k for k in range(coached + 1) if _eligible(members, coached - k)]

    assert out == (passing[0] if passing else None)


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None)
def test_coached_joining(members: int, coached: int) -> None:
    """So many coached ones may still join, who count in both numbers, and not one more; with too many already, none."""
    if coached > members:
        return
    found = _solve("coached_joining", members=members, coached_within_3y=coached)
    fits = [k for k in range(100) if 100 * (coached + k) <= 30 * (members + k)]

    assert found.number == max(fits, default=0)
    assert ("一家都不能" in found.head) is (found.number == 0)


@given(st.integers(1, 80), st.integers(0, 80))
@settings(deadline=None)
def test_what_is_left_of_the_most(old: int, replaced: int) -> None:
    """Beside those replaced already, so many more may be: the rest of the most, which is said too, or none."""
    if replaced > old:
        return
    most = _solve("max_replaced", old_members=old).number
    found = _solve("max_replaced", old_members=old, replaced_old_members=replaced)

    assert most is not None
    assert found.number == max(0, most - replaced)
    assert f"最多 {most} 家" in found.head
    assert ("一家都不能" in found.head) is (found.number == 0)


@given(st.integers(1, 80))
@settings(deadline=None)
def test_replacing(old: int) -> None:
    """The most that may be replaced, and the fewest old members for it, undo each other."""
    most = _solve("max_replaced", old_members=old).number
    fewest = _solve("min_old_members", replaced_old_members=most).number if most is not None else None

    assert most is not None
    assert most * 100 <= old * 30 < (most + 1) * 100
    assert fewest is not None
    assert fewest <= old


@pytest.mark.parametrize(
    ("asks", "values", "number"),
    [
        ("max_coached", {"members": 12}, 3),
        ("max_coached", {"members": 5}, 1),
        ("min_members", {"coached_within_3y": 4}, 14),
        ("min_members", {"coached_within_3y": 1}, 8),
        ("min_members", {"track": "B類"}, 10),
        ("min_members", {"track": "群聚"}, 8),
        ("missing_members", {"track": "B類", "members": 7}, 3),
        ("missing_members", {"track": "群聚", "members": 9, "unqualified_members": 3}, 2),
        ("newcomers_needed", {"members": 12, "coached_within_3y": 4}, 2),
        ("max_replaced", {"old_members": 7}, 2),
        ("min_old_members", {"replaced_old_members": 2}, 7),
        ("min_old_members", {"replaced_old_members": 0}, 0),
    ],
)
def test_by_hand(asks: str, values: dict[str, Value], number: int) -> None:
    """Numbers worked out on paper."""
    assert number == _solve(asks, **values).number


@pytest.mark.parametrize(
    ("asks", "values", "fact"),
    [
        ("max_coached", {}, "members"),
        ("max_coached", {"members": Range(10, 15)}, "members"),
        ("min_members", {}, "track"),
        ("min_members", {"track": "群聚", "all_registered": False}, "unqualified_members"),
        ("missing_members", {"track": "B類"}, "members"),
        ("drop_coached", {"members": 12}, "coached_within_3y"),
        ("swap_coached", {"members": 12}, "coached_within_3y"),
        ("coached_joining", {"coached_within_3y": 2}, "members"),
        ("max_replaced", {}, "old_members"),
        ("min_old_members", {}, "replaced_old_members"),
        ("ban_end", {"gave_up_or_unfinished": True}, "breach_date"),
        ("tracking_end", {}, "coaching_started_year"),
        ("presenter", {}, "presenter_type"),
    ],
)
def test_what_is_missing_is_asked_for(asks: str, values: dict[str, Value], fact: str) -> None:
    """Without the fact that it needs, a solution has no number and asks for that fact."""
    found = _solve(asks, **values)

    assert found.number is None
    assert found.missing[0].fact == fact


@pytest.mark.parametrize(
    ("values", "day", "words"),
    [
        ({"breach_date": date(2025, 9, 1)}, date(2026, 9, 1), "在那之後才能再申請"),
        ({"breach_date": date(2025, 5, 10)}, date(2026, 5, 10), "就是今天"),
        ({"breach_date": date(2025, 1, 1)}, date(2026, 1, 1), "已經過了"),
        ({"breach_year": 2025}, None, "最早 115 年 1 月 1 日、最晚 115 年 12 月 31 日"),
        ({"months_since_breach": 5}, None, "約再 7 個月"),
        ({"months_since_breach": 12}, None, "以實際日期為準"),
        ({"months_since_breach": 30}, None, "已經過了"),
    ],
)
def test_ban_end(values: dict[str, Value], day: date | None, words: str) -> None:
    """The end of the ban is a day if the deed is; the open start is always said."""
    found = _solve("ban_end", gave_up_or_unfinished=True, **values)

    assert found.day == day
    assert words in found.steps[0].words
    assert any("沒有寫明" in text for text in found.assumptions)


def test_no_ban() -> None:
    """Whoever did not give up, or could not help it, is not barred; that the text leaves force majeure open is said."""
    never = _solve("ban_end", gave_up_or_unfinished=False)
    excused = _solve("ban_end", gave_up_or_unfinished=True, force_majeure=True)

    assert "不受一年之內不得再申請的限制" in never.steps[0].words
    assert "不受一年之內不得再申請的限制" in excused.steps[0].words
    assert any("沒有定義" in text for text in excused.assumptions)


def test_tracking_end() -> None:
    """The duty of 112 ends in 115; with a day, on that day."""
    by_year = _solve("tracking_end", coaching_started_year=2023)
    by_day = _solve("tracking_end", coaching_started=date(2024, 2, 29))

    assert (by_year.number, by_year.day) == (2026, None)
    assert "112 年 + 3 年 = 115 年" in by_year.steps[0].words
    assert by_day.day == date(2027, 3, 1)


def test_the_month_of_tracking_counts() -> None:
    """A start told as a month ends in that month; in the last year told only as a year, the day is asked for."""
    month = Days(date(2023, 3, 1), date(2023, 3, 31))
    over = _solve("tracking_end", coaching_started=month)
    open_ended = _solve("tracking_end", coaching_started_year=2023)

    assert "112 年 3 月 + 3 年 = 115 年 3 月，期間已過" in over.steps[0].words
    assert over.missing == ()
    assert [missing.fact for missing in open_ended.missing] == ["coaching_started"]


def test_contradictions_are_not_solved() -> None:
    """Impossible facts are pointed out instead."""
    assert _solve("newcomers_needed", members=3, coached_within_3y=4).contradictions
    twice = _solve("ban_end", gave_up_or_unfinished=True, breach_year=2023, months_since_breach=3)
    assert twice.contradictions


def test_every_ask_has_a_subject(book: RuleBook) -> None:
    """No ask needs more than facts: each answers or asks, none fails on an empty mapping."""
    for asks in BOOK.asks:
        found = solve(book, asks, {}, TODAY)
        assert found.missing
