"""`lms courses check`: a table, the faults with their places, and an exit code for the CI."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from lms.settings import Settings
from tests.factories.catalog import course_files, plain, write_course, write_files
from tests.factories.establishments import a_site


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    """A folder with one course, in place of the product's."""
    folder = tmp_path / "courses"
    write_course(folder / "hamecon", course_files())
    return folder


@pytest.fixture
def settings(settings: Settings, courses: Path) -> Settings:
    """An installation whose courses are ours."""
    return replace(settings, courses_path=courses)


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["courses", "check", *arguments])


def test_a_good_course_is_told_with_its_seconds_and_languages(app: Flask) -> None:
    result = run(app)
    assert result.exit_code == 0
    heading, line = plain(result.stdout).splitlines()
    assert heading.split() == ["cours", "vidéo", "lecture", "réponses", "total", "langues", "verdict"]
    assert line.startswith("hamecon")
    assert "11 s" in line
    assert line.endswith("fr, en   bon")


def test_every_fault_of_every_course_is_told_and_the_exit_code_is_one(app: Flask, courses: Path) -> None:
    write_files(courses / "casse", {"course.yaml": "titel: a\nversion: 3\n"})
    result = run(app)
    assert result.exit_code == 1
    assert "casse/course.yaml:1:1  titel  Clé inconnue" in plain(result.stderr)
    assert "casse/course.yaml:2:10  version  Un texte est attendu" in plain(result.stderr)
    assert "refusé" in result.stdout
    assert "hamecon" in result.stdout


def test_only_the_named_course_is_read(app: Flask, courses: Path) -> None:
    write_files(courses / "casse", {"course.yaml": "titel: a\n"})
    assert run(app, "hamecon").exit_code == 0
    assert run(app, "casse").exit_code == 1


def test_a_course_that_does_not_exist_is_said(app: Flask) -> None:
    result = run(app, "hamecons")
    assert result.exit_code == 1
    assert "Aucun cours" in result.stderr
    assert "hamecon" in result.stderr


def test_a_site_is_told_what_it_must_fill_in(app: Flask) -> None:
    complete, empty = a_site(app), a_site(app, values={})
    assert run(app, "--site", complete.site_code).exit_code == 0
    result = run(app, "--site", empty.site_code)
    assert result.exit_code == 1
    assert "refusé pour ce site" in result.stdout
    told = plain(result.stderr)
    assert "Support informatique : téléphone (contact.it_support.phone), demandé par contacts" in told
    assert "steps.first-move.choices.call.text" in told
