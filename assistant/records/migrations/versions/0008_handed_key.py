"""The key by which a ticket system handed a mail in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inquiry", sa.Column("handed_key", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_inquiry_handed_key"), "inquiry", ["handed_key"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_inquiry_handed_key"), "inquiry")
    op.drop_column("inquiry", "handed_key")
