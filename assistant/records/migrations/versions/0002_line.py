"""What LINE delivers: events and the chats that they belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (("state", "due_at"), ("chat", "state"), ("sender", "received_at"), ("message_id",), ("received_at",))


def upgrade() -> None:
    op.create_table(
        "line_chat",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversations", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_chat")),
    )
    op.create_table(
        "line_event",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("route", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reply_token", sa.Text(), nullable=True),
        sa.Column("push_to", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(64), nullable=True),
        sa.Column("outgoing", sa.JSON(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(64), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_event")),
    )
    for columns in INDEXES:
        op.create_index(op.f(f"ix_line_event_{'_'.join(columns)}"), "line_event", list(columns))


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(op.f(f"ix_line_event_{'_'.join(columns)}"), table_name="line_event")
    op.drop_table("line_event")
    op.drop_table("line_chat")
