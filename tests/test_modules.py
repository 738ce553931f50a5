"""Modules stay small, and a class name means one thing in the whole tree."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parent.parent
LONGEST: Final = 250
MEDIAN: Final = 90
MODULES: Final = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf8")
    for folder in ("assistant", "ingest", "eval")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "versions" not in path.parts  # migrations are never touched again
}
# What the web API calls a noun of the domain, in the shape that clients see, has the noun's name.
WIRE: Final = frozenset(
    f"assistant/channels/web/{name}.py" for name in ("schemas", "clause_schemas", "eligibility")
)


def test_modules_are_small() -> None:
    """No module has more than 250 lines, and half of them have fewer than 90."""
    lines = {name: len(text.splitlines()) for name, text in MODULES.items()}

    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
    assert median(lines.values()) < MEDIAN


def test_a_class_name_means_one_thing() -> None:
    """No two classes have the same name, a leading underscore aside."""
    homes = defaultdict(list)
    for name, text in MODULES.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and name not in WIRE:
                homes[node.name.lstrip("_")].append(name)

    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
