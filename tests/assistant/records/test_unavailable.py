"""What an operator is told when the records fail: the reason, and nothing secret."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from assistant.records.unavailable import unavailable

SERVER = "postgresql+psycopg://someone:hunter2@db.example/answers"


@pytest.mark.parametrize(
    ("url", "error", "reason"),
    [
        (SERVER, RuntimeError("bad option: password=hunter2"), "bad option: password=…"),
        (SERVER, RuntimeError('connection to server at "h" failed: FATAL:  no.\nHint'), "no"),
        (SERVER, RuntimeError('no root.crt at "/home/someone/root.crt", stop'), "no root.crt at …, stop"),
        (SERVER, RuntimeError(""), "RuntimeError"),
        ("sqlite:////srv/data/records.db", PermissionError(13, "Permission denied", "/srv/data"), "denied"),
        ("sqlite:////srv/data/records.db", OSError(), "OSError"),
        ("sqlite:///records.db", RuntimeError("disk is full"), "in the folder '.' cannot be used: disk is"),
    ],
)
def test_reason_is_told_without_secrets(url: str, error: Exception, reason: str) -> None:
    """The driver's reason is told in one line without password or path."""
    said = str(unavailable(make_url(url), error))
    assert reason in said
    assert "\n" not in said
    assert not any(secret in said for secret in ("hunter2", "/home", "/srv", "failed: FATAL"))
