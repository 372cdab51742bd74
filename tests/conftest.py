"""Infrastructure of the tests: an application on a fresh database, and the client that checks pages."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.app import create_app
from lms.db import session
from lms.migrate import upgrade_database
from lms.settings import Settings
from tests.client import PageClient

POSTGRESQL_URL = os.environ.get(
    "TEST_POSTGRESQL_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
INSTALL = {
    "postgresql": "PostgreSQL absent : sudo apt-get install postgresql && sudo pg_ctlcluster 15 main start",
    "redis": "Redis absent : sudo apt-get install redis-server && redis-server --daemonize yes",
    "chromium": "Chromium absent : sudo apt-get install chromium",
}
"""What a skipped test tells to install; with `CI=true` the skip is a failure."""


def missing(tool: str) -> None:
    """Skip with the line that installs `tool`; in CI, where all must be present, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(INSTALL[tool])
    pytest.skip(INSTALL[tool])


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the last migration, made once; each test copies it."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(Settings(instance_path=folder, secret_key="s" * 40).completed())
    upgrade_database(app)
    app.extensions["lms.engine"].dispose()
    with sqlite3.connect(folder / "lms.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "lms.db"


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    """Settings of an installation of its own, database migrated."""
    (tmp_path / "lms.db").write_bytes(migrated_database.read_bytes())
    return Settings(instance_path=tmp_path, secret_key="s" * 40).completed()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application; its engine is closed afterwards, so that no connection is left open."""
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = PageClient
    yield app
    app.extensions["lms.engine"].dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests that call services."""
    with app.test_request_context():
        yield app
        session.remove()


@pytest.fixture
def db_session(context: Flask) -> Iterator[object]:
    """The unit of work of the pushed context."""
    yield session
    session.rollback()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without script, that checks every page it loads."""
    return app.test_client()


def make_database(template: str = "template0") -> str:
    """Make a database of its own on the real PostgreSQL and return its name."""
    name = f"lms_test_{os.getpid()}_{os.urandom(4).hex()}"
    server = sa.create_engine(POSTGRESQL_URL, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    except sa.exc.OperationalError:
        missing("postgresql")
    finally:
        server.dispose()
    return name


def drop_database(name: str) -> None:
    """Drop it, whoever is still connected."""
    server = sa.create_engine(POSTGRESQL_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The address of an empty database on the real PostgreSQL, dropped afterwards."""
    name = make_database()
    yield sa.make_url(POSTGRESQL_URL).set(database=name).render_as_string(hide_password=False)
    drop_database(name)
