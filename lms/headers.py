"""What the browser is told about every page: nothing comes from elsewhere, nothing is framed.

Content Security Policy level 3 (https://www.w3.org/TR/CSP3/): scripts need the nonce of the
response or come from our origin; no inline handler, no `eval`, no third-party origin at all.
"""

import secrets

from flask import Flask, Response, g
from flask_compress import Compress

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self' 'nonce-{nonce}'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


compress = Compress()


def csp_nonce() -> str:
    """The nonce of the present response."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def protect(response: Response) -> Response:
    """Add the headers of a page, and compress it; anything else only keeps its declared type."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype != "text/html":
        return response
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce())
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return compress.after_request(response)


def init_app(app: Flask) -> None:
    """Install the headers. Only pages are compressed on the fly: files were once, and answers are short."""
    compress.init_app(app)
    app.after_request(protect)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
