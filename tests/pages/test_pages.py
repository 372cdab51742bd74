"""Home, the statements the law asks for, and health: sound in both languages."""

from dataclasses import replace

import pytest
from flask import Flask

from lms.app import create_app
from lms.settings import Settings
from tests.client import PageClient
from tests.factories.establishments import a_site


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["/", "/code", "/accessibilite", "/mentions-legales"])
def test_every_page_is_sound_in_both_languages(client: PageClient, path: str, language: str) -> None:
    response = client.get(f"{path}?lang={language}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.get_data(as_text=True)


@pytest.mark.parametrize(("accepted", "language"), [("en-GB,en;q=0.8", "en"), ("de", "fr"), ("fr-CA", "fr")])
def test_the_browser_chooses_the_language_until_somebody_does(client, accepted: str, language: str) -> None:
    page = client.get("/code", headers={"Accept-Language": accepted}).get_data(as_text=True)
    assert f'<html lang="{language}"' in page
    page = client.get("/code?lang=fr", headers={"Accept-Language": accepted}).get_data(as_text=True)
    assert '<html lang="fr"' in page


def test_the_accessibility_statement_claims_nothing_that_was_not_audited(client: PageClient) -> None:
    page = client.get("/accessibilite?lang=fr").get_data(as_text=True)
    assert "non conforme" in page
    assert "Défenseur des droits" in page


def test_an_installation_of_one_site_opens_on_it(app: Flask, settings: Settings) -> None:
    site = a_site(app)
    own = create_app(replace(settings, home_site=site.site_code))
    response = own.test_client().get("/")
    assert (response.status_code, response.location) == (302, f"/p/{site.site_code}")
    own.extensions["lms.engine"].dispose()


def test_a_home_site_that_nobody_has_asks_for_a_code(app: Flask, settings: Settings) -> None:
    own = create_app(replace(settings, home_site="ZZZZZZ"))
    own.test_client_class = PageClient
    assert 'name="code"' in own.test_client().get("/").get_data(as_text=True)
    own.extensions["lms.engine"].dispose()


def test_health_answers_while_the_database_does(client: PageClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_guessing_site_codes_is_slowed_down(client: PageClient) -> None:
    codes = [client.post("/code", data={"code": "ZZZZZZ"}).status_code for _ in range(65)]
    assert codes[0] == 422
    assert codes[-1] == 429
