"""Films over HTTP: video, captions, pictures, and how far a film still to come is."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.routing import BaseConverter

from lms.i18n import gettext
from lms.media import queries
from lms.media.places import film_folder
from lms.media.sending import send
from lms.security import public
from lms.settings import current_settings

bp = Blueprint("media", __name__, url_prefix="/media")

NO_STORE = {"Cache-Control": "no-store"}
RETRY_SECONDS = 3


class FilmHashConverter(BaseConverter):
    """A film's hash: 64 hexadecimal digits, so that nothing else can become a path on our disk."""

    regex = "[0-9a-f]{64}"


class KebabConverter(BaseConverter):
    """Words in lower case joined by hyphens: no dot, no slash, no way out of the folder."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


@bp.record_once
def add_converters(setup: Any) -> None:
    """The converters are known before the first route is added to the application."""
    setup.app.url_map.converters |= {"film": FilmHashConverter, "kebab": KebabConverter}


@bp.get("/films/<film:film_hash>/video.mp4")
@public
def video(film_hash: str) -> Response:
    """The film itself, in ranges."""
    return send_part(film_hash, "video.mp4")


@bp.get("/films/<film:film_hash>/captions.vtt")
@public
def captions(film_hash: str) -> Response:
    """Its captions, WebVTT."""
    return send_part(film_hash, "captions.vtt")


@bp.get("/films/<film:film_hash>/poster.webp")
@public
def poster(film_hash: str) -> Response:
    """Its first picture."""
    return send_part(film_hash, "poster.webp")


@bp.get("/films/<film:film_hash>/scenes/<kebab:scene_id>.webp")
@public
def scene(film_hash: str, scene_id: str) -> Response:
    """The picture of one scene, for the reading mode."""
    return send_part(film_hash, f"scenes/{scene_id}.webp")


@bp.get("/films/<film:film_hash>/progress")
@public
def progress(film_hash: str) -> tuple[Response, int, dict[str, str]]:
    """How far the film is: `{state, progress, waiting_before, reason}`; 404 if nobody asked for it."""
    state = state_of(film_hash)
    return jsonify(state), 404 if state["state"] == "unknown" else 200, NO_STORE


def send_part(film_hash: str, name: str) -> Response:
    """A file of the film, or 404 and where the film is; no database is read for a film that is there."""
    settings = current_settings()
    prefix = settings.sendfile_prefix
    internal = f"{prefix}{film_hash}/{name}" if prefix else ""
    tag = film_hash if name == "video.mp4" else f"{film_hash}/{name}"
    try:
        return send(film_folder(settings.media_path, film_hash) / name, request, tag=tag, internal=internal)
    except FileNotFoundError:
        response = jsonify(state_of(film_hash))
        response.status_code = 404
        response.headers.extend(NO_STORE | {"Retry-After": str(RETRY_SECONDS)})
        return response


def state_of(film_hash: str) -> dict[str, Any]:
    """What is known of a film, ready to be said."""
    rendition = queries.find_rendition(film_hash)
    if rendition is None:
        return {"state": "unknown", "progress": 0.0, "waiting_before": 0, "reason": None}
    return {
        "state": rendition.state.value,
        "progress": round(rendition.progress, 3),
        "waiting_before": queries.count_waiting_before(film_hash),
        "reason": gettext(rendition.reason) if rendition.reason else None,
    }
