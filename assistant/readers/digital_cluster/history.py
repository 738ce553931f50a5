"""
When the cluster first took part in the programme, and when its coaching began.

Each year that a sentence names is that of the first time, of a later one, or of something else;
of two years that may both be the first neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from assistant.eligibility.facts import Days
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.nouns import UNIT
from assistant.readers.digital_cluster.others import ELSEWHERE
from assistant.reading.mentions import Mention
from assistant.reading.numerals import CHINESE
from assistant.reading.period import Period
from assistant.reading.years import gregorian

_SENTENCE: Final = re.compile(r"[^。;!?\n]+[。;!?\n]*")
_CLAUSE: Final = re.compile(r"[^,、]+")
_COUNTED: Final = rf"[\d{CHINESE}幾]+\s?{UNIT}(?!月)"
# A year without 年: 「第一次是108」, in a sentence that speaks of a first or a second time.
_BARE: Final = re.compile(r"(?<![\d./\-$])1[01]\d(?![\d./\-%]|\s?(?:[家間攤戶個元萬人號歲年]|學年))")

_TIME: Final = r"[次回擺遭趟遍度年]"
_FIRST: Final = re.compile(rf"(?:第[一1]|頭一?|首|初|最[早初]的?[一那]?){_TIME}|first")
_AGAIN: Final = re.compile(rf"第[二三四五2-5]{_TIME}|又|再[一次度]")
_JOIN: Final = r"(?:參加|參與|加入|入選|輔導|做|受|接受|進|joined|took part)"
_JOINED: Final = re.compile(rf"{_JOIN}|群聚")
_NEW: Final = r"(?:才|就|起|開始|起步|入行)"
_AT_FIRST: Final = re.compile(rf"度?(?:我們|是|民國)*{_NEW}+{_JOIN}")
_TOOK_PART: Final = re.compile(r"度?(?:有|的時候|時|受|接受|就|也|過|了)*(?:參加|參與|加入|輔導|的?群聚)")
_RULE: Final = re.compile(
    r"限|一定要|必須|才可以|才能|才行|規定|是不是要|要求|要是|才有資格|聽說|隔壁|別人|人家|朋友"
)
_ELSEWHERE: Final = re.compile(ELSEWHERE)
_TRACKED: Final = re.compile(r"追蹤|管考")
_NOT: Final = re.compile(r"(?:(?<!是)不是|並非|不算|not)\s?(?:在|民國|in)?\s?$")
_EITHER: Final = re.compile(r"還是|或|不是[^,]*就是")
_DOUBT: Final = re.compile(
    r"不確定|不知道|不清楚|不曉得|忘了|好像|可能|大概|應該|是不是|有沒有|是否|不(?:太)?記得|記不|想不起|記性"
)
_OF_ELSE: Final = re.compile(
    r"登記|成立|簽|放棄|退出|結案|可以|能|申請|報名|提案|以前|之前|前|說明會|開始(?:接?受|做)?輔導"
)
# From the words of a first time on to its year, and back to the year of the clause before.
_ON: Final = re.compile(rf"(?:[^,、]{{0,14}}[是在為於:]|(?:{_JOIN}|數位|群聚|年度|的|\s)*)\s?(?:民國)?")
_BACK: Final = re.compile(r"[那這](?:一?次|年)?[才就]?[是算]")
_TOLD_OTHERWISE: Final = re.compile(r"[說講寫算記印][著的是]?\s?(?:民國)?$|(?:找|查|翻)[到出]|發現")
_CORRECTS: Final = re.compile(r"更正|不對|[說講寫算記]錯")


Told = Literal["first", "later", "open", "took part", ""]


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it stands in the text, and what it is said to be."""

    start: int
    end: int
    number: int
    told: Told = ""


def read_history(draft: Draft, found: Sequence[Mention]) -> None:
    """Take in when the cluster first took part, and when coaching began."""
    years: list[Year] = []
    for match in _SENTENCE.finditer(draft.folded):
        times = [m for m in found if m.kind == "period" and match.start() <= m.start < match.end()]
        years += _years(draft, match, times)
        began = any(m.kind == "started" and match.start() <= m.start < match.end() for m in found)
        _started(draft, match.group(), times, began=began)
    _settle(draft, years)


def _settle(draft: Draft, years: Sequence[Year]) -> None:
    """Of two first years the one that was put right; if none was, or somebody is not sure, neither."""
    first = [year for year in years if year.told == "first"]
    if first and _CORRECTS.search(draft.folded[first[0].end : first[-1].start]):
        first = first[-1:]
    took = [year for year in years if year.told == "took part"]
    if any(year.told == "open" for year in years) or len({year.number for year in first}) > 1:
        return
    if first:
        draft.put("first_joined_year", first[0].number, first[0].start, first[0].end)
    elif later := [year for year in years if year.told == "later" and year.number == draft.limits.first]:
        draft.put("first_joined_that_year", False, later[0].start, later[0].end)
    elif took and not _TRACKED.search(draft.folded):
        premise = f"以您說的{draft.text[took[0].start : took[0].end]}為第一次參與數位群聚輔導的年度"
        draft.put("first_joined_year", took[0].number, took[0].start, took[0].end, premise)


def _years(draft: Draft, sentence: re.Match[str], times: Sequence[Mention]) -> Iterator[Year]:
    """The years of a sentence that are told of taking part."""
    words, offset = sentence.group(), sentence.start()
    named = [
        Year(t.start, t.end, t.value.year) for t in times if isinstance(t.value, Period) and t.value.year
    ]
    if _FIRST.search(words) or _AGAIN.search(words):
        taken = {place for time in times for place in range(time.start, time.end)}
        for bare in _BARE.finditer(words):
            year = gregorian(bare.group(), draft.today)
            if year is not None and offset + bare.start() not in taken:
                named.append(Year(offset + bare.start(), offset + bare.end(), year))
    named.sort(key=lambda year: year.start)
    before: list[Year] = []
    for clause in _CLAUSE.finditer(words):
        start, end = offset + clause.start(), offset + clause.end()
        here = [year for year in named if start <= year.start < end]
        if not (_RULE.search(clause.group()) or _ELSEWHERE.search(clause.group())):
            yield from _told(draft, (start, end), here, before)
        before = here or before


def _told(draft: Draft, clause: tuple[int, int], years: list[Year], before: list[Year]) -> Iterator[Year]:
    """What a clause says of its years, or of the last one before it: 「那才是第一次參與」."""
    start, end = clause
    said = draft.folded[start:end]
    of = dict[Year, Told]()
    for cue in re.finditer(rf"(?P<first>{_FIRST.pattern})|{_AGAIN.pattern}", said):
        place = start + cue.end()
        year = next(
            (y for y in years if y.start >= place and _ON.fullmatch(draft.folded, place, y.start)), None
        )
        year = year or next((y for y in reversed(years) if y.end <= start + cue.start()), None)
        if year is None and not years and before and _BACK.match(said):
            year = before[-1]
        if year is not None:
            of.setdefault(year, "first" if cue["first"] else "later")
    joined = _JOINED.search(said) or draft.track_b
    either = len(years) > 1 and _EITHER.search(draft.folded[years[0].start - 2 : years[-1].start])
    for year in {**dict.fromkeys(years, ""), **of}:
        ahead, behind = draft.folded[start : year.start], draft.folded[year.end : end]
        told: Told = of.get(year, "")
        if not joined or (told and _of_some(ahead, behind)):
            continue
        if not told and before and _TOLD_OTHERWISE.search(ahead):
            # 「第一次我記得是108,但會計說是107」
            told = "open"
        elif not told and not _OF_ELSE.search(behind[:8]) and not _of_some(ahead, behind):
            told = (
                "first" if _AT_FIRST.match(behind) else "took part" if _took_part(said, ahead, behind) else ""
            )
        if told == "first" and _NOT.search(ahead):
            told = "later"
        if told and (_DOUBT.search(said) or either):
            told = "open"
        yield replace(year, told=told)


def _of_some(ahead: str, behind: str) -> bool:
    """「其中3家110年才加入」 is of three; 「我們10家108年第一次參加」 is of all."""
    ours = re.search(rf"我們\s?{_COUNTED}(?:成員|店家|都|是|一起|就|在)*\s?$", ahead)
    return (
        ours is None and re.search(_COUNTED, ahead[-8:].rsplit(" ", maxsplit=1)[-1] + behind[:6]) is not None
    )


def _took_part(said: str, ahead: str, behind: str) -> bool:
    """「我們109年加入」: the cluster, not some of it, took part in a year, first or not."""
    counted = re.search(_COUNTED, ahead) or re.search(_COUNTED, behind.split(" ", maxsplit=1)[0][:9])
    ours = re.search(r"我們|群聚|咱|阮", said)
    return counted is None and ours is not None and _TOOK_PART.match(behind) is not None


def _started(draft: Draft, words: str, times: Sequence[Mention], *, began: bool) -> None:
    asked = _TRACKED.search(draft.folded) is not None
    if not times or not (began or (asked and re.search(r"輔導|簽約|入選|參加|參與", words))):
        return
    time = times[0]
    if isinstance(time.value, Period) and time.value.year is not None:
        if time.value.grain == "day":
            draft.put("coaching_started", time.value.earliest, time.start, time.end)
        elif time.value.grain == "month":
            month = Days(time.value.earliest, time.value.latest)
            draft.put("coaching_started", month, time.start, time.end)
        else:
            draft.put("coaching_started_year", time.value.year, time.start, time.end)
