"""The audit trail is proved and written out from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.__main__ import main
from assistant.records.audit import Act, AuditTrail
from assistant.records.database import Database, open_database
from tests.fakes import FixedClock


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The records of the commands, with two entries."""
    url = f"sqlite:///{tmp_path / 'records.sqlite3'}"
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", url)
    database = open_database(url)
    database.migrate()
    trail = AuditTrail(database, FixedClock())
    trail.add(Act("amy", "signed_in"))
    trail.add(Act("amy", "received", 1, {}, {"mail": "=要幾家？"}))
    database.close()
    return database


def test_a_trail_that_holds(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 and a seal, which holds when it is given back; another does not."""
    del database  # in the environment
    assert main(["audit", "verify"]) == 0
    said = capsys.readouterr().out
    seal = said.split()[-1]
    assert "holds: 2 entries" in said
    assert main(["audit", "verify", "--seal", seal]) == 0
    assert main(["audit", "verify", "--seal", f"1:{seal[2:]}"]) == 1
    assert "entry 1 is not the one that was sealed" in capsys.readouterr().err


def test_a_trail_that_was_changed(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, and each fault on standard error."""
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_no_update"))
        connection.execute(
            text("UPDATE audit_entry SET body = REPLACE(body, 'amy', 'eve') WHERE position = 1")
        )
    database.close()

    assert main(["audit", "verify"]) == 1
    told = capsys.readouterr().err
    assert "entry 1: changed" in told
    assert "1 faults" in told


def test_exports(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON by default, CSV if asked for; each export is an entry itself."""
    del database  # in the environment
    assert main(["audit", "export"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["action"] for entry in entries] == ["signed_in", "received", "exported"]
    assert main(["audit", "export", "--format", "csv"]) == 0
    assert capsys.readouterr().out.count("\n") == 5


@pytest.mark.parametrize("seal", ["x", "1", "x:y", "1:"])
def test_what_is_no_seal(seal: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A seal that is none is refused by argparse, with the form that it has."""
    with pytest.raises(SystemExit) as refused:
        main(["audit", "verify", "--seal", seal])
    assert refused.value.code == 2
    assert "POSITION:HASH" in capsys.readouterr().err
