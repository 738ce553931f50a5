"""
What a message says that the reading did not take in: with something left over, nothing is decided.

A word that changes what is said (都, 除了, 好像, 兩倍) is left over where whatever reads its
clause does not know it; so is a time that dates nothing, an exception that nobody is excepted
from, and a correction of nothing.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.reading.mentions import Mention
from assistant.reading.period import Period

_TWO: Final = 2
_UNSAID: Final = (
    # What nobody knows yet: 「我還在等他們回覆」 「要到送件前才知道」.
    re.compile(
        r"還在等|尚待|等(?:他|她|對)[們方]?的?(?:回覆|回報|消息)|[才還][會能]?(?:知道|確定|曉得)(?![怎如可能誰])"
    ),
    # A number broken by the end of a line, or two of them: 「沒輔導過1⏎1家」; a list sign begins a line of its own.
    re.compile(r"\d+\n\d+(?![.、)\d])"),
    # What was so when one applied before is not what is so today.
    re.compile(
        r"(?:去年|前年|上次|上回|之前)(?:送件?|報名?|申請|提案?|參選)[^,。;!?\n]{0,6}(?:的時候|那時|當時|那次|時)"
    ),
)


def left_over(draft: Draft, found: Sequence[Mention]) -> list[tuple[int, int]]:
    """The places of a message's words that decide something and that nothing took in, once all of it is read."""
    torn = [one for one in found if one.kind == "torn"]
    # Cells of a table beside each other: which column is meant nobody said.
    torn += [
        behind
        for one, behind in pairwise(found)
        if one.kind == behind.kind == "number" and not draft.folded[one.end : behind.start].strip("\t |")
    ]
    open_ = [one for one in (draft.exempt, draft.correcting) if one is not None]
    words = [(one.start, one.end) for one in (*torn, *open_)]
    words += unsaid(draft.folded)
    return [*words, *_untold_times(draft, found)]


def unsaid(folded: str) -> list[tuple[int, int]]:
    """The places where a message speaks in a way that no reading follows."""
    return [found.span() for pattern in _UNSAID for found in pattern.finditer(folded)]


def _untold_times(draft: Draft, found: Sequence[Mention]) -> list[tuple[int, int]]:
    """Times that nothing was dated by, in a sentence that tells of coaching without one: they may be of it."""
    if not draft.coached.undated:
        return []
    ends = [one.start for one in found if one.kind == "strong"]
    told = {bisect(ends, one.start) for one in found if isinstance(one.value, Coaching)}
    of_facts = {fact.start for fact in draft.facts.values()}
    return [
        (one.start, one.end)
        for one in found
        if isinstance(one.value, Period)
        and draft.in_window(one.value) != "in"
        and one.start not in draft.dated | of_facts
        and bisect(ends, one.start) in told
    ]
