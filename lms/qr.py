"""QR codes of our own links."""

import io
from typing import Any

import segno
from flask import Response, url_for

from lms.settings import current_settings


def public_address(endpoint: str, **values: Any) -> str:
    """The full address of a page as people outside reach it."""
    base = current_settings().public_url
    return base + url_for(endpoint, **values) if base else url_for(endpoint, _external=True, **values)


def qr_response(endpoint: str, kind: str, **values: str) -> Response:
    """A QR code (error correction M, quiet zone of 4 modules as ISO/IEC 18004 asks) as `svg` or `png`."""
    code = segno.make(public_address(endpoint, **values), error="m", micro=False)
    drawing = io.BytesIO()
    options = {"svgns": True, "xmldecl": False} if kind == "svg" else {}
    code.save(drawing, kind=kind, scale=10, border=4, dark="#10212B", light="#FFFFFF", **options)
    response = Response(drawing.getvalue(), mimetype="image/svg+xml" if kind == "svg" else "image/png")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
