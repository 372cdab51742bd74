"""The `lms` command: Flask's click group with the application's commands, plus `demo`.

Each slice's commands are in its `commands.py`; `serve` and `worker` are in `serving.py`.
"""

import os
import sys

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup

from lms import serving
from lms.app import create_app
from lms.db import transaction
from lms.errors import AppError
from lms.establishments.services import DEMONSTRATION_SITE, install_demonstration
from lms.learn.services import request_films
from lms.migrate import upgrade_database
from lms.settings import SettingsError


def create_app_for_commands() -> Flask:
    """The application, or the settings' faults in plain words."""
    try:
        return create_app()
    except SettingsError as fault:
        raise click.ClickException(str(fault)) from fault


@click.group(cls=FlaskGroup, create_app=create_app_for_commands, add_default_commands=False)
def cli() -> None:
    """Tous Cybervigilants: parcours de 90 secondes pour le personnel hospitalier."""


@cli.command()
@click.option("--no-serve", is_flag=True, help="Créer la démonstration et s’arrêter là.")
@click.pass_context
def demo(context: click.Context, no_serve: bool) -> None:
    """Créer un établissement de démonstration et servir son premier parcours."""
    upgrade_database(current_app)
    with transaction():
        install_demonstration()
        request_films(DEMONSTRATION_SITE)
    os.environ.setdefault("LMS_HOME_SITE", DEMONSTRATION_SITE)
    if not no_serve:
        context.invoke(serving.serve)


@cli.command("db-upgrade")
def db_upgrade() -> None:
    """Mettre la base de données à jour (serve et demo le font d’eux-mêmes)."""
    upgrade_database(current_app)
    click.echo("Base de données à jour.")


cli.add_command(serving.serve)
cli.add_command(serving.worker)


def main() -> None:
    """Run a command; an expected error is a sentence and exit code 1, never a stack trace."""
    try:
        cli.main(standalone_mode=True)
    except AppError as error:
        click.echo(f"{error.message}\n{error.advice}", err=True)
        sys.exit(1)
