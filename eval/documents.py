"""
Documents and questions that nobody here wrote, where a folder holds them.

Each reader gives a Collection: texts by page or document, and questions with the
names of those that answer. What lies there is measured and never copied.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Collection:
    """`documents` maps a name to its texts, `questions` are pairs of a question and the names that answer it."""

    name: str
    documents: Mapping[str, tuple[str, ...]]
    questions: tuple[tuple[str, frozenset[str]], ...]

    def sampled(self, documents: int, questions: int) -> Collection:
        """
        At most so many of each, evenly spread and the same every time.

        What a question kept is answered by stays, even if that makes more documents.
        """
        asked = _spread(self.questions, questions)
        needed = {name for _, names in asked for name in names}
        others = [name for name in self.documents if name not in needed]
        kept = needed | set(_spread(others, max(0, documents - len(needed))))
        return Collection(self.name, {n: t for n, t in self.documents.items() if n in kept}, tuple(asked))


def read_collections(folder: Path) -> list[Collection]:
    """The collections that the folder holds, in a fixed order; none if it is absent."""
    return [read(folder) for path, read in _READERS.items() if (folder / path).exists()]


def _agri_loan(folder: Path) -> Collection:
    """A handbook of 359 pages; the question of an official FAQ -> the pages that hold its answer."""
    pages = _json(folder / "agri_loan/pages.json")
    return Collection(
        "agri_loan",
        {str(page["pdfPage"]): (page["searchText"],) for page in pages},
        tuple(
            (item["question"], frozenset(map(str, item["sourcePages"])))
            for item in _json(folder / "agri_loan/faq-items.json")
        ),
    )


def _acgf(folder: Path) -> Collection:
    """A manual of 203 pages; the words that people look for -> the page."""
    cases = _json(folder / "acgf/search_cases.json")
    pages = {str(page["pdfPage"]): (page["searchText"],) for page in _json(folder / "acgf/pages.json")}
    asked = [
        (case["query"], frozenset(str(int(n)) for url in case["expectedUrls"] for n in _PAGE.findall(url)))
        for case in cases
    ]
    return Collection("acgf", pages, tuple((q, names) for q, names in asked if names))


def _aicup(folder: Path) -> Collection:
    """A bank's FAQ; the last phrasing of a document with several -> that document, known by the others and its answers."""
    documents: dict[str, tuple[str, ...]] = {}
    questions = []
    for name, rows in _json(folder / "aicup_faq/pid_map_content.json.gz").items():
        phrasings = [row["question"] for row in rows]
        if len(phrasings) > 1:
            questions.append((phrasings.pop(), frozenset([name])))
        documents[name] = (*phrasings, "".join(rows[0]["answers"]))
    return Collection("aicup_faq", documents, tuple(questions))


def _drcd(folder: Path) -> Collection:
    """Paragraphs of an encyclopedia; a reader's question -> the paragraph it was asked of."""
    documents: dict[str, tuple[str, ...]] = {}
    questions = []
    for article in _json(folder / "drcd_dev.json.gz")["data"]:
        for paragraph in article["paragraphs"]:
            documents[paragraph["id"]] = (paragraph["context"],)
            questions += [(asked["question"], frozenset([paragraph["id"]])) for asked in paragraph["qas"]]
    return Collection("drcd", documents, tuple(questions))


_PAGE: Final = re.compile(r"page-(\d+)")
_READERS: Final[Mapping[str, Callable[[Path], Collection]]] = {
    "agri_loan/faq-items.json": _agri_loan,
    "acgf/search_cases.json": _acgf,
    "aicup_faq/pid_map_content.json.gz": _aicup,
    "drcd_dev.json.gz": _drcd,
}


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)


def _spread(rows: Sequence[Row], n: int) -> list[Row]:
    if n >= len(rows):
        return list(rows)
    return [rows[i * len(rows) // n] for i in range(n)]
