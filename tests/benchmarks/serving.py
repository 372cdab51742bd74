"""Do answers keep flowing while slow clients download films? The figures `lms/serving.py` was chosen by.

    python -m tests.benchmarks.serving [--rounds 3] [--seconds 5] [candidate…]

One application, several servers. 16 connections post answers one after the other (a read, then an insert and
a roll-up in one durable transaction of SQLite, WAL), alone and while 50 slow clients read an 8 MB film at
64 KB/s each; rounds alternate and the medians of ratios are shown. Wanted: rate ≥ 0.70 of the quiet rate,
p99 ≤ 3 × the quiet p99, and the film at the speed of its reader.

The kinds of slow client are in `slow_clients.py`. The load comes from a process of its own, on 127.0.0.1
only, and stops by itself.
"""

import argparse
import contextlib
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, jsonify, request

from lms.gateway import Gateway
from lms.media.sending import send
from lms.settings import ROOT
from tests.benchmarks import real_application
from tests.benchmarks.slow_clients import DOWNLOADS, KINDS

FOLDER = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir()))
FILM_BYTES = 8 * 1024 * 1024
FLOOR, CEILING = 0.70, 3.0

BIN = Path(sys.executable).parent
GUNICORN = [
    str(BIN / "gunicorn"),
    "--no-control-socket",
    "--log-level",
    "error",
    "--keep-alive",
    "30",
    "-w",
    "2",
]
GRANIAN = [
    str(BIN / "granian"),
    "--no-ws",
    "--log-level",
    "error",
    "--workers",
    "2",
    "--host",
    "127.0.0.1",
]
WSGI, RSGI = ["--interface", "wsgi", "--blocking-threads"], ["--interface", "rsgi"]
CANDIDATES: dict[str, tuple[list[str], dict[str, str]]] = {
    "gunicorn sync ×2": ([*GUNICORN, "-k", "sync"], {}),
    "gunicorn gthread 2×4": ([*GUNICORN, "-k", "gthread", "--threads", "4"], {}),
    "gunicorn gthread 2×64": ([*GUNICORN, "-k", "gthread", "--threads", "64"], {}),
    "gunicorn gthread 2×64, one writer": (
        [*GUNICORN, "-k", "gthread", "--threads", "64"],
        {"LOCK": "1"},
    ),
    "granian 2×64, streamed": ([*GRANIAN, *WSGI, "64"], {}),
    "granian 2×1, one piece": ([*GRANIAN, *WSGI, "1"], {"BODY": "piece"}),
    "granian RSGI ×2, gateway": ([*GRANIAN, *RSGI], {"TARGET": "serving:create_gateway"}),
    "lms, real answers": ([*GRANIAN, *RSGI], {"TARGET": "real_application:create_gateway"}),
}


# The application every candidate serves.


def create_app() -> Flask:
    """A durable POST and the film, sent by the code the media route uses."""
    app = Flask(__name__)
    local, lock = threading.local(), threading.Lock()
    writer = lock if os.environ.get("LOCK") else contextlib.nullcontext()

    def database() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(FOLDER / "bench.db", isolation_level=None, timeout=30)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=NORMAL")
        return local.connection

    @app.post("/answers")
    def answer() -> Response:
        sent = request.get_json()
        connection, day = database(), time.strftime("%Y-%m-%d")
        known = connection.execute("SELECT answers FROM day WHERE day = ?", (day,)).fetchone()
        with writer:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO answer VALUES (?, ?)", (str(uuid.uuid4()), json.dumps(sent)))
            connection.execute(
                "INSERT INTO day VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET answers = answers + 1", (day,)
            )
            connection.execute("COMMIT")
        return jsonify(correct=True, before=known)

    @app.get("/film.mp4")
    def film() -> Response:
        response = send(FOLDER / "film.mp4", request, tag="film")
        if os.environ.get("BODY") == "piece" and response.response:
            response.response = [b"".join(response.response)]
        return response

    return app


def create_gateway() -> Gateway:
    """The same behind our gateway."""
    return Gateway(create_app(), body_bytes=1_000_000)


# The comparison.


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(name: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The candidate, running: its port and process id."""
    command, environ = CANDIDATES[name]
    port = free_port()
    if "gunicorn" in command[0]:
        where, target = ["-b", f"127.0.0.1:{port}"], "tests.benchmarks.serving:create_app()"
    else:
        where, target = (
            ["--port", str(port), "--factory"],
            f"tests.benchmarks.{environ.get('TARGET', 'serving:create_app')}",
        )
    server = subprocess.Popen(
        [*command, *where, target],
        env={
            **os.environ,
            **environ,
            "BENCH_FOLDER": str(folder),
        },
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        time.sleep(0.5)
        yield port, server.pid
    finally:
        server.terminate()
        try:
            server.wait(8)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def measured(port: int, seconds: float, kind: str) -> dict[str, float]:
    """One phase of load, made by a child so that this process's memory and threads do not count."""
    command = [sys.executable, "-m", "tests.benchmarks.slow_clients", str(port), str(seconds), kind]
    out = subprocess.run(command, check=True, capture_output=True, timeout=seconds + 30, cwd=ROOT)
    return json.loads(out.stdout)


def megabytes(pid: int) -> float:
    """Resident memory of the server and its workers (Linux; 0 elsewhere)."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if pid in (int(process.name), int(fields[1])):
                total += int((process / "statm").read_text().split()[1])
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6


def compare(names: list[str], rounds: int, seconds: float) -> None:
    """Print one row for each server and kind of slow client."""
    print("| server | slow clients | answers/s | rate ÷ quiet | p99 ms | p99 ÷ quiet | film | MB | ok |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        film = os.urandom(FILM_BYTES)
        (folder / "film.mp4").write_bytes(film)
        if any("real" in name for name in names):
            real_application.prepare(folder, film)
        for name in names:
            with sqlite3.connect(folder / "bench.db") as database:
                database.execute("CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, body TEXT)")
                database.execute("CREATE TABLE IF NOT EXISTS day (day TEXT PRIMARY KEY, answers INTEGER)")
            with serving(name, folder) as (port, pid):
                measured(port, 1, "none")
                seen = {kind: [] for kind in ("none", *KINDS)}
                for _ in range(rounds):
                    for kind, figures in seen.items():
                        figures.append(measured(port, seconds, kind) | {"mb": megabytes(pid)})
            for kind in KINDS:
                print(_row(name, kind, seen["none"], seen[kind]), flush=True)


def _row(name: str, kind: str, quiet: list[dict[str, float]], busy: list[dict[str, float]]) -> str:
    rate = statistics.median(b["rate"] / q["rate"] for b, q in zip(busy, quiet, strict=True))
    late = statistics.median(b["p99"] / q["p99"] for b, q in zip(busy, quiet, strict=True))
    med = {key: statistics.median(figures[key] for figures in busy) for key in busy[0]}
    speed = f"{med['film']:.2f}" if kind in DOWNLOADS else "–"
    flows = kind not in DOWNLOADS or med["film"] >= 0.9
    holds = "yes" if rate >= FLOOR and late <= CEILING and flows else "NO"
    return (
        f"| {name} | {kind} | {med['rate']:.0f} | {rate:.2f} | {med['p99']:.0f} | {late:.1f} "
        f"| {speed} | {med['mb']:.0f} | {holds} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Slow clients against answers, several servers.")
    parser.add_argument("candidates", nargs="*", help="parts of candidate names; all when none is given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    names = [name for name in CANDIDATES if not asked.candidates or any(c in name for c in asked.candidates)]
    compare(names, asked.rounds, asked.seconds)


if __name__ == "__main__":
    main()
