"""
questions.toml, gaps.toml and both outside.toml -> targets and the questions that lead to them.

A question that stands under two targets, or nearly the same question twice, teaches
the ranker nothing or the wrong thing: both are refused with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import create_model

from assistant.domain import Guideline
from assistant.index.targets import Target, TargetKind
from ingest.faults import CorpusError, CorpusFault, of_all_programmes
from ingest.read import Strict, load_model
from ingest.toml_lines import header_lines

QUESTIONS: Final = "questions.toml"
GAPS: Final = "gaps.toml"
OUTSIDE: Final = "outside.toml"
SHARED: Final = f"../{OUTSIDE}"  # as seen from a programme's folder


@dataclass(frozen=True, slots=True)
class Sample:
    """One question of the bank, the key of its target, and its place."""

    text: str
    target: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Bank:
    """The targets in the order of the files, and every sample."""

    targets: tuple[Target, ...]
    samples: tuple[Sample, ...]


class _Ask(Strict):
    questions: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    group: str = ""
    groups: tuple[str, ...] = ()


class _Gap(Strict):
    id: str
    topic: str
    referral: str = ""
    nearby: tuple[str, ...] = ()
    questions: tuple[str, ...]


class _Outside(Strict):
    id: str
    kind: Literal["offtopic", "smalltalk", "attack", "noise"]
    questions: tuple[str, ...]


def read_bank(folder: Path, guideline: Guideline) -> Bank:
    """
    The bank of a programme; a file that is missing counts as empty.

    Raises:
        CorpusError: a key is wrong, an id or group does not exist, a question stands
            twice (letter for letter, punctuation aside).
    """
    faults: list[CorpusFault] = []
    blocks = list(_blocks(folder, guideline, faults))
    answers = _answers(target for target, _, _ in blocks)
    targets: dict[str, Target] = {}
    headed: set[tuple[str, str]] = set()
    samples: list[Sample] = []
    for block, questions, place in blocks:
        target = block if block.opens else answers.get(frozenset(block.clauses), block)
        first = targets.get(target.key, target)
        if target.kind is not TargetKind.CLAUSE and (place.file, target.key) in headed:
            faults.append(
                place.fault(f"{target.key} stands already in this file", "give the block an id of its own")
            )
        elif target.kind is not first.kind:
            faults.append(
                place.fault(f"{target.key} is {first.kind.value} in {SHARED}", "give both the same kind")
            )
        headed.add((place.file, target.key))
        targets.setdefault(target.key, target)
        samples += [Sample(q, target.key, place.file, place.line_of(q)) for q in questions]
    faults += _repeats(samples)
    if faults:
        raise CorpusError(faults)
    return Bank(tuple(targets.values()), tuple(samples))


def _answers(targets: Iterable[Target]) -> dict[frozenset[str], Target]:
    """
    One target for each set of clauses, whatever order or group names it.

    Two would share the probability of one answer. The one with limits is kept, since
    a group knows what qualifies it.
    """
    kept: dict[frozenset[str], Target] = {}
    for target in targets:
        clauses = frozenset(target.clauses)
        if (
            clauses
            and not target.opens
            and (clauses not in kept or (target.limits and not kept[clauses].limits))
        ):
            kept[clauses] = target
    return kept


@dataclass(frozen=True, slots=True)
class _BankPlace:
    """A block of a bank file: finds the line of a question at or below the block's header."""

    file: str
    lines: list[str]
    header: int

    def fault(self, what: str, remedy: str) -> CorpusFault:
        """A fault of the block."""
        return CorpusFault(self.file, self.header, what, remedy)

    def line_of(self, question: str) -> int:
        words = question.replace("\\", "\\\\").replace('"', '\\"').split("\n")[0]
        for wanted in (f'"{words}"', words):  # a short question is often part of a longer one
            for n, line in enumerate(self.lines[self.header :], self.header + 1):
                if wanted in line:
                    return n
        return self.header


_Row = TypeVar("_Row", bound=Strict)
_Block = tuple[Target, tuple[str, ...], _BankPlace]


def _blocks(folder: Path, guideline: Guideline, faults: list[CorpusFault]) -> Iterator[_Block]:
    """Every block of the files: its target, its questions, its place."""
    gaps = _rows(folder / GAPS, "gap", _Gap)
    topics = {gap.id: gap.topic for gap, _ in gaps}
    for ask, place in _rows(folder / QUESTIONS, "ask", _Ask):
        yield _clause_target(ask, guideline, topics, place, faults), ask.questions, place
    for gap, place in gaps:
        nearby = _leaves(gap.nearby, guideline, place, faults)
        referral = gap.referral or guideline.source.referral
        target = Target(f"gap:{gap.id}", TargetKind.GAP, topic=gap.topic, referral=referral, nearby=nearby)
        yield target, gap.questions, place
    with of_all_programmes():
        shared = _rows(folder.parent / OUTSIDE, "outside", _Outside)
    own = _rows(folder / OUTSIDE, "outside", _Outside)
    for file, rows in ((SHARED, shared), (OUTSIDE, own)):  # the programme's own go on with the shared ones
        for block, place in rows:
            named = replace(place, file=file)
            yield Target(f"outside:{block.id}", TargetKind(block.kind)), block.questions, named


def _rows(path: Path, table: str, model: type[_Row]) -> list[tuple[_Row, _BankPlace]]:
    """The tables of a file, which has no others, each with its place; none if there is no such file."""
    if not path.exists():
        return []
    file = create_model("file", __base__=Strict, **{table: (tuple[model, ...], ())})  # type: ignore[call-overload,valid-type]
    rows: tuple[_Row, ...] = getattr(load_model(path, file), table)
    text = path.read_text(encoding="utf8")
    lines = text.splitlines()
    places = (_BankPlace(path.name, lines, header) for header in header_lines(text, table, len(rows)))
    return list(zip(rows, places, strict=True))


def _clause_target(
    ask: _Ask, guideline: Guideline, topics: Mapping[str, str], place: _BankPlace, faults: list[CorpusFault]
) -> Target:
    named = ask.groups or ((ask.group,) if ask.group else ())
    if bool(named) == bool(ask.clauses):
        what = "an [[ask]] needs either clauses, or group or groups"
        faults.append(place.fault(what, "name the clauses that answer, or the group"))
    groups = {group.id: group for group in guideline.groups}
    remedy = f"use one of {', '.join(groups)}"
    faults += [
        place.fault(f"no group {name} in outline.toml", remedy) for name in named if name not in groups
    ]
    chosen = [groups[name] for name in named if name in groups]
    clauses = _leaves(ask.clauses, guideline, place, faults) + _unique(c for g in chosen for c in g.clauses)
    limits = _unique(c for g in chosen for c in g.limits)
    silent = _unique(name for g in chosen for name in g.silent)
    faults += [
        place.fault(f"no gap {name} in {GAPS}", "name a gap that has a topic")
        for name in silent
        if not topics.get(name)
    ]
    key = "+".join([*(f"@{name}" for name in named), *ask.clauses])
    return Target(
        key,
        TargetKind.CLAUSE,
        clauses,
        limits,
        silent=tuple(topics.get(name, "") for name in silent),
        next=_unique(words for g in chosen for words in g.next),
        check=any(g.check for g in chosen),
    )


def _leaves(
    ids: tuple[str, ...], guideline: Guideline, place: _BankPlace, faults: list[CorpusFault]
) -> tuple[str, ...]:
    found = []
    for name in ids:
        clause = guideline.by_id.get(f"{guideline.source.programme}/{name}")
        if clause is None or not clause.is_leaf:
            faults.append(place.fault(f"no leaf clause {name}", "use an id of the tree"))
        else:
            found.append(clause.id)
    return tuple(found)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _repeats(samples: list[Sample]) -> Iterator[CorpusFault]:
    """Questions that read the same but for punctuation and spaces."""
    seen: dict[str, Sample] = {}
    for sample in samples:
        key = re.sub(r"[\W_]+", "", sample.text.lower()) or sample.text
        first = seen.setdefault(key, sample)
        if first is not sample:
            what = f"「{sample.text[:40]}」 stands already at {first.file}:{first.line}"
            yield CorpusFault(sample.file, sample.line, what, "keep one of the two")
