"""Films asked for, being made, or made."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the index by which the next film is chosen."""
    op.create_table(
        "rendition",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("film", sa.JSON(), nullable=False),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'ready', 'failed')", name=op.f("ck_rendition_renditionstate")
        ),
        sa.CheckConstraint("progress >= 0 AND progress <= 1", name=op.f("ck_rendition_progress_is_a_share")),
        sa.CheckConstraint(
            "state <> 'running' OR lease_until IS NOT NULL", name=op.f("ck_rendition_running_has_a_lease")
        ),
        sa.CheckConstraint(
            "state <> 'failed' OR reason IS NOT NULL", name=op.f("ck_rendition_failed_says_why")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_rendition")),
    )
    op.create_index("ix_rendition_queue", "rendition", ["state", "priority", "asked_at"])


def downgrade() -> None:
    """Drop the table; finished films stay in their folders and are found again."""
    op.drop_index("ix_rendition_queue", "rendition")
    op.drop_table("rendition")
