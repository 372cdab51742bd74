"""The job that draws the films people wait for, one at a time in each worker process, first asked first.

Drawing happens in a child started afresh: a crash of the encoder costs one try, not the worker, and Typst
must not be forked. This module only watches the child, writes where it is into the row, and stops it when
asked.
"""

import logging
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import current_app

from lms import jobs
from lms.db import transaction
from lms.media import services
from lms.media.child import Child
from lms.media.places import film_folder, is_finished, segments_folder
from lms.media.services import Claim
from lms.settings import current_settings

log = logging.getLogger(__name__)

RENDER = (sys.executable, "-m", "lms.media.render")
SWEEP_SECONDS = 15
BEAT_SECONDS = 1.0
"""Between two writes of the progress, which also renew the lease."""
LONGEST_SECONDS = 900
"""A two-minute film takes about two minutes of one core; far beyond that, something hangs."""

LANE = threading.Lock()
"""One drawing at a time in a process: a second one would take the core that serves the pages."""


def render_waiting(command: Sequence[str] = RENDER) -> None:
    """Draw until nothing is to be drawn. Does nothing while another thread of this process does it."""
    stopping = jobs.current_queue().stopping
    more = True
    while more and not stopping.is_set() and LANE.acquire(blocking=False):
        try:
            while more := not stopping.is_set() and draw_next(command, stopping):
                pass
        finally:
            LANE.release()
        more = _anything_left()


def _anything_left() -> bool:
    """What was asked for between our last look and our leaving the lane, by someone who found it taken."""
    with transaction():
        return services.is_anything_free()


def draw_next(command: Sequence[str], stopping: threading.Event) -> bool:
    """Draw the film that goes first; False when there is none."""
    with transaction():
        claim = services.take_next()
    if claim is None:
        return False
    media_path = current_settings().media_path
    if is_finished(media_path, claim.film_hash):
        with transaction():
            services.finish(claim)
        return True
    log.info("drawing film %s, try %d", claim.film_hash[:12], claim.tries)
    order = {
        "film": claim.film,
        "folder": str(film_folder(media_path, claim.film_hash)),
        "segments": str(segments_folder(media_path)),
    }
    with Child(command, order) as child:
        _watch(child, claim, stopping)
    return True


def _watch(child: Child, claim: Claim, stopping: threading.Event) -> None:
    """Follow the child to its end, whichever it is, and write that end down."""
    started = beaten = time.monotonic()
    while child.is_running():
        if stopping.is_set():
            child.stop()
            with transaction():
                services.give_back(claim)
            log.info("stopped drawing %s: it waits for the next worker", claim.film_hash[:12])
            return
        if time.monotonic() - started > LONGEST_SECONDS:
            child.stop()
            _failed(claim, services.TOO_LONG, f"no end after {LONGEST_SECONDS} s")
            return
        if time.monotonic() - beaten >= BEAT_SECONDS:
            beaten = time.monotonic()
            with transaction():
                if not services.advance(claim, progress=child.progress):
                    log.warning("film %s was taken over by another worker", claim.film_hash[:12])
                    return
        child.wait(0.1)
    if child.succeeded() and is_finished(current_settings().media_path, claim.film_hash):
        with transaction():
            services.finish(claim)
        log.info("film %s ready in %.0f s", claim.film_hash[:12], time.monotonic() - started)
        return
    _failed(claim, services.GAVE_UP, child.last_words())


def _failed(claim: Claim, reason: str, details: str) -> None:
    log.error("film %s, try %d of %d: %s", claim.film_hash[:12], claim.tries, services.MAX_TRIES, details)
    with transaction():
        services.fail(claim, reason=reason)


@contextmanager
def drawing(*, lanes: int, command: Sequence[str] = RENDER) -> Iterator[None]:
    """Draw in `lanes` threads for as long as the block lasts; leaving it gives back what is not finished."""
    leaving = threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy stays in its thread

    def draw() -> None:
        with app.app_context():
            while not leaving.is_set():
                if not draw_next(command, leaving):
                    leaving.wait(0.5)

    threads = [threading.Thread(target=draw, name=f"drawing-{lane}") for lane in range(lanes)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        leaving.set()
        for thread in threads:
            thread.join()


JOB = jobs.Job(services.RENDER_WAITING, render_waiting, every=SWEEP_SECONDS)
