"""
What has been read of a message so far, while its groups are walked in order.

有 and 沒有 alone repeat the last thing said; after newcomers were named, 「其中」
speaks of them; a time alone is of what was just counted or of what comes next.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from assistant.eligibility.facts import Fact, Range, Value
from assistant.readers.digital_cluster.edits import Edit
from assistant.readers.digital_cluster.lexer import Coaching, Founded
from assistant.readers.digital_cluster.limits import Limits
from assistant.readers.digital_cluster.newcomers import Newcomers
from assistant.readers.digital_cluster.roles import LOUD
from assistant.readers.digital_cluster.tally import Said, Tally
from assistant.readers.digital_cluster.totals import Totals
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.period import Period, Window

# 「不過都是七八年前的事了」: a clause that holds a time and nothing else. 「108年成立協會」 is none.
ALONE_BEFORE: Final = re.compile(
    r"(?:不過|但是?|而且|只是|其實|可是|都|是|在|已經?|約|大概|全部|他們|那些?|輔導|結束|完成|做完|上完|完|到現在|至今|距今|時間|也|\s)*"
)
ALONE_AFTER: Final = re.compile(
    r"(?:的事情?|的時候|的|了|時|那時|吧|左右|就|全部?|都|輔導|結束|做完|上完|完成|喔|耶|過|\s)*(?:$|[,。;!?\n])"
)

_TWO: Final = 2


@dataclass(slots=True)
class Draft:
    """Facts and edits so far, what was counted, and what the next words may refer to."""

    text: str
    folded: str
    today: date
    limits: Limits
    track_b: bool = False
    facts: dict[str, Fact] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    coached: Tally = field(default_factory=Tally)
    newcomers: Newcomers = field(default_factory=Newcomers)
    unregistered: list[Range] = field(default_factory=list)
    too_big: list[Range] = field(default_factory=list)
    out: list[tuple[int, int]] = field(default_factory=list)
    registered: list[Range] = field(default_factory=list)
    none_registered: bool = False
    small: list[Range] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    unassigned: list[tuple[int, int]] = field(default_factory=list)
    stayed: list[tuple[Range, tuple[int, int]]] = field(default_factory=list[tuple[Range, tuple[int, int]]])
    parted: bool = False
    focus_new: bool = False
    last: Mention | None = None
    pending: Range | None = None
    time: Period | None = None
    exempt: Mention | None = None
    dated: set[int] = field(default_factory=set[int])
    correcting: Mention | None = None
    claimed: tuple[str, Fraction] | None = None
    leaving: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    latest: Literal["yes", "no", "total", "edit", ""] = ""

    def put(self, name: str, value: Value, start: int, end: int, *premises: str) -> None:
        """State a fact with its span, and what was taken for granted for it."""
        self.facts[name] = Fact(name, value, start, end, self.text[start:end], premises)

    def note_vague(self, span: tuple[int, int]) -> None:
        """Keep words that were understood but leave the fact open."""
        self.vague.append(self.text[slice(*span)])

    def accounts(self, group: Group, known: Collection[str]) -> bool:
        """Whether all that a group says is of the `known` kinds; what is not is left over, and with it the group."""
        # 「想報群聚輔導」 says of nobody that he had it.
        telling = (word for word in group.words if not (isinstance(word.value, Coaching) and word.value.weak))
        if not {word.kind for word in telling} & LOUD - set(known):
            if group.number is not None:
                self.dated |= {word.start for word in group.words if word.kind == "period"}
            return True
        told = [*group.words, *([group.number] if group.number else [])]
        self.unassigned.append((min(word.start for word in told), max(word.end for word in told)))
        return False

    def counted(self, count: Range) -> bool:
        """Whether so many were counted just now, of whom something was said."""
        return bool(self.coached.yes) and self.coached.yes[-1].count == count

    def kept(self, group: Group) -> None:
        """「舊成員都還在」 「沒有新增」: nobody was swapped, nobody came."""
        keep = group.first("keep")
        known = group.has("old") or self.track_b or {"old_members", "first_joined_year"} & set(self.facts)
        if keep is not None and known:
            self.put("replaced_old_members", 0, keep.start, keep.end)
        if none := group.first("none_added"):
            self.put("added_members", 0, none.start, none.end)

    def corrects(self, said: list[Said], item: Said) -> bool:
        """Whether a count takes back the last one said of the same; then it has taken its place."""
        if self.correcting is None or not said:
            return False
        said[-1] = item if item.window is not None else replace(item, window=said[-1].window)
        self.correcting = None
        return True

    def window(self, group: Group, *, newcomers: bool = False) -> Window | None:
        """Whether the group's time is one that counts; that of a clause before, if it held nothing but a time."""
        years = self.limits.newcomers if newcomers else self.limits.coached
        times = [word.value for word in group.words if isinstance(word.value, Period)]
        self.dated |= {word.start for word in group.words if isinstance(word.value, Period)}
        if times:
            windows = {_within(time, years, self.today) for time in times}
            if len(windows) > 1 and self._lasted(group):
                # 「從111年輔導到去年」 counts by its end.
                return _within(times[-1], years, self.today)
            return windows.pop() if len(windows) == 1 else "unsure"
        if self.time is not None:
            earlier, self.time = self.time, None
            return _within(earlier, years, self.today)
        return None

    def _lasted(self, group: Group) -> bool:
        """Whether two times are the beginning and the end of one."""
        times = [word for word in group.words if isinstance(word.value, Period)]
        between = self.folded[times[0].end : times[-1].start]
        return len(times) == _TWO and re.search(r"到|至", between) is not None

    def in_window(self, time: Period) -> Window:
        """Whether coaching of members at a time counts."""
        return _within(time, self.limits.coached, self.today)

    def lone_time(self, group: Group) -> None:
        """Take in a clause that holds a time and nothing said."""
        found = group.first("period")
        if (
            found is None
            or not isinstance(found.value, Period)
            or group.has("add", "remove", "first", "started")
        ):
            return
        comma = max(self.folded.rfind(mark, 0, found.start) for mark in ",。;!?\n") + 1
        first = min(word.start for word in group.words)
        # 「公司搬來這裡快四年了」: what no cue stands for is not passed over.
        start = max(comma, first) if first < found.start else comma
        before = ALONE_BEFORE.fullmatch(self.folded, start, found.start)
        after = ALONE_AFTER.match(self.folded, found.end)
        if before is None or after is None:
            return
        dated = self.last is not None and self.coached.dated(self.in_window(found.value))
        self.time = None if dated or group.has("us") else found.value
        self.dated.add(found.start)

    def saying(self, group: Group) -> Mention | None:
        """What is said of the group's number, of coaching or of registration; 有 and 沒有 repeat the last."""
        if said := group.first("registered"):
            return said
        for word in group.words:
            if not isinstance(word.value, Coaching) or group.has("first", "started"):
                continue
            if not word.value.weak or group.has("period") or _labelled(group, word):
                return word
        has = group.first("has")
        if has is None or self.last is None:
            return None
        value: Coaching | bool = bool(has.value)
        if isinstance(self.last.value, Coaching):
            value = Coaching(bool(has.value), self.last.value.scheme, weak=False)
        return Mention(self.last.kind, has.start, has.end, has.words, value)

    def of_newcomers(self, group: Group, coaching: Coaching) -> bool:
        """Whether coaching is said of the newcomers, not of all members."""
        if group.has("newcomers"):
            return True
        return self.focus_new and (
            coaching.scheme == "agency" or not group.has("us", "total", "rest", "left")
        )

    def is_question(self, place: int) -> bool:
        """Whether the sentence around a place asks."""
        start = max(self.folded.rfind(mark, 0, place) for mark in "。;!?\n") + 1
        ends = [end for mark in "。;!\n" if (end := self.folded.find(mark, place)) >= 0]
        return (
            re.search(r"嗎|\?|對吧|是不是|是否", self.folded[start : min(ends, default=len(self.folded))])
            is not None
        )


def founded(group: Group) -> Founded | None:
    """The founding that is told in a group; a startup of no told age may be of any."""
    word = group.first("founded") or group.first("startup")
    if word is None:
        return None
    return word.value if isinstance(word.value, Founded) else Founded(None)


def everyone(group: Group) -> bool:
    """Whether a group speaks of all; a pattern may have taken 都 in."""
    said = [word.start for word in group.words if word.kind in {"coached", "registered", "sme_yes", "has"}]
    # 「讓5家輔導過的都能參加」 says it of five, not of all.
    before = any(word.kind == "all" and word.start < max(said, default=word.end) for word in group.words)
    nobody = group.first("coached")
    if nobody is not None and nobody.words.startswith(("沒有人", "沒人", "無人")):
        return True
    return before or any(word.kind == "registered" and "都" in word.words for word in group.words)


def _within(time: Period, years: int | None, today: date) -> Window:
    return "unsure" if years is None else time.within(years, today)


def _labelled(group: Group, word: Mention) -> bool:
    return group.number is not None and word.end <= group.number.start and group.number.words.isdecimal()
