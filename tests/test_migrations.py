"""Migrations: equal to the models, down and up, on both engines; the schema is never made at import."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from lms.app import create_app
from lms.db import Base
from lms.migrate import downgrade_database, upgrade_database
from lms.settings import ROOT, Settings

VERSIONS = sorted((ROOT / "lms/migrations/versions").glob("*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on each engine."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    return f"sqlite:///{tmp_path / 'migrations.db'}"


def differences(engine: sa.Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_migrations_make_the_models_and_go_down_and_up(engine_url: str, tmp_path: Path) -> None:
    settings = Settings(instance_path=tmp_path, secret_key="s" * 40, database_url=engine_url).completed()
    app = create_app(settings)
    engine = app.extensions["lms.engine"]
    try:
        upgrade_database(app)
        assert differences(engine) == []
        downgrade_database(app, "base")
        assert set(sa.inspect(engine).get_table_names()) == {"alembic_version"}
        upgrade_database(app)
        assert differences(engine) == []
    finally:
        engine.dispose()


def test_making_the_application_touches_no_database(tmp_path: Path) -> None:
    settings = Settings(instance_path=tmp_path, secret_key="s" * 40).completed()
    create_app(settings).extensions["lms.engine"].dispose()
    assert not (tmp_path / "lms.db").exists()


def test_migrations_are_numbered_and_import_no_model() -> None:
    for number, file in enumerate(VERSIONS, start=1):
        source = file.read_text(encoding="utf-8")
        assert file.name.startswith(f"{number:04}_")
        assert f'revision = "{number:04}"' in source
        assert "lms." not in source, f"{file.name} imports from the application"
