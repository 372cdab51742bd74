"""The queue, on real SQLite and real Redis: woken after the commit, run by a worker that can be stopped."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from flask import Flask
from huey.constants import EmptyData

from lms import jobs
from lms.app import create_app
from lms.audit import AuditEntry, record
from lms.db import session, transaction
from lms.settings import ROOT, Settings
from tests.conftest import REDIS_URL, missing

WORKER = """
import sys
from lms.app import create_app
from lms import jobs
name, every = sys.argv[1], float(sys.argv[2])
make_huey = jobs.make_huey
jobs.make_huey = lambda settings: make_huey(settings, name)
app = create_app()
def job():
    with open(app.extensions["lms.settings"].instance_path / "ran", "a") as ran:
        ran.write("x")
    while (app.extensions["lms.settings"].instance_path / "hold").exists():
        if jobs.current_queue().stopping.wait(0.05):
            (app.extensions["lms.settings"].instance_path / "gave-back").touch()
            return
jobs.init_app(app, [jobs.Job("test", job, every)])
with app.app_context():
    print("up", flush=True)
    jobs.current_queue().work()
"""
"""A worker with one job of ours, on a queue of its own name."""


@pytest.fixture(params=["sqlite", "redis"])
def queued(request: pytest.FixtureRequest, settings: Settings) -> Iterator[tuple[Settings, str]]:
    """Settings on each queue, and a queue name nobody else uses; the Redis keys are removed afterwards."""
    name = f"lmstest{os.getpid()}{os.urandom(4).hex()}"
    if request.param == "sqlite":
        yield settings, name
        return
    server = redis.Redis.from_url(REDIS_URL)
    try:
        server.ping()
    except redis.ConnectionError:
        server.close()
        missing("redis")
    yield replace(settings, redis_url=REDIS_URL), name
    for key in server.scan_iter(f"*{name}*"):
        server.delete(key)
    server.close()


@pytest.fixture
def app(queued: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application with one job, its queue under the test's name."""
    settings, name = queued
    make_huey = jobs.make_huey
    monkeypatch.setattr(jobs, "make_huey", lambda settings: make_huey(settings, name))
    app = create_app(settings)
    jobs.init_app(app, [jobs.Job("test", lambda: None, every=60)])
    with app.app_context():
        yield app
    app.extensions["lms.engine"].dispose()


def waiting() -> int:
    """Messages in the queue."""
    huey = jobs.current_queue()._huey
    count = huey.storage.queue_size()
    huey.storage.close()
    return count


def test_a_job_is_woken_once_after_the_commit(app: Flask) -> None:
    with transaction():
        record("test.done", actor="command", subject="a")
        jobs.wake_after_commit("test")
        jobs.wake_after_commit("test")
        session.flush()
        assert waiting() == 0
    assert waiting() == 1
    with transaction():
        record("test.done", actor="command", subject="b")
    assert waiting() == 1


def test_what_is_rolled_back_wakes_nobody(app: Flask) -> None:
    record("test.done", actor="command", subject="a")
    session.flush()
    jobs.wake_after_commit("test")
    session.rollback()
    with transaction():
        record("test.done", actor="command", subject="b")
    assert waiting() == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 1


def test_a_message_of_another_key_is_not_opened(app: Flask, queued: tuple[Settings, str]) -> None:
    """Messages are pickles: one that we did not sign must never be loaded."""
    settings, name = queued
    forger = jobs.Queue(app, [])
    huey = make_forged(settings, name)
    forger.__dict__["_huey"] = huey
    forger.wake("test")
    ours = jobs.current_queue()._huey
    data = ours.storage.dequeue()
    assert data is not EmptyData
    with pytest.raises(ValueError, match="Signature"):
        ours.deserialize_task(data)
    ours.storage.close()


def make_forged(settings: Settings, name: str) -> jobs.Huey:
    """The same queue, with another secret key."""
    original = jobs.RedisHuey if settings.redis_url else jobs.SqliteHuey
    serializer = jobs.SignedSerializer(secret="x" * 40, salt="jobs")
    where = {"url": settings.redis_url} if settings.redis_url else {
        "filename": str(settings.instance_path / "jobs.db")
    }  # fmt: skip
    return original(name, results=False, serializer=serializer, **where)


def test_a_queue_out_of_reach_does_not_fail_who_asks(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    with app.app_context(), caplog.at_level(logging.WARNING):
        with transaction():
            record("test.done", actor="command", subject="a")
            jobs.wake_after_commit("media.render-waiting")
        assert session.scalar(sa.select(AuditEntry.subject)) == "a"
    assert "cannot wake media.render-waiting" in caplog.text
    app.extensions["lms.engine"].dispose()


def test_a_job_that_fails_is_logged_and_an_unknown_one_ignored(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)

    def broken() -> None:
        raise LookupError("the moon is missing")

    queue = jobs.Queue(app, [jobs.Job("broken", broken, every=60)])
    queue.run("broken")
    queue.run("of a later version")
    assert "the moon is missing" in caplog.text
    app.extensions["lms.engine"].dispose()


@pytest.fixture
def worker(queued: tuple[Settings, str]) -> Iterator[subprocess.Popen[str]]:
    """A worker process, up."""
    settings, name = queued
    environ = {
        **os.environ,
        "LMS_INSTANCE_PATH": str(settings.instance_path),
        "LMS_SECRET_KEY": settings.secret_key,
        "LMS_REDIS_URL": settings.redis_url,
    }
    command = [sys.executable, "-c", WORKER, name, "30"]
    process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def runs(settings: Settings) -> int:
    file: Path = settings.instance_path / "ran"
    return len(file.read_text()) if file.exists() else 0


def wait_for_runs(settings: Settings, count: int) -> None:
    end = time.monotonic() + 30
    while runs(settings) < count:
        assert time.monotonic() < end, f"{runs(settings)} runs"
        time.sleep(0.02)


def test_a_worker_runs_a_job_at_its_start_and_when_woken(
    app: Flask, queued: tuple[Settings, str], worker: subprocess.Popen[str]
) -> None:
    settings, _ = queued
    wait_for_runs(settings, 1)
    begun = time.monotonic()
    with transaction():
        record("test.done", actor="command", subject="a")
        jobs.wake_after_commit("test")
    wait_for_runs(settings, 2)
    assert time.monotonic() - begun < 10


def test_a_worker_told_to_stop_lets_its_job_give_back(
    queued: tuple[Settings, str], settings: Settings, worker_holding: subprocess.Popen[str]
) -> None:
    worker_holding.send_signal(signal.SIGTERM)
    assert worker_holding.wait(20) == 0
    assert (settings.instance_path / "gave-back").exists()


@pytest.fixture
def worker_holding(settings: Settings, request: pytest.FixtureRequest) -> subprocess.Popen[str]:
    """A worker in the middle of a long job."""
    (settings.instance_path / "hold").touch()
    process = request.getfixturevalue("worker")
    wait_for_runs(settings, 1)
    return process
