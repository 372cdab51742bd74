"""The worker with real children: drawn in order, killed, stopped, failed. See `drawing_child.py`."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from lms import jobs
from lms.db import transaction
from lms.media import queries, services, worker
from lms.media.models import Rendition
from lms.media.places import film_folder
from lms.media.services import FAILED, READY, RUNNING, WAITING
from lms.settings import ROOT, Settings
from tests.factories.media import make_film

CHILD = (sys.executable, str(Path(__file__).with_name("drawing_child.py")))

OTHER_WORKER = """
import logging, sys
from lms.app import create_app
from lms.media import services, worker
from datetime import timedelta
services.LEASE = timedelta(seconds=1)
with create_app().app_context():
    worker.render_waiting(command=sys.argv[1:])
"""


@pytest.fixture
def media(app: Flask) -> Iterator[Path]:
    """The folder of films, in an application's context."""
    with app.app_context():
        yield app.extensions["lms.settings"].media_path


def ask(*titles: str) -> None:
    with transaction():
        for title in titles:
            services.request_rendition(make_film(title))


def find(title: str) -> Rendition:
    """The row of a film, read in a transaction of its own."""
    with transaction():
        rendition = queries.find_rendition(make_film(title).hash)
    assert rendition is not None
    return rendition


def wait_for(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def begun(media: Path) -> list[str]:
    """The titles of the runs, in order."""
    file = media / "begun"
    return [line.partition(" ")[2] for line in file.read_text().splitlines()] if file.exists() else []


def child_pids(media: Path) -> list[int]:
    return [int(line.partition(" ")[0]) for line in (media / "begun").read_text().splitlines()]


def is_alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_everything_asked_for_is_drawn_in_order(media: Path) -> None:
    ask("one", "two chatters", "three")
    with transaction():
        services.request_rendition(make_film("three"), priority=5)
    worker.render_waiting(CHILD)
    assert begun(media) == ["three", "one", "two chatters"]
    assert {find(title).state for title in ("one", "two chatters", "three")} == {READY}
    assert (film_folder(media, make_film("one").hash) / "video.mp4").read_bytes() == b"drawn"


def test_progress_is_written_while_it_is_drawn(media: Path, app: Flask) -> None:
    ask("slow")
    with worker.drawing(lanes=1, command=CHILD):
        wait_for(lambda: find("slow").progress == 0.5)
        assert find("slow").state is RUNNING
    assert (find("slow").state, find("slow").tries) == (WAITING, 0)


def test_a_stopped_worker_gives_its_film_back_and_leaves_no_child(media: Path) -> None:
    ask("slow")
    stopping = jobs.current_queue().stopping
    threading.Timer(1, stopping.set).start()
    worker.render_waiting(CHILD)
    assert (find("slow").state, find("slow").tries) == (WAITING, 0)
    assert not any(is_alive(pid) for pid in child_pids(media))


def test_a_child_that_fails_is_logged_and_the_film_pauses(
    media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ask("fails", "fine")
    worker.render_waiting(CHILD)
    assert (find("fails").state, find("fails").tries, find("fine").state) == (WAITING, 1, READY)
    assert "ValueError: no such icon" in caplog.text
    assert "a long story" in caplog.text


def test_a_film_is_given_up_after_three_tries(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PAUSES", (timedelta(0), timedelta(0)))
    ask("dies")
    worker.render_waiting(CHILD)
    assert begun(media) == ["dies"] * 3
    assert (find("dies").state, find("dies").reason) == (FAILED, services.GAVE_UP)


def test_a_child_that_cannot_start_its_work_is_a_failure(media: Path) -> None:
    ask("A")
    worker.render_waiting((sys.executable, "-c", "raise SystemExit(3)"))
    assert (find("A").state, find("A").tries) == (WAITING, 1)


def test_a_drawing_without_end_is_stopped(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LONGEST_SECONDS", 1)
    ask("slow")
    worker.render_waiting(CHILD)
    assert (find("slow").state, find("slow").tries) == (WAITING, 1)
    assert not any(is_alive(pid) for pid in child_pids(media))


def test_a_run_that_lost_its_film_stops(media: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """A laptop that slept: its lease ended, another worker has the film."""
    monkeypatch.setattr(services, "LEASE", timedelta(seconds=-1))
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.3)
    ask("slow")
    with worker.drawing(lanes=2, command=CHILD):
        wait_for(lambda: len(begun(media)) >= 2)
        wait_for(lambda: not is_alive(child_pids(media)[0]))
    wait_for(lambda: not any(is_alive(pid) for pid in child_pids(media)))


def test_one_film_at_a_time_and_none_forgotten(media: Path, app: Flask) -> None:
    ask(*(f"film {number}" for number in range(4)))

    def wake() -> None:
        with app.app_context():
            worker.render_waiting(CHILD)

    threads = [threading.Thread(target=wake) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(begun(media)) == [f"film {number}" for number in range(4)]


def other_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """A worker in a process of its own, on the same database."""
    environ = {**os.environ, "LMS_INSTANCE_PATH": str(settings.instance_path), "LMS_SECRET_KEY": "s" * 40}
    return subprocess.Popen([sys.executable, "-c", OTHER_WORKER, *CHILD], env=environ, cwd=ROOT)


def test_a_killed_worker_is_found_and_its_film_drawn_again(media: Path, settings: Settings) -> None:
    ask("slow then not")
    killed = other_worker(settings)
    try:
        wait_for(lambda: find("slow then not").state is RUNNING and begun(media))
    finally:
        killed.kill()
        killed.wait()
    wait_for(lambda: not is_alive(child_pids(media)[0]))
    quick = (sys.executable, "-c", Path(CHILD[1]).read_text().replace('"slow" in title', "False"))
    wait_for(lambda: worker.render_waiting(quick) or find("slow then not").state is READY)
    assert find("slow then not").tries == 2


def test_a_killed_child_is_drawn_again(media: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "PAUSES", (timedelta(0), timedelta(0)))
    ask("slow")
    with worker.drawing(lanes=1, command=CHILD):
        wait_for(lambda: begun(media))
        os.kill(child_pids(media)[0], signal.SIGKILL)
        wait_for(lambda: len(begun(media)) == 2)
        wait_for(lambda: find("slow").state is RUNNING)
        assert find("slow").tries == 2


def test_a_real_film_is_drawn_by_the_real_engine(media: Path) -> None:
    film = make_film("Vrai")
    with transaction():
        services.request_rendition(film)
    worker.render_waiting()
    assert find("Vrai").state is READY
    folder = film_folder(media, film.hash)
    assert (folder / "video.mp4").read_bytes()[4:8] == b"ftyp"
    assert (folder / "scenes" / "first-look.webp").is_file()
