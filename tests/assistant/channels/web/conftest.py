"""The web application over a FakeAssistant and real records, by test client and on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.channels.service import Service
from assistant.channels.web.app import create_app
from assistant.channels.widget.router import router as widget_router
from assistant.config import ROOT
from assistant.domain import Guideline
from assistant.eligibility.rule_file import load_rules
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook
from tests.assistant.channels.serving import served
from tests.fakes import FakeAssistant, FixedClock, cited_answer

WIDGET_SITE = "https://www.example.gov.tw"
CITED = "digital-cluster/7/A/3"


@dataclass(frozen=True, slots=True)
class Rig:
    """The application and what stands behind it."""

    app: FastAPI
    assistant: FakeAssistant
    service: Service
    opened: list[str]


@pytest.fixture
def rig(guideline: Guideline, database: Database) -> Rig:
    """The application, not started; `opened` notes when its service is opened and closed."""
    conversations = Conversations(database, FixedClock())
    rules = load_rules(ROOT / "corpus" / "digital-cluster")
    assistant = FakeAssistant(guideline, conversations, FixedClock(), rules)
    assistant.draft = cited_answer(guideline, CITED, "digital-cluster/7/A/1")
    service = Service(
        assistants={"digital-cluster": assistant},
        default_programme="digital-cluster",
        feedback=FeedbackBook(database, FixedClock()),
        conversations=conversations,
        database=database,
        version="1.2.3",
    )
    opened: list[str] = []

    @contextmanager
    def open_service() -> Iterator[Service]:
        opened.append("opened")
        yield service
        opened.append("closed")

    app = create_app(open_service, (WIDGET_SITE,))
    app.include_router(widget_router)  # as wiring does
    return Rig(app, assistant, service, opened)


@pytest.fixture
def client(rig: Rig) -> Iterator[TestClient]:
    """A client of the started application; an exception that escapes from it fails the test."""
    with TestClient(rig.app) as client:
        yield client


@pytest.fixture
def broken_records(client: TestClient, rig: Rig, tmp_path: Path) -> Path:
    """The records' file, overwritten with what is no database while the application runs."""
    assert client.get("/readyz").status_code == 200
    rig.service.database.close()
    path = tmp_path / "records.sqlite3"
    path.write_bytes(b"no database" * 1000)
    return path


@pytest.fixture
def server(rig: Rig) -> Iterator[str]:
    """The address of the application on a free port, served by uvicorn in a thread."""
    with served(rig.app) as address:
        yield address
