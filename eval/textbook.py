"""
Retrieval as the tutorials of three frameworks set it up, over the guideline's text and our encoder.

Each splits the text into pieces of 200 characters, knows no clauses, and cites the
best piece. LangChain comes with the assistant; LlamaIndex and Haystack, with their
hybrid retrievers, are asked where they are installed. None is asked to remember a turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, cast

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.ports import Embedder
from eval.systems import System, cited

PIECE: Final = 200
OVERLAP: Final = 20
_FOUND: Final = 3  # what each of two retrievers hands to the fusion


@dataclass(frozen=True, slots=True)
class Textbook:
    """Cites the best piece that a framework finds."""

    name: str
    best: Callable[[str], str]

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """One piece, always."""
        del session
        return cited([self.best(message)])


def textbooks(text: str, embedder: Embedder, say: Callable[[str], None]) -> list[System]:
    """One system for each framework that is here; what is not is said, with the command that installs it."""
    systems: list[System] = []
    for name, build, package in _FRAMEWORKS:
        try:
            systems.append(Textbook(name, build(text, embedder)))
        except ImportError:
            say(f"{name} is not installed and not compared (pip install {package})")
    return systems


def pieces(text: str) -> list[str]:
    """The text in pieces: by LangChain's recursive splitter where it is installed, else cut every 200 characters."""
    try:
        splitters = import_module("langchain_text_splitters")
    except ImportError:
        return windows(text)
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP)
    return list(splitter.split_text(text))


def windows(text: str, size: int = PIECE, overlap: int = OVERLAP) -> list[str]:
    """Each line in pieces of at most `size` characters, neighbours sharing `overlap`."""
    step = size - overlap
    return [
        line[at : at + size]
        for line in text.splitlines()
        if line.strip()
        for at in range(0, max(1, len(line) - overlap), step)
    ]


def _langchain(text: str, embedder: Embedder) -> Callable[[str], str]:
    store = InMemoryVectorStore(cast("Embeddings", embedder))
    store.add_texts(pieces(text))
    retriever = store.as_retriever(search_kwargs={"k": 1})
    return lambda question: retriever.invoke(question)[0].page_content


def _llama_index(text: str, embedder: Embedder) -> Callable[[str], str]:
    core = import_module("llama_index.core")
    lexical = import_module("llama_index.retrievers.bm25")
    retrievers = import_module("llama_index.core.retrievers")
    base: type[Any] = import_module("llama_index.core.embeddings").BaseEmbedding

    class Encoder(base):  # type: ignore[misc]  # the framework is not installed where types are checked
        """Our encoder in the shape of LlamaIndex."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return embedder.embed_query(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return embedder.embed_query(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return embedder.embed_documents([text])[0]

    schema = import_module("llama_index.core.schema")
    nodes = [schema.TextNode(text=piece) for piece in pieces(text)]
    index = core.VectorStoreIndex(nodes, embed_model=Encoder())
    both = [
        index.as_retriever(similarity_top_k=_FOUND),
        lexical.BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=_FOUND),
    ]
    fusion = retrievers.QueryFusionRetriever(
        both,
        llm=import_module("llama_index.core.llms").MockLLM(),
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=1,
        use_async=False,
    )
    return lambda question: str(fusion.retrieve(question)[0].get_content())


def _haystack(text: str, embedder: Embedder) -> Callable[[str], str]:
    document = import_module("haystack").Document
    stores = import_module("haystack.document_stores.in_memory")
    retrievers = import_module("haystack.components.retrievers.in_memory")
    joiner = import_module("haystack.components.joiners").DocumentJoiner(
        join_mode="reciprocal_rank_fusion", top_k=1
    )
    store = stores.InMemoryDocumentStore(embedding_similarity_function="cosine")
    cut = pieces(text)
    rows = embedder.embed_documents(cut)
    store.write_documents([document(content=p, embedding=row) for p, row in zip(cut, rows, strict=True)])
    lexical = retrievers.InMemoryBM25Retriever(store, top_k=_FOUND)
    dense = retrievers.InMemoryEmbeddingRetriever(store, top_k=_FOUND)

    def best(question: str) -> str:
        found = [
            lexical.run(query=question)["documents"],
            dense.run(query_embedding=embedder.embed_query(question))["documents"],
        ]
        return str(joiner.run(found)["documents"][0].content)

    return best


_FRAMEWORKS: Final[tuple[tuple[str, Callable[[str, Embedder], Callable[[str], str]], str], ...]] = (
    ("langchain", _langchain, "langchain-core"),
    ("llamaindex", _llama_index, "llama-index-core llama-index-retrievers-bm25"),
    ("haystack", _haystack, "haystack-ai"),
)
