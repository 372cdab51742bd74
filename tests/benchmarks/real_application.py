"""The real application under the load of `serving.py`: its answer route and its film route.

The load knows neither tokens nor hashes, so each process gives every POST the next of its prepared attempts;
everything behind that is what a hospital runs, committed answers included.
"""

import os
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from lms.app import create_app
from lms.gateway import Gateway
from lms.media.places import film_folder
from lms.settings import Settings
from tests.benchmarks.answers import Ours, body_of

FILM_HASH = "f" * 64
ATTEMPTS = 400_000


def settings_of(folder: Path) -> Settings:
    return Settings(instance_path=folder, secret_key="b" * 40).completed()


def prepare(folder: Path, film: bytes) -> None:
    """A database with attempts waiting for their first answer, and a film in its place."""
    ours = Ours(folder)
    ours.prepare(ATTEMPTS)
    ours.database.close()
    ours.app.extensions["lms.engine"].dispose()
    place = film_folder(settings_of(folder).media_path, FILM_HASH)
    place.mkdir(parents=True)
    (place / "video.mp4").write_bytes(film)


class Translated:
    """The WSGI application, with the load's two addresses turned into ours."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(settings_of(folder))
        self.turns = count((os.getpid() * 7919) % (ATTEMPTS // 2))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/answers":
            body = body_of("who", ["b"])
            environ |= {
                "PATH_INFO": "/attempts/answers",
                "HTTP_AUTHORIZATION": f"Bearer now{next(self.turns) % ATTEMPTS + 1}",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": BytesIO(body),
            }
        elif environ["PATH_INFO"] == "/film.mp4":
            environ["PATH_INFO"] = f"/media/films/{FILM_HASH}/video.mp4"
        return self.app(environ, start_response)


def create_gateway() -> Gateway:
    """What `lms serve` runs in each web process."""
    return Gateway(Translated(Path(os.environ["BENCH_FOLDER"])), body_bytes=1_000_000)
