"""Codes of an authenticator app; an account is not locked any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("totp", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
        table.drop_column("failures")
        table.drop_column("locked_until")
    with op.batch_alter_table("staff") as table:
        table.alter_column("totp_step", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
        table.drop_column("totp")
        table.drop_column("totp_step")
    with op.batch_alter_table("staff") as table:
        table.alter_column("failures", existing_type=sa.Integer(), server_default=None)
