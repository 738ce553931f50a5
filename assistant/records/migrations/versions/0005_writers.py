"""All who had a hand in a reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    inquiry = sa.table(
        "inquiry",
        sa.column("id", sa.Integer()),
        sa.column("owner_id", sa.Integer()),
        sa.column("edited_by", sa.Integer()),
        sa.column("writers", sa.JSON()),
    )
    op.add_column("inquiry", sa.Column("writers", sa.JSON(), nullable=True))
    connection = op.get_bind()
    for number, owner, editor in connection.execute(
        sa.select(inquiry.c.id, inquiry.c.owner_id, inquiry.c.edited_by)
    ).all():
        writers = sorted({staff for staff in (owner, editor) if staff is not None})
        connection.execute(sa.update(inquiry).where(inquiry.c.id == number).values(writers=writers))
    with op.batch_alter_table("inquiry") as table:
        table.alter_column("writers", existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    op.drop_column("inquiry", "writers")
