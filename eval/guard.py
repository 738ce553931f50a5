"""
What the support check catches and what it refuses: python -m eval guard.

On any programme: false sentences made of its own (eval.mutations), and those that people wrote
(sets/support/<programme>.jsonl). Every leak and every true sentence refused is listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from assistant.support import Checks, unsupported
from eval.metrics import Proportion, share
from eval.mutations import Assertion, claims, unplain

SETS: Final = Path(__file__).with_name("sets") / "support"


def measure(checks: Checks, sets: Path = SETS) -> tuple[dict[str, float | None], list[str]]:
    """The figures that are held to the floor, and the lines of the report."""
    bare = unplain(checks)
    groups = {"made": claims(checks), "written": written(checks, sets)}
    figures: dict[str, float | None] = {}
    lines = []
    for name, group in groups.items():
        judged = [(claim, bool(unsupported(claim.text, claim.clauses, bare))) for claim in group]
        figures[f"guard.{name}.caught"] = share(refused for claim, refused in judged if not claim.holds).value
        figures[f"guard.{name}.refused"] = share(refused for claim, refused in judged if claim.holds).value
        lines += [f"{name} sentences", *_table(judged), *_astray(judged)]
    return figures, lines


def written(checks: Checks, sets: Path) -> list[Assertion]:
    """The sentences that people wrote of a programme: JSON lines of text, clauses, kind and holds."""
    programme = checks.guideline.source.programme
    path, by_id = sets / f"{programme}.jsonl", checks.guideline.by_id
    rows = (
        [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()] if path.exists() else []
    )
    return [
        Assertion(
            row["text"], tuple(by_id[f"{programme}/{i}"] for i in row["clauses"]), row["kind"], row["holds"]
        )
        for row in rows
    ]


def _table(judged: Sequence[tuple[Assertion, bool]]) -> Iterator[str]:
    counts: Mapping[tuple[bool, str], list[bool]] = defaultdict(list)
    for claim, refused in judged:
        counts[claim.holds, claim.kind].append(refused)
        counts[claim.holds, "all"].append(refused)
    for (holds, kind), flags in sorted(counts.items()):
        yield f"  {'true, refused' if holds else 'false, caught':14} {kind:14} {_said(share(flags))}"


def _said(proportion: Proportion) -> str:
    low, high = proportion.interval
    return (
        f"{proportion.hits:4} of {proportion.of:4}  {proportion.value or 0:6.1%}  ({low:.1%} to {high:.1%})"
    )


def _astray(judged: Iterable[tuple[Assertion, bool]]) -> Iterator[str]:
    for claim, refused in judged:
        if refused is claim.holds:
            ids = " ".join(clause.id.partition("/")[2] for clause in claim.clauses)
            yield f"  {'refused' if refused else 'leaked '} {claim.kind}, {ids}: {claim.text}"
