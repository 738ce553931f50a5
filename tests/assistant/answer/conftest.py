"""The real programme, built once and kept where `make run` keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.answer.assistant import Assistant
from assistant.config import ROOT, load_settings
from assistant.domain import Answer, Question
from assistant.ports import TAIPEI
from assistant.wiring import open_service
from ingest.build import build
from tests.fakes import FixedClock

PROGRAMME = "digital-cluster"
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, encoder_folder: Path) -> Iterator[Assistant]:
    """The assistant of the real corpus, on a day in 2026, with records of its own."""
    del encoder_folder  # built by now
    records = tmp_path_factory.mktemp("records") / "records.sqlite3"
    settings = load_settings({"ASSISTANT_DATABASE_URL": f"sqlite:///{records}"})
    build(ROOT / "corpus" / PROGRAMME, settings, print)
    with open_service(settings, FixedClock(datetime(2026, 11, 22, 12, 0, tzinfo=TAIPEI))) as service:
        yield service.assistants[PROGRAMME]


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    """Asks one message; goes on with a conversation if given the answer before."""

    def run(message: str, before: Answer | None = None) -> Answer:
        return assistant.answer(Question(message, PROGRAMME, before.session_id if before else None))

    return run
