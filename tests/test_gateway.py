"""The gateway behind the real server: a slow network never holds the one thread that runs Python."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lms.gateway import FilePiece, environ_of
from lms.settings import ROOT

APPLICATION = """
import os
from flask import Flask, Response, request, stream_with_context
from pathlib import Path
from lms import gateway

gateway.BODY_SECONDS = 2
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1000
FILE = Path(os.environ["TEST_FILE"])

@app.post("/echo")
def echo():
    return {"read": request.get_data(as_text=True)}

@app.get("/environ")
def environ():
    return {key: value for key, value in request.environ.items() if isinstance(value, str)}

@app.get("/file")
def file():
    body = FilePiece(FILE, 100, FILE.stat().st_size - 200)
    response = Response(direct_passthrough=True, response=body)
    response.headers["Content-Length"] = str(body.length)
    return response

@app.get("/stream")
def stream():
    def lines():
        for number in range(2000):
            yield f"{request.args['word']} {number}\\n"
    return Response(stream_with_context(lines()), mimetype="text/plain")

@app.get("/empty")
def empty():
    return "", 204

@app.get("/cookies")
def cookies():
    response = Response("ok")
    response.headers.add("X-Twice", "1")
    response.headers.add("X-Twice", "2")
    return response

FilePiece = gateway.FilePiece

def make():
    return gateway.Gateway(app, body_bytes=1000)
"""


CONTENT = bytes(range(251)) * 30_000
"""7.5 MB whose period is prime: a piece out of place shows."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of one server process around a small application."""
    folder = tmp_path_factory.mktemp("gateway")
    (folder / "gateway_application.py").write_text(APPLICATION)
    (folder / "file").write_bytes(CONTENT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "TEST_FILE": str(folder / "file"),
    }  # fmt: skip
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "rsgi", "--factory", "--no-ws",
        "--workers", "1", "--host", "127.0.0.1", "--port", str(port), "gateway_application:make",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=environ, cwd=folder, stdout=subprocess.DEVNULL)
    wait_for_port(port)
    yield port
    server.send_signal(signal.SIGTERM)
    server.wait(15)


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)


def ask(port: int, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    """One request; its status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return SimpleNamespace(status=answer.status, headers=answer.headers, body=answer.read())
    finally:
        connection.close()


def test_a_request_reaches_the_application_whole(port: int) -> None:
    answer = ask(port, "POST", "/echo", "réponse".encode(), {"Content-Type": "text/plain; charset=utf-8"})
    assert (answer.status, answer.body) == (200, b'{"read":"r\\u00e9ponse"}\n')


def test_a_chunked_body_is_read(port: int) -> None:
    answer = ask(port, "POST", "/echo", iter([b"one ", b"two"]))
    assert b"one two" in answer.body


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_too_long_is_refused_by_the_application(port: int, chunked: bool) -> None:
    body = iter([b"x" * 600] * 2) if chunked else b"x" * 1200
    assert ask(port, "POST", "/echo", body).status == 413


def test_the_environ_says_what_was_asked(port: int) -> None:
    headers = {"X-Forwarded-For": "10.0.0.1", "X_Forwarded_For": "6.6.6.6", "Cookie": "a=1"}
    answer = ask(port, "GET", "/environ?mot=caf%C3%A9&x=1%202", headers=headers)
    for expected in (
        b'"HTTP_X_FORWARDED_FOR":"10.0.0.1"', b'"QUERY_STRING":"mot=caf%C3%A9&x=1%202"',
        b'"PATH_INFO":"/environ"',
        b'"REMOTE_ADDR":"127.0.0.1"', b'"HTTP_COOKIE":"a=1"', b'"wsgi.url_scheme":"http"',
        f'"SERVER_PORT":"{port}"'.encode(), f'"HTTP_HOST":"127.0.0.1:{port}"'.encode(),
    ):  # fmt: skip
        assert expected in answer.body
    assert b"6.6.6.6" not in answer.body


def test_a_piece_of_a_file_is_sent_exactly(port: int) -> None:
    content = CONTENT[100:-100]
    answer = ask(port, "GET", "/file")
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.body == content
    head = ask(port, "HEAD", "/file")
    assert (head.headers["Content-Length"], head.body) == (str(len(content)), b"")


def test_a_generator_is_streamed_with_its_request(port: int) -> None:
    answer = ask(port, "GET", "/stream?word=ligne")
    assert answer.body.decode().splitlines() == [f"ligne {number}" for number in range(2000)]


def test_short_answers_keep_their_status_and_headers(port: int) -> None:
    assert ask(port, "GET", "/empty").status == 204
    assert ask(port, "GET", "/nowhere").status == 404
    assert ask(port, "GET", "/cookies").headers.get_all("X-Twice") == ["1", "2"]


def test_dead_connections_and_slow_viewers_hold_nobody(port: int) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n"
    requests = [head] * 30 + [b""] * 30 + [b"GET /file HTTP/1.1\r\nHost: x\r\n\r\n"] * 30
    held = []
    try:
        for sent in requests:
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
            connection.connect(("127.0.0.1", port))
            connection.sendall(sent)
            held.append(connection)
        time.sleep(0.3)
        begun = time.monotonic()
        assert ask(port, "POST", "/echo", b"alive").status == 200
        assert time.monotonic() - begun < 1.5
        held[0].settimeout(5)
        assert held[0].recv(100).startswith(b"HTTP/1.1 408")
    finally:
        for connection in held:
            connection.close()


def test_any_server_may_iterate_a_piece(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(range(256)) * 1000)
    assert b"".join(FilePiece(tmp_path / "file", 5, 100_000)) == (bytes(range(256)) * 1000)[5:100_005]


def test_an_address_of_version_six_is_understood() -> None:
    scope = SimpleNamespace(
        client="[2001:db8::1]:50000", server="[::1]:8000", method="GET", path="/caf\u00e9", query_string="",
        http_version="1.1", scheme="http", authority=None, headers={},
    )  # fmt: skip
    environ = environ_of(scope, b"abc")
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == (
        "2001:db8::1",
        "::1",
        "8000",
    )
    assert environ["PATH_INFO"] == "/caf\u00e9".encode().decode("latin-1")
    assert isinstance(environ["wsgi.input"], BytesIO)
    assert environ["CONTENT_LENGTH"] == "3"
