"""
Figures that are taken back -> the one that stands.

Who thought, heard or wrote a figure and then looked is overruled by what he found; two who tell
different figures leave a range, since nobody decided between them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from assistant.reading.numerals import NUMERAL, bounds
from assistant.reading.quantities import INSIDE
from assistant.reading.slate import Slate

_CLAUSE: Final = r"[^,、。;:!?\n]"
_BELIEVED: Final = re.compile(
    r"誰(?:跟|告訴|和)?[你我您]?們?(?:說|講)|(?:我|本來|原本|原先|之前|一直|還|剛才|剛剛|都)*以為|聽[^,、。;:!?\n\d]{0,5}(?:說|講)"
    r"|(?:(?:報名|申請)[表錶]|[表錶]格|名冊|名單|公文|資料)(?:上面|裡面|上|裡)?(?:寫|列|填)(?:著|的)?"
    r"|我?(?:上次|上回|剛才|剛剛|之前|先前)(?:寫|填|說|講|報)|應該(?=是|有)"
)
_FOUND: Final = re.compile(
    r"其實|實際|事實上|查(?:過|了|出|證|完)|確認(?:過|了|完)|核對(?:過|了|完)|明明|根本|發現|清楚|(?:記|寫|算|填|報|說|講)錯"
)
_BY_HIMSELF: Final = re.compile(rf"其實|實際|事實上|親自|我{_CLAUSE}*(?:數|查|點|確認|核對)")
# A part is no other figure for the whole; what is needed is none of anybody's.
_PART: Final = re.compile(r"其中|裡面|裡頭|當中|剩")
_NEEDED: Final = re.compile(r"要|需|得有|才|至少|最少|最多|以上|規定|門檻")
ENDS: Final = re.compile(r"(?:而已|才對|沒錯|[了啦喔呢吧的])*(?=[,。;!?\n]|$)")
_IS: Final = re.compile(r"\s*(?:而|應該|其實)?是\s?$")
_EITHER: Final = re.compile(rf"不是{NUMERAL}[家間個]?就是{NUMERAL}[家間個]?|反正[^,。;!?\n]*其中一個")
_MISCOUNTED: Final = re.compile(r"算進|算到|多算|重[複覆]")
# 「4家...等等,有1家沒做,所以是3家」
_RECOUNTED: Final = re.compile(
    rf"(?:不對|等等|等一下|更正)[,。!.]*{_CLAUSE}*,(?:所以|那|就)*(?:應該)?(?:就?是|剩|只剩)+"
)
_CHANGED: Final = "改成"
_TWO: Final = 2
_MOST_DIGITS: Final = 9


def overrule(slate: Slate) -> None:
    """Clear a message of the figures that it takes back itself."""
    _denied(slate)
    _recounted(slate)
    _tellers(slate)
    _believed(slate)


def _denied(slate: Slate) -> None:
    """「不是10家是9家」: nine; 「不是10家就是12家」: ten to twelve."""
    for denial in re.finditer(r"(?<!是)不是", slate.text):
        counts = slate.counts(denial.end(), slate.sentence_end(denial.end()))
        for before, behind in pairwise(counts[:3]):
            between = slate.text[before.end() : behind.start()]
            if re.fullmatch(r"[,、]?就是", between):
                _range(slate, denial.start(), [before, behind])
            elif _IS.search(between) and ENDS.match(slate.text, behind.end()):
                words = slate.words
                named = re.search(rf"{words.topic}|{words.whole}|{words.us}", slate.text[: behind.start()])
                _replace(slate, denial.start(), before, behind)
                if not named and not slate.counts(0, denial.start()):
                    # Of what an earlier message told: which figure it is, this one does not say.
                    slate.write(behind.start() - len(_CHANGED), _CHANGED)
                break


def _recounted(slate: Slate) -> None:
    """「4家...等等,有1家沒做,所以是3家」: three, where the sum is right."""
    for found in _RECOUNTED.finditer(slate.text):
        before, between = slate.counts(0, found.start()), slate.counts(*found.span())
        new = slate.words.count.match(slate.text, found.end())
        if new is None or not before or len(between) != 1 or slate.topic(*found.span()):
            continue
        old, less, left = (bounds(count[1]) for count in (before[-1], between[0], new))
        if old and less and left and abs(old.low - left.low) == less.low:
            slate.clear(before[-1].start(), new.start(), slate.words.kept)


def _tellers(slate: Slate) -> None:
    """「會計說4家,店長說5家」: four to five, unless the writer looked for himself."""
    teller = re.compile(slate.words.teller)
    said = [
        (clause, counts[-1])
        for clause in slate.clauses()
        if (counts := slate.counts(*clause.span())) and teller.match(clause.group())
    ]
    topics = [slate.topic(*clause.span()) for clause, _ in said]
    if len({count[1] for _, count in said}) < _TWO or {*topics[1:]} - {"", topics[0]}:
        return
    start, last = said[0][0].start(), said[-1][1]
    after = slate.counts(last.end(), len(slate.text))
    if after and _BY_HIMSELF.search(slate.text[last.end() : after[0].start()]):
        slate.clear(start, last.end(), slate.words.kept)
        slate.clear(last.end(), after[0].start())
    else:
        _range(slate, start, [count for _, count in said])


def _believed(slate: Slate) -> None:
    """「我以為4家受過,查了只有3家」: three; what says by itself what it counts stands alone."""
    clauses = list(slate.clauses())
    for place, clause in enumerate(clauses):
        lead = _BELIEVED.search(clause.group()) or re.match(slate.words.teller, clause.group())
        if lead is None:
            continue
        start = clause.start() + lead.start()
        counts = slate.counts(clause.start() + lead.end(), clause.end())
        if not counts or _NEEDED.search(slate.text, start, clause.end()):
            continue
        found = _FOUND.search(slate.text, start, clause.end()) is not None
        for later in clauses[place + 1 : place + 4]:
            found = found or _FOUND.search(later.group()) is not None
            told = slate.counts(*later.span())
            if told and not _MISCOUNTED.search(later.group()):
                if found and not _PART.search(later.group()):
                    _take_back(slate, (start, clause.end()), counts[-1], later, told[-1])
                break


def _take_back(
    slate: Slate, place: tuple[int, int], old: re.Match[str], later: re.Match[str], new: re.Match[str]
) -> None:
    was, said = slate.topic(*place), slate.topic(*later.span())
    whole = re.search(slate.words.whole, later.group()) is not None
    if (said and was) or (whole and not was and not said):
        slate.clear(place[0], later.start())
    elif not said and not whole and ENDS.match(slate.text, new.end()):
        _replace(slate, place[0], old, new)


def _replace(slate: Slate, start: int, old: re.Match[str], new: re.Match[str]) -> None:
    """Let a count stand in the place of another, beside what was said of that one."""
    for count in slate.counts(start, old.start()):
        slate.clear(start, count.start(), slate.words.kept)
        inside = re.compile(INSIDE).match(slate.text, count.end())
        start = inside.end() if inside else count.end()
    slate.clear(start, new.start(), slate.words.kept)


def _range(slate: Slate, start: int, counts: list[re.Match[str]]) -> None:
    """Write counts as one from the least to the most, beside what was said of them."""
    values = [value.low for count in counts if (value := bounds(count[1])) is not None]
    first, last, kept = counts[0], counts[-1], slate.words.kept
    unit = first.group()[len(first[1]) :].strip()
    low, high = f"{min(values, default=0)}到", str(max(values, default=0))
    place = first.end() - len(low + high + unit)
    if not kept.search(slate.text, first.end(), last.start()):
        # Padded, so that what is quoted of it is what both told.
        place, width = first.start(), last.end() - first.start() - len(low + unit)
        high = high.rjust(min(_MOST_DIGITS, width), "0")
    written = low + high + unit
    if place < start or place + len(written) > last.end() or len(values) < len(counts):
        slate.left.append((start, last.end()))
        return
    for either in _EITHER.finditer(slate.text, last.end()):
        slate.clear(*either.span())
    slate.clear(start, last.end(), kept)
    slate.write(place, written)
