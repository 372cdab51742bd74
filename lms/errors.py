"""One family of errors, and how each becomes a page or a JSON body.

A domain error is defined just above the function that raises it, says what happened in one
plain sentence (`message`) and what to do next (`advice`). Nobody ever sees a stack trace.
"""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)


class AppError(Exception):
    """Something a person can be told about. Subclasses set the class attributes below."""

    status: int = HTTPStatus.BAD_REQUEST
    code: str = "error"
    """Stable word for programs, e.g. `path_changed`."""
    title = _l("Quelque chose n’a pas marché")
    message = _l("La demande n’a pas pu être traitée.")
    advice = _l("Revenez en arrière et réessayez.")

    def __init__(self, message: str | None = None, *, advice: str | None = None) -> None:
        super().__init__(message or str(type(self).__name__))
        if message is not None:
            self.message = message
        if advice is not None:
            self.advice = advice


class Invalid(AppError):
    """What was sent cannot be understood."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid"
    title = _l("Demande incomplète")


class Unauthorized(AppError):
    """Nobody known is asking."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthorized"
    title = _l("Accès fermé")
    message = _l("Cette page demande une connexion.")
    advice = _l("Connectez-vous, ou revenez à l’accueil.")


class Forbidden(AppError):
    """Somebody known is asking for what they may not see."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"
    title = _l("Accès refusé")
    message = _l("Vous n’avez pas accès à cette page.")
    advice = _l("Revenez à l’accueil.")


class NotFound(AppError):
    """There is nothing here."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    title = _l("Page introuvable")
    message = _l("Cette page n’existe pas ou n’existe plus.")
    advice = _l("Vérifiez l’adresse, ou repartez de l’accueil.")


class Conflict(AppError):
    """The thing asked for no longer fits what is there."""

    status = HTTPStatus.CONFLICT
    code = "conflict"
    title = _l("Trop tard")


class TooMany(AppError):
    """Asked too often."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many"
    title = _l("Trop d’essais")
    message = _l("Il y a eu trop d’essais en peu de temps.")
    advice = _l("Attendez une minute, puis réessayez.")


class TooLarge(AppError):
    """More than we accept was sent."""

    status = HTTPStatus.CONTENT_TOO_LARGE if hasattr(HTTPStatus, "CONTENT_TOO_LARGE") else 413
    code = "too_large"
    title = _l("Envoi trop volumineux")
    message = _l("Ce qui a été envoyé dépasse la taille permise.")
    advice = _l("Réessayez avec un contenu plus petit.")


class Unavailable(AppError):
    """Not now; later."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    title = _l("Momentanément indisponible")
    message = _l("Le service ne répond pas pour l’instant.")
    advice = _l("Réessayez dans une minute. Si cela dure, prévenez le support informatique.")


class Unexpected(AppError):
    """A fault of ours. The reference lets the support find it in the log."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "unexpected"
    title = _l("Un incident de notre côté")
    message = _l("Le service a rencontré une erreur. Vos réponses déjà enregistrées sont conservées.")
    advice = _l("Réessayez. Si cela dure, donnez la référence ci-dessous au support informatique.")


BY_STATUS: dict[int, type[AppError]] = {
    kind.status: kind
    for kind in (Unauthorized, Forbidden, NotFound, Conflict, TooLarge, TooMany, Unavailable)
}


def wants_json() -> bool:
    """Whether the asker is the player's script rather than a person's browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.is_json or best == "application/json"


def answer(error: AppError, reference: str | None = None) -> Response:
    """The page or JSON body that tells `error`."""
    if wants_json():
        body = {"error": error.code, "message": str(error.message), "advice": str(error.advice)}
        response = jsonify(body | ({"reference": reference} if reference else {}))
    else:
        response = make_response(render_template("errors/error.html", error=error, reference=reference))
    response.status_code = int(error.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def from_http(error: HTTPException) -> Response:
    """A fault found by the framework (404, 405, 413, malformed JSON…), told in our words."""
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    told = BY_STATUS.get(error.code or 500, Unexpected if (error.code or 500) >= 500 else AppError)()
    told.status = error.code or 500
    return answer(told)


def from_bug(error: Exception) -> Response:
    """Anything else is ours: log it whole under a reference, tell the person the reference only."""
    reference = secrets.token_hex(4)
    log.error("unexpected error %s", reference, exc_info=error)
    told = Unexpected()
    try:
        return answer(told, reference)
    except Exception:
        log.exception("the error page itself failed, %s", reference)
        words = f"{told.title}\n\n{told.message}\n{told.advice}\n{reference}\n"
        return Response(words, int(told.status), mimetype="text/plain")


def init_app(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(AppError, answer)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(Exception, from_bug)
