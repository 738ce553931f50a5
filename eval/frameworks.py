"""
The guideline's text cut and searched as three frameworks do it, each by its own splitter and its own store.

In: the text, the most characters of a piece (neighbours share a tenth), the assistant's encoder. Out: a Search.
What is imported here is in requirements-eval.lock, so each imports what it needs when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.ports import Embedder


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that was found, and its cosine with the question."""

    text: str
    cosine: float


# A question and how many pieces at most -> the pieces, nearest first.
Search = Callable[[str, int], list[Piece]]
# Where a text is best cut, best first; the frameworks' own lists are for languages with spaces.
_SEPARATORS: Final = ["\n\n", "\n", "。", ";", ","]


def langchain(text: str, size: int, embedder: Embedder) -> Search:
    """RecursiveCharacterTextSplitter and InMemoryVectorStore."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=[*_SEPARATORS, ""], keep_separator="end", chunk_size=size, chunk_overlap=size // 10
    )
    store = InMemoryVectorStore(cast("Embeddings", embedder))
    store.add_texts(splitter.split_text(text))
    return lambda question, k: [
        Piece(found.page_content, cosine) for found, cosine in store.similarity_search_with_score(question, k)
    ]


def llamaindex(text: str, size: int, embedder: Embedder) -> Search:
    """SentenceSplitter and SimpleVectorStore; a character counts as a token."""
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores import SimpleVectorStore, VectorStoreQuery

    splitter = SentenceSplitter(chunk_size=size, chunk_overlap=size // 10, tokenizer=list)
    pieces = splitter.split_text(text)
    nodes = [
        TextNode(id_=str(n), text=piece, embedding=vector)
        for n, (piece, vector) in enumerate(zip(pieces, embedder.embed_documents(pieces), strict=True))
    ]
    store = SimpleVectorStore()
    store.add(nodes)

    def search(question: str, k: int) -> list[Piece]:
        asked = VectorStoreQuery(query_embedding=embedder.embed_query(question), similarity_top_k=k)
        found = store.query(asked)
        near = zip(found.ids, found.similarities, strict=True)
        return [Piece(pieces[int(n)], float(cosine)) for n, cosine in near]

    return search


def haystack(text: str, size: int, embedder: Embedder) -> Search:
    """RecursiveDocumentSplitter and InMemoryDocumentStore; nothing is reported to its makers."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when it is imported
    from haystack import Document
    from haystack.components.preprocessors import RecursiveDocumentSplitter
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    splitter = RecursiveDocumentSplitter(
        split_length=size, split_overlap=size // 10, split_unit="char", separators=_SEPARATORS
    )
    pieces = [document.content for document in splitter.run([Document(content=text)])["documents"]]
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    vectors = embedder.embed_documents(pieces)
    store.write_documents(
        [Document(content=piece, embedding=vector) for piece, vector in zip(pieces, vectors, strict=True)]
    )
    return lambda question, k: [
        Piece(found.content, found.score)
        for found in store.embedding_retrieval(embedder.embed_query(question), top_k=k, scale_score=False)
    ]


FRAMEWORKS: Final[Mapping[str, Callable[[str, int, Embedder], Search]]] = {
    "LangChain": langchain,
    "LlamaIndex": llamaindex,
    "Haystack": haystack,
}
