"""Samples of foreign collections are even, repeatable and keep what is asked for."""

from __future__ import annotations

import json
from pathlib import Path

from eval.documents import Collection, read_collections

HUNDRED = Collection(
    "hundred",
    {str(n): (f"第{n}頁",) for n in range(100)},
    tuple((f"第{n}頁?", frozenset([str(n)])) for n in range(0, 100, 2)),
)


def test_a_sample_keeps_what_answers_its_questions() -> None:
    """Every question kept can still be answered, and the size is as asked."""
    small = HUNDRED.sampled(documents=20, questions=10)

    assert (len(small.documents), len(small.questions)) == (20, 10)
    assert all(names <= small.documents.keys() for _, names in small.questions)
    assert small == HUNDRED.sampled(documents=20, questions=10)


def test_a_sample_of_everything_is_everything() -> None:
    """Asking for more than there is changes nothing."""
    assert HUNDRED.sampled(documents=1000, questions=1000) == HUNDRED


def test_an_absent_folder_holds_nothing(tmp_path: Path) -> None:
    """Where nobody put documents there is nothing to measure, and no error."""
    assert read_collections(tmp_path / "nowhere") == []


def test_pages_are_named_by_their_number(tmp_path: Path) -> None:
    """A case's address points to the page of that number, leading zeros aside."""
    folder = tmp_path / "acgf"
    folder.mkdir()
    pages = [{"pdfPage": n, "searchText": f"頁{n}"} for n in (20, 21)]
    case = {"query": "送保", "expectedUrls": ["versions/115/pages/page-021.html"]}
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf8")
    (folder / "search_cases.json").write_text(json.dumps([case]), encoding="utf8")
    (found,) = read_collections(tmp_path)

    assert found.documents == {"20": ("頁20",), "21": ("頁21",)}
    assert (("送保", frozenset(["21"])),) == found.questions
