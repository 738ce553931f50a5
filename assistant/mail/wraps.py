"""
Lines that a mail program or a scanner broke -> sentences: a line end inside a sentence is none.

A chat has a line for each thought, so lines are joined only on evidence: a number or a word is broken,
a line ends or begins as no sentence does, or all lines of a paragraph are equally long.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Final
from unicodedata import east_asian_width

from assistant.mail.signs import opens_item

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_ENDED: Final = re.compile(r"[。？！?!.；;：:…~」』】）)]\s*\Z|[嗎呢吧]\s*\Z")
_LABEL: Final = re.compile(r"\s*[\u3400-\u9fffA-Za-z ]{1,10}[：:]")
# No sentence ends with these, and none begins with those.
_GOES_ON: Final = re.compile(
    r"(?:[的與及和或並且而但於為以將把被給讓使因其該每各向從由至、，,（(「『]|[^就都也]是|已經|曾經)\s*\Z"
)
_FOLLOWS: Final = re.compile(
    r"\s*(?:[，。、；：？！」』）,;:?!)]|[的了嗎呢吧]|[類型款](?![\u3400-\u9fff]?[：:]))"
)
_NUMBER_END: Final = re.compile(r"(?P<before>\D?)(?P<digits>[0-9０-９]{1,4})\s*\Z")
_NUMBER_START: Final = re.compile(r"\s*(?P<digits>[0-9０-９]{1,4})\s*(?P<unit>[家間店戶位人個年月日%％萬元])")
_UNIT_START: Final = re.compile(
    r"\s*(?:[家間戶位%％元](?!數)|年(?![底度初])|月(?!底)|個(?!人)|人(?![員數])|日(?!前))"
)
# Before the first half of a broken number: 「計1」, 「約1」.
_COUNTING: Final = re.compile(r"[計共有約達為國含中內由之得於]\Z")
_NUMBER: Final = 4
_SHORTEST: Final = 8
_NARROW: Final = 30
_BAND: Final = 4
_NEARLY: Final = 0.6
_FULLY: Final = 0.75


def _words() -> dict[str, str]:
    lines = files("assistant.mail").joinpath("words.txt").read_text(encoding="utf8").splitlines()
    return {line[0]: line[1:] for line in lines if not line.startswith("#")}


WORDS: Final = _words()


def joined(lines: Sequence[str]) -> list[str]:
    """The lines with those of one sentence joined; paragraphs stay apart."""
    result: list[str] = []
    start = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at].strip():
            result.extend(_paragraph(lines[start:at]))
            result.extend(lines[at : at + 1])
            start = at + 1
    return result


def _paragraph(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    widths = [_width(line) for line in lines]
    free = [_may_join(a, b) for a, b in itertools.pairwise(lines)]
    broken = [may and _is_broken(a, b) for may, a, b in zip(free, lines, lines[1:], strict=False)]
    wrapped = any(broken) or _is_even(widths)
    longest = max(1, *widths)
    result = [lines[0]]
    for at, line in enumerate(lines[1:]):
        if free[at] and (broken[at] or (wrapped and _is_full(lines[at], line, widths[at] / longest))):
            result[-1] = _glued(result[-1], line)
        else:
            result.append(line)
    return result


def _may_join(line: str, after: str) -> bool:
    return not (_ENDED.search(line) or opens_item(after) or _LABEL.match(after) or "\t" in line + after)


def _is_broken(line: str, after: str) -> bool:
    """Whether something is cut in two that belongs together."""
    if _NUMBER_END.search(line):
        return _UNIT_START.match(after) is not None or _is_year(line, after)
    if len(line.strip()) < _SHORTEST:
        return False
    if _GOES_ON.search(line) or _FOLLOWS.match(after):
        return True
    tail, head = line.rstrip(), after.lstrip()
    across = _is_word(tail[-1:], head[:1])
    return across and not (_is_word(tail[-2:-1], tail[-1:]) and _is_word(head[:1], head[1:2]))


def _is_full(line: str, after: str, share: float) -> bool:
    """
    Whether a line goes on in the next, in a paragraph that was broken, by its share of the longest line's width.

    Two numbers on end are one only at the full width: 「我們有12」 and 「4家輔導過」 are two lines of a chat.
    """
    number, rest = _NUMBER_END.search(line), _NUMBER_START.match(after)
    if number is None or rest is None:
        return share >= _NEARLY
    whole = len(number["digits"]) + len(rest["digits"]) <= _NUMBER
    return whole and share >= _FULLY and _COUNTING.search(line[: number.start("digits")]) is not None


def _is_year(line: str, after: str) -> bool:
    return (
        re.search(r"民國[0-9０-９]{1,2}\s*\Z", line) is not None
        and re.match(r"\s*[0-9０-９]{1,2}\s*年", after) is not None
    )


def _is_even(widths: Sequence[int]) -> bool:
    """Whether all lines but the last are nearly as wide as the widest, and wide: no people write so."""
    full = widths[:-1]
    return (
        len(full) > 1
        and max(full) - min(full) <= _BAND
        and min(full) >= _NARROW
        and widths[-1] <= max(full) + _BAND
    )


def _is_word(first: str, second: str) -> bool:
    return bool(second) and second in WORDS.get(first, "")


def _width(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line.strip())


def _glued(line: str, after: str) -> str:
    """Two halves of a sentence; a space stands between words of letters, none between Chinese characters."""
    left, right = line.rstrip(), after.lstrip(" \t\u3000")
    letters = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
    return f"{left} {right}" if letters else left + right
