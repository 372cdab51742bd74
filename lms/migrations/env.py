"""Alembic's entry: one transaction for the whole upgrade, on SQLite and PostgreSQL alike."""

import sqlalchemy as sa
from alembic import context

LOCK = 7_305_204
"""Advisory lock of PostgreSQL: two machines that start together migrate one after the other."""


def run(engine: sa.Engine) -> None:
    """Run the asked migrations."""
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("PRAGMA busy_timeout=30000")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
        context.configure(connection=connection, transactional_ddl=True, render_as_batch=sqlite)
        try:
            if sqlite:
                context.run_migrations()
            else:
                with context.begin_transaction():
                    context.run_migrations()
        except BaseException:
            if sqlite:
                connection.exec_driver_sql("ROLLBACK")
            raise
        if sqlite:
            connection.exec_driver_sql("COMMIT")
        else:
            connection.commit()


run(context.config.attributes["engine"])
