"""
Does a sentence say only what its clauses carry? Nine checks and the words that nobody knows; each gives a reason.

A sentence is cut into parts; a part that names a kind is held against the clauses of that kind, and
what it does, negates and whom it names against the part of a clause that it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assistant.domain import Clause
from assistant.support.checks import Basis, Checks
from assistant.support.conditions import dropped, narrowed, uncovered
from assistant.support.content import made_up, unknown_words
from assistant.support.figures import LimitedFigure, figures_of, without_refusals, wrong_figures
from assistant.support.modality import Mode, contradicts, modes_of, wrong_mode
from assistant.support.parts import OPEN, joining, nearest, pairs, parts_of, plain_of
from assistant.support.polarity import negates, turned

CheckName = Literal[
    "kind",
    "figure",
    "comparator",
    "modality",
    "polarity",
    "role",
    "universal",
    "condition",
    "verdict",
    "unknown",
]
# So many pairs of characters are a claim: one that shares none with its clauses is about something else.
_BARE: Final = 4
_CLAIM: Final = 4
_SENTENCE: Final = re.compile(r"[^。!?\n]+")
_UNIVERSAL: Final = re.compile(
    r"一律|所有|任何|必定|必然|隨時|永遠|唯一|全部(?=[要都皆])|絕對|無條件|沒有例外|毫無|不[管論]|無論|就算|即使|哪怕"
)
_VERB: Final = re.compile(r"得|有權|應|須|(?<!即)可|負責|要")
_NOT_THEM: Final = re.compile(r"(?:不是|並非|而非|不必|不用)由?[^,。]*")
_CASE: Final = re.compile(r"若|如果|要是|假如|倘|的話|只要")
_EVERY: Final = re.compile(r"[每均皆各]|不限|不論|一律|所有|任何|全部")
_ENOUGH: Final = re.compile(r"只要(?!求)|任何人")
_PERSON: Final = re.compile(r"您|你|妳|貴|我們|本(?!計畫|會|要點|辦法|指引|須知)|敝")
# Words that judge a case, which is for the rules or for two people.
JUDGED: Final = re.compile(r"符合|不符|可以申請|能申請|合格|資格|沒有?問題|達標|通過|過關")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a sentence may not be said of its clauses: the check that it fails, and the words at fault."""

    check: CheckName
    words: str

    def __str__(self) -> str:
        return f"{self.check}: {self.words}"


def unsupported(
    sentence: str, clauses: Sequence[Clause], checks: Checks, *, beside: str = ""
) -> tuple[Objection, ...]:
    """
    Why a sentence may not stand on the clauses that it cites; empty: it may.

    A bare answer (「不可以。」) has no predicate: it is refused only if it goes against all that the clauses do.

    Args:
        sentence: one line for people, of one or more sentences.
        clauses: the leaves that it cites; of none, every sentence is refused.
        checks: the words of the programme, made once (read_checks).
        beside: the other lines that are shown with it: a condition may be said in them.
    """
    bases = [checks.bases[clause.id] for clause in clauses if clause.is_leaf]
    if not bases:
        return (Objection("unknown", sentence),)
    text = checks.in_words_of(bases, plain_of(sentence))
    shown = f"{text}。{checks.in_words_of(bases, plain_of(beside))}"
    found = (*_said(text, bases, checks), *_left_out(text, shown, bases), *_unknown(text, bases, checks))
    return tuple(dict.fromkeys(found))


def _said(text: str, bases: Sequence[Basis], checks: Checks) -> Iterator[Objection]:
    """What is at fault with each part, held against the clauses of the kind that was named last."""
    if _PERSON.search(text) and (judged := JUDGED.search(text)):
        yield Objection("verdict", judged.group())
    kinds = frozenset[str]()
    for sentence in _SENTENCE.findall(text):
        parts = [piece for part in parts_of(sentence) for piece in _by_kind(part, checks)]
        for at, part in enumerate(parts):
            kinds = checks.kinds_in(part) or kinds
            pool = [basis for basis in bases if not checks.excluded(kinds, basis)]
            if not pool:
                yield Objection("kind", "、".join(sorted(kinds)))
                continue
            figures = figures_of(part, ",".join(parts[at + 1 :]))
            yield from _figures(figures, pool)
            yield from _against(part, parts[at + 1 :], figures, pool, checks)


def _by_kind(part: str, checks: Checks) -> list[str]:
    """A part that names several kinds, one piece for each: 「甲種至少8家、乙種至少10家」."""
    pieces = re.split(r"[、和跟與而]", part)
    return pieces if sum(bool(checks.kinds_in(piece)) for piece in pieces) > 1 else [part]


def _figures(figures: Sequence[LimitedFigure], pool: Sequence[Basis]) -> Iterator[Objection]:
    carried = [figure for basis in pool for figure in basis.figures]
    for check, words in wrong_figures(figures, carried):
        yield Objection(check, words)


def _against(
    part: str, after: Sequence[str], figures: Sequence[LimitedFigure], pool: Sequence[Basis], checks: Checks
) -> Iterator[Objection]:
    """What is at fault with a part, held against the parts of clauses that it speaks of."""
    spoken = nearest(part, [piece for basis in pool for piece in basis.parts])
    whole, there = "。".join(basis.text for basis in pool), "。".join(spoken)
    carried = {(figure.value, figure.unit) for basis in pool for figure in basis.figures}
    spent = any(f.turned or (f.refused and (f.value, f.unit) not in carried) for f in figures)
    said = without_refusals(part) if spent else part
    if not spoken and len(part) <= _BARE:
        if contradicts(said, whole, negated=negates(whole)):
            yield Objection("modality", part)
    elif wrong := wrong_mode(said, there if modes_of(there) else whole, negated=negates(there or whole)):
        yield Objection("modality", wrong.value)
    if (
        not spent
        and not _supposed(part, after)
        and (OPEN not in part or negates(part))
        and (words := _turned(part, spoken, pool))
    ):
        yield Objection("polarity", "、".join(words))
    if Mode.OBLIGE in modes_of(said) and (
        left := [missing for other in spoken if (missing := narrowed(part, other))]
    ):
        yield Objection("condition", left[0])
    yield from _roles(part, spoken, pool, checks)
    for one, two in (pair for both in checks.opposites for pair in (both, both[::-1])):
        if one in part and two in whole and one not in whole and not negates(part):
            yield Objection("polarity", one)


def _supposed(part: str, after: Sequence[str]) -> bool:
    """True of a case in which what the clause says does not hold: 「若是天災,就不受限」."""
    if not _CASE.search(part):
        return False
    then = re.split(r"[就則便]", part, maxsplit=1)[1:] or after[:1]
    return bool(then) and (negates(then[0]) or Mode.EXEMPT in modes_of(then[0]))


def _turned(part: str, spoken: Sequence[str], pool: Sequence[Basis]) -> list[str]:
    """Words of a part that the clauses' parts of which it speaks have the other way round, and no other part as it does."""
    pieces = [piece for basis in pool for piece in basis.parts]
    found = {pair for piece in spoken for pair in turned(part, piece)}
    return sorted(
        pair for pair in found if all(pair in turned(part, piece) for piece in pieces if pair in pairs(piece))
    )


def _roles(part: str, spoken: Sequence[str], pool: Sequence[Basis], checks: Checks) -> Iterator[Objection]:
    named, carried = (
        checks.roles_in(_NOT_THEM.sub("", part)),
        frozenset[str]().union(*(basis.roles for basis in pool)),
    )
    if strange := named - carried:
        yield Objection("role", "、".join(sorted(strange)))
    agents = _agents(part, checks)
    others = [who for piece in spoken if (who := _agents(piece, checks))]
    if agents and others and not strange and not any(agents <= who for who in others):
        yield Objection("role", "、".join(sorted(agents)))


def _agents(part: str, checks: Checks) -> frozenset[str]:
    """Those who are said to do something: named before the verb that binds or frees them."""
    verb = _VERB.search(part)
    return checks.roles_in(part[: verb.start()]) if verb else frozenset()


def _left_out(text: str, shown: str, bases: Sequence[Basis]) -> Iterator[Objection]:
    whole = "。".join(basis.text for basis in bases)
    if not _EVERY.search(whole) and Mode.FORBID not in modes_of(text) & modes_of(whole):
        for word in dict.fromkeys(_UNIVERSAL.findall(text)):
            yield Objection("universal", word)
    for basis in bases:
        for condition in dropped(text, shown, basis.parts):
            yield Objection("condition", condition)
        if (enough := _ENOUGH.search(text)) and (missing := list(uncovered(text, basis.parts))):
            yield Objection("condition", f"{enough.group()}: {missing[0]}")


def _unknown(text: str, bases: Sequence[Basis], checks: Checks) -> Iterator[Objection]:
    words = " ".join(basis.words for basis in bases)
    known = pairs(words) | checks.common | {word.lower() for word in re.findall(r"[A-Za-z]{2,}", words)}
    for basis in bases:
        known |= checks.said_for(basis)
    unknown = unknown_words(text, "".join(basis.text for basis in bases), known, checks.everyday)
    if strange := list(made_up(text, unknown, checks.foreign)):
        yield Objection("unknown", "、".join(strange))
    claimed = {pair for pair in pairs(text) if pair.isalpha() and not any(map(joining, pair))}
    claimed -= checks.common | pairs(" ".join(checks.everyday.findall(text)))
    if len(claimed) >= _CLAIM and not claimed & known:
        yield Objection("unknown", text)
