"""
The laws that a clause tree and its editorial data must keep; pure.

No character lost, offsets that reproduce the quote, unique ids, a text that is
the one its source names, and plain words that add nothing to their clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.figures import modals_of, numbers_of
from assistant.index.words import read_contrasts
from ingest.clauses import TextTree
from ingest.faults import CorpusFault
from ingest.read import OUTLINE, PLAIN, SOURCE, Folder


def check_tree(folder: Folder, tree: TextTree) -> Iterator[CorpusFault]:
    """The laws of the tree: what `ingest.clauses` promises, checked on the text at hand."""
    file, at = folder.source.file, 0
    for span in tree.spans:
        if span.start != at:
            line = folder.text.count("\n", 0, at) + 1
            yield CorpusFault(
                file, line, f"characters {at} to {span.start} lie in no clause or in two", "report this text"
            )
        at = span.end
    if at != len(folder.text):
        yield CorpusFault(
            file, 0, f"characters {at} to {len(folder.text)} lie in no clause", "report this text"
        )
    for clause_id, times in Counter(clause.id for clause in tree.clauses).items():
        if times > 1:
            yield CorpusFault(file, 0, f"{times} clauses have the id {clause_id}", "number the items apart")
    for clause in tree.clauses:
        if folder.text[clause.start : clause.end] != clause.text:
            yield CorpusFault(
                file, clause.line, f"{clause.id} is not the text at its offsets", "report this text"
            )


def check_source(folder: Folder) -> Iterator[CorpusFault]:
    """The text is the one that source.toml names."""
    if folder.digest != folder.source.sha256:
        yield CorpusFault(
            SOURCE,
            folder.line_of(SOURCE, "sha256"),
            f"sha256 of {folder.source.file} is {folder.digest}",
            "if the new text is intended, enter this sum and the edition",
        )


def check_groups(folder: Folder, tree: TextTree) -> Iterator[CorpusFault]:
    """Every group of the outline has an id of its own and names leaves that exist."""
    leaves = {clause.id for clause in tree.clauses if clause.is_leaf}
    for group_id, times in Counter(group.id for group in folder.groups).items():
        if times > 1:
            line = folder.line_of(OUTLINE, f'"{group_id}"')
            yield CorpusFault(OUTLINE, line, f"{times} groups have the id {group_id}", "give each its own")
    for group in folder.groups:
        for clause_id in (*group.clauses, *group.limits):
            if clause_id not in leaves:
                line = folder.line_of(OUTLINE, f'"{group.id}"')
                yield CorpusFault(
                    OUTLINE, line, f"group {group.id}: no leaf clause {clause_id}", "use an id of the tree"
                )


def check_parallels(folder: Folder, tree: TextTree) -> Iterator[CorpusFault]:
    """Every side of a parallel names leaves that exist, and a kind of variants.toml."""
    leaves = {clause.id for clause in tree.clauses if clause.is_leaf}
    known = {kind for contrast in read_contrasts(folder.path) for kind in contrast}
    for parallel in folder.parallels:
        for clause_id in (clause_id for side in parallel.sides for clause_id in side):
            if clause_id not in leaves:
                line = folder.line_of(OUTLINE, f'"{clause_id.removeprefix(f"{folder.source.programme}/")}"')
                yield CorpusFault(
                    OUTLINE, line, f"a parallel: no leaf clause {clause_id}", "use an id of the tree"
                )
        for kind in (kind for side in parallel.kinds for kind in side):
            if kind not in known:
                line = folder.line_of(OUTLINE, f'"{kind}"')
                yield CorpusFault(
                    OUTLINE, line, f"a parallel: no kind {kind} in variants.toml", "name a kind of it"
                )


def check_plain(folder: Folder, tree: TextTree) -> Iterator[CorpusFault]:
    """Every leaf has a plain text; none adds a number, a date, 不得, 應 or 得."""
    leaves = {c.id.removeprefix(f"{folder.source.programme}/"): c for c in tree.clauses if c.is_leaf}
    for missing in (key for key in leaves if key not in folder.plain):
        yield CorpusFault(PLAIN, 0, f'no plain text for "{missing}"', "add one or two everyday sentences")
    for key, plain in folder.plain.items():
        line = folder.line_of(PLAIN, f'"{key}"')
        if key not in leaves:
            yield CorpusFault(PLAIN, line, f'"{key}" is no leaf clause', "use an id of the tree")
            continue
        added = sorted(numbers_of(plain) - numbers_of(leaves[key].text))
        added += sorted(modals_of(plain) - modals_of(leaves[key].text))
        if added:
            what = f'"{key}" brings in {"、".join(added)}, which its clause does not have'
            yield CorpusFault(PLAIN, line, what, "say it with the clause's own figures and verbs")
