"""Alembic's entry: run the revisions on the connection that Database.migrate hands over."""

from __future__ import annotations

from alembic import context

from assistant.records import (  # their tables are part of the schema
    asking,  # noqa: F401
    canned,  # noqa: F401
    desk_tables,  # noqa: F401
    inquiry,  # noqa: F401
    line_tables,  # noqa: F401
    proposal,  # noqa: F401
    sweeps,  # noqa: F401
)
from assistant.records.tables import RecordRow

# The transaction and its lock are the caller's, and so is logging: Alembic's usual
# fileConfig() would silence the service's own loggers.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=RecordRow.metadata,
    render_as_batch=True,  # SQLite changes a column by copying its table
)
with context.begin_transaction():
    context.run_migrations()
