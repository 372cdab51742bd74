"""Migrations run here, before any worker starts; never at import, never at the first request."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

SCRIPTS = Path(__file__).parent / "migrations"


def alembic_config(engine: sa.Engine) -> Config:
    """Alembic's configuration, without an ini file: the scripts and the engine are all it needs."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def upgrade_database(app: Flask, revision: str = "head") -> None:
    """Bring the schema to `revision`; several machines starting together wait for one another."""
    command.upgrade(alembic_config(app.extensions["lms.engine"]), revision)


def downgrade_database(app: Flask, revision: str) -> None:
    """Bring the schema back to `revision`."""
    command.downgrade(alembic_config(app.extensions["lms.engine"]), revision)
