"""Do answers keep flowing while slow clients download films? The figures `lms/serving.py` was chosen by.

    python tests/benchmarks/serving.py [--rounds 3] [--seconds 5] [candidate…]

One application, several servers. 16 connections post answers one after the other (a read, then an insert and
a roll-up in one durable transaction of SQLite, WAL), alone and while 50 slow clients read an 8 MB film at
64 KB/s each; rounds alternate and the medians of ratios are shown. Wanted: rate ≥ 0.70 of the quiet rate,
p99 ≤ 3 × the quiet p99, and the film at the speed of its reader.

Four kinds of slow client, because they block a worker for different reasons: `player` asks for `bytes=0-`
like a browser, `plain` asks for no range (curl, a proxy), `silent` opens a connection and sends nothing (what
browsers do ahead of need; 150 of them), `stalled` loses its network between the head and the body of an
answer (150 too: nothing ends such a connection, so they add up over days). The load comes from a process of
its own, on 127.0.0.1 only, and stops by itself.
"""

import argparse
import asyncio
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

FOLDER = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir()))
FILM_BYTES, SLOW_CLIENTS, SLOW_RATE, CONNECTIONS = 8 * 1024 * 1024, 50, 64 * 1024, 16
FLOOR, CEILING = 0.70, 3.0
KINDS = {"player": SLOW_CLIENTS, "plain": SLOW_CLIENTS, "silent": 150, "stalled": 150}
DOWNLOADS = ("player", "plain")

BIN = Path(sys.executable).parent
GUNICORN = [
    str(BIN / "gunicorn"), "--no-control-socket", "--log-level", "error", "--keep-alive", "30", "-w", "2",
]
GRANIAN = [
    str(BIN / "granian"), "--no-ws", "--log-level", "error", "--workers", "2", "--host", "127.0.0.1",
]
WSGI, RSGI = ["--interface", "wsgi", "--blocking-threads"], ["--interface", "rsgi"]
CANDIDATES: dict[str, tuple[list[str], dict[str, str]]] = {
    "gunicorn sync ×2": ([*GUNICORN, "-k", "sync"], {}),
    "gunicorn gthread 2×4": ([*GUNICORN, "-k", "gthread", "--threads", "4"], {}),
    "gunicorn gthread 2×64": ([*GUNICORN, "-k", "gthread", "--threads", "64"], {}),
    "gunicorn gthread 2×64, one writer": (
        [*GUNICORN, "-k", "gthread", "--threads", "64"], {"LOCK": "1"},
    ),
    "granian 2×1, streamed": ([*GRANIAN, *WSGI, "1"], {}),
    "granian 2×64, streamed": ([*GRANIAN, *WSGI, "64"], {}),
    "granian 2×1, one piece": ([*GRANIAN, *WSGI, "1"], {"BODY": "piece"}),
    "granian 2×4, one piece": ([*GRANIAN, *WSGI, "4"], {"BODY": "piece"}),
    "granian RSGI ×2, gateway": ([*GRANIAN, *RSGI], {"TARGET": "create_gateway"}),
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


# The load, in a process of its own: `serving.py --load PORT SECONDS KIND`.

ANSWER = json.dumps({"answer_id": str(uuid.uuid4()), "item": "spot-the-sender", "choices": ["b"]}).encode()
POST = (
    b"POST /answers HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    % len(ANSWER)
) + ANSWER


async def _post_until(port: int, end: float, times: list[float]) -> None:
    """One connection, one answer after the other; reconnects when the server closes, as browsers do."""
    reader = writer = None
    while time.perf_counter() < end:
        start = time.perf_counter()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(POST)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), max(0.1, end + 2 - start))
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        except (OSError, EOFError, TimeoutError):
            writer = None
            times.append(time.perf_counter() - start)
            continue
        if b"connection: close" in head.lower():
            writer.close()
            writer = None
        times.append(time.perf_counter() - start)


async def _read_slowly(port: int, kind: str, end: float) -> int:
    """A slow client: small receive buffer, 64 KB/s; the bytes it got."""
    loop, got = asyncio.get_running_loop(), 0
    while time.perf_counter() < end:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_RATE)
            client.setblocking(False)
            await loop.sock_connect(client, ("127.0.0.1", port))
            if kind == "stalled":
                await loop.sock_sendall(client, POST[: -len(ANSWER)])
            if kind in DOWNLOADS:
                got += await _download(loop, client, kind, got, end)
            else:
                await asyncio.sleep(max(0, end - time.perf_counter()))
    return got


async def _download(
    loop: asyncio.AbstractEventLoop, client: socket.socket, kind: str, got_before: int, end: float
) -> int:
    """Read at the slow rate until the answer or the time ends; a `player` goes on where it stopped."""
    ranged = b"Range: bytes=%d-\r\n" % got_before if kind == "player" else b""
    head = b"GET /film.mp4 HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
    await loop.sock_sendall(client, head + ranged + b"\r\n")
    got, start = 0, time.perf_counter()
    while (present := time.perf_counter()) < end:
        ahead = got / SLOW_RATE - (present - start)
        if ahead > 0:
            await asyncio.sleep(ahead)
        try:
            data = await asyncio.wait_for(loop.sock_recv(client, 16384), max(0.05, end - present))
        except (OSError, TimeoutError):
            return got
        if not data:
            return got
        got += len(data)
    return got


async def load(port: int, seconds: float, kind: str) -> dict[str, float]:
    """Rate and 99th percentile of the answers, and what the slow clients got."""
    warm = 1.5 if kind != "none" else 0.3
    end = time.perf_counter() + warm + seconds
    count = KINDS.get(kind, 0)
    slow = [asyncio.create_task(_read_slowly(port, kind, end)) for _ in range(count)]
    await asyncio.sleep(warm)
    times: list[float] = []
    await asyncio.gather(*(_post_until(port, end, times) for _ in range(CONNECTIONS)))
    got = sum(await asyncio.gather(*slow))
    ordered = sorted(times)
    return {
        "rate": len(times) / seconds,
        "p50": statistics.median(ordered) * 1000,
        "p99": ordered[int(len(ordered) * 0.99)] * 1000,
        "film": got / max(1, count) / (seconds + warm) / SLOW_RATE,
    }


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
        where, target = ["-b", f"127.0.0.1:{port}"], "serving:create_app()"
    else:
        where, target = ["--port", str(port), "--factory"], f"serving:{environ.get('TARGET', 'create_app')}"
    root = Path(__file__).resolve().parents[2]
    server = subprocess.Popen(
        [*command, *where, target],
        env={
            **os.environ, **environ, "BENCH_FOLDER": str(folder),
            "PYTHONPATH": f"{root}{os.pathsep}{Path(__file__).parent}",
        },
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
    command = [sys.executable, __file__, "--load", str(port), str(seconds), kind]
    root = Path(__file__).resolve().parents[2]
    environ = {**os.environ, "PYTHONPATH": str(root)}
    out = subprocess.run(command, check=True, capture_output=True, timeout=seconds + 30, env=environ)
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
    print("| server | slow clients | answers/s | rate ÷ quiet | p99 ms | p99 ÷ quiet | film speed | MB | ok |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "film.mp4").write_bytes(os.urandom(FILM_BYTES))
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
    if sys.argv[1:2] == ["--load"]:
        port, seconds, kind = sys.argv[2:]
        print(json.dumps(asyncio.run(load(int(port), float(seconds), kind))))
        return
    parser = argparse.ArgumentParser(description="Slow clients against answers, several servers.")
    parser.add_argument("candidates", nargs="*", help="parts of candidate names; all when none is given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    names = [name for name in CANDIDATES if not asked.candidates or any(c in name for c in asked.candidates)]
    compare(names, asked.rounds, asked.seconds)


if __name__ == "__main__":
    main()
