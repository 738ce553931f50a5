"""What norms.toml may say: each sentence stands on leaves of the guideline and adds nothing to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.domain import Guideline
from assistant.leads import NORMS, NormsError, load_norms
from assistant.support import read_checks, unsupported
from ingest.faults import CorpusFault


def check_norms(path: Path, guideline: Guideline) -> Iterator[CorpusFault]:
    """Every norm and short answer names leaves, and passes the checks of the sentences that are said."""
    try:
        norms = load_norms(path)
    except NormsError as error:
        yield CorpusFault(NORMS, 0, str(error), "see the head of digital-cluster/norms.toml for its keys")
        return
    checks, leaves = read_checks(path, guideline), {leaf.id: leaf for leaf in guideline.leaves}
    for clause_id in sorted({clause_id for _, ids in norms.sentences() for clause_id in ids} - leaves.keys()):
        yield CorpusFault(NORMS, 0, f"no leaf clause {clause_id}", "use an id of the tree")
        leaves[clause_id] = next(iter(leaves.values()))
    lines = (path / NORMS).read_text(encoding="utf8").splitlines() if norms.norms or norms.shorts else []
    for text, ids in norms.sentences():
        clauses = [leaves[clause_id] for clause_id in ids]
        said = text if text.endswith("。") else f"{text}。"
        found = unsupported(said, clauses, checks, beside="。".join(leaf.plain for leaf in clauses))
        if found:
            line = next((n for n, words in enumerate(lines, 1) if f'"{text}"' in words), 0)
            what = f"「{text}」 says what {'、'.join(ids)} does not: {'; '.join(map(str, found))}"
            yield CorpusFault(NORMS, line, what, "say it with the clause's own words")
