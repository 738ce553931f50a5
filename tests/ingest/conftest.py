"""A build of the small programme, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.index.manifest import Manifest
from assistant.index.store import open_index
from assistant.index.words import Segmenter
from assistant.rank import Ranker, WeightedQuestion
from assistant.retrieve import HybridRetriever
from tests.fakes import HashEmbedder

Build = Callable[[], list[str]]


@pytest.fixture
def home(small_settings: Settings) -> Path:
    """Where the builds of the small programme lie."""
    return small_settings.data_dir / "index" / "night-market"


def ask_for_more(programme: Path, question: str) -> None:
    """Add a question to the bank."""
    with (programme / "gaps.toml").open("a", encoding="utf8") as file:
        file.write(f'\n[[gap]]\nid = "{question}"\ntopic = "{question}"\nquestions = ["{question}"]\n')


def best(home: Path, manifest: Manifest, segmenter: Segmenter) -> str:
    """The clause that the served index has most probably for a question about the deposit."""
    index = open_index(home, manifest, segmenter, HashEmbedder(), None)
    try:
        ranking = Ranker(HybridRetriever(index)).rank(WeightedQuestion("保證金什麼時候退還", 1.0))
        return ranking.guesses[0].target.key
    finally:
        index.close()
