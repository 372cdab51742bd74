"""How the processes are run: `lms serve` (web processes, and in local mode the worker) and `lms worker`.

The server is granian behind our `Gateway`, one process a core, one request at a time in each: the choice of
`tests/benchmarks/serving.py`. 16 connections post answers (a small durable transaction of SQLite; in the
last row, our own answer route) on two shared, noisy cores, alone and beside slow clients; each cell is
rate ÷ quiet rate, then p99 ÷ quiet p99, medians of 3 rounds (5 for the gateway's row). The bar: rate ≥ 0.70,
p99 ≤ 3, the film at its reader's 64 KB/s.

| Two processes of | 50 players | 50 without `Range` | 150 silent | 150 stalled in a POST |
|---|---|---|---|---|
| gunicorn sync | 0.01, 21 | 0.01, 21 | 0.01, 19 | 0.01, 20 |
| gunicorn gthread, 4 threads | 0.84, 0.5, film at 15 % | 0.01, 29 | 0.01, 27 | 0.01, 28 |
| gunicorn gthread, 64 threads | 0.90, 0.8 | 0.90, 1.2 | 0.39, 0.5 | 0.00, 36 |
| the same, one writer at a time | 0.97, 1.2 | 0.78, 0.9 | 0.00, 81 | 0.66, 0.2 |
| granian WSGI, 64 threads | 0.87, 1.2 | 0.96, 0.9 | 1.05, 1.1 | 0.00, 36 |
| granian WSGI, 1 thread, film in one piece | 1.11, 1.1 | 1.48, 0.5 | 1.30, 0.7 | 0.00, 38 |
| granian RSGI, gateway | 1.07, 0.7 | 1.01, 0.8 | 0.84, 1.1 | 1.02, 0.8 |
| the same, the real application | 1.01, 1.1 | 1.06, 0.9 | 1.02, 1.1 | 1.00, 1.1 |

A thread that waits for a network can be had by the dozen, but a ward's Wi-Fi loses phones in the middle of an
answer every day, and nothing ends such a connection: sooner or later they hold every thread. The gateway lets
none of them near Python. In a calmer run it answers 1.3 to 1.5 times as often as gthread, with a p99 of 22 ms
where 64 threads, waiting for each other's locks, need 82 to 130. Granian's own static files know no ranges
(2.8), without which Safari plays nothing.

Nothing outlives the command: every process we start watches its parent, because an orphan that keeps the
port (`SO_REUSEPORT` lets it) would answer half of the requests of the next server.
"""

import logging
import multiprocessing
import os
import pkgutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from lms import fonts
from lms.errors import Conflict
from lms.gateway import Gateway
from lms.i18n import lazy_gettext as _l
from lms.jobs import current_queue
from lms.migrate import upgrade_database
from lms.settings import Settings, current_settings

log = logging.getLogger(__name__)

APPLICATION = "lms.app:create_app"
"""Named, not imported: every process builds its own from the environment, and plumbing knows no slice."""
MOST_WORKERS = 4
"""Web processes by default, at most: SQLite has one writer, and a fifth process only waits for it."""
STOP_SECONDS = 10
RESTART_SECONDS = 2
"""Pause before a dead worker is started again, so that one that dies at once does not eat a core."""

SPAWN = multiprocessing.get_context("spawn")
"""Started afresh, never forked: a fork would share database connections and may deadlock Typst."""


def count_cores() -> int:
    """Cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def count_web_processes(settings: Settings) -> int:
    """`LMS_WORKERS`, or one for each core up to `MOST_WORKERS`."""
    return settings.workers or min(MOST_WORKERS, count_cores())


def end_with_parent(end: Callable[[], object]) -> None:
    """Call `end` when the process that started this one is no more, even killed."""
    parent = multiprocessing.parent_process()

    if parent is None:
        return

    def watch() -> None:
        parent.join()
        end()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def load_gateway(application: str) -> Gateway:
    """What a web process runs. An answer is acknowledged after its commit, so leaving at once loses none."""
    end_with_parent(lambda: os._exit(1))
    app: Flask = pkgutil.resolve_name(application)()
    return Gateway(app, body_bytes=app.config["MAX_CONTENT_LENGTH"])


def run_jobs() -> None:
    """What the worker process runs, until TERM or INT."""
    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    app: Flask = pkgutil.resolve_name(APPLICATION)()
    with app.app_context():
        work()


def work() -> None:
    """Do the jobs of the current application."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("lms").setLevel(logging.INFO)
    current_queue().work()


class Keeper:
    """Keeps one worker process running beside the web processes, and starts it again if it dies."""

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _keep(self) -> None:
        while not self._leaving.is_set():
            self._process = SPAWN.Process(target=run_jobs, name="lms-worker")
            self._process.start()
            self._process.join()
            if not self._leaving.wait(RESTART_SECONDS):
                log.warning("the worker ended (exit %s), starting it again", self._process.exitcode)

    def stop(self) -> None:
        """Ask the worker to give back what it holds, and see it gone."""
        self._leaving.set()
        process = self._process
        if process is not None and process.is_alive():
            process.terminate()
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
        self._thread.join(STOP_SECONDS)


class PortTaken(Conflict):
    """Something listens there already."""

    code = "port_taken"
    message = _l("Un autre programme écoute déjà à cette adresse.")
    advice = _l("Arrêtez-le, ou choisissez un autre port : LMS_PORT=8001 lms serve")


def check_port(host: str, port: int) -> None:
    """Raise PortTaken rather than share the port with a server somebody forgot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise PortTaken() from fault


def _stop_on_hangup(stop: Callable[..., None]) -> None:
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, stop)


def run_web(settings: Settings) -> None:
    """Serve until TERM or INT; then finish the requests begun."""
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        APPLICATION,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=count_web_processes(settings),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    if settings.mode == "local":
        # A closed terminal ends the server; in production the same signal renews the processes one by one.
        server.on_startup(lambda: _stop_on_hangup(server.signal_handler_interrupt))
    server.serve(target_loader=load_gateway)  # type: ignore[arg-type]  # RSGI calls an object, not a function


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the application: migrations, web processes, and in local mode the worker."""
    settings = current_settings()
    check_port(settings.host, settings.port)
    upgrade_database(current_app)
    current_app.extensions["lms.engine"].dispose()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Ouvrez http://{host}:{settings.port}/ — Ctrl+C pour arrêter.")
    # Made beside the start, not before: a page is complete without them (`font-display: optional`).
    threading.Thread(target=fonts.build_all, args=(settings.instance_path / "fonts",), daemon=True).start()
    keeper = Keeper() if settings.mode == "local" else None
    if keeper:
        keeper.start()
    try:
        run_web(settings)
    finally:
        if keeper:
            keeper.stop()


@click.command()
@with_appcontext
def worker() -> None:
    """Do the background jobs: draw the films. `serve` does it by itself in local mode."""
    upgrade_database(current_app)
    work()
