"""A request is a transaction: a response below 400 commits, anything else leaves nothing behind."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import audit
from lms.audit import AuditEntry
from lms.db import session, transaction
from lms.errors import Conflict
from lms.security import public


def count(app: Flask) -> int:
    with app.extensions["lms.engine"].connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(AuditEntry.__table__))


@pytest.mark.parametrize(
    ("outcome", "kept"), [("ok", 1), ("redirect", 1), ("refused", 0), ("error", 0), ("bug", 0)]
)
def test_only_a_success_is_kept(app: Flask, outcome: str, kept: int) -> None:
    @app.get("/act")
    @public
    def act() -> object:
        audit.record("test.act", actor="test", subject=outcome)
        session.flush()
        if outcome == "error":
            raise Conflict()
        if outcome == "bug":
            raise ZeroDivisionError
        return {"ok": {"done": True}, "redirect": ("", 303), "refused": ("", 422)}[outcome]

    app.test_client().get("/act", headers={"Accept": "application/json"})
    assert count(app) == kept


def test_a_commit_that_fails_is_a_500_and_never_a_success(app: Flask) -> None:
    @app.get("/act")
    @public
    def act() -> str:
        session.add(AuditEntry(at=datetime(2026, 1, 1), actor="a", action="b", subject="c", details={}))  # noqa: DTZ001 - naive on purpose
        return "done"

    response = app.test_client().get("/act", headers={"Accept": "application/json"})
    assert response.status_code == 500
    assert count(app) == 0


def test_a_command_that_fails_leaves_nothing(app: Flask) -> None:
    def fail() -> None:
        with transaction():
            audit.record("test.act", actor="command", subject="x")
            session.flush()
            raise ZeroDivisionError

    with app.app_context(), pytest.raises(ZeroDivisionError):
        fail()
    assert count(app) == 0


def test_sqlite_is_durable_and_keeps_its_foreign_keys(app: Flask) -> None:
    with app.extensions["lms.engine"].connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10000}


def test_two_applications_in_one_process_never_meet(
    app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with app.app_context():
        here = session.get_bind()
    assert here is app.extensions["lms.engine"]
