"""Whether a word that a sentence shares with its clause is negated in one and stated in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.support.modality import without_modes
from assistant.support.parts import joining, pairs

# A negator, and how many characters it reaches over.
_NEGATOR: Final = re.compile(r"(?P<near>不是|無|非因?)|(?P<far>不(?:得|可以?|能|會|再)?|未曾?|沒有?|禁止|別)")
_FAR, _NEAR, _BEHIND = 14, 4, 4
# Words whose syllable negates nothing, or only within the word; what breaks a prohibition is against it.
_WORD: Final = re.compile(
    r"(?:不能|無法|沒辦法|不克)(?=[出到來去參])|無法|不同|不過|不僅|不只|不但|非常|除非|不足|不實|不良|不當|未滿|不到|未達|未來|不一樣|不(?:得|能|可以?)?(?:超過|[低少高多]於)|不如|沒辦法|不可(?=抗力)|只?不過"
    r"|(?<=違反)不[得可]|特別|分別|類別|個別|差別|別人|別的"
)
_ENDS: Final = re.compile(r"[而並且但就則才,]")
_LISTED: Final = re.compile(r"[而並且但就則才,、或及與和]")


def _masked(part: str) -> str:
    return _WORD.sub(lambda found: "＿" * len(found.group()), part)


def negates(part: str) -> bool:
    """True if a part of a text negates or limits anything."""
    return _NEGATOR.search(_masked(part)) is not None or "限" in part


def turned(part: str, other: str) -> Iterator[str]:
    """Words of both parts of which one negates what the other states."""
    one, two = (_masked(without_modes(text)) for text in (part, other))
    alone = negates(one) != negates(two)
    for pair in sorted(pairs(one) & pairs(two)):
        if not pair.isalpha() or any(map(joining, pair)):
            continue
        if _apart(one, two, pair, behind=True) and (alone or _apart(one, two, pair, behind=False)):
            yield pair


def _apart(one: str, two: str, pair: str, *, behind: bool) -> bool:
    return _signs(one, pair, behind=behind).isdisjoint(_signs(two, pair, behind=behind))


def _signs(part: str, pair: str, *, behind: bool) -> frozenset[bool]:
    """Whether a pair of characters is negated, for each place where it stands."""
    return frozenset(
        _reached(part[: found.start()]) or (behind and _denied(part[found.end() :]))
        for found in re.finditer(re.escape(pair), part)
    )


def _reached(left: str) -> bool:
    """True if a negator before a word reaches it; two of them do not."""
    near = _ENDS.split(left)[-1]
    return sum(_reaches(near, found) for found in _NEGATOR.finditer(near)) % 2 == 1


def _reaches(near: str, found: re.Match[str]) -> bool:
    between = near[found.end() :]
    if found["far"]:
        return len(between) <= _FAR
    return len(between) <= _NEAR and not re.search("[的之]", between)


def _denied(right: str) -> bool:
    """True if what is said of a word behind it is negated."""
    return re.search(r"不(?!含|包)|未|沒", _LISTED.split(right)[0][:_BEHIND]) is not None
