"""Work that no request waits for: woken through huey, done by `lms worker`.

A job takes no argument and keeps no state in the queue: it looks into the database for what is to be done.
The queue therefore carries only names; a message lost or sent twice changes nothing, and every job also runs
by itself every few seconds. SQLite in the instance folder by default, Redis when several machines serve.
"""

import logging
import signal
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

import redis
import sqlalchemy as sa
from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from sqlalchemy.orm import Session

from lms.db import AppSession, session
from lms.settings import Settings

log = logging.getLogger(__name__)

THREADS = 2
"""Jobs at a time in one worker process: a long one must not keep the short ones waiting."""
STOP_SECONDS = 15
"""What a running job has to give its work back, once told to stop."""
HEALTH_SECONDS = 10
"""Between two looks at huey's threads."""
POLL_SECONDS = 1.0
"""Longest sleep between two looks at the SQLite queue (Redis wakes us itself)."""


@dataclass(frozen=True)
class Job:
    """Something to do in the background. `run` is called inside the application's context."""

    name: str
    run: Callable[[], None]
    every: float
    """Seconds between two runs that nobody asked for."""


def make_huey(settings: Settings, name: str = "lms") -> Huey:
    """The queue of this installation. Messages are pickles, hence signed: others may write to a Redis."""
    serializer = SignedSerializer(secret=settings.secret_key, salt="jobs")
    if settings.redis_url:
        pool = redis.ConnectionPool.from_url(settings.redis_url, socket_connect_timeout=2, socket_timeout=5)
        return RedisHuey(name, connection_pool=pool, results=False, serializer=serializer)
    file = settings.instance_path / "jobs.db"
    return SqliteHuey(name, filename=str(file), results=False, serializer=serializer)


class Queue:
    """The jobs of one application, and the way to wake and to run them."""

    def __init__(self, app: Flask, jobs: Collection[Job]) -> None:
        self._app = app
        self._jobs = {job.name: job for job in jobs}
        self._working = False
        self.stopping = threading.Event()
        """Set when the worker is told to stop: a long job looks at it and gives its work back."""

    @cached_property
    def _huey(self) -> Huey:
        """Made at first use: most processes that load the application never touch the queue."""
        return make_huey(self._app.extensions["lms.settings"])

    @cached_property
    def _run_by_name(self) -> Callable[[str], object]:
        return self._huey.task(name="run")(self.run)

    def run(self, name: str) -> None:
        """Do one job now. Its failure is logged and never ends the worker."""
        job = self._jobs.get(name)
        if job is None or self.stopping.is_set():
            return
        with self._app.app_context():
            try:
                job.run()
            except Exception:
                log.exception("job %s failed", name)

    def wake(self, name: str) -> None:
        """Have a worker do the job soon. A queue out of reach is not the asker's fault: it is logged."""
        try:
            self._run_by_name(name)
            if not self._working:
                self._huey.storage.close()
        except Exception:
            log.warning("cannot wake %s; it runs by itself in a moment", name, exc_info=True)

    def work(self, *, threads: int = THREADS) -> None:
        """Do jobs until a signal says to stop; the running ones then give back or finish what they hold."""
        self._working = bool(self._run_by_name)
        consumer = Consumer(
            self._huey, workers=threads, periodic=False, max_delay=POLL_SECONDS, shutdown_timeout=STOP_SECONDS
        )
        self.stopping = consumer.stop_flag
        for job in self._jobs.values():
            threading.Thread(target=self._repeat, args=(job,), daemon=True).start()
        consumer.start()
        told = _told_to_stop()
        while not told.wait(HEALTH_SECONDS):
            consumer.check_worker_health()
        consumer.stop(graceful=True)

    def _repeat(self, job: Job) -> None:
        """Wake `job` at the start, then every `job.every` seconds."""
        self.wake(job.name)
        while not self.stopping.wait(job.every):
            self.wake(job.name)


def _told_to_stop() -> threading.Event:
    """Set by TERM, INT, and HUP (a closed terminal), in place of huey's handlers, which restart on HUP."""
    told = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: told.set())
    return told


def init_app(app: Flask, jobs: Collection[Job] = ()) -> None:
    """Give the application its queue."""
    app.extensions["lms.jobs"] = Queue(app, jobs)


def current_queue() -> Queue:
    """The queue of the current application."""
    return current_app.extensions["lms.jobs"]


def wake_after_commit(name: str) -> None:
    """Wake the job once what it has to find is really there; not at all if it is rolled back."""
    session().info.setdefault("jobs to wake", set()).add(name)


@sa.event.listens_for(AppSession, "after_commit")
def _wake(done: Session) -> None:
    for name in done.info.pop("jobs to wake", ()):
        current_queue().wake(name)


@sa.event.listens_for(AppSession, "after_rollback")
def _forget(undone: Session) -> None:
    undone.info.pop("jobs to wake", None)
