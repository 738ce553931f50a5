"""
What is told of giving up a contract with the government, or of not finishing it: whether, when and why.

A time that belongs to signing is not that of giving up, and whether a disaster was 不可抗力 is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.eligibility.facts import Days, Value
from assistant.readers.digital_cluster.deeds import Deed, deeds
from assistant.readers.digital_cluster.draft import Draft
from assistant.reading import calendar
from assistant.reading.mentions import Mention
from assistant.reading.numerals import CHINESE
from assistant.reading.period import Period
from assistant.reading.ranges import as_number

_SIGNED: Final = re.compile(r"(?<![已經把])簽|入選|通過|核定|開始|申請|參加|錄取")
_AFTER: Final = re.compile(r"(?:的(?:事|代誌|$|[,。])|那時|發生|放棄|退出|解約|吧|啦|了|$|[。!,;)\n])")
_OF_OTHERS: Final = re.compile(rf"輔導過|受過|上過|[\d{CHINESE}]\s?[家間]")
# 「那是前年的事了」: a clause that holds a time and nothing else.
_LONE_BEFORE: Final = re.compile(
    r"(?:那|這|就|都|也|是|在|已經?|差不多|應該|到現在|至今|算算|事情|發生|當初)*"
)

_MAJEURE: Final = re.compile(
    r"(?P<no>(?:(?<!是)不(?:是|算|屬)|並非|非|沒|無|談不上|哪)[^,。;!?\n]{0,4})?不可抗力(?P<unrelated>(?:因素)?(?:無關|沒(?:有)?關係?|不相干))?"
)
_NO_DISASTER: Final = re.compile(
    r"(?:不是|並非|非|沒有?)(?:因為?|什麼)?(?:天災|不可抗力)|天災(?:人禍)?(?:因素)?(?:無關|沒(?:有)?關係?|不相干)"
)
_DISASTER: Final = re.compile(
    r"(?:[火水風]災|震|颱風|疫情|淹|土石流|失火|病|住院|中風|過世|往生|車禍)(?!.{0,4}(?:無關|沒關|不相干))"
)


def read_breach(draft: Draft, times: Sequence[Mention]) -> None:
    """Take in whether a contract was given up or left unfinished, when that was, and whether for 不可抗力."""
    past = [one for one in times if isinstance(one.value, Period) and one.value.earliest <= draft.today]
    named = list(deeds(draft.folded, past))
    done = [deed for deed in named if deed.told == "done"]
    told = done or [deed for deed in named if deed.told == "denied"]
    if told:
        draft.put("gave_up_or_unfinished", bool(done), told[0].start, told[0].end)
    if not done:
        draft.unassigned += [deed.clause for deed in named if deed.told == "open"]
    # Of two the later one bars for longer; when signing was tells less than any other time.
    dated = [found for deed in done if (found := _time(draft, deed, past))]
    if dated:
        _put_time(draft, *max(dated, key=lambda found: (not found[1], found[0].latest)))
    _majeure(draft, own=any(deed.own for deed in done))


def _time(draft: Draft, deed: Deed, times: Sequence[Mention]) -> tuple[Period, bool, Mention] | None:
    """When a deed was: the nearest time that is of nothing else; True beside it if that is when it was signed."""
    start, end = deed.sentence
    either = {one.start for pair in pairwise(times) if _either(draft, *pair) for one in pair}
    here = [
        time
        for time in times
        if start <= time.start < end and time.start not in either and _of_it(draft, time, deed)
    ]
    before = [time for time in here if time.end <= deed.start]
    free = [time for time in before if not _signs(draft, time, deed)]
    after = [time for time in here if time.start >= deed.end and _AFTER.match(draft.folded, time.end)]
    beside = [time for time in times if not start <= time.start < end and _lone(draft, time, deed)]
    nearest = free[-1:] if before[-1:] == free[-1:] else []
    found = [*nearest, *after, *free[-1:], *beside, *before[-1:]]
    time = found[0] if found else None
    if time is None or not isinstance(time.value, Period):
        return None
    return time.value, time in before and time not in free, time


def _either(draft: Draft, one: Mention, other: Mention) -> bool:
    """「前年還是今年」 is neither of the two for sure."""
    between = draft.folded[one.end : other.start]
    return re.fullmatch(r"[^,。;!?\n]{0,4}(?:還是|或)[^,。;!?\n]{0,4}", between) is not None


def _of_it(draft: Draft, time: Mention, deed: Deed) -> bool:
    """Whether a time may be a deed's: it is if no other clause tells by it of members and coaching."""
    start = _clause_start(draft, time)
    around = re.split(r"[,。;!?\n) ]", draft.folded[start:])[0]
    return deed.clause[0] <= time.start < deed.clause[1] or not _OF_OTHERS.search(around)


def _clause_start(draft: Draft, time: Mention) -> int:
    return max(draft.folded.rfind(mark, 0, time.start) for mark in ",。;!?\n( ") + 1


def _signs(draft: Draft, time: Mention, deed: Deed) -> bool:
    """Whether a time is that of signing; 「113年簽了約又放棄」 tells the year of both."""
    signed = _SIGNED.search(re.split(r"[,。;!?\n]", draft.folded[time.end : deed.start])[0])
    both = isinstance(time.value, Period) and time.value.grain == "year" and time.start >= deed.clause[0]
    return signed is not None and not both


def _lone(draft: Draft, time: Mention, deed: Deed) -> bool:
    """Whether the sentence before or behind tells in a clause of its own only when: 「那是前年的事」."""
    start, end = deed.sentence
    between = draft.folded[end : time.start] or draft.folded[time.end : start].rstrip("。;!?\n")
    alone = _LONE_BEFORE.fullmatch(draft.folded, _clause_start(draft, time), time.start)
    after = _AFTER.match(draft.folded, time.end)
    if alone is None or after is None or re.search(r"[。;!?\n]", between):
        return False
    # 「三年前,我們開了店」 is of what comes behind.
    return after.group() != "," or alone.group() != ""


def _put_time(draft: Draft, value: Period, since: bool, time: Mention) -> None:
    """The time of giving up; `since`: it is that of signing, so that giving up was then or later."""
    name: str = "breach_date"
    told: Value = Days(value.earliest, draft.today if since else value.latest)
    if since or (value.grain == "month" and value.year is not None):
        pass
    elif value.grain == "day":
        told = value.earliest
    elif value.grain == "year" and value.year is not None:
        name, told = "breach_year", value.year
    else:
        months = value.months or calendar.months_since(value.earliest, value.latest, draft.today)
        name, told = "months_since_breach", as_number(months)
    draft.put(name, told, time.start, time.end)


def _majeure(draft: Draft, *, own: bool) -> None:
    gave_up = draft.facts.get("gave_up_or_unfinished")
    if gave_up is None and (no := _NO_DISASTER.match(draft.folded)) and not draft.is_question(0):
        # 「不是天災啦」, of what was told before.
        draft.put("force_majeure", False, *no.span())
    if gave_up is None or gave_up.value is not True:
        return
    if told := _MAJEURE.search(draft.folded):
        after = re.split(r"[,。;!\n]", draft.folded[told.end() : told.end() + 8])[0]
        if not re.search(
            r"嗎|\?|算不算|是不是|是否", draft.folded[max(0, told.start() - 4) : told.end()] + after
        ):
            draft.put(
                "force_majeure", told["no"] is None and told["unrelated"] is None, told.start(), told.end()
            )
    elif no := _NO_DISASTER.search(draft.folded):
        draft.put("force_majeure", False, no.start(), no.end())
    elif disaster := _DISASTER.search(draft.folded):
        # The text does not define 不可抗力, so whether this is one is not for us to say.
        draft.note_vague(disaster.span())
    elif own:
        # 「主動放棄」 is what the clause sets against 不可抗力.
        draft.put("force_majeure", False, gave_up.start, gave_up.end)
