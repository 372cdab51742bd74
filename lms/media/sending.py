"""Sending a finished file: ranges, validators, far-future caching.

A file never changes under its address (the film's hash is in it), so the entity tag is the address itself
and a browser that has it never asks again.

The body is a `FilePiece`: our server sends it from its own threads, however slow the network is. Behind a
proxy that is told to send the files, no body leaves at all.
"""

from pathlib import Path

from flask import Request, Response

from lms.gateway import FilePiece
from lms.media.ranges import Piece, RangeNotSatisfiable, asked_piece

IMMUTABLE = "public, max-age=31536000, immutable"

CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
}


def send(file: Path, request: Request, *, tag: str, internal: str = "") -> Response:
    """Answer `request` with `file`, whole or the piece it asks for.

    `tag` is the strong entity tag; `internal` is the address under which a reverse proxy sends the file
    itself (`X-Accel-Redirect`), ranges included. Raises FileNotFoundError if the file is not there.
    """
    response = Response(direct_passthrough=True, mimetype=None)
    response.headers["Content-Type"] = CONTENT_TYPES[file.suffix]
    response.headers["Cache-Control"] = IMMUTABLE
    response.headers["Accept-Ranges"] = "bytes"
    response.set_etag(tag)
    if request.if_none_match.contains_weak(tag):
        return _not_modified(response)
    if internal:
        file.stat()
        response.headers["X-Accel-Redirect"] = internal
        return response
    return _with_body(response, file, request, tag)


def _not_modified(response: Response) -> Response:
    """304: the same headers without those that describe a body (RFC 9110 §15.4.5)."""
    response.status_code = 304
    del response.headers["Content-Type"]
    return response


def _with_body(response: Response, file: Path, request: Request, tag: str) -> Response:
    size = file.stat().st_size
    try:
        piece = asked_piece(_honoured_range(request, tag), size)
    except RangeNotSatisfiable:
        response.status_code = 416
        response.headers["Content-Range"] = f"bytes */{size}"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Length"] = "0"
        response.headers.pop("ETag")
        return response
    if piece is not None:
        response.status_code = 206
        response.headers["Content-Range"] = piece.content_range
    whole = Piece(0, size - 1, size)
    response.headers["Content-Length"] = str((piece or whole).length)
    if request.method != "HEAD":
        response.response = FilePiece(file, (piece or whole).first, (piece or whole).length)
    return response


def _honoured_range(request: Request, tag: str) -> str | None:
    """The `Range` header, unless the method or an `If-Range` about another file forbids it.

    §14.2: only GET has ranges. §13.1.5: a condition that does not hold means "then send me all of it".
    """
    if request.method != "GET":
        return None
    condition = request.headers.get("If-Range")
    return request.headers.get("Range") if condition in (None, f'"{tag}"') else None
