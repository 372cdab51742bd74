"""Films over HTTP: ranges, validators, caching, and nothing outside the folder."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.app import create_app
from lms.db import transaction
from lms.media.services import FAILED, GAVE_UP, MAX_TRIES, fail, request_rendition
from lms.settings import Settings
from tests.factories.media import VIDEO, make_film, put_finished, take_over

FILM = make_film()
ADDRESS = f"/media/films/{FILM.hash}"


@pytest.fixture
def folder(settings: Settings) -> Path:
    """The folder of a finished film."""
    return put_finished(settings.media_path, FILM)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("video.mp4", "video/mp4"),
        ("captions.vtt", "text/vtt; charset=utf-8"),
        ("poster.webp", "image/webp"),
        ("scenes/first-look.webp", "image/webp"),
    ],
)
def test_a_finished_film_is_sent_for_ever(client: FlaskClient, folder: Path, name: str, kind: str) -> None:
    answer = client.get(f"{ADDRESS}/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Encoding" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.data == (folder / name).read_bytes()
    assert answer.content_length == len(answer.data)


def test_every_file_of_a_film_has_its_own_tag(client: FlaskClient, folder: Path) -> None:
    names = ("video.mp4", "captions.vtt", "poster.webp", "scenes/first-look.webp")
    tags = {client.get(f"{ADDRESS}/{name}").headers["ETag"] for name in names}
    assert len(tags) == 4
    assert f'"{FILM.hash}"' in tags


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-", 0, 10239), ("bytes=0-1", 0, 1), ("bytes=300-555", 300, 555), ("bytes=-40", 10200, 10239)],
)
def test_a_player_gets_the_piece_it_asks_for(
    client: FlaskClient, folder: Path, asked: str, first: int, last: int
) -> None:
    answer = client.get(f"{ADDRESS}/video.mp4", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(VIDEO)}"
    assert answer.data == VIDEO[first : last + 1]
    assert answer.content_length == last - first + 1


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=7-3", "bytes=x"])
def test_a_range_outside_the_film_is_told_its_size(client: FlaskClient, folder: Path, asked: str) -> None:
    answer = client.get(f"{ADDRESS}/video.mp4", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */10240"


def test_several_ranges_give_the_whole_film(client: FlaskClient, folder: Path) -> None:
    answer = client.get(f"{ADDRESS}/video.mp4", headers={"Range": "bytes=0-1,4-5"})
    assert (answer.status_code, answer.data) == (200, VIDEO)


def test_a_range_of_another_version_gives_the_whole_film(client: FlaskClient, folder: Path) -> None:
    """RFC 9110 §13.1.5."""
    for condition, status in ((f'"{FILM.hash}"', 206), ('"other"', 200), (f'W/"{FILM.hash}"', 200)):
        headers = {"Range": "bytes=0-9", "If-Range": condition}
        assert client.get(f"{ADDRESS}/video.mp4", headers=headers).status_code == status


def test_what_the_browser_has_is_not_sent_again(client: FlaskClient, folder: Path) -> None:
    for known in (f'"{FILM.hash}"', f'"other", W/"{FILM.hash}"', "*"):
        answer = client.get(f"{ADDRESS}/video.mp4", headers={"If-None-Match": known, "Range": "bytes=0-9"})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == f'"{FILM.hash}"'
        assert "immutable" in answer.headers["Cache-Control"]


def test_head_says_the_same_without_the_film(client: FlaskClient, folder: Path) -> None:
    """§14.2: a range means nothing outside GET."""
    answer = client.head(f"{ADDRESS}/video.mp4", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(VIDEO))


@pytest.mark.parametrize(
    "path",
    [
        "/media/films/../../secret-key",
        "/media/films/%2e%2e/video.mp4",
        f"{ADDRESS}/scenes/..%2f..%2f..%2f..%2fsecret-key.webp",
        f"{ADDRESS}/scenes/%2e%2e.webp",
        f"{ADDRESS}/scenes/First.webp",
        f"{ADDRESS}/scenes/a--b.webp",
        f"{ADDRESS}/scenes/.webp",
        f"{ADDRESS}/transcript.json",
        f"/media/films/{'A' * 64}/video.mp4",
        f"/media/films/{'a' * 63}/video.mp4",
        f"/media/films/{'a' * 64}%0a/video.mp4",
    ],
)
def test_no_address_leads_out_of_the_films(client: FlaskClient, folder: Path, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json["error"] == "not_found"


def test_a_film_nobody_asked_for_is_unknown(client: FlaskClient) -> None:
    for name in ("video.mp4", "captions.vtt", "poster.webp", "scenes/a.webp", "progress"):
        answer = client.get(f"{ADDRESS}/{name}")
        assert (answer.status_code, answer.json["state"]) == (404, "unknown")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_film_to_come_says_where_it_is(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        request_rendition(make_film("Avant"), priority=5)
        request_rendition(FILM)
    answer = client.get(f"{ADDRESS}/video.mp4")
    assert (answer.status_code, answer.json["state"]) == (404, "waiting")
    assert answer.headers["Retry-After"] == "3"
    answer = client.get(f"{ADDRESS}/progress")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {"state": "waiting", "progress": 0.0, "waiting_before": 1, "reason": None}


def test_a_failed_film_says_why(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        with transaction():
            request_rendition(FILM)
        for _ in range(MAX_TRIES):
            with transaction():
                claim = take_over()
                fail(claim, reason=GAVE_UP)
    answer = client.get(f"{ADDRESS}/progress")
    assert answer.json["state"] == FAILED.value
    assert answer.json["reason"].startswith("La vidéo n’a pas pu être préparée.")


def test_the_proxy_is_told_where_the_film_is(settings: Settings, folder: Path) -> None:
    app = create_app(replace(settings, sendfile_prefix="/films/"))
    try:
        answer = app.test_client().get(f"{ADDRESS}/video.mp4", headers={"Range": "bytes=0-9"})
        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["X-Accel-Redirect"] == f"/films/{FILM.hash}/video.mp4"
        assert answer.headers["Content-Type"] == "video/mp4"
        missing = app.test_client().get(f"/media/films/{'a' * 64}/video.mp4")
        assert missing.status_code == 404
        assert "X-Accel-Redirect" not in missing.headers
    finally:
        app.extensions["lms.engine"].dispose()
