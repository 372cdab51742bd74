"""The three statements of an answer, made once: the path every learner takes every few seconds.

Written as Core, rendered to SQL once for each engine, and sent through the driver: a whole answer must cost
about what a bare route and one durable INSERT cost (`tests/benchmarks/answers.py`), and the session costs
more than the statements themselves. Nothing else in the application goes this way.

The order matters: the answer is committed first and the attempt's answers are read afterwards, so that of two
tabs that send the last two answers at once, the one that commits last sees both. No lock is needed.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import Base, current_engine
from lms.learn.models import Answer, Attempt

attempt, answer = (Base.metadata.tables[entity.__tablename__] for entity in (Attempt, Answer))

FIND = sa.select(attempt.c.id, attempt.c.path_hash, attempt.c.completed_at.is_not(None)).where(
    attempt.c.token_hash == sa.bindparam("token_hash"), attempt.c.started_at > sa.bindparam("oldest")
)

ADD = {
    "sqlite": sqlite.insert(answer).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(answer).on_conflict_do_nothing(),
}

READ = sa.select(answer.c.item, answer.c.answer_id, answer.c.choices, answer.c.correct).where(
    answer.c.attempt_id == sa.bindparam("attempt_id")
)


class AttemptRow(NamedTuple):
    """What an answer needs to know of its attempt."""

    id: int
    path_hash: str
    completed: bool


class AnswerRow(NamedTuple):
    """An answer as it was kept."""

    item: str
    answer_id: str
    choices: Sequence[str]
    correct: bool | None


class Prepared:
    """A statement as one engine takes it: its text, and its values through the types of their columns."""

    def __init__(self, statement: sa.Executable, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined] # every executable has it
        self.text = compiled.string
        self._names = compiled.positiontup if compiled.positional else None
        self._processors = dict(compiled._bind_processors)

    def values(self, given: dict[str, Any]) -> Any:
        """`given` as the driver takes them: by place or by name."""
        for name, process in self._processors.items():
            given[name] = process(given[name])
        return tuple(given[name] for name in self._names) if self._names is not None else given


class Ledger:
    """One connection of the driver, for the length of one answer."""

    def __init__(self, connection: Any, statements: dict[str, Prepared]) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._statements = statements

    def _run(self, name: str, **given: Any) -> Any:
        statement = self._statements[name]
        return self._cursor.execute(statement.text, statement.values(given))

    def find_attempt(self, token_hash: str, *, oldest: datetime) -> AttemptRow | None:
        """The attempt of a token begun after `oldest`, or None."""
        self._run("find", token_hash=token_hash, oldest=oldest)
        found = self._cursor.fetchone()
        return AttemptRow(*found) if found else None

    def add_answer(self, attempt_id: int, kept: AnswerRow, *, at: datetime) -> None:
        """Keep an answer unless its item has one; durable on return."""
        values = kept._asdict() | {"choices": list(kept.choices)}
        self._run("add", attempt_id=attempt_id, answered_at=at, **values)
        self._connection.commit()

    def read_answers(self, attempt_id: int) -> dict[str, AnswerRow]:
        """What was answered, by item."""
        self._run("read", attempt_id=attempt_id)
        return {
            item: AnswerRow(item, own, json.loads(choices) if isinstance(choices, str) else choices, correct)
            for item, own, choices, correct in self._cursor.fetchall()
        }


@lru_cache(maxsize=8)
def prepared(dialect: sa.Dialect) -> dict[str, Prepared]:
    """The statements rendered for one engine."""
    statements = {"find": FIND, "add": ADD[dialect.name], "read": READ}
    return {name: Prepared(statement, dialect) for name, statement in statements.items()}


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """A ledger on a connection of the pool, given back at the end; what was not committed is undone."""
    engine = current_engine()
    connection = engine.raw_connection()
    try:
        yield Ledger(connection, prepared(engine.dialect))
    finally:
        connection.close()
