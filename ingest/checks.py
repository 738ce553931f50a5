"""
The laws that a clause tree and its editorial data must keep; pure.

No character in two clauses, offsets that reproduce the quote, unique ids, a text that is
the one its source names, and plain words that add nothing to their clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from assistant.domain import Clause, Guideline
from assistant.index.words import read_contrasts
from assistant.support import modals_of, new_figures, read_checks, unsupported
from ingest.faults import CorpusFault
from ingest.read import OUTLINE, PLAIN, SOURCE, WORDING, Folder


def check_tree(folder: Folder, clauses: Sequence[Clause]) -> Iterator[CorpusFault]:
    """The laws of the tree: what `ingest.clauses` promises, checked on the text at hand."""
    file, report, end = folder.source.file, "report this text", 0
    for leaf in _leaves(clauses):
        if leaf.start < end:
            what = f"characters {leaf.start} to {end} lie in two clauses"
            yield CorpusFault(file, leaf.line, what, report)
        end = leaf.end
    for clause_id, times in Counter(clause.id for clause in clauses).items():
        if times > 1:
            yield CorpusFault(file, 0, f"{times} clauses have the id {clause_id}", "number the items apart")
    for clause in clauses:
        if folder.text[clause.start : clause.end] != clause.text:
            yield CorpusFault(file, clause.line, f"{clause.id} is not the text at its offsets", report)


def _leaves(clauses: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.is_leaf]


def check_source(folder: Folder) -> Iterator[CorpusFault]:
    """The text is the one that source.toml names."""
    if folder.digest != folder.source.sha256:
        yield CorpusFault(
            SOURCE,
            folder.line_of(SOURCE, "sha256"),
            f"sha256 of {folder.source.file} is {folder.digest}",
            "if the new text is intended, enter this sum and the edition",
        )


def check_groups(folder: Folder, clauses: Sequence[Clause]) -> Iterator[CorpusFault]:
    """Every group of the outline has an id of its own and names leaves that exist."""
    leaves = {leaf.id for leaf in _leaves(clauses)}
    for group_id, times in Counter(group.id for group in folder.groups).items():
        if times > 1:
            yield _of_outline(folder, group_id, f"{times} groups have the id {group_id}", "give each its own")
    for group in folder.groups:
        for clause_id in (*group.clauses, *group.limits):
            if clause_id not in leaves:
                what = f"group {group.id}: no leaf clause {clause_id}"
                yield _of_outline(folder, group.id, what, "use an id of the tree")


def check_parallels(folder: Folder, clauses: Sequence[Clause]) -> Iterator[CorpusFault]:
    """Every side of a parallel names leaves that exist, and a kind of variants.toml."""
    leaves = {leaf.id for leaf in _leaves(clauses)}
    known = {kind for contrast in read_contrasts(folder.path) for kind in contrast}
    for parallel in folder.parallels:
        for clause_id in chain.from_iterable(parallel.sides):
            if clause_id not in leaves:
                named = clause_id.removeprefix(f"{folder.source.programme}/")
                what = f"a parallel: no leaf clause {clause_id}"
                yield _of_outline(folder, named, what, "use an id of the tree")
        for kind in chain.from_iterable(parallel.kinds):
            if kind not in known:
                what = f"a parallel: no kind {kind} in variants.toml"
                yield _of_outline(folder, kind, what, "name a kind of it")


def _of_outline(folder: Folder, name: str, what: str, remedy: str) -> CorpusFault:
    return CorpusFault(OUTLINE, folder.line_of(OUTLINE, f'"{name}"'), what, remedy)


def check_short(folder: Folder, clauses: Sequence[Clause]) -> Iterator[CorpusFault]:
    """Every short question is about a leaf, and brings in no number that its clause does not have."""
    leaves = {leaf.id.removeprefix(f"{folder.source.programme}/"): leaf for leaf in _leaves(clauses)}
    for key, words in folder.questions.items():
        line = folder.line_of(WORDING, f'"{key}"')
        if key not in leaves:
            yield CorpusFault(WORDING, line, f'"{key}" is no leaf clause', "use an id of the tree")
        elif new_figures(words, leaves[key].text):
            yield CorpusFault(WORDING, line, f'"{key}" brings in a number', "ask without one")


def check_plain(folder: Folder, guideline: Guideline) -> Iterator[CorpusFault]:
    """Every leaf has a plain text that says no more than it does; `guideline` has none of them yet."""
    leaves = {leaf.id.removeprefix(f"{folder.source.programme}/"): leaf for leaf in guideline.leaves}
    for missing in (key for key in leaves if key not in folder.plain):
        yield CorpusFault(PLAIN, 0, f'no plain text for "{missing}"', "add one or two everyday sentences")
    checks = read_checks(folder.path, guideline, gaps=False)
    for key, plain in folder.plain.items():
        line = folder.line_of(PLAIN, f'"{key}"')
        if key not in leaves:
            yield CorpusFault(PLAIN, line, f'"{key}" is no leaf clause', "use an id of the tree")
            continue
        modals = sorted(modals_of(plain) - modals_of(leaves[key].text))
        more = [*(f"modality: {modal}" for modal in modals), *unsupported(plain, [leaves[key]], checks)]
        if more:
            what = f'"{key}" says more than its clause ({"; ".join(map(str, more))})'
            yield CorpusFault(
                PLAIN, line, what, "say it with the clause's own words, or put the word into checks.toml"
            )
