"""The one table of media: films asked for, being made, or made."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UTCDateTime, enum_column


class RenditionState(enum.Enum):
    """Where a film is on its way. `FAILED` is not for ever: whoever opens it later starts it again."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Rendition(Base):
    """One film to be drawn. This row is the truth; the job queue only wakes those who read it.

    So a lost queue, a killed worker or a restored database costs time, never a film.
    """

    __tablename__ = "rendition"
    __table_args__ = (
        sa.CheckConstraint("progress >= 0 AND progress <= 1", name="progress_is_a_share"),
        sa.CheckConstraint("state <> 'running' OR lease_until IS NOT NULL", name="running_has_a_lease"),
        sa.CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failed_says_why"),
        sa.Index("ix_rendition_queue", "state", "priority", "asked_at"),
    )

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """`Film.hash`: the same film asked twice is one row. Also the name of its folder."""
    state: Mapped[RenditionState] = mapped_column(enum_column(RenditionState))
    priority: Mapped[int] = mapped_column(sa.Integer)
    """The highest goes first. 0 is "some day"; an opened page asks for more. Never lowered."""
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime())
    """When `priority` was asked for: of two opened films, the first opened goes first."""
    progress: Mapped[float] = mapped_column(sa.Float)
    """Share of the drawing done, 0 to 1."""
    film: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """`Film.to_document()`: whoever draws it needs nothing else, whatever became of course and contacts."""
    claim: Mapped[str | None] = mapped_column(sa.String(32))
    """Random name of the run that holds the row: a run that lost it must not write to it."""
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    """Nobody else takes the row before this: the lease of a run, or the pause after a failure."""
    tries: Mapped[int] = mapped_column(sa.Integer)
    """Runs begun since it was last asked for, without those stopped on our order."""
    reason: Mapped[str | None] = mapped_column(sa.String(300))
    """Why it failed, in a plain French sentence for whoever waits; the details are in the log."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime())
    ready_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
