"""The database: SQLite out of the box, PostgreSQL by URL; a request is a transaction.

A response below 400 commits, anything else rolls back. The commit happens before the reply
leaves, so a failing commit is a 500 and never a false success.
"""

import enum
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, current_app
from flask.globals import app_ctx
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table; constraints are named so that migrations can speak of them."""

    metadata = sa.MetaData(naming_convention=NAMING)


class UTCDateTime(sa.TypeDecorator[datetime]):
    """An instant. Refuses naive values; SQLite, which has no zones, gives UTC back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def enum_column(kind: type[enum.Enum]) -> sa.Enum:
    """An enum kept by value, as text with a check, so that both engines and people can read it."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def current_engine() -> sa.Engine:
    """The engine of the current application, for the few places that are worth a connection of their own."""
    return current_app.extensions["lms.engine"]


class AppSession(Session):
    """Bound to the engine of the current application, so that two apps in one process never meet."""

    def get_bind(self, *args: Any, **kwargs: Any) -> sa.Engine:
        return current_engine()


session = scoped_session(
    sessionmaker(class_=AppSession, expire_on_commit=False),
    scopefunc=lambda: id(app_ctx._get_current_object()),  # type: ignore[attr-defined] # a werkzeug proxy
)


@contextmanager
def transaction() -> Iterator[None]:
    """What a request does, for commands and jobs: commit at the end or roll all of it back."""
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def make_engine(url: str, *, full_durability: bool = False) -> sa.Engine:
    """An engine with the settings each database needs."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=16)
    engine = sa.create_engine(url, connect_args={"timeout": 10, "cached_statements": 256})

    @sa.event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        """WAL with NORMAL survives `kill -9`; FULL survives a power cut too, at a third of the rate."""
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if full_durability else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA busy_timeout=10000")

    return engine


def finish(response: Response) -> Response:
    """Commit a success, roll back anything else, before the reply leaves."""
    if session.registry.has():
        if response.status_code < 400:
            session.commit()
        else:
            session.rollback()
    return response


def init_app(app: Flask, url: str, *, full_durability: bool = False) -> None:
    """Give the application its engine and its unit of work."""
    app.extensions["lms.engine"] = make_engine(url, full_durability=full_durability)
    app.after_request(finish)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session.remove()
