"""`lms media build` and `lms media status`: which films, and what is said of them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from lms.catalog.films_commands import films_of
from lms.db import transaction
from lms.errors import NotFound
from lms.establishments.models import Establishment
from lms.media import services
from lms.media.film import Film
from tests.factories.catalog import plain
from tests.factories.establishments import a_site
from tests.factories.media import make_film, put_finished, take_over

COURSE = "hamecon"


@pytest.fixture
def site(app: Flask) -> Establishment:
    """A site that may publish the real courses."""
    contacts = {
        f"{role}.{field}": value
        for role in ("it_support", "on_call", "ciso", "phishing_report", "site_security")
        for field, value in (("phone", "01 99 00 12 34"), ("email", "support@clairbois.example"))
    }
    return a_site(app, values=contacts)


@pytest.fixture
def films(app: Flask, site: Establishment) -> Iterator[list[Film]]:
    """The films of its paths, standing on disk already, so that nothing is drawn."""
    with app.app_context():
        found = list(films_of(site, None, None))
        for film in {film.hash: film for film in found}.values():
            put_finished(app.extensions["lms.settings"].media_path, film)
        yield found


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_build_prepares_every_film_of_every_site(runner: FlaskCliRunner, films: list[Film]) -> None:
    outcome = runner.invoke(args=["media", "build"])
    assert outcome.exit_code == 0, outcome.output
    assert f"{len({film.hash for film in films})} vidéo(s) prête(s), 0 en échec." in outcome.output
    assert {film.language for film in films} == {"fr", "en"}


def test_build_can_be_narrowed(runner: FlaskCliRunner, site: Establishment, films: list[Film]) -> None:
    words = ["--site", site.site_code, "--course", COURSE, "--language", "fr"]
    outcome = runner.invoke(args=["media", "build", *words])
    assert outcome.exit_code == 0, outcome.output
    assert "1 vidéo(s) prête(s)" in outcome.output


@pytest.mark.parametrize("words", [["--site", "ZZZZZZ"], ["--course", "unknown"]])
def test_build_says_what_it_does_not_know(
    runner: FlaskCliRunner, films: list[Film], words: list[str]
) -> None:
    with pytest.raises(NotFound):
        runner.invoke(args=["media", "build", *words], catch_exceptions=False)


def test_status_tells_what_is_not_ready(runner: FlaskCliRunner, app: Flask) -> None:
    with app.app_context():
        with transaction():
            services.request_rendition(make_film("En échec"))
        for _ in range(services.MAX_TRIES):
            with transaction():
                services.fail(take_over(), reason=services.GAVE_UP)
        with transaction():
            services.request_rendition(make_film("En attente"), priority=7)
    output = plain(runner.invoke(args=["media", "status"]).output)
    assert "0 prêtes, 0 en préparation, 1 en attente, 1 en échec" in output
    assert "En attente : 0 %, priorité 7, essai 0" in output
    assert "En échec : La vidéo n’a pas pu être préparée." in output
