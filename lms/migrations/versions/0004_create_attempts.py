"""Attempts, answers and daily counts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("shift", sa.String(20), nullable=True),
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("path_hash", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("resume_hash", sa.String(64), nullable=True),
        sa.Column("resume_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("shift IN ('day', 'evening', 'night')", name=op.f("ck_attempt_shift")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_attempt_establishment_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_attempt_unit_id")),
        sa.ForeignKeyConstraint(["path_hash"], ["played_path.hash"], name=op.f("fk_attempt_path_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_attempt_token_hash")),
        sa.UniqueConstraint("resume_hash", name=op.f("uq_attempt_resume_hash")),
    )
    op.create_index(op.f("ix_attempt_establishment_id"), "attempt", ["establishment_id"])
    op.create_table(
        "answer",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("answer_id", sa.String(36), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "item", name=op.f("pk_answer")),
    )
    op.create_table(
        "daily_count",
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("shift", sa.String(10), nullable=False),
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("completions", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_daily_count_establishment_id")
        ),
        sa.PrimaryKeyConstraint(
            "establishment_id", "unit_id", "shift", "course", "version", "day", name=op.f("pk_daily_count")
        ),
    )


def downgrade() -> None:
    """Drop them, children first."""
    op.drop_table("daily_count")
    op.drop_table("answer")
    op.drop_table("attempt")
