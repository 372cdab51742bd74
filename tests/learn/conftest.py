"""Attempts are tried on both engines: a second writer exists only on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.app import create_app
from lms.migrate import upgrade_database
from lms.settings import Settings
from tests.conftest import POSTGRESQL_URL, drop_database, make_database


@pytest.fixture(scope="session")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database at the last migration, copied by each test that needs one."""
    name = make_database()
    url = sa.make_url(POSTGRESQL_URL).set(database=name).render_as_string(hide_password=False)
    folder = tmp_path_factory.mktemp("postgresql")
    app = create_app(Settings(instance_path=folder, secret_key="s" * 40, database_url=url).completed())
    upgrade_database(app)
    app.extensions["lms.engine"].dispose()
    yield name
    drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, migrated_database: Path) -> Iterator[Settings]:
    """Settings of an installation of its own, on each engine."""
    local = Settings(instance_path=tmp_path, secret_key="s" * 40).completed()
    if request.param == "sqlite":
        (tmp_path / "lms.db").write_bytes(migrated_database.read_bytes())
        yield local
        return
    name = make_database(template=request.getfixturevalue("migrated_postgresql"))
    url = sa.make_url(POSTGRESQL_URL).set(database=name).render_as_string(hide_password=False)
    yield replace(local, database_url=url)
    drop_database(name)
