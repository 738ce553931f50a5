"""The clock tells the time in Taiwan; embedders keep the shape of the port."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from langchain_core.embeddings import Embeddings

from assistant.index.embed import OnnxEmbedder, SentenceTransformersEmbedder
from assistant.ports import TAIPEI, Clock, Embedder, SystemClock
from tests.fakes import HashEmbedder


def test_taipei_is_eight_hours_ahead() -> None:
    """Taiwan keeps one time all year, eight hours ahead of UTC."""
    for month in (1, 7):
        assert datetime(2024, month, 1, tzinfo=TAIPEI).utcoffset() == timedelta(hours=8)


def test_the_system_clock_speaks_taiwan_time() -> None:
    """Its moment is that of the machine, its date the one in Taiwan."""
    clock: Clock = SystemClock()
    before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

    assert before <= now <= after
    assert now.utcoffset() == timedelta(hours=8)
    assert clock.today() in {now.date(), clock.now().date()}


def test_embedders_have_the_shape_of_langchains() -> None:
    """An embedder has the methods of LangChain's Embeddings, and a name."""
    wanted = {name for name in ("embed_documents", "embed_query") if hasattr(Embeddings, name)}

    for embedder in (OnnxEmbedder, SentenceTransformersEmbedder, HashEmbedder):
        assert {*wanted, "name"} <= set(dir(embedder))
    a_port: Embedder = HashEmbedder()
    assert a_port.embed_documents(["攤"]) == [a_port.embed_query("攤")]
