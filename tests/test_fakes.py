"""The fakes keep the promises of the ports that they stand in for."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from assistant.config import Settings
from assistant.knowledge.builder import BuildFailed, Places
from assistant.knowledge.change import ChangeRejected
from tests.fakes import FakeBuilder, FixedClock, HashEmbedder


def test_fixed_clock_stands_still() -> None:
    """A FixedClock gives the same moment until it is set."""
    clock = FixedClock()
    first = clock.now()
    assert clock.now() == first
    clock.moment = first + timedelta(days=2)
    assert clock.now() - first == timedelta(days=2)


def test_fixed_clock_speaks_taiwan_time() -> None:
    """Late in the evening in UTC it is the next day in Taiwan, and the moment says so."""
    clock = FixedClock(datetime(2024, 3, 1, 20, 0, tzinfo=UTC))
    assert clock.today() == date(2024, 3, 2)
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_fixed_clock_records_calls() -> None:
    """A FixedClock remembers which methods were called, in order."""
    clock = FixedClock()
    clock.now()
    clock.today()
    assert clock.calls == ["now", "today"]


def test_hash_embedder_gives_unit_rows() -> None:
    """A HashEmbedder's vectors have length 1, whatever the text, and its dimensions."""
    rows = HashEmbedder(dimensions=16).embed_documents(["攤位", "", "\ud83d", "攤" * 3000])

    assert [len(row) for row in rows] == [16] * 4
    assert all(math.hypot(*row) == pytest.approx(1.0) for row in rows)


def test_hash_embedder_is_the_same_everywhere() -> None:
    """A HashEmbedder's vectors do not hang on the process: this one is written down."""
    assert HashEmbedder(dimensions=4).embed_query("申請書") == pytest.approx(
        [3**-0.5, 0, -(3**-0.5), -(3**-0.5)]
    )


def test_hash_embedder_keeps_likeness() -> None:
    """Texts that share words lie nearer to each other than texts that do not."""
    stall, rent, rain = HashEmbedder().embed_documents(
        ["攤位可以轉讓嗎", "攤位租金可以退嗎", "颱風天停班停課"]
    )

    def likeness(row: list[float]) -> float:
        return sum(a * b for a, b in zip(stall, row, strict=True))

    assert likeness(stall) == pytest.approx(1.0)
    assert likeness(rent) > likeness(rain)


def test_hash_embedder_records_and_fails() -> None:
    """A HashEmbedder remembers questions and passages apart, and raises its failure."""
    embedder = HashEmbedder("one")
    embedder.embed_query("甲")
    embedder.embed_documents(["乙", "丙"])
    embedder.failure = OSError("no memory")

    assert (embedder.name, embedder.queries, embedder.passages) == ("one", ["甲"], ["乙", "丙"])
    with pytest.raises(OSError, match="no memory"):
        embedder.embed_query("丁")


def test_fake_builder_builds_and_refuses_as_the_ingest(
    programme: Path, small_settings: Settings, build: object
) -> None:
    """A FakeBuilder checks and builds with the ingest, says what it did, and hands on the ingest's faults."""
    del build  # stands in for the encoder
    fake, said = FakeBuilder(), list[str]()
    places = Places(small_settings.corpus_dir, small_settings.data_dir)
    fake.check(places, programme.name)
    fake.build(places, programme.name, said.append)

    assert [name for name, _ in fake.calls] == ["check", "build"]
    assert said[-1].startswith("index ")
    (programme / "gaps.toml").write_text("nonsense", encoding="utf8")
    with pytest.raises(ChangeRejected) as refused:
        fake.check(places, programme.name)
    assert refused.value.faults[0].file == "gaps.toml"


def test_fake_builder_answers_from_the_bank(programme: Path, small_settings: Settings) -> None:
    """A FakeBuilder answers what the bank holds, with its clauses, and counts the replies."""
    places, counted = Places(small_settings.corpus_dir, small_settings.data_dir), list[int]()
    asked = ["押金多少", "廁所在哪裡", "你好", "攤租怎麼算"]

    replies = FakeBuilder().replies(places, programme.name, asked, counted.append)

    assert [reply.outcome for reply in replies] == ["answered", "no_clause", "out_of_scope", "no_clause"]
    assert [reply.clauses for reply in replies] == [("night-market/2/2",), (), (), ()]
    assert counted == [4]


def test_fake_builder_fails_and_stops(programme: Path, small_settings: Settings) -> None:
    """A FakeBuilder raises what it was told to, waits at its gates, and does nothing more once it is stopped."""
    fake = FakeBuilder()
    places = Places(small_settings.corpus_dir, small_settings.data_dir)
    fake.failures["check"] = BuildFailed("full")
    with pytest.raises(BuildFailed, match="full"):
        fake.check(places, programme.name)

    fake.failures.clear()
    fake.gates["check"] = Event()
    fake.stop()
    with pytest.raises(BuildFailed):
        fake.check(places, programme.name)
    assert fake.gates["check"].is_set()
    assert fake.begun.is_set()
