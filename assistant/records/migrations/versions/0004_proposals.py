"""Open items and proposed changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open_item",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("changed_by", sa.String(64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_item")),
    )
    op.create_index(op.f("ix_open_item_programme_state"), "open_item", ["programme", "state"])
    op.create_table(
        "asking",
        sa.Column("source", sa.String(128), nullable=False),
        sa.Column("item_id", sa.String(64), nullable=False),
        sa.Column("turn_id", sa.String(64), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_asking")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["open_item.id"], name=op.f("fk_asking_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_asking_turn_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_asking_item_id"), "asking", ["item_id"])
    op.create_index(op.f("ix_asking_turn_id"), "asking", ["turn_id"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("item_id", sa.String(64), nullable=True),
        sa.Column("reverts", sa.String(64), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("change_json", sa.JSON(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("diff", sa.Text(), nullable=False),
        sa.Column("preview_json", sa.JSON(), nullable=True),
        sa.Column("work_json", sa.JSON(), nullable=True),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["open_item.id"], name=op.f("fk_proposal_item_id"), ondelete="SET NULL"
        ),
    )
    op.create_index(op.f("ix_proposal_programme_state"), "proposal", ["programme", "state"])
    op.create_index(op.f("ix_proposal_item_id"), "proposal", ["item_id"])
    op.create_table(
        "proposal_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_event")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_event_proposal_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_proposal_event_proposal_id"), "proposal_event", ["proposal_id"])


def downgrade() -> None:
    op.drop_table("proposal_event")
    op.drop_table("proposal")
    op.drop_table("asking")
    op.drop_table("open_item")
