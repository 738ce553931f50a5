"""What the settings say reaches the application that is served."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant import wiring
from assistant.config import Settings, SettingsError
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


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("allowed_origins", "*", "ASSISTANT_ALLOWED_ORIGINS: '*' is no exact origin"),
        ("desk_admin_password", SecretStr("aaaaaaaaaaaa"), "ASSISTANT_DESK_ADMIN_PASSWORD: 這個密碼"),
    ],
)
def test_a_setting_that_does_not_fit_is_named(
    small_settings: Settings,
    build: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: object,
    said: str,
) -> None:
    """What only the channels can judge is refused by its name, in a sentence."""
    build()
    monkeypatch.setattr(wiring, "open_embedder", lambda *_: HashEmbedder())
    records = SecretStr(f"sqlite:///{small_settings.data_dir / 'records.sqlite3'}")
    settings = small_settings.model_copy(update={"database_url": records, setting: value})
    with open_service(settings) as service, pytest.raises(SettingsError, match=re.escape(said)):
        application(settings, service)
