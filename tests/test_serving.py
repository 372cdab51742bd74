"""`lms serve` and `lms worker`, as real processes: what is started, what is killed, what is left behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lms import serving
from lms.settings import ROOT, Settings
from tests.factories.media import VIDEO, make_film, put_finished

LMS = [sys.executable, "-c", "from lms.cli import main; main()"]
FILM = make_film("Servi")
ADDRESS = f"/media/films/{FILM.hash}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(settings: Settings, port: int, *words: str, **environ: str) -> subprocess.Popen[str]:
    """An `lms` command on a fresh instance."""
    ours = {
        "LMS_INSTANCE_PATH": str(settings.instance_path),
        "LMS_SECRET_KEY": settings.secret_key,
        "LMS_PORT": str(port),
        "LMS_WORKERS": "2",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    command = [*LMS, *words]
    return subprocess.Popen(
        command, env=clean | ours | environ, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body; 0 while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def children(pid: int) -> dict[int, str]:
    """The living processes started by `pid`, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError):
            continue
    return {pid: command for pid, command in found.items() if "spawn_main" in command}


@pytest.fixture
def served(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`lms serve` answering, and its port: two web processes and the worker."""
    put_finished(settings.media_path, FILM)
    port = free_port()
    process = start(settings, port, "serve")
    try:
        wait_for(lambda: get(port, f"{ADDRESS}/video.mp4")[0] == 200 or process.poll() is not None)
        wait_for(lambda: len(children(process.pid)) == 3 or process.poll() is not None)
        assert process.poll() is None, process.communicate()[0]
        yield process, port
    finally:
        process.kill()
        process.communicate()


def test_serve_sends_ranges_and_ends_with_its_terminal(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    status, body = get(port, f"{ADDRESS}/video.mp4", {"Range": "bytes=300-999"})
    assert (status, body) == (206, VIDEO[300:1000])
    assert get(port, f"/media/films/{'0' * 64}/progress")[0] == 404
    started = children(process.pid)
    process.send_signal(signal.SIGHUP)
    output = process.communicate(timeout=30)[0]
    assert process.returncode == 0, output
    assert f"http://127.0.0.1:{port}/" in output
    assert "Traceback" not in output
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_killed_processes_start_again_and_none_outlives_the_server(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    """An orphan would keep the port, and answer for the next server."""
    process, port = served
    killed = set(children(process.pid))
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(set(children(process.pid)) - killed) == 3)
    wait_for(lambda: get(port, f"{ADDRESS}/video.mp4")[0] == 200)
    started = children(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    assert get(port, "/") == (0, b"")


def test_a_port_in_use_is_said_plainly(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = start(settings, other.getsockname()[1], "serve")
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert "Un autre programme écoute déjà" in output
    assert "Traceback" not in output


def test_serve_in_production_leaves_the_worker_to_its_own_command(settings: Settings) -> None:
    port = free_port()
    process = start(settings, port, "serve", LMS_MODE="production")
    try:
        wait_for(
            lambda: get(port, f"/media/films/{'0' * 64}/progress")[0] == 404 or process.poll() is not None
        )
        assert len(children(process.pid)) == 2
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=30)[0]
        assert process.returncode == 0, output
    finally:
        process.kill()
        process.communicate()


def test_the_worker_command_works_until_it_is_told_to_stop(settings: Settings) -> None:
    process = start(settings, free_port(), "worker")
    try:
        wait_for(lambda: (settings.instance_path / "jobs.db").exists() or process.poll() is not None)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=30)[0]
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output
    assert "Traceback" not in output


def test_web_processes_follow_the_cores_unless_told(settings: Settings) -> None:
    assert 1 <= serving.count_web_processes(settings) <= serving.MOST_WORKERS
    assert serving.count_web_processes(replace(settings, workers=7)) == 7
