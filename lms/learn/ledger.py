"""The statements an answer goes through, made once: this is the path every learner takes every few seconds.

Core rather than entities, because the whole answer must cost about what a bare route and one durable
INSERT cost (`tests/benchmarks/answers.py`). Reads come first, so that SQLite's write lock is held for the
writes alone.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import session
from lms.learn.models import Answer, Attempt, DailyCount

attempt, answer, daily_count = Attempt.__table__, Answer.__table__, DailyCount.__table__

FIND = (
    sa.select(
        attempt.c.id, attempt.c.establishment_id, attempt.c.unit_id, attempt.c.shift, attempt.c.course,
        attempt.c.path_hash, attempt.c.started_at, attempt.c.completed_at, attempt.c.score, attempt.c.passed,
    )
    .where(attempt.c.token_hash == sa.bindparam("token_hash"))
    .with_for_update()
)  # fmt: skip
"""Locked on PostgreSQL: two tabs answering the last two items at once must not both miss the completion.
SQLite has one writer at a time and ignores the clause."""

ANSWERS = sa.select(answer.c.item, answer.c.answer_id, answer.c.choices, answer.c.correct).where(
    answer.c.attempt_id == sa.bindparam("attempt_id")
)

COMPLETE = (
    sa.update(attempt)
    .where(attempt.c.id == sa.bindparam("attempt_id"), attempt.c.completed_at.is_(None))
    .values(completed_at=sa.bindparam("at"), score=sa.bindparam("score"), passed=sa.bindparam("passed"))
)

ADD_ANSWER = {
    "sqlite": sqlite.insert(answer).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(answer).on_conflict_do_nothing(),
}


def _add_counts(insert: Any) -> Any:
    """Add to the row of the day, or make it."""
    added = insert.excluded
    names = ("attempts", "completions", "passes", "seconds")
    return insert.on_conflict_do_update(
        index_elements=list(daily_count.primary_key.columns),
        set_={name: daily_count.c[name] + added[name] for name in names},
    )


COUNT = {
    "sqlite": _add_counts(sqlite.insert(daily_count)),
    "postgresql": _add_counts(postgresql.insert(daily_count)),
}


class AttemptRow(NamedTuple):
    """What an answer needs to know of its attempt."""

    id: int
    establishment_id: int
    unit_id: int | None
    shift: Any
    course: str
    path_hash: str
    started_at: datetime
    completed_at: datetime | None
    score: int | None
    passed: bool | None


def find_attempt(token_hash: str) -> AttemptRow | None:
    """The attempt of a token, or None."""
    row = session.connection().execute(FIND, {"token_hash": token_hash}).first()
    return AttemptRow(*row) if row else None


def answers_of(attempt_id: int) -> Mapping[str, Any]:
    """Rows (item, answer_id, choices, correct) by item."""
    rows = session.connection().execute(ANSWERS, {"attempt_id": attempt_id})
    return {row.item: row for row in rows}


def add_answer(values: Mapping[str, Any]) -> None:
    """Keep an answer unless its item has one."""
    connection = session.connection()
    connection.execute(ADD_ANSWER[connection.dialect.name], values)


def complete(attempt_id: int, *, at: datetime, score: int, passed: bool) -> bool:
    """Mark the attempt as completed; False when it already was."""
    values = {"attempt_id": attempt_id, "at": at, "score": score, "passed": passed}
    return session.connection().execute(COMPLETE, values).rowcount == 1


def count(
    row: AttemptRow | Attempt, *, version: str, day: date,
    attempts: int = 0, completions: int = 0, passes: int = 0, seconds: int = 0,
) -> None:  # fmt: skip
    """Add to the day's counts of the attempt's establishment, unit, shift and course."""
    connection = session.connection()
    key = {
        "establishment_id": row.establishment_id,
        "unit_id": row.unit_id or 0,
        "shift": row.shift.value if row.shift else "",
        "course": row.course,
        "version": version,
        "day": day,
    }
    added = {"attempts": attempts, "completions": completions, "passes": passes, "seconds": seconds}
    connection.execute(COUNT[connection.dialect.name], key | added)
