"""Closed by default: a view says who may, or nobody may.

`@public` or `@requires(Permission.X)` goes under the route decorator; a view with neither is
refused at run time and by `tests/test_architecture.py`. This module knows neither accounts nor
establishments: it asks `current_user.can(permission, where)`, and until somebody can sign in
the anonymous user can nothing.
"""

import enum
import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_login import AnonymousUserMixin, LoginManager, current_user
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from lms.errors import Forbidden, TooMany, Unauthorized
from lms.settings import current_settings

View = TypeVar("View", bound=Callable[..., Any])


class Permission(enum.Enum):
    """What an account may be allowed to do on an establishment and what is below it."""

    VIEW_MANAGEMENT = "view_management"
    """See the management pages of an establishment."""


class Anonymous(AnonymousUserMixin):
    """Whoever has not signed in: allowed nothing that is not public."""

    def can(self, permission: Permission, where: object = None) -> bool:
        return False


def public(view: View) -> View:
    """Anyone may."""
    view.__guard__ = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only who has `permission` on the establishment named in the address (or anywhere, if none is)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.can(permission, kwargs.get("establishment")):
                raise Forbidden() if current_user.is_authenticated else Unauthorized()
            return view(*args, **kwargs)

        guarded.__guard__ = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def refuse_undeclared() -> None:
    """A route that forgot to say who may is closed to all."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and getattr(view, "__guard__", None) is None:
        raise Forbidden()


def keyed_hash(purpose: str, value: str) -> str:
    """Hex HMAC-SHA-256 of `value` under the installation's key; `purpose` keeps uses apart."""
    key = current_settings().secret_key.encode()
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def asker() -> str:
    """Whose requests are counted together by the rate limits: a keyed hash, so that no address is kept."""
    return keyed_hash("rate-limit", request.remote_addr or "")[:32]


def slow_down(purpose: str, *, a_minute: int) -> None:
    """Count one try of `purpose` by the present asker. Raises TooMany beyond `a_minute` tries in a minute.

    Called by the few views where something could be guessed; the other routes pay nothing for it.
    """
    strategy: MovingWindowRateLimiter = current_app.extensions["lms.limits"]
    if not strategy.hit(RateLimitItemPerMinute(a_minute), purpose, asker()):
        raise TooMany()


def init_app(app: Flask) -> None:
    """Install the closed door, the sign-in plumbing and the rate limits."""
    login = app.login_manager = LoginManager()  # type: ignore[attr-defined] # as its init_app does,
    # without the hooks of a « remember me » cookie that we never set
    login.request_loader(lambda _request: None)
    login.anonymous_user = Anonymous
    login.session_protection = None
    storage = storage_from_string(app.extensions["lms.settings"].redis_url or "memory://")
    app.extensions["lms.limits"] = MovingWindowRateLimiter(storage)
    app.before_request(refuse_undeclared)
