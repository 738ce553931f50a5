"""Migrations lead from nothing to the tables, on both databases, and leave all else as it was."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from assistant.records.database import Database, open_database
from assistant.records.tables import RecordRow
from assistant.records.unavailable import RecordsUnavailable

MIGRATE = """
import sys
from assistant.records.database import open_database
database = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
database.migrate()
database.ping()
database.close()
"""


def test_migrations_make_the_tables(database: Database) -> None:
    """The migrated schema and tables.py do not differ."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, RecordRow.metadata) == []


def test_comparison_sees_a_difference(database: Database) -> None:
    """The comparison is not blind: a dropped index is told."""
    with database.engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_conversation_updated_at"))
        (difference,) = compare_metadata(MigrationContext.configure(connection), RecordRow.metadata)
    assert difference[0] == "add_index"


def test_migrating_again_changes_nothing(database: Database) -> None:
    """A migrated database stays as it is."""
    before = inspect(database.engine).get_table_names()
    database.migrate()
    assert inspect(database.engine).get_table_names() == before


def test_history_is_one_line() -> None:
    """The revisions have one start and one end, each with a downgrade."""
    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert all(callable(revision.module.downgrade) for revision in scripts.walk_revisions())


def test_processes_migrate_at_once(url: str) -> None:
    """Two processes that migrate an empty database at the same time both succeed."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said


def test_failed_migration_leaves_nothing(url: str) -> None:
    """A migration that fails half way leaves the database as it was."""
    database = open_database(url)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE turn (id INTEGER)"))
    with pytest.raises(Exception, match="turn"):
        database.migrate()
    assert inspect(database.engine).get_table_names() == ["turn"]
    database.close()


def test_newer_schema_is_refused(database: Database) -> None:
    """A database that a newer version wrote is refused with the next step."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsUnavailable, match="written by a newer one"):
        database.migrate()


def test_logging_is_left_alone(url: str) -> None:
    """Migrating changes neither the handlers nor the levels of the service's loggers."""
    root, own = logging.getLogger(), logging.getLogger("assistant.test_migrations")
    before = (list(root.handlers), root.level, own.disabled)
    database = open_database(url)
    database.migrate()
    database.close()
    assert (list(root.handlers), root.level, own.disabled) == before
