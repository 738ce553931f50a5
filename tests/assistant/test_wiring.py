"""What the settings say reaches the application that is served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant import wiring
from assistant.config import Settings
from assistant.ports import SystemClock
from assistant.records.conversations import Conversations
from assistant.wiring import application, open_service
from tests.fakes import FixedClock, HashEmbedder


def test_the_served_application_keeps_to_its_terms(
    small_settings: Settings, build: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conversation older than the setting allows is gone once the server is up; a younger one is not."""
    build()
    monkeypatch.setattr(wiring, "open_embedder", lambda *_: HashEmbedder())
    records = SecretStr(f"sqlite:///{small_settings.data_dir / 'records.sqlite3'}")
    settings = small_settings.model_copy(update={"database_url": records, "conversation_retention_days": 9})
    now = SystemClock().now()
    with open_service(settings) as service:
        for days, name in ((10, "old"), (6, "young")):
            ago = FixedClock(now - timedelta(days=days))
            Conversations(service.database, ago).start(name, settings.programme)
        with TestClient(application(settings, service)):
            assert not service.conversations.forget("old")
            assert service.conversations.forget("young")
