"""What the browser is told about every page: nothing comes from elsewhere, nothing is framed.

Content Security Policy level 3 (https://www.w3.org/TR/CSP3/): scripts need the nonce of the
response or come from our origin; no inline handler, no `eval`, no third-party origin at all.
"""

import secrets

from flask import Flask, Response, g

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


def csp_nonce() -> str:
    """The nonce of the present response."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def protect(response: Response) -> Response:
    """Add the headers every answer carries."""
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce())
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response


def init_app(app: Flask) -> None:
    """Install the headers."""
    app.after_request(protect)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
