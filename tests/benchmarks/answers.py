"""What an answer costs, as ratios: `python -m tests.benchmarks.answers [--growth 1000000]`.

The floor is a bare Flask route that reads the same JSON and does one durable INSERT through sqlite3, in the
same process, the same WAL mode and the same run; ours is `POST /attempts/answers` whole. Rounds alternate and
medians are compared, so that a busy machine slows both. Instructions are exact where callgrind is installed.
"""

import argparse
import hashlib
import io
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from flask import Flask, jsonify, request

from lms.app import create_app
from lms.catalog import queries as catalog
from lms.db import transaction
from lms.migrate import upgrade_database
from lms.settings import Settings
from tests.factories.establishments import a_site
from tests.factories.learn import a_path

ROUNDS, CALLS = 15, 200
Call = Callable[[], None]


def wsgi_call(app: Flask, path: str, body: bytes, token: str = "") -> None:
    """One POST straight into the application; raises when it is not a 200."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_ACCEPT": "application/json",
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": f"Bearer {token}", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    status: list[str] = []
    reply = app.wsgi_app(environ, lambda line, _headers, _error=None: status.append(line))
    b"".join(reply)
    if hasattr(reply, "close"):
        reply.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path}: {status[0]}")


def make_floor(folder: Path) -> Call:
    """A bare Flask JSON route with one durable INSERT."""
    app = Flask("floor")
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(
        "CREATE TABLE answer(attempt_id INT, item TEXT, answer_id TEXT, choices TEXT, correct INT, at TEXT,"
        " PRIMARY KEY (attempt_id, item))"
    )
    numbers = iter(range(10**9))

    @app.post("/answers")
    def answers() -> object:
        data = request.get_json()
        row = (next(numbers), data["item"], data["answer_id"], json.dumps(data["choices"]), 1, "2026-11-21")
        connection.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)", row)
        return jsonify(item=data["item"], correct=True)

    return lambda: wsgi_call(app, "/answers", body_of("who", ["b"]))


def body_of(item: str, choices: list[str]) -> bytes:
    return json.dumps({"answer_id": str(uuid4()), "item": item, "choices": choices}).encode()


class Ours:
    """The real application, with attempts waiting for answers."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(Settings(instance_path=folder, secret_key="b" * 40).completed())
        upgrade_database(self.app)
        self.site_id = a_site(self.app).id
        self.path = a_path()
        with self.app.test_request_context(), transaction():
            catalog.keep_path(self.path)
        self.database = sqlite3.connect(folder / "lms.db", isolation_level=None, timeout=30)
        self.turn = 0

    def fill(self, answers: int) -> None:
        """Store `answers` answers of past attempts, two each."""
        self.database.execute("BEGIN")
        first = self.database.execute("SELECT coalesce(max(id), 0) FROM attempt").fetchone()[0] + 1
        ids = range(first, first + answers // 2)
        self.add_attempts(ids, "past")
        self.database.executemany(
            "INSERT INTO answer(attempt_id, item, answer_id, choices, correct, answered_at)"
            " VALUES (?, ?, ?, '[\"b\"]', 1, '2026-11-20 08:00:00.000000')",
            ((one, item, f"{one:036}") for one in ids for item in ("who", "what")),
        )
        self.database.execute("COMMIT")

    def add_attempts(self, ids: range, prefix: str) -> None:
        now = time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime())
        self.database.executemany(
            "INSERT INTO attempt(id, establishment_id, course, path_hash, token_hash, started_at)"
            " VALUES (?, ?, 'essai', ?, ?, ?)",
            (
                (
                    one,
                    self.site_id,
                    self.path.hash,
                    hashlib.sha256(f"{prefix}{one}".encode()).hexdigest(),
                    now,
                )
                for one in ids
            ),
        )

    def prepare(self, calls: int) -> Call:
        """A call that answers a fresh item each time, for `calls` calls."""
        self.database.execute("BEGIN")
        first = self.database.execute("SELECT coalesce(max(id), 0) FROM attempt").fetchone()[0] + 1
        self.add_attempts(range(first, first + calls), "now")
        self.database.execute("COMMIT")
        turns = iter(range(first, first + calls))
        return lambda: wsgi_call(self.app, "/attempts/answers", body_of("who", ["b"]), f"now{next(turns)}")


def seconds_of(call: Call, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls


def compare(first: Call, second: Call) -> tuple[float, float]:
    """Median seconds a call of each, in alternated rounds."""
    times: tuple[list[float], list[float]] = ([], [])
    for call in (first, second):
        seconds_of(call, 50)
    for _ in range(ROUNDS):
        times[0].append(seconds_of(first, CALLS))
        times[1].append(seconds_of(second, CALLS))
    return statistics.median(times[0]), statistics.median(times[1])


def instructions(which: str, calls: int) -> int:
    """Instructions of this script running `calls` calls of `which` under callgrind."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", sys.executable, "-m"]
        outcome = subprocess.run(
            [*command, "tests.benchmarks.answers", "--only", which, "--calls", str(calls)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return int(outcome.stderr.rsplit("Collected :", 1)[1].split()[0])


def instructions_per_call(which: str) -> float:
    """The difference of two run lengths: start-up cancels out."""
    return (instructions(which, 180) - instructions(which, 60)) / 120


def run_only(which: str, calls: int) -> None:
    """Just the calls, for callgrind to count."""
    with tempfile.TemporaryDirectory() as folder:
        call = make_floor(Path(folder)) if which == "floor" else Ours(Path(folder)).prepare(calls)
        for _ in range(calls):
            call()


def growth(answers: int) -> tuple[float, float]:
    """Median seconds an answer with 1,000 and with `answers` stored, in alternated rounds."""
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        few, many = Ours(Path(small)), Ours(Path(large))
        few.fill(1_000)
        many.fill(answers)
        calls = ROUNDS * CALLS + 50
        return compare(few.prepare(calls), many.prepare(calls))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--growth", type=int, default=1_000_000, help="answers stored in the large database")
    parser.add_argument("--only", choices=["floor", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--calls", type=int, default=100, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        run_only(asked.only, asked.calls)
        return
    table = [("measure", "goal", "floor", "ours", "ratio")]
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder))
        floor, whole = compare(make_floor(Path(folder)), ours.prepare(ROUNDS * CALLS + 50))
    table.append(
        ("answer, wall clock", "–", f"{floor * 1e6:.0f} µs", f"{whole * 1e6:.0f} µs", f"{whole / floor:.2f}")
    )
    if shutil.which("valgrind"):
        low, high = instructions_per_call("floor"), instructions_per_call("ours")
        row = (
            "answer, instructions",
            "≤ 2.5",
            f"{low / 1e3:.0f} k",
            f"{high / 1e3:.0f} k",
            f"{high / low:.2f}",
        )
        table.append(row)
    small, large = growth(asked.growth)
    label = f"answer, 1 k → {asked.growth:,} stored"
    table.append((label, "≤ 3", f"{small * 1e6:.0f} µs", f"{large * 1e6:.0f} µs", f"{large / small:.2f}"))
    for row in table:
        print("".join(f"{cell:<32}" if place == 0 else f"{cell:>12}" for place, cell in enumerate(row)))


if __name__ == "__main__":
    main()
