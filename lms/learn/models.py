"""Attempts, their answers, and the daily counts that rates are read from.

An attempt belongs to nobody named: it knows the establishment, perhaps the unit and the shift, and what
was played. The page that plays it proves it with a token of which only the hash is kept.
"""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UTCDateTime, enum_column


class Shift(enum.Enum):
    """When the learner works."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


class Attempt(Base):
    """One run of a learner through a path."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    establishment_id: Mapped[int] = mapped_column(sa.ForeignKey("establishment.id"), index=True)
    """The site whose link, code or poster was followed."""
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    """The unit the learner tapped, where the site asks for it."""
    shift: Mapped[Shift | None] = mapped_column(enum_column(Shift))
    """The shift the learner tapped, where the site asks for it."""
    course: Mapped[str] = mapped_column(sa.String(80))
    """Slug of the course."""
    path_hash: Mapped[str] = mapped_column(sa.ForeignKey("played_path.hash"))
    """Content hash of the path as it was played; the words of an old attempt can always be shown again."""
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of the bearer token. The token itself is in the learner's page and nowhere else."""
    resume_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    """Keyed hash of the resume code, until it is used."""
    resume_until: Mapped[datetime | None] = mapped_column(UTCDateTime())
    """When the resume code stops working."""
    started_at: Mapped[datetime] = mapped_column(UTCDateTime())
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime())
    """When the last item was answered; null while the path is under way."""
    score: Mapped[int | None] = mapped_column(sa.Integer)
    """Right answers, once completed."""
    passed: Mapped[bool | None] = mapped_column(sa.Boolean)
    """Whether the course's pass mark was reached (true where there is none), once completed."""


class Answer(Base):
    """One act of an attempt: a question answered, or a video or card done.

    The key is (attempt, item): an item is answered once, so that a retry after a lost network, or a
    second tab, finds the first answer instead of adding one.
    """

    __tablename__ = "answer"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    item: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    """Id of the item in the path."""
    answer_id: Mapped[str] = mapped_column(sa.String(36))
    """The id the page gave to this answer (a UUID): tells a retry from a second answer."""
    choices: Mapped[list[str]] = mapped_column(sa.JSON)
    """Ids of what was chosen, in order; empty for a video or a card."""
    correct: Mapped[bool | None] = mapped_column(sa.Boolean)
    """Null for what is not judged."""
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime())


class DailyCount(Base):
    """What happened in one establishment, unit, shift and course on one day (design D5).

    Written in the same transaction as its cause, so that a dashboard costs the same at a thousand and at a
    million learners.
    """

    __tablename__ = "daily_count"

    establishment_id: Mapped[int] = mapped_column(sa.ForeignKey("establishment.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    """0 where no unit was given: a null could not be part of the key. Hence no foreign key."""
    shift: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    """Empty where no shift was given."""
    course: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    version: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    """Version of the course, so that a rate can say of which content."""
    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    """Calendar day in the installation's time zone."""
    attempts: Mapped[int] = mapped_column(sa.Integer)
    """Attempts begun that day."""
    completions: Mapped[int] = mapped_column(sa.Integer)
    """Attempts completed that day, whatever the day they began."""
    passes: Mapped[int] = mapped_column(sa.Integer)
    """Those of them that reached the pass mark."""
    seconds: Mapped[int] = mapped_column(sa.Integer)
    """Sum of their durations, each capped at ten minutes: a page left open says nothing about reading."""
