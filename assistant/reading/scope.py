"""
What a message tells of the applicant's case, apart from what it tells of others.

A step before the sentences are read: what is told of another case, of a rule in somebody's words,
of a supposed case and of a figure that is overruled is taken out. Of two cases of which none is
chosen, what could not be told apart is left over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.reading.overruled import ENDS, overrule
from assistant.reading.slate import Slate

_IN: Final = r"[^,。;!?\n]"
# --- a rule in somebody's words
_QUOTE: Final = re.compile(r"(?<=[說講稱示寫以到言信文息:])\s?[:,]?\s*(\((?:[^()]|\([^()]*\))*\))")
_RULE: Final = re.compile(
    r"就(?:好|行|可以?|能|夠|過|做得|ok)|均可|都可以?|才(?:可以?|能|行|算)|不得|至少|最多|上限|下限|門檻|規定"
)
_ABOVE: Final = re.compile(
    rf"以上{_IN}{{0,6}}(?:規定|門檻|標準|條文|範例|例子|別人|他們)[^。;!?\n]*(?:不是|並非)我們[^。;!?\n]*"
)
# --- a case that is not so
_SUPPOSED: Final = re.compile(
    rf"(?:要是|如果|假如|假設|若是?|倘若)[^。;!?\n]+,(?:可是|但是?|不過|可惜|只是){_IN}*(?:還沒|尚未|沒有?|未)[^。;!?\n]*"
)
# Who has gone and is spoken of in brackets.
_GONE: Final = re.compile(r"\([^()]*(?:退出|離開|走掉|退掉)[^()]*(?:不在|不算|不列)[^()]*\)")
# --- two cases
_SEVERAL: Final = r"(?:[兩二三四五]個?(?:不同的?)?|[甲乙丙丁][、和跟與及][甲乙丙丁][兩二三]?個?)(?:{case})"
_CHOICE: Final = r"(?:只|僅|是|要|想)[問詢]|(?:送|問|報|講)的是|我(?:們)?是{name}|{name}.*(?:可不可以|可以|能不能|能否|可否|行不行|符不符合|夠不夠|過得了)"
ASKS: Final = re.compile(r"嗎|可不可以|能不能|行不行|[可能得]否|會過|資格|過不過|夠不夠|符不符合")
_HIS: Final = re.compile(r"[他她]|那[個邊團]|哪|誰|都|分別|各自")
_JOINT: Final = re.compile(r"一起(?:報|申請|送|提|組|參加)|合在一起|合成|合併|併成|聯合|加入我|過來")
_AND: Final = frozenset("跟和與及加")
_TOGETHER: Final = re.compile(r"合成|合併|併成|合起來|合組|整併|加起來|分別可|各自可|哪一?個|都可")
_JOINED: Final = re.compile(r"(?:自己|這邊|這裡)*(?:只|就|才)?(?:有|是)?\s?")
_TWO: Final = 2


def narrow(slate: Slate) -> None:
    """Take out rules, supposed cases and what is overruled, and choose between cases that are named."""
    if above := _ABOVE.search(slate.text):
        slate.clear(0, above.end())
    for quote in _QUOTE.finditer(slate.text):
        if _RULE.search(quote[1]):
            slate.clear(*quote.span(1))
    for told in _SUPPOSED.finditer(slate.text):
        # Only where the message goes on to tell what is so.
        if slate.counts(*told.span()) and slate.counts(told.end(), len(slate.text)):
            slate.clear(*told.span())
    for gone in _GONE.finditer(slate.text):
        slate.clear(*gone.span())
    overrule(slate)
    _choose(slate)


def others(slate: Slate) -> list[tuple[int, int]]:
    """Take out what is told of another's case, and return its places; what is said there of counts stays."""
    other, us = re.compile(slate.words.other), re.compile(slate.words.us)
    # Of those not so counted nothing is to be repeated.
    said = rf"(?<!沒)(?<!沒有)(?<!未)(?:{slate.words.topic})"
    places: list[tuple[int, int]] = []
    whole, start = slate.text, 0
    while begun := other.search(slate.text, start):
        ours = us.search(slate.text, begun.end())
        start = _end(slate, begun, ours.start() if ours else len(slate.text))
        if not (slate.counts(begun.start(), start) or slate.topic(begun.start(), start)):
            continue
        places.append((begun.start(), start))
        if _JOINT.search(slate.text) or slate.text[max(0, begun.start() - 1) : begun.start()] in _AND:
            # Who comes to ours, or is counted with it, is none of another's.
            slate.left.append((begun.start(), start))
        if ours and ours.start() == start and _elliptic(slate, begun.start(), ours):
            slate.clear(start, ours.end())
            slate.clear(begun.start(), start, re.compile(said))
        else:
            slate.clear(begun.start(), start, re.compile(rf"{said}|[,。;\n]"))
    if not re.search(slate.words.kind, slate.text):
        # What both apply for may be told of the other alone.
        for kind in re.finditer(slate.words.kind, whole):
            slate.write(kind.start(), kind.group())
    return places


def _end(slate: Slate, begun: re.Match[str], end: int) -> int:
    """Where what is told of another's case ends: where a whole is told once more, or what we told before is asked of."""
    asked_before = bool(slate.counts(0, begun.start()))
    told = slate.words.count.match(slate.text, begun.end()) is not None
    for clause in slate.clauses():
        if not begun.end() < clause.start() < end:
            continue
        counted = bool(slate.counts(*clause.span()))
        again = counted and told and re.match(rf"\s?(?:{slate.words.whole})", clause.group())
        asks = (
            asked_before and not counted and ASKS.search(clause.group()) and not _HIS.search(clause.group())
        )
        if again or asks:
            return clause.start()
    return end


def _elliptic(slate: Slate, begun: int, ours: re.Match[str]) -> bool:
    """「我們10本,隔壁的書房15本借出6本,我們只有2本」: two of whom the same is said as of the neighbours' six."""
    joined = _JOINED.match(slate.text, ours.end())
    count = slate.words.count.match(slate.text, joined.end() if joined else ours.end())
    if count is None or not ENDS.match(slate.text, count.end()):
        return False
    return bool(slate.counts(0, begun) and slate.topic(begun, ours.start()))


def _choose(slate: Slate) -> None:
    """「甲館10本,乙館14本,只問乙」: what is told of 乙."""
    several = re.search(_SEVERAL.format(case=slate.words.case), slate.text)
    names = _names(slate, several=several is not None)
    places = list(re.finditer("|".join(map(re.escape, names)), slate.text)) if len(names) >= _TWO else []
    chosen = _chosen(slate, names) if places else None
    if chosen is None:
        # Nobody said which one a figure is of.
        slate.left += [one.span() for one in ([several] if several else places[:1])]
        return
    if several:
        slate.clear(*several.span())
    for place, one in enumerate(places):
        behind = places[place + 1].start() if place + 1 < len(places) else len(slate.text)
        end = one.end() if one.group() == chosen else min(behind, slate.sentence_end(one.end()))
        slate.clear(one.start(), end)


def _names(slate: Slate, *, several: bool) -> tuple[str, ...]:
    """What cases are called: 甲館 and 乙館; of several cases, what stands before a count."""
    case, count = slate.words.case, slate.words.count.pattern
    found = re.findall(rf"([甲乙丙丁])\s?(?:{case})", slate.text)
    if several and not found:
        name = re.compile(
            rf"(?:^|[,。;:!?\n、])\s?([^\d\s,。;:!?\n、()共中有沒受過是的我你他她這那各其]{{1,4}}?)(?:那個|這個|那邊)?(?:{case})?(?:[a-z]類)?\s?(?={count})"
        )
        found = [called[1] for called in name.finditer(slate.text)]
    return tuple(dict.fromkeys(found))


def _chosen(slate: Slate, names: Sequence[str]) -> str | None:
    """The one case that is asked about."""
    if _TOGETHER.search(slate.text):
        return None
    asked = {
        name
        for clause in slate.clauses()
        for name in names
        if not slate.counts(*clause.span())
        and {one for one in names if one in clause.group()} == {name}
        and re.search(_CHOICE.format(name=re.escape(name)), clause.group())
    }
    return asked.pop() if len(asked) == 1 else None
