"""
What the cluster did with the programme and when: first took part, began, gave up.

Only what is told of the past as done is taken: 「可以中途退出嗎」 and 「放棄的話會怎樣」
state nothing. A time that belongs to signing is not that of giving up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.eligibility.facts import Days
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.nouns import UNIT
from assistant.reading import calendar
from assistant.reading.mentions import Mention
from assistant.reading.numerals import CHINESE
from assistant.reading.period import Period

_SENTENCE: Final = re.compile(r"[^。;!?\n]+[。;!?\n]*")
_COUNTED: Final = rf"[\d{CHINESE}幾]+\s?{UNIT}(?!月|(?:跟|和|與)?(?:政府|別|另)|的?(?:輔導)?(?:計畫|案))"

_GAVE_UP: Final = re.compile(
    r"放棄|中途(?:退出|離開|喊停)|退出|沒有?(?:做|執行|跑|走)完|未(?:完成|結案)|沒有?(?:能夠?)?(?:順利)?結案|做到一半|半途|解約|解除契約|終止(?:合約|契約)|棄權|"
    r"停掉|喊停(?:合約|契約|輔導)|不(?:做|幹|玩|弄)了|做不下去|喊卡|收攤不做|落跑|退掉|退約|撤案|中止(?:合約|契約|輔導)|gave up|dropped out|withdrew|did not finish"
)
# 退掉 alone may be of a member; of a contract it is giving up.
_ONLY_OF_A_CONTRACT: Final = re.compile(r"退掉|退約|撤案")
_OF_A_CONTRACT: Final = re.compile(r"放棄|結案|解約|契約|合約|簽約|簽了約|棄權|半途|做到一半|政府")
_NEARLY: Final = re.compile(r"差一?點|險些|本來想|一度想|原本想")
_DENIED: Final = re.compile(r"不能說|不是|不敢說|並非|不算|難說|不可能")
_NEVER: Final = re.compile(r"(?:沒有?|未曾?|不曾|從未)(?:中途|主動|半途)*(?:放棄|退出|解約|棄權)過?")
_SUPPOSED: Final = re.compile(
    r"差一?點|險些|本來想|一度想|原本想|如果|若|的話|會不會|會怎|想|打算|要是|萬一|可不可以(?:中途)?(?:退|放)|可以(?:中途)?(?:退出|放棄)|能不能(?:中途)?(?:退|放)|能(?:中途)?(?:退出|放棄)|怎麼退|會被|不會|不能(?:中途)?(?:退|放)|不得"
)
_PAST: Final = re.compile(r"了|過|之前|曾|當時|後來|結果|以前|上次|簽約|自己|主動|的事|前|去年|今年|所以")
_SIGNED: Final = re.compile(r"簽約|簽了|入選|通過|核定|開始|申請|參加|錄取")
_MAJEURE: Final = re.compile(
    r"(?P<no>(?:(?<!是)不(?:是|算|屬)|並非|非|沒|無|談不上|哪)[^,。;!?\n]{0,4})?不可抗力(?P<unrelated>(?:因素)?(?:無關|沒(?:有)?關係?|不相干))?"
)
_NO_DISASTER: Final = re.compile(
    r"(?:不是|並非|非)(?:因為?|什麼)?(?:天災|不可抗力)|天災(?:人禍)?(?:因素)?(?:無關|沒(?:有)?關係?|不相干)"
)
_DISASTER: Final = re.compile(
    r"(?:地震|颱風|疫情|火災|水災|淹水|土石流|生病|過世|車禍)(?!.{0,4}(?:無關|沒關|不相干))"
)
_OWN_WILL: Final = re.compile(
    r"(?:自己|主動|自願|自行)[^,。;!?\n]{0,6}(?:退出|退掉|退約|放棄|不(?:做|幹|玩|弄)了|不(?:想|願意?)(?:再)?(?:做|弄|參加|繼續)|喊停|喊卡|終止|解約)"
)
_AFTER: Final = re.compile(r"(?:的事|那時|發生|放棄|退出|解約|吧|$|[。!,;\n])")

_FIRST: Final = re.compile(r"第[一1]次|頭一次|首次|初次|首度|第一年")
_JOINED: Final = re.compile(r"參加|參與|加入|進來|入選|輔導|群聚|做過?")
_RULE: Final = re.compile(
    r"限|一定要|必須|才可以|才能|才行|規定|是不是要|要求|要是|才有資格|聽說|隔壁|別人|人家|朋友"
)
_TRACKED: Final = re.compile(r"追蹤|管考")
_NOT: Final = re.compile(r"(?<!是)不是|並非|不算")
_DOUBT: Final = re.compile(r"不確定|不知道|不清楚|不曉得|忘了|好像|可能|是不是|有沒有|是否|不記得")


def read_history(draft: Draft, found: Sequence[Mention]) -> None:
    """Take in what each sentence tells of giving up, of first taking part, and of when coaching began."""
    found = [mention for mention in found if mention.kind in {"period", "started"}]
    for match in _SENTENCE.finditer(draft.folded):
        times = [m for m in found if m.kind == "period" and match.start() <= m.start < match.end()]
        _gave_up(draft, match, times)
        _first_joined(draft, match, times)
        _started(draft, match, times, found)
    _majeure(draft)


def _gave_up(draft: Draft, sentence: re.Match[str], times: Sequence[Mention]) -> None:
    words, offset = sentence.group(), sentence.start()
    if (never := _NEVER.search(words)) and _DENIED.search(words[max(0, never.start() - 5) : never.start()]):
        # 「不能說沒放棄過」
        draft.unassigned.append((offset + never.start(), offset + never.end()))
        return
    if never:
        if not re.search(r"如果|若|嗎|算不算", words):
            draft.put("gave_up_or_unfinished", False, offset + never.start(), offset + never.end())
        return
    gave_up = _GAVE_UP.search(words)
    if gave_up is None or re.search(r"隔壁|別人|人家|朋友", words):
        return
    clause_start = max(words.rfind(mark, 0, gave_up.start()) for mark in ",、 ") + 1
    clause = re.split(r"[,、 ]", words[clause_start:])[0]
    if _ONLY_OF_A_CONTRACT.fullmatch(gave_up.group()) and not _OF_A_CONTRACT.search(clause):
        return
    if re.search(_COUNTED, clause) and _OF_A_CONTRACT.search(clause) and _PAST.search(words):
        # One of them broke off; whether that bars all of them the text does not say.
        draft.unassigned.append((offset + clause_start, offset + clause_start + len(clause)))
        return
    if (
        re.search(_COUNTED, clause)
        or (_SUPPOSED.search(clause) and (not times or _NEARLY.search(clause)))
        or not (times or _PAST.search(words))
    ):
        return
    draft.put("gave_up_or_unfinished", True, offset + gave_up.start(), offset + gave_up.end())
    if time := _breach_time(words, gave_up.start(), offset, times):
        _put_breach(draft, time, since=_SIGNED.search(words[time.end - offset : gave_up.start()]) is not None)


def _breach_time(words: str, place: int, offset: int, times: Sequence[Mention]) -> Mention | None:
    """The time of giving up; None where it is that of signing, or of the question."""
    before = [time for time in times if time.end - offset <= place]
    if before and not _SIGNED.search(words[before[-1].end - offset : place]):
        return before[-1]
    after = [time for time in times if time.start - offset > place and _AFTER.match(words, time.end - offset)]
    if after:
        return after[0]
    return before[-1] if before else None


def _put_breach(draft: Draft, time: Mention, *, since: bool) -> None:
    """The time of giving up; `since`: it is that of signing, so that giving up was then or later."""
    value = time.value
    if not isinstance(value, Period):
        return
    if since:
        draft.put("breach_date", Days(value.earliest, draft.today), time.start, time.end)
    elif value.grain == "day":
        draft.put("breach_date", value.earliest, time.start, time.end)
    elif value.grain == "month" and value.year is not None:
        draft.put("breach_date", Days(value.earliest, value.latest), time.start, time.end)
    elif value.grain == "year" and value.year is not None:
        draft.put("breach_year", value.year, time.start, time.end)
    else:
        months = value.months or calendar.months_since(value.earliest, value.latest, draft.today)
        exact = months.low if months.low == months.high else months
        draft.put("months_since_breach", exact, time.start, time.end)


def _majeure(draft: Draft) -> None:
    gave_up = draft.facts.get("gave_up_or_unfinished")
    if gave_up is None and (own := _NO_DISASTER.match(draft.folded)) and not draft.is_question(0):
        # 「不是天災啦」, of what was told before.
        draft.put("force_majeure", False, *own.span())
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
    elif own := _OWN_WILL.search(draft.folded):
        # 「主動放棄」 is what the clause sets against 不可抗力.
        draft.put("force_majeure", False, own.start(), own.end())


def _first_joined(draft: Draft, sentence: re.Match[str], times: Sequence[Mention]) -> None:
    words, offset = sentence.group(), sentence.start()
    for clause in re.finditer(r"[^,、]+", words):
        said, start = clause.group(), offset + clause.start()
        years = [
            time for time in times if start <= time.start < offset + clause.end() and _year(time) is not None
        ]
        first = _FIRST.search(said)
        joined = _JOINED.search(said) or (first and draft.track_b)
        if not years or not joined or _RULE.search(said) or _DOUBT.search(said):
            continue
        year, time = _year(years[0]), years[0]
        behind = said[time.end - start :]
        # 「其中3家110年才加入」 is of three.
        ours = (
            re.search(rf"我們\s?{_COUNTED}(?:成員|店家|都|是|一起|就|在)*\s?$", said[: time.start - start])
            is not None
        )
        if not ours and re.search(
            _COUNTED, said[max(0, time.start - start - 8) : time.start - start].split(" ")[-1] + behind[:6]
        ):
            continue
        at_once = re.match(
            r"度?(?:才|是|就|我們)*(?:第一次|首次|初次|首度|第1次|頭一次)(?:參加|參與|加入|入選)", behind
        )
        if year is None or (
            not at_once
            and re.search(
                r"登記|成立|簽約|放棄|退出|結案|可以|能|申請|報名|提案|開始(?:接?受|做)?輔導", behind[:8]
            )
        ):
            continue
        if _NOT.search(said[: time.start - start]):
            if year == draft.limits.first and first:
                draft.put("first_joined_that_year", False, start, offset + clause.end())
        elif first or re.match(r"度?(?:才|就|起|開始|就開始)+(?:參加|參與|加入)", behind):
            draft.put("first_joined_year", year, time.start, time.end)
        elif (
            not _TRACKED.search(draft.folded)
            and "first_joined_year" not in draft.facts
            and _took_part(said, behind, time.start - start)
        ):
            premise = f"以您說的{time.words}為第一次參與數位群聚輔導的年度"
            draft.put("first_joined_year", year, time.start, time.end, premise)


def _took_part(said: str, behind: str, place: int) -> bool:
    """「我們109年加入」: the cluster, not some of it, took part in a year, first or not."""
    counted = re.search(_COUNTED, said[:place]) or re.search(_COUNTED, behind.split(" ", maxsplit=1)[0][:9])
    took = re.match(r"度?(?:有|的時候|時|受|接受|就|也|過|了)*(?:參加|參與|加入|輔導|的?群聚)", behind)
    return counted is None and took is not None and re.search(r"我們|群聚|咱|阮", said) is not None


def _year(time: Mention) -> int | None:
    return time.value.year if isinstance(time.value, Period) else None


def _started(
    draft: Draft, sentence: re.Match[str], times: Sequence[Mention], found: Sequence[Mention]
) -> None:
    start, end = sentence.span()
    began = any(mention.kind == "started" and start <= mention.start < end for mention in found)
    asked = _TRACKED.search(draft.folded) is not None
    if not times or not (began or (asked and re.search(r"輔導|簽約|入選|參加|參與", sentence.group()))):
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
