"""
True sentences of a programme, and false ones made of them: each claims what its clause does not say.

True are each clause in its own and in plain words. False is a sentence with one thing changed (a figure,
a limit, what one must or may, a negation, who does it, the kind), another clause's sentence, one without
its condition, and a claim on what the guideline is known to be silent about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.domain import Clause
from assistant.support import Checks
from assistant.support.conditions import conditions_of

# What is exchanged, by the check that should see it; the first of a pair becomes the second.
_EXCHANGED: Final = {
    "comparator": (
        ("至少", "最多"),
        ("不得超過", "不得低於"),
        ("最多", "至少"),
        ("以上", "以下"),
        ("以下(?!說明|簡|是)", "以上"),
        ("年內", "年後"),
    ),
    "modality": (
        (r"(?<![不取獲值使])得(?=[取解停撤要])", "應"),
        (r"(?<![不取獲值使])得(?=[取解停撤要])", "必須"),
        (r"(?<![反因效適供對回])應(?![用可])", "可以不"),
        (r"(?:也|亦|就)?可以?(?=[搭結成自再])", "必須"),
        ("不得(?!超過)", "可以"),
        ("須(?=[提附])", "不須"),
        ("有權", "必須"),
        ("要(?=[有能積依])", "不用"),
    ),
    "polarity": (
        ("(?:會|將)(?=[列看])", "不會"),
        ("不在此限", "同受此限"),
        ("不含", "包含"),
        ("未曾|沒有(?=[接受])", "曾經"),
        ("非因|不是因為", "因為"),
        ("不限", "限定"),
        ("不算在內", "也算在內"),
        ("(?<!不)符合", "不符合"),
    ),
}
_SHORTEST: Final = 8
_DIGIT: Final = "一二三四五六七八九"
_FIGURE: Final = re.compile(rf"(?:\d+|[{_DIGIT}](?=[家年個月]|成|人|萬|千|百))(?!家也算)")
_ASSERTED: Final = ("指引規定了{}。", "申請時要先說明{}。", "入選後本會依{}辦理。")


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence with the clauses that it cites; `holds` if they carry it, else `kind` says what is false."""

    text: str
    clauses: tuple[Clause, ...]
    kind: str
    holds: bool


def claims(checks: Checks) -> list[Assertion]:
    """The true sentences of a programme and the false ones made of them, in the guideline's order."""
    return [claim for leaf in checks.guideline.leaves for claim in _claims(leaf, checks)]


def _claims(leaf: Clause, checks: Checks) -> Iterator[Assertion]:
    true = tuple(dict.fromkeys(filter(None, (leaf.text, leaf.plain))))
    for text in true:
        yield Assertion(text, (leaf,), "own words" if text == leaf.text else "plain words", holds=True)
    seen = set(true)
    for kind, text in _false(leaf, true, checks):
        if text not in seen and len(text) >= _SHORTEST:
            seen.add(text)
            yield Assertion(text, (leaf,), kind, holds=False)


def _false(leaf: Clause, true: Iterable[str], checks: Checks) -> Iterator[tuple[str, str]]:
    for text in true:
        for found in _FIGURE.finditer(text):
            for other in _others(found.group()):
                yield "figure", text[: found.start()] + other + text[found.end() :]
        for kind, exchanged in _EXCHANGED.items():
            for one, two in exchanged:
                yield kind, re.sub(one, two, text, count=1)
        yield from (("role", changed) for changed in _renamed(text, checks))
        yield from (("kind", changed) for changed in _of_another_kind(text, checks))
        for condition in conditions_of(text):
            yield "condition", text.replace(condition, "").strip(",，。")
    for stranger in _strangers(leaf, checks.guideline.leaves):
        yield "other clause", stranger.plain or stranger.text
    silent = [topic for topic in checks.silent if topic]
    for topic in silent[leaf.start % max(1, len(silent)) :: 7]:
        for asserted in _ASSERTED:
            yield "made up", asserted.format(topic)


def _others(figure: str) -> Iterator[str]:
    if figure in _DIGIT:
        at = _DIGIT.index(figure)
        yield from (_DIGIT[(at + step) % len(_DIGIT)] for step in (1, 2, 5))
    else:
        yield from (str(n) for n in (int(figure) + 1, abs(int(figure) - 1) or 3, int(figure) * 2))


def _renamed(text: str, checks: Checks) -> Iterator[str]:
    named = sorted(checks.roles_in(text))
    strangers = [role for role in checks.roles if role not in text and role not in named]
    for at, role in enumerate(role for role in named if role in text):
        for other in strangers[at :: max(1, len(strangers) // 3)]:
            yield text.replace(role, other, 1)


def _of_another_kind(text: str, checks: Checks) -> Iterator[str]:
    for contrast in checks.contrasts:
        for one in contrast:
            for other in contrast:
                if one != other and re.search(rf"{one}型|{one}(?=[至的裡限換新類])", text):
                    yield text.replace(one, other)


def _strangers(leaf: Clause, leaves: tuple[Clause, ...]) -> Iterator[Clause]:
    """Every seventh other leaf, unless it reads the same."""
    start = leaves.index(leaf)
    for step in range(3, len(leaves), 7):
        other = leaves[(start + step) % len(leaves)]
        if other.text != leaf.text:
            yield other


def unplain(checks: Checks) -> Checks:
    """The checks without the clauses' plain words, which are themselves to be checked."""
    bare = tuple(replace(clause, plain="") for clause in checks.guideline.clauses)
    return replace(checks, guideline=replace(checks.guideline, clauses=bare))
