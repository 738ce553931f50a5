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
from assistant.support.figures import LimitedFigure, figures_of, wrong_figures
from assistant.support.modality import Mode, modes_of, wrong_mode
from assistant.support.parts import nearest, pairs, parts_of, plain_of
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
_SENTENCE: Final = re.compile(r"[^。!?\n]+")
_UNIVERSAL: Final = re.compile(
    r"一律|所有|任何|必定|必然|隨時|永遠|唯一|全部(?=[要都皆])|絕對|完全|無條件|沒有例外|毫無"
)
_EVERY: Final = re.compile(r"[每均皆各]|一律|所有|任何|全部")
_ENOUGH: Final = re.compile(r"只要(?!求)|任何人")
_PERSON: Final = re.compile(r"您|你|妳|貴|我們|本群聚|敝|您好")
_JUDGED: Final = re.compile(r"符合|不符|可以申請|能申請|合格|資格|沒有?問題|達標|通過|過關")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a sentence may not be said of its clauses: the check that it fails, and the words at fault."""

    check: CheckName
    words: str

    def __str__(self) -> str:
        return f"{self.check}: {self.words}"


def unsupported(
    sentence: str, clauses: Sequence[Clause], checks: Checks, *, beside: str = "", asked: bool = False
) -> tuple[Objection, ...]:
    """
    Why a sentence may not stand on the clauses that it cites; empty: it may.

    A bare lead (「不可以。」) claims what was asked: check `statement(lead, question)` with `asked`. A lead
    with words of its own (「不是 5 家，至少要 8 家。」) is checked as it stands, `beside` the lines below it.

    Args:
        sentence: one line for people, of one or more sentences.
        clauses: the leaves that it cites; of none, every sentence is refused.
        checks: the words of the programme, made once (read_checks).
        beside: the other lines that are shown with it: a condition may be said in them.
        asked: the sentence is a person's question in the form of a statement (see `statement`), whose
            words are not the clauses' own: unknown words and words left out are no fault then.
    """
    bases = [checks.bases[clause.id] for clause in clauses if clause.is_leaf]
    if not bases:
        return (Objection("unknown", sentence),)
    text = checks.in_words_of(bases, plain_of(sentence))
    found = [*_said(text, bases, checks, asked=asked)]
    if not asked:
        found += _left_out(text, f"{text}。{checks.in_words_of(bases, plain_of(beside))}", bases)
        found += _unknown(text, bases, checks)
    return tuple(dict.fromkeys(found))


def statement(lead: str, question: str) -> str:
    """
    A person's question answered by a bare lead, as a statement: 「不可以。」 to 「可以轉包嗎?」 is 「不可以轉包」.

    Check a lead that has no predicate of its own by
    `unsupported(statement(lead, question), clauses, checks, asked=True)`.
    """
    said = re.sub(r"[嗎呢吧啊嘛?？]+|請問|想問", "", plain_of(question)).strip()
    bare = plain_of(lead).strip("。,")
    positive = re.sub(r"^不(?:一定)?", "", bare)
    for modal in (positive, "可以", "能", "要", "會", "是", "算", "有"):
        if modal and modal in said:
            return said.replace(modal, bare, 1)
    return f"{bare}{said}"


def _said(text: str, bases: Sequence[Basis], checks: Checks, *, asked: bool) -> Iterator[Objection]:
    """What is at fault with each part, held against the clauses of the kind that was named last."""
    if not asked and _PERSON.search(text) and (judged := _JUDGED.search(text)):
        yield Objection("verdict", judged.group())
    kinds = frozenset[str]()
    for sentence in _SENTENCE.findall(text):
        parts = parts_of(sentence)
        for at, part in enumerate(parts):
            kinds = checks.kinds_in(part) or kinds
            pool = [basis for basis in bases if not any(checks.excluded(kind, basis) for kind in kinds)]
            if not pool:
                yield Objection("kind", "、".join(sorted(kinds)))
                continue
            figures = figures_of(part, ",".join(parts[at + 1 :]))
            yield from _figures(figures, pool)
            yield from _against(part, parts[at + 1 :], figures, pool, checks)


def _figures(figures: Sequence[LimitedFigure], pool: Sequence[Basis]) -> Iterator[Objection]:
    carried = [figure for basis in pool for figure in basis.figures]
    for check, words in wrong_figures(figures, carried):
        yield Objection(check, words)


def _against(
    part: str, after: Sequence[str], figures: Sequence[LimitedFigure], pool: Sequence[Basis], checks: Checks
) -> Iterator[Objection]:
    """What is at fault with a part, held against the parts of clauses that it speaks of."""
    clause_parts = [piece for basis in pool for piece in basis.parts]
    bare = not pairs(part) or len(part) <= 4  # noqa: PLR2004  # 「不可以」 is said of what follows
    spoken = nearest(part if not bare else ",".join((part, *after)), clause_parts)
    whole = "。".join(basis.text for basis in pool)
    said = modes_of(part) - ({Mode.FORBID} if any(f.turned or f.refused for f in figures) else set())
    stands = modes_of("。".join(spoken)) or modes_of(whole)
    if wrong := wrong_mode(said, stands, negated=negates("。".join(spoken) or whole)):
        yield Objection("modality", wrong.value)
    if spoken:
        signs = [frozenset(turned(part, other)) for other in spoken]
        if all(signs) and not any(figure.turned or figure.refused for figure in figures):
            yield Objection("polarity", "、".join(sorted(signs[0])))
    if Mode.OBLIGE in said and (left := [words for other in spoken if (words := narrowed(part, other))]):
        yield Objection("condition", left[0])
    yield from _roles(part, spoken, pool, checks)
    for one, two in (pair for both in checks.opposites for pair in (both, both[::-1])):
        if one in part and two in whole and one not in whole and not negates(part):
            yield Objection("polarity", one)


def _roles(part: str, spoken: Sequence[str], pool: Sequence[Basis], checks: Checks) -> Iterator[Objection]:
    named, carried = checks.roles_in(part), checks.roles_in("。".join(basis.words for basis in pool))
    if strange := named - carried:
        yield Objection("role", "、".join(sorted(strange)))
    there = checks.roles_in("。".join(other.partition("由")[2] for other in spoken))
    if named and there and named.isdisjoint(there) and not strange:
        yield Objection("role", "、".join(sorted(named)))


def _left_out(text: str, shown: str, bases: Sequence[Basis]) -> Iterator[Objection]:
    whole = "。".join(basis.text for basis in bases)
    if not _EVERY.search(whole):
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
    unknown = unknown_words(text, known, checks.everyday)
    if strange := list(made_up(unknown, checks.foreign)):
        yield Objection("unknown", "、".join(strange))
