"""The nouns are frozen, need nothing but the standard library, and find their way in the tree."""

from __future__ import annotations

import ast
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path

import pytest

from assistant import domain
from assistant.domain import Clause, Entry, Guideline, Source

SOURCE = Source("p", "題", "局", "https://example.org", "1", "p.txt", "0" * 64, "請洽")
TEXT = "1.山2.水 備註:火"


def clause(name: str, start: int, end: int, parent: str | None = None, *children: str) -> Clause:
    """A clause of the text."""
    return Clause(name, 1, name, TEXT[start:end], start, end, 1, parent, children)


@pytest.fixture
def guideline() -> Guideline:
    """A tree of three levels."""
    return Guideline(
        SOURCE,
        TEXT,
        (Entry(1, "?", "題"), Entry(2, "?", "無")),
        (),
        (
            clause("p/1", 0, 11, None, "p/1/1", "p/1/備註"),
            clause("p/1/1", 0, 6, "p/1", "p/1/1/1", "p/1/1/2"),
            clause("p/1/1/1", 2, 3, "p/1/1"),
            clause("p/1/1/2", 5, 6, "p/1/1"),
            clause("p/1/備註", 10, 11, "p/1"),
        ),
    )


def ids(clauses: tuple[Clause, ...]) -> list[str]:
    """The ids of clauses."""
    return [found.id for found in clauses]


def test_leaves(guideline: Guideline) -> None:
    """Leaves are the clauses without children, in the order of the document."""
    assert ids(guideline.leaves) == ["p/1/1/1", "p/1/1/2", "p/1/備註"]
    assert [found.text for found in guideline.leaves] == ["山", "水", "火"]


def test_by_id(guideline: Guideline) -> None:
    """Groups and leaves are found by id; an unknown id is a KeyError."""
    assert guideline.by_id["p/1/1"].children == ("p/1/1/1", "p/1/1/2")
    assert list(guideline.by_id) == ids(guideline.clauses)
    with pytest.raises(KeyError):
        guideline.by_id["p/9"]


def test_leaves_under(guideline: Guideline) -> None:
    """The leaves below a clause, in order; a leaf stands for itself."""
    assert ids(guideline.leaves_under("p/1")) == ids(guideline.leaves)
    assert ids(guideline.leaves_under("p/1/1")) == ["p/1/1/1", "p/1/1/2"]
    assert ids(guideline.leaves_under("p/1/備註")) == ["p/1/備註"]


def test_ancestors(guideline: Guideline) -> None:
    """The groups that hold a clause, outermost first; an entry has none."""
    assert ids(guideline.ancestors("p/1/1/2")) == ["p/1", "p/1/1"]
    assert ids(guideline.ancestors("p/1")) == []


def test_entry(guideline: Guideline) -> None:
    """An entry is found by its number; a number that is none is a KeyError."""
    assert guideline.entry(2).topic == "無"
    with pytest.raises(KeyError, match="7"):
        guideline.entry(7)


def test_looking_does_not_change_it(guideline: Guideline) -> None:
    """A guideline that was looked at equals one that was not."""
    other = Guideline(
        guideline.source, guideline.text, guideline.entries, guideline.groups, guideline.clauses
    )
    guideline.leaves_under("p/1")

    assert guideline == other


@pytest.mark.parametrize(
    "noun", [noun for noun in vars(domain).values() if isinstance(noun, type) and is_dataclass(noun)]
)
def test_nouns_are_frozen(noun: type) -> None:
    """No value of the domain can be changed."""
    name = fields(noun)[0].name

    with pytest.raises(FrozenInstanceError):
        setattr(object.__new__(noun), name, "x")


def test_standard_library_only() -> None:
    """The domain imports nothing that has to be installed, and nothing of ours but what is as plain as it is."""
    tree = ast.parse(Path(domain.__file__).read_text(encoding="utf8"))
    modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in modules if name.split(".")[0] == "assistant"}

    assert {name.split(".")[0] for name in modules - ours} <= sys.stdlib_module_names
    assert ours <= {"assistant.verdict"}
