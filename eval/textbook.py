"""
Retrieval as LangChain's tutorial sets it up, over the guideline's text and our encoder.

The text is cut into pieces of 200 characters; no clauses are known, and the best piece is cited.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.ports import Embedder
from eval.systems import cited

PIECE: Final = 200
OVERLAP: Final = 20


@dataclass(frozen=True, slots=True)
class Textbook:
    """Cites the best piece that a framework finds."""

    name: str
    best: Callable[[str], str]

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """One piece, always."""
        del session
        return cited([self.best(message)])


def textbook(text: str, embedder: Embedder) -> Textbook:
    """LangChain's vector store over the pieces, asked for the nearest one."""
    store = InMemoryVectorStore(cast("Embeddings", embedder))
    store.add_texts(windows(text))
    retriever = store.as_retriever(search_kwargs={"k": 1})
    return Textbook("langchain", lambda question: retriever.invoke(question)[0].page_content)


def windows(text: str, size: int = PIECE, overlap: int = OVERLAP) -> list[str]:
    """Each line in pieces of at most `size` characters, neighbours sharing `overlap`."""
    step = size - overlap
    return [
        line[at : at + size]
        for line in text.splitlines()
        if line.strip()
        for at in range(0, max(1, len(line) - overlap), step)
    ]
