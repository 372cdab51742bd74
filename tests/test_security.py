"""Closed by default, strict headers, hashed assets, errors in plain words."""

import re

import pytest
from flask import Flask

from lms.security import Permission, public, requires


def test_a_route_that_says_nothing_is_closed(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    response = app.test_client().get("/forgotten")
    assert response.status_code == 403
    assert "secret" not in response.get_data(as_text=True)


def test_nobody_signed_in_may_nothing_that_is_not_public(app: Flask) -> None:
    app.add_url_rule("/closed", "closed", requires(Permission.VIEW_MANAGEMENT)(lambda: "secret"))
    response = app.test_client().get("/closed")
    assert response.status_code == 401
    assert "secret" not in response.get_data(as_text=True)


def test_a_page_has_a_strict_policy_and_a_fresh_nonce(client) -> None:
    first, second = client.get("/"), client.get("/")
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert re.search(r"nonce-([\w-]+)", policy)[1] not in second.headers["Content-Security-Policy"]
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("language", "title"), [("fr", "Page introuvable"), ("en", "Page not found")])
def test_an_unknown_page_says_what_to_do(client, language: str, title: str) -> None:
    response = client.get("/nowhere", headers={"Accept-Language": language})
    assert response.status_code == 404
    assert title in response.get_data(as_text=True)


def test_a_bug_shows_a_reference_and_no_trace(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise ZeroDivisionError("very private detail")

    app.add_url_rule("/bug", "bug", public(fail))
    response = app.test_client().get("/bug")
    text = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "private detail" not in text
    assert "Traceback" not in text
    reference = re.search(r"\b[0-9a-f]{8}\b", text)[0]
    assert reference in caplog.text


def test_a_bug_in_the_frame_itself_is_still_told_in_words(app: Flask) -> None:
    app.extensions["lms.shelf"].by_name.clear()
    response = app.test_client().get("/code")
    assert response.status_code == 500
    assert response.mimetype == "text/plain"
    assert re.search(r"^[0-9a-f]{8}$", response.get_data(as_text=True), re.MULTILINE)


def test_errors_are_json_for_the_script(client) -> None:
    response = client.get("/nowhere", headers={"Accept": "application/json"})
    assert response.json["error"] == "not_found"
    assert response.json["advice"]
