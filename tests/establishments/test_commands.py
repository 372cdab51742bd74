"""`lms establishments …` as the person at the keyboard meets it."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from lms.establishments.columns import ESTABLISHMENT_COLUMNS, UNIT_COLUMNS
from lms.establishments.inherit import ContactRole, RuleName
from lms.establishments.services import ImportRefused
from tests.factories.establishments import a_file

HEAD = "level;name;finess;site_code"


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def run(runner: FlaskCliRunner, *words: object):
    """Run `lms establishments …`."""
    return runner.invoke(args=["establishments", *map(str, words)])


def test_an_import_tells_what_it_did_and_the_new_codes(runner: FlaskCliRunner, tmp_path: Path) -> None:
    outcome = run(runner, "import", a_file(tmp_path, HEAD, "group;G;;", "site;S;009900010;BRUME2"))
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.splitlines() == [
        "                         créés    mis à jour     inchangés",
        "établissements               2             0             0",
        "services                     0             0             0",
        "Codes des nouveaux sites\u00a0:",
        "  BRUME2  S",
    ]
    outcome = run(runner, "list")
    assert outcome.stdout.splitlines() == ["        G (Groupement)", "BRUME2  S (Site)"]


def test_a_trial_counts_everything_and_records_nothing(runner: FlaskCliRunner, tmp_path: Path) -> None:
    file = a_file(tmp_path, HEAD, "site;S;009900010;")
    outcome = run(runner, "import", file, "--dry-run")
    assert outcome.exit_code == 0
    assert "Essai seulement" in outcome.stdout
    assert "Codes" not in outcome.stdout
    assert run(runner, "list").stdout == ""
    assert "établissements               1 " in run(runner, "import", file).stdout


def test_a_refused_import_tells_every_fault(runner: FlaskCliRunner, tmp_path: Path) -> None:
    outcome = run(runner, "import", a_file(tmp_path, HEAD, "site;S;1B0064166;", "zzz;T;12;"))
    assert outcome.exit_code == 1
    assert isinstance(outcome.exception, ImportRefused)
    assert outcome.exception.message == "2 erreurs\u00a0: rien n’a été importé."
    told = outcome.stderr.splitlines()
    assert told[0].startswith("attention — etablissements.csv, ligne 2, colonne 3 «\u202ffiness\u202f»")
    assert told[1].startswith("erreur — etablissements.csv, ligne 3, colonne 1 «\u202flevel\u202f»")
    assert len(told) == 3
    assert run(runner, "list").stdout == ""


def test_two_hundred_faults_are_enough_at_once(runner: FlaskCliRunner, tmp_path: Path) -> None:
    outcome = run(runner, "import", a_file(tmp_path, HEAD, *["zzz;T;;"] * 250))
    assert len(outcome.stderr.splitlines()) == 201
    assert "et 50 autres" in outcome.stderr


def test_a_long_import_without_a_terminal_draws_no_bar(runner: FlaskCliRunner, tmp_path: Path) -> None:
    outcome = run(runner, "import", a_file(tmp_path, HEAD, *[f"site;S{number};;" for number in range(250)]))
    assert outcome.exit_code == 0
    assert outcome.stderr == ""


@pytest.mark.parametrize(("option", "columns"), [((), ESTABLISHMENT_COLUMNS), (("--units",), UNIT_COLUMNS)])
def test_the_template_holds_every_column(runner: FlaskCliRunner, option: tuple[str, ...], columns) -> None:
    header, example = run(runner, "template", *option).stdout.splitlines()
    assert header.split(";") == list(columns)
    assert len(example.split(";")) == len(columns)


def test_the_templates_can_be_imported(runner: FlaskCliRunner, tmp_path: Path) -> None:
    header, example = run(runner, "template").stdout.splitlines()
    group = "group;GHT des Deux-Vallons" + ";" * (header.count(";") - 1)
    tree = a_file(tmp_path, header, group, example)
    units = a_file(tmp_path, *run(runner, "template", "--units").stdout.splitlines(), name="units.csv")
    outcome = run(runner, "import", tree, "--units", units)
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stderr == ""


def test_the_help_explains_every_column(runner: FlaskCliRunner) -> None:
    text = run(runner, "import", "--help").stdout
    for column in (*ESTABLISHMENT_COLUMNS, *UNIT_COLUMNS):
        assert column in text
    assert len(ESTABLISHMENT_COLUMNS) == 13 + 6 * len(ContactRole) + len(RuleName)
