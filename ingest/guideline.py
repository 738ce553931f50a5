"""A programme's folder -> the Guideline that is indexed and quoted, all laws checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.domain import Clause, Guideline
from ingest.checks import check_groups, check_parallels, check_plain, check_short, check_source, check_tree
from ingest.clauses import parse
from ingest.faults import CorpusError
from ingest.norms import check_norms
from ingest.outline import locate_entries
from ingest.read import Folder, read_folder
from ingest.rules import check_rules


def load_guideline(path: Path) -> Guideline:
    """
    Read, parse and check one programme.

    Raises:
        CorpusError: every broken law that could be found in one go.
    """
    folder = read_folder(path)
    programme = folder.source.programme
    clauses = parse(folder.text, programme, locate_entries(folder))
    guideline = Guideline(
        source=folder.source,
        text=folder.text,
        entries=tuple(item.entry for item in folder.outline),
        groups=folder.groups,
        clauses=clauses,
        parallels=folder.parallels,
        suggestions=folder.suggestions,
        example=folder.example,
        short=_short(folder, clauses),
    )
    faults = [
        *check_source(folder),
        *check_tree(folder, clauses),
        *check_groups(folder, clauses),
        *check_parallels(folder, clauses),
        *check_plain(folder, guideline),
        *check_short(folder, clauses),
        *check_rules(path, {clause.id: clause for clause in clauses}),
    ]
    if faults:
        raise CorpusError(faults)
    plain = {f"{programme}/{key}": words for key, words in folder.plain.items()}
    guideline = replace(guideline, clauses=tuple(replace(c, plain=plain.get(c.id, "")) for c in clauses))
    if unsaid := [*check_norms(path, guideline)]:
        raise CorpusError(unsaid)
    return guideline


def _short(folder: Folder, clauses: tuple[Clause, ...]) -> dict[str, str]:
    """A short question for each leaf: its own, or else that of its entry."""
    entries = {item.entry.number: item.entry.question for item in folder.outline}
    leaves = (clause for clause in clauses if clause.is_leaf)
    own = {f"{folder.source.programme}/{key}": words for key, words in folder.questions.items()}
    return {leaf.id: own.get(leaf.id, entries[leaf.entry]) for leaf in leaves}
