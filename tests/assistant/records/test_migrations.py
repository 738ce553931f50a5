"""Migrations lead from nothing to the tables, on both databases, and leave all else as it was."""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from assistant.records.audit import AuditTrail
from assistant.records.database import Database, open_database
from assistant.records.inquiries import Inquiries
from assistant.records.tables import RecordRow
from assistant.records.unavailable import RecordsUnavailable
from tests.fakes import FixedClock

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


def test_what_is_kept_stays_through_migrations(url: str) -> None:
    """What refers to a table that a migration changes is there afterwards, and is checked again."""
    with closing(open_database(url)) as database:
        with database.engine.begin() as connection:
            _at("0004", connection)
            staff = "id, name, shown, role, active, failures, created_at"
            connection.exec_driver_sql(
                f"INSERT INTO staff ({staff}) VALUES (7, 'amy', 'Amy', 'admin', true, 0, '2024-03-01')"
            )
            connection.exec_driver_sql(
                "INSERT INTO staff_link (staff_id, token, expires_at) VALUES (7, 'x', '2024-03-02')"
            )
            connection.exec_driver_sql(
                "INSERT INTO inquiry (id, version, programme, origin, reference, sender, subject, mail, conversation,"
                " drafted, text, final, corpus_hash, state, citations, second_reader, waits, owner_id, created_at,"
                " updated_at) VALUES (1, 1, 'x', 'paste', '', '', '', '', 'c', '', '', '', 'h', 'draft', '[]',"
                " false, false, 7, '2024-03-01', '2024-03-01')"
            )
            connection.exec_driver_sql(
                "INSERT INTO inquiry_question (inquiry_id, position, question, hint, answer_id, outcome,"
                " confidence, clauses, answer_json, block, corpus_hash)"
                " VALUES (1, 1, 'q', '', 'a', 'answered', 90, '[]', '{}', '', 'c')"
            )
        database.migrate()
        (question,) = Inquiries(database, FixedClock(), AuditTrail(database, FixedClock())).get(1).questions
        assert question.question == "q"
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT staff_id FROM staff_link").scalar() == 7
        with pytest.raises(IntegrityError), database.writing() as session:
            session.execute(text("UPDATE inquiry SET owner_id = 8"))


def _at(revision: str, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
