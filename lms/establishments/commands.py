"""`lms establishments …`: import the tree from spreadsheets, print a model file, list the site codes."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from lms.db import session, transaction
from lms.establishments import queries
from lms.establishments.columns import ESTABLISHMENT_COLUMNS, UNIT_COLUMNS, template
from lms.establishments.csv_file import Fault
from lms.establishments.labels import level_label
from lms.establishments.services import (
    CREATED,
    UNCHANGED,
    UPDATED,
    ImportRefused,
    ImportReport,
    import_establishments,
)
from lms.i18n import current_language, typeset
from lms.i18n import gettext as _

MANY_LINES = 200
"""From here on an import takes long enough to show how far it is."""
FAULTS_SHOWN = 200

cli = AppGroup("establishments", help="Établissements : import d’un tableur, modèle, codes des sites.")


class ColumnsHelp(click.Command):
    """A command whose help ends with the columns of its files."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every column with its meaning and what is expected."""
        for title, columns in (("FILE", ESTABLISHMENT_COLUMNS), ("--units", UNIT_COLUMNS)):
            with formatter.section(f"Colonnes de {title}"):
                formatter.write_dl(
                    [(name, f"{column.meaning} : {column.expected}") for name, column in columns.items()]
                )


@cli.command("import", cls=ColumnsHelp)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--units", "units_file", type=click.Path(path_type=Path), help="Fichier des services.")
@click.option("--dry-run", is_flag=True, help="Tout vérifier et tout compter, sans rien enregistrer.")
def import_command(file: Path, units_file: Path | None, dry_run: bool) -> None:
    """Importer l’arbre des établissements depuis FILE, un CSV exporté d’un tableur.

    Séparateur point-virgule ou virgule, UTF-8 ou Windows-1252. Un établissement déjà connu est mis à jour :
    il est reconnu à son FINESS, sinon à son code, sinon à ses niveau, nom et parent. Une cellule vide veut
    dire « comme au-dessus », un tiret « rien ici », une colonne absente « ne rien changer ». S’il y a une
    seule erreur, rien n’est importé.
    """
    try:
        with transaction():
            report = import_with_progress(file, units_file)
            if dry_run:
                session.rollback()
    except ImportRefused as refusal:
        say_faults(_("attention"), refusal.warnings)
        say_faults(_("erreur"), refusal.faults)
        raise
    say_faults(_("attention"), report.warnings)
    say_report(report, dry_run=dry_run)


@cli.command("template")
@click.option("--units", is_flag=True, help="Le modèle du fichier des services.")
def template_command(units: bool) -> None:
    """Afficher un modèle : la ligne de titres et une ligne d’exemple."""
    click.echo(template(UNIT_COLUMNS if units else ESTABLISHMENT_COLUMNS), nl=False)


@cli.command("list")
def list_command() -> None:
    """Afficher l’arbre, avec le code public de chaque site."""
    for establishment in sorted(queries.list_establishments(), key=lambda one: one.lineage):
        indent = "  " * (len(establishment.lineage) - 1)
        label = level_label(establishment.level, current_language())
        click.echo(f"{establishment.site_code or '':6}  {indent}{establishment.name} ({label})")


def import_with_progress(file: Path, units_file: Path | None) -> ImportReport:
    """Import, with a bar when the file is long; a bar that is no terminal stays silent."""
    with click.progressbar(length=1, label=_("Import"), show_pos=True, hidden=True, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.hidden = total < MANY_LINES or not sys.stderr.isatty()
            bar.length = total
            bar.update(done - bar.pos)

        return import_establishments(file=file, units_file=units_file, actor="command", on_progress=show)


def say(text: Any, *, err: bool = False) -> None:
    """Print a sentence with the spaces of its language."""
    click.echo(typeset(str(text), current_language()), err=err)


def say_faults(kind: str, faults: Iterable[Fault]) -> None:
    """One line a fault: file, line, column by number and name, what is wrong, what was expected."""
    told = list(faults)
    for fault in told[:FAULTS_SHOWN]:
        say(f"{kind} — {sentence(fault)}", err=True)
    if len(told) > FAULTS_SHOWN:
        say(_("… et %(count)s autres.", count=len(told) - FAULTS_SHOWN), err=True)


def sentence(fault: Fault) -> str:
    """A fault in words."""
    place = _("%(file)s, ligne %(line)s", file=fault.file, line=fault.line)
    if fault.column_number:
        place += _(", colonne %(number)s", number=fault.column_number)
    if fault.column:
        place = _("%(place)s « %(column)s »", place=place, column=fault.column)
    told = _("%(place)s : %(message)s", place=place, message=fault.message)
    if not fault.expected:
        return told
    expected = _("Attendu : %(expected)s.", expected=fault.expected.rstrip("."))
    return f"{told} {expected}"


def say_report(report: ImportReport, *, dry_run: bool) -> None:
    """What was done, in a table, then the codes to give to the new sites."""
    titles = {CREATED: _("créés"), UPDATED: _("mis à jour"), UNCHANGED: _("inchangés")}
    click.echo(f"{'':16}" + "".join(f"{title:>14}" for title in titles.values()))
    for label, tally in ((_("établissements"), report.establishments), (_("services"), report.units)):
        click.echo(f"{label:16}" + "".join(f"{tally[outcome]:>14}" for outcome in titles))
    if dry_run:
        say(_("Essai seulement : rien n’a été enregistré."))
        return
    if report.new_sites:
        say(_("Codes des nouveaux sites :"))
    for code, name in report.new_sites:
        click.echo(f"  {code}  {name}")
