"""Paths as they were played."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "played_path",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_played_path")),
    )


def downgrade() -> None:
    """Drop the table; attempts then only know the hash of what they played."""
    op.drop_table("played_path")
