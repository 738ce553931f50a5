"""
What the clauses of a programme do, as data: norms.toml beside the clauses.

A norm names an act in the words that people use for it and says what its clauses do about it;
a short answer says in a few words who, how many or what then. Nothing else may be said in a lead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, get_args

from assistant.domain import Clause
from assistant.index.words import fold

NORMS: Final = "norms.toml"
Does = Literal["forbid", "oblige", "permit", "discretion", "state", "span", "depends", "condition"]
_FORBIDDING: Final = frozenset({"不得", "不可", "禁止"})
_BINDING: Final = re.compile(r"(不得|不可(?!抗)|禁止|必須|(?<![反供因對])應(?![用變])|須)(.+)")
_WINDOW: Final = 3
_LIMITED: Final = re.compile(r"[年月日]之?內|但|除|不在此限|始得")
ASKED: Final = ("who", "many", "long", "when", "then", "why", "differ", "what", "how")


class NormsError(ValueError):
    """norms.toml cannot be used; the message says which table and why."""


@dataclass(frozen=True)
class Norm:
    """
    What clauses do about one act.

    `act` and `contrary` are regular expressions over folded text, for the act and for its opposite;
    `says` stands behind the yes or no, `yes`, `no` instead of it behind the one or the other. Where a figure
    decides, `figure` is its number, `unit` finds it in a question, and `sign` says which numbers conform.
    `rank`: a higher one is said rather than a lower, since it tells what that is limited to;
    `verbs`: those of the questions that it answers, if not all.
    """

    clauses: tuple[str, ...]
    does: Does
    act: tuple[str, ...]
    contrary: tuple[str, ...] = ()
    says: str = ""
    yes: str = ""
    no: str = ""
    figure: str = ""
    unit: str = ""
    sign: str = ""
    rank: int = 0
    verbs: tuple[str, ...] = ()

    @cached_property
    def acts(self) -> re.Pattern[str]:
        """Finds the act."""
        return re.compile(fold("|".join(self.act)) or r"(?!)")

    @cached_property
    def contraries(self) -> re.Pattern[str]:
        """Finds the opposite of the act."""
        return re.compile(fold("|".join(self.contrary)) or r"(?!)")


@dataclass(frozen=True)
class Short:
    """Short answers that clauses give: by what is asked, the sentence; `about` finds what it is given for."""

    clauses: tuple[str, ...]
    answers: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True)
class Norms:
    """All norms and short answers of a programme; empty for one without."""

    norms: tuple[Norm, ...] = ()
    shorts: tuple[Short, ...] = field(default=())

    def sentences(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every sentence that may be said, with the clauses that it stands on."""
        for norm in self.norms:
            yield from ((text, norm.clauses) for text in (norm.says, norm.yes, norm.no) if text)
        for short in self.shorts:
            yield from ((text, short.clauses) for text in short.answers.values())


def load_norms(folder: Path) -> Norms:
    """
    The norms of a programme's folder; none if it has no norms.toml.

    Raises:
        NormsError: a table has an unknown key or value, or a regular expression is wrong.
    """
    if not (folder / NORMS).exists():
        return Norms()
    try:
        tables = tomllib.loads((folder / NORMS).read_text(encoding="utf8"))
        return Norms(
            tuple(_norm(table, folder.name) for table in tables.get("norm", ())),
            tuple(_short(table, folder.name) for table in tables.get("short", ())),
        )
    except (TypeError, ValueError, KeyError, re.error) as error:
        raise NormsError(f"{NORMS}: {error}") from error


def derived_norms(leaves: Iterable[Clause]) -> Norms:
    """
    What the clauses of a programme without norms.toml refuse, by their own 不得 and 應: nothing is permitted by them.

    A clause with an exception or a time is left out, since a bare 「不可以」 would drop it. The first words behind 不得, and any three characters behind either, are taken for the act.
    """
    return Norms(
        tuple(
            Norm(
                (leaf.id,),
                "forbid" if found[1] in _FORBIDDING else "oblige",
                _acts(found[1], found[2]),
                verbs=("may",),
            )
            for leaf in leaves
            if not _LIMITED.search(leaf.text)
            for part in re.split(r"[,，。;；:：]", leaf.text)
            if (found := _BINDING.search(part)) and len(found[2]) >= _WINDOW
        )
    )


def _acts(verb: str, words: str) -> tuple[str, ...]:
    windows = {words[at : at + _WINDOW] for at in range(len(words) - _WINDOW + 1)}
    return tuple(map(re.escape, sorted({*windows, *([words[:2]] if verb in _FORBIDDING else [])})))


def _norm(table: dict[str, object], programme: str) -> Norm:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    norm = Norm(**{**values, "clauses": _ids(table, programme)})  # type: ignore[arg-type]
    if norm.does not in get_args(Does) or not (norm.acts and norm.contraries):
        raise ValueError(f"no such deed: {norm.does}")
    return norm


def _short(table: dict[str, object], programme: str) -> Short:
    answers = {name: str(table[name]) for name in ASKED if name in table}
    if unknown := table.keys() - {*ASKED, "clauses", "about"}:
        raise ValueError(f"unknown keys of [[short]]: {sorted(unknown)}")
    return Short(_ids(table, programme), answers, str(table.get("about", "")))


def _ids(table: dict[str, object], programme: str) -> tuple[str, ...]:
    named = table["clauses"]
    assert isinstance(named, list)
    return tuple(f"{programme}/{name}" for name in named)
