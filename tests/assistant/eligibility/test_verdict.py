"""The decision of a verdict, and what the engine may import."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

from assistant.eligibility import verdict
from assistant.eligibility.verdict import decide
from assistant.verdict import Result

RESULTS: tuple[Result, ...] = ("met", "not_met", "unknown")


def test_decide() -> None:
    """Ineligible as soon as one is not met, else unknown while one is, else eligible; never eligible by nothing."""
    assert decide(()) == "unknown"
    for results in product(RESULTS, repeat=3):
        ranks = sorted("mun".index(result[0]) for result in results)
        assert decide(results) == ("eligible", "unknown", "ineligible")[ranks[-1]]


def test_standard_library_only() -> None:
    """The engine imports the standard library and the shared nouns: no index, model, web or numpy."""
    folder = Path(verdict.__file__).parent
    allowed = {
        "__future__",
        "abc",
        "ast",
        "collections",
        "dataclasses",
        "datetime",
        "fractions",
        "functools",
        "itertools",
        "pathlib",
        "re",
        "tomllib",
        "calendar",
        "typing",
    }
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            ours = ("assistant.eligibility", "assistant.domain", "assistant.verdict")
            outside = {name.split(".")[0] for name in names if not name.startswith(ours)}
            assert outside <= allowed, path.name


def test_no_float_in_the_package() -> None:
    """No module writes a float, divides with /, or calls float or round, Path and Fraction apart."""
    for path in Path(verdict.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path.name
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"float", "round"}), (
                path.name
            )
