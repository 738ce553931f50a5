"""
What the checks know of a programme: who has a part in it, words that say the same, opposites, everyday words.

The words are data: checks.toml of all programmes and of one. What a clause is about is derived from
the guideline, so that a programme without a checks.toml is checked too.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from assistant.domain import Clause, Guideline
from assistant.index.words import fold, read_contrasts, read_variants
from assistant.support.figures import LimitedFigure, figures_of
from assistant.support.parts import alternatives, pairs, parts_of, plain_of

CHECKS: Final = "checks.toml"
_GAPS: Final = "gaps.toml"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a clause carries: its text in one spelling, its parts, figures, kinds and roles, and all words that speak of it."""

    text: str
    parts: tuple[str, ...]
    figures: tuple[LimitedFigure, ...]
    kinds: frozenset[str]
    roles: frozenset[str]
    words: str


@dataclass(frozen=True)
class Checks:
    """
    The words of a programme that its sentences are checked by.

    `roles`, `same` and `like`: a word of the guideline, and others for it, who has a part, what says
    exactly the same, and what people loosely say for it; `covers`: a word of the guideline, and whom it means; `opposites`: words that exclude each other; `everyday`: words that claim nothing; `contrasts`: kinds that exclude each other, by name a
    regular expression; `silent`: topics on which the guideline says nothing.
    """

    guideline: Guideline
    roles: Mapping[str, tuple[str, ...]]
    same: Mapping[str, tuple[str, ...]]
    like: Mapping[str, tuple[str, ...]]
    covers: Mapping[str, tuple[str, ...]]
    opposites: tuple[tuple[str, str], ...]
    everyday: re.Pattern[str]
    contrasts: tuple[Mapping[str, str], ...]
    silent: tuple[str, ...]

    @cached_property
    def bases(self) -> Mapping[str, Basis]:
        """What each leaf carries, by its id."""
        return {leaf.id: self._ground(leaf) for leaf in self.guideline.leaves}

    @cached_property
    def common(self) -> frozenset[str]:
        """Pairs of characters that many entries have: they belong to no clause."""
        entries = {entry.number: [""] for entry in self.guideline.entries}
        for leaf in self.guideline.leaves:
            entries[leaf.entry].append(plain_of(leaf.text))
        counts = Counter(pair for texts in entries.values() for pair in pairs("。".join(texts)))
        return frozenset(pair for pair, count in counts.items() if count >= max(3, len(entries) / 3))

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Pairs of characters that belong to one matter: what clauses say, and what the guideline is silent on."""
        leaves = frozenset[str]().union(*(pairs(basis.text) for basis in self.bases.values()))
        return (leaves | frozenset[str]().union(*map(pairs, self.silent))) - self.common

    def kinds_in(self, text: str) -> frozenset[str]:
        """The kinds that a text names."""
        folded = fold(text)
        return frozenset(
            name
            for contrast in self.contrasts
            for name, words in contrast.items()
            if re.search(words, folded)
        )

    def roles_in(self, text: str) -> frozenset[str]:
        """Those who have a part in the programme and are named in a text, by the guideline's name."""
        return frozenset(self._by_name[name] for name in self._names.findall(text))

    def excluded(self, kinds: AbstractSet[str], basis: Basis) -> bool:
        """True if a clause is about other kinds than those that were named."""
        return any(
            kinds & contrast.keys()
            and basis.kinds & contrast.keys()
            and not kinds & basis.kinds & contrast.keys()
            for contrast in self.contrasts
        )

    def in_words_of(self, bases: Iterable[Basis], text: str) -> str:
        """A text with the clauses' own words in place of others that say the same."""
        whole = "。".join(basis.text for basis in bases)
        return self._others.sub(lambda found: self._theirs(found.group(), whole), text)

    def _theirs(self, said: str, whole: str) -> str:
        words = self._terms.get(said, ()) if said not in whole else ()
        return next((word for word in words if word in whole), said)

    def said_for(self, basis: Basis) -> frozenset[str]:
        """The pairs of characters of other words for those of a clause."""
        terms = [*self.same.items(), *self.like.items()]
        return pairs(" ".join(other for word, others in terms if word in basis.words for other in others))

    @cached_property
    def _terms(self) -> Mapping[str, tuple[str, ...]]:
        """The guideline's words by each other that says the same."""
        terms: dict[str, tuple[str, ...]] = {}
        for word, others in (*self.roles.items(), *self.same.items()):
            for other in others:
                terms[other] = (*terms.get(other, ()), word)
        return terms

    @cached_property
    def _others(self) -> re.Pattern[str]:
        """Those words, and whole names besides: 店 says 攤, 總店 does not."""
        return alternatives({*self._terms, *self._by_name})

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {name: role for role, others in self.roles.items() for name in (role, *others)}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return alternatives(self._by_name)

    def _ground(self, leaf: Clause) -> Basis:
        entry, text = self.guideline.entry(leaf.entry), plain_of(leaf.text)
        kinds = self.kinds_in(f"{leaf.label} {leaf.text} {entry.track}") | {
            kind
            for parallel in self.guideline.parallels
            for names, side in zip(parallel.kinds, parallel.sides, strict=True)
            if leaf.id in side
            for kind in names
        }
        parts = parts_of(text)
        figures = tuple(figure for part in parts for figure in figures_of(part))
        meant = [role for word, roles in self.covers.items() if word in text for role in roles]
        roles = self.roles_in(f"{text} {leaf.label} {' '.join(meant)}")
        return Basis(text, parts, figures, kinds, roles, f"{text} {leaf.label} {leaf.plain} {entry.question}")


def _silent(bank: Path) -> tuple[str, ...]:
    """The topics on which the text says nothing; a file that is no TOML is the bank's fault to tell."""
    try:
        gaps = tomllib.loads(bank.read_text(encoding="utf8")).get("gap", ())
    except (FileNotFoundError, tomllib.TOMLDecodeError):
        return ()
    return tuple(gap["topic"] for gap in gaps if "topic" in gap)


def read_checks(programme: Path, guideline: Guideline, *, gaps: bool = True) -> Checks:
    """
    The checks of a programme: checks.toml beside its folder and in it, variants and, with `gaps`, topics of silence.

    Raises:
        OSError, ValueError: the file that all programmes share is missing, or one is not TOML.
    """
    paths = [programme.parent / CHECKS, programme / CHECKS]
    tables = [tomllib.loads(path.read_text(encoding="utf8")) for path in paths if path.exists()]
    silent = _silent(programme / _GAPS) if gaps else ()
    everyday = {word for table in tables for words in table.get("everyday", ()) for word in words.split()}
    roles = _merged(table.get("roles", {}) for table in tables)
    return Checks(
        guideline,
        roles,
        _merged(table.get("same", {}) for table in tables),
        read_variants(programme),
        _merged(table.get("covers", {}) for table in tables),
        tuple((one, two) for table in tables for one, two in table.get("opposites", ())),
        alternatives({*everyday, *(name for role, others in roles.items() for name in (role, *others))}),
        read_contrasts(programme),
        silent,
    )


def _merged(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for word, others in table.items():
            merged[word] = (*merged.get(word, ()), *others)
    return merged
