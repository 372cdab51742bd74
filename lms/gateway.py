"""Between the server (granian, RSGI) and the application (WSGI): who may make Python wait.

WSGI servers read the request body and write the response from the thread that runs Python, so a phone that
loses its network in the middle of an answer, or a slow video, holds that thread. RSGI lets us do otherwise:

- the body is awaited *before* Python is called, up to a size and a time;
- a file is named, and the server's own threads send it (`FilePiece`);
- a generator is asked for its next chunk only when the last one has left, and others run in between.

Python then runs one request at a time in each process: no lock, no race for SQLite's single writer.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextvars import copy_context
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from granian.rsgi import ProtocolClosed

log = logging.getLogger(__name__)

Headers = list[tuple[str, str]]

BODY_SECONDS = 20
"""Time a body has to arrive whole; a ward's Wi-Fi hole is shorter, and the player sends again anyway."""


class FilePiece:
    """A response body: `length` bytes of `path` from `first`. Any WSGI server may simply iterate it."""

    def __init__(self, path: Path, first: int, length: int) -> None:
        self.path, self.first, self.length = path, first, length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        with self.path.open("rb") as opened:
            opened.seek(self.first)
            while left and (chunk := opened.read(min(left, 65536))):
                left -= len(chunk)
                yield chunk


class Gateway:
    """An RSGI application (https://github.com/emmett-framework/granian, RSGI 1.6) around a WSGI one."""

    def __init__(self, app: WSGIApplication, *, body_bytes: int) -> None:
        """`body_bytes`: a longer body is not read; the application then sees its length and refuses it."""
        self._app = app
        self._body_bytes = body_bytes

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._body(scope, proto)
        except TimeoutError:
            proto.response_empty(HTTPStatus.REQUEST_TIMEOUT, [("connection", "close")])
            return
        except ProtocolClosed:
            return
        answer = _Answer()
        context = copy_context()
        result = context.run(self._app, environ_of(scope, body), answer.start)
        try:
            await _send(proto, scope.method, answer, result, context.run)
        finally:
            if hasattr(result, "close"):
                context.run(result.close)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """The server has stopped and its answers have left: end the process here.

        Python's own end may meet a thread of the server that still lets go of an object, which aborts the
        process with a page of noise (before Python 3.14, https://github.com/python/cpython/issues/87135).
        """
        logging.shutdown()
        os._exit(0)

    async def _body(self, scope: Any, proto: Any) -> bytes:
        """The whole body, or nothing of one that is announced too long; a bit too much of a chunked one."""
        announced = scope.headers.get("content-length")
        if announced is not None:
            return await proto() if int(announced) <= self._body_bytes else b""
        if scope.headers.get("transfer-encoding") is None:
            return b""
        read = bytearray()
        async for chunk in proto:
            read += chunk
            if len(read) > self._body_bytes:
                break
        return bytes(read)


class _Answer:
    """What `start_response` was told."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Headers = []

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> Any:
        self.status, self.headers = int(status[:3]), headers
        return None


async def _send(proto: Any, method: str, answer: _Answer, result: Iterable[bytes], run: Any) -> None:
    status, headers = answer.status, answer.headers
    if isinstance(result, FilePiece) and method != "HEAD":
        end = result.first + result.length
        proto.response_file_range(status, headers, str(result.path), result.first, end)
        return
    chunks = iter(result)
    first = run(next, chunks, b"")
    if method == "HEAD" or (second := run(next, chunks, None)) is None:
        proto.response_bytes(status, headers, b"" if method == "HEAD" else first)
        return
    stream = proto.response_stream(status, headers)
    await stream.send_bytes(first)
    while second is not None:
        await stream.send_bytes(second)
        second = run(next, chunks, None)


def environ_of(scope: Any, body: bytes) -> dict[str, Any]:
    """The WSGI environ (PEP 3333) of an RSGI scope."""
    client, _, _ = scope.client.rpartition(":")
    name, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": name.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": client.strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    environ |= _header_variables(scope.headers.items())
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _header_variables(headers: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Headers as CGI variables.

    A name with an underscore is dropped: it would become the same variable as the one with a hyphen, and
    somebody outside could then write what only the proxy in front may (`X_Forwarded_For`).
    """
    variables: dict[str, str] = {}
    for name, value in headers:
        if "_" in name or name == "transfer-encoding":
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        variables[key] = f"{variables[key]}{joint}{value}" if key in variables else value
    return variables
