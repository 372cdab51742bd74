"""The statements an answer goes through, made once: this is the path every learner takes every few seconds.

Written as Core and rendered to SQL once for each engine, then sent as they are: a whole answer must cost
about what a bare route and one durable INSERT cost (`tests/benchmarks/answers.py`), and building entities or
looking statements up costs more than running them. Reads come first, so that SQLite's write lock is held for
the writes alone.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import Base
from lms.learn.models import Answer, Attempt, DailyCount

attempt, answer, daily_count = (
    Base.metadata.tables[entity.__tablename__] for entity in (Attempt, Answer, DailyCount)
)
DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}

FIND = (
    sa.select(
        attempt.c.id, attempt.c.establishment_id, attempt.c.unit_id, attempt.c.shift, attempt.c.course,
        attempt.c.path_hash, attempt.c.completed_at.is_not(None),
    )
    .where(attempt.c.token_hash == sa.bindparam("token_hash"), attempt.c.started_at > sa.bindparam("oldest"))
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
    .returning(attempt.c.started_at)
)
COUNTED = ("attempts", "completions", "passes", "seconds")


class AttemptRow(NamedTuple):
    """What an answer needs to know of its attempt."""

    id: int
    establishment_id: int
    unit_id: int | None
    shift: str | None
    course: str
    path_hash: str
    completed: bool


class AnswerRow(NamedTuple):
    """An answer as it was kept."""

    item: str
    answer_id: str
    choices: Sequence[str]
    correct: bool | None


class Prepared(NamedTuple):
    """A statement as one engine takes it: its text, and the order or names of its values."""

    text: str
    names: Sequence[str]
    processors: dict[str, Any]
    positional: bool

    def run(self, connection: sa.Connection, **values: Any) -> sa.CursorResult[Any]:
        """Send it; values go through the types of their columns, as Core would have them."""
        ready = {
            name: self.processors[name](value) if name in self.processors else value
            for name, value in values.items()
        }
        return connection.exec_driver_sql(
            self.text, tuple(ready[name] for name in self.names) if self.positional else ready
        )


@lru_cache(maxsize=8)
def prepared(name: str, dialect: sa.Dialect) -> Prepared:
    """The statement `name` rendered for `dialect`."""
    insert = DIALECTS[dialect.name].insert
    statement = {
        "find": FIND,
        "answers": ANSWERS,
        "add": insert(answer).on_conflict_do_nothing(),
    }[name]
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup or ()
    return Prepared(compiled.string, names, dict(compiled._bind_processors), compiled.positional)


def find_attempt(connection: sa.Connection, token_hash: str, *, oldest: datetime) -> AttemptRow | None:
    """The attempt of a token begun after `oldest`, or None."""
    found = prepared("find", connection.dialect).run(connection, token_hash=token_hash, oldest=oldest).first()
    return AttemptRow._make(found) if found else None


def answers_of(connection: sa.Connection, attempt_id: int) -> dict[str, AnswerRow]:
    """What was answered, by item."""
    rows = prepared("answers", connection.dialect).run(connection, attempt_id=attempt_id)
    return {
        item: AnswerRow(
            item, answer_id, json.loads(choices) if isinstance(choices, str) else choices, correct
        )
        for item, answer_id, choices, correct in map(tuple, rows)
    }


def add_answer(
    connection: sa.Connection,
    attempt_id: int,
    *,
    item: str,
    answer_id: str,
    choices: Sequence[str],
    correct: bool | None,
    at: datetime,
) -> None:
    """Keep an answer unless its item has one."""
    prepared("add", connection.dialect).run(
        connection, attempt_id=attempt_id, item=item, answer_id=answer_id, choices=list(choices),
        correct=correct, answered_at=at,
    )  # fmt: skip


def complete(
    connection: sa.Connection, attempt_id: int, *, at: datetime, score: int, passed: bool
) -> datetime | None:
    """Mark the attempt as completed; when it had begun, or None if it was complete already."""
    values = {"attempt_id": attempt_id, "at": at, "score": score, "passed": passed}
    return connection.execute(COMPLETE, values).scalar()


def count(
    connection: sa.Connection, row: AttemptRow | Attempt, *, version: str, day: date, **added: int
) -> None:
    """Add (`attempts`, `completions`, `passes`, `seconds`) to the day's row of the attempt, or make it."""
    insert = DIALECTS[connection.dialect.name].insert(daily_count)
    shift = getattr(row.shift, "value", row.shift)
    values = {
        "establishment_id": row.establishment_id, "unit_id": row.unit_id or 0, "shift": shift or "",
        "course": row.course, "version": version, "day": day,
    } | {name: added.get(name, 0) for name in COUNTED}  # fmt: skip
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(daily_count.primary_key),
            set_={name: daily_count.c[name] + insert.excluded[name] for name in COUNTED},
        ),
        values,
    )
