"""Films small enough to be drawn in a test, and finished ones that were never drawn."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from lms.clock import now
from lms.db import session
from lms.media.colours import palette
from lms.media.film import Film, Look, Scene
from lms.media.models import Rendition
from lms.media.places import film_folder
from lms.media.services import Claim, take_next


def make_film(title: str = "Essai", *, language: str = "fr", seconds: float = 1.5) -> Film:
    """A film of one scene; another title is another film."""
    look = Look(palette("#00677F", "#F2B705"), "Centre hospitalier de l’Essai", "CH Essai")
    fields = {"title": title, "text": "Un texte.", "icon": "envelope"}
    scene = Scene("first-look", "hook", seconds, "deep", ("Une légende.",), fields)
    return Film(language, title, look, (scene,))


VIDEO = bytes(range(256)) * 40
"""10,240 bytes in which every position can be recognised."""


def put_finished(media_path: Path, film: Film) -> Path:
    """The folder of a finished film, without drawing it."""
    folder = film_folder(media_path, film.hash)
    (folder / "scenes").mkdir(parents=True)
    (folder / "video.mp4").write_bytes(VIDEO)
    (folder / "captions.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nUne légende.\n", "utf-8")
    for name in ("poster.webp", "scenes/first-look.webp"):
        (folder / name).write_bytes(b"RIFF....WEBP")
    return folder


def take_over() -> Claim:
    """Take the next film, whatever pause or lease it is in."""
    session.execute(sa.update(Rendition).values(lease_until=now() - timedelta(seconds=1)))
    claim = take_next()
    assert claim is not None
    return claim
