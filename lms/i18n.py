"""Languages: French is the source, English the first translation.

The language of a page is, in order: `?lang=` (the explicit switch, carried by every link of the
page, because nothing is stored on a shared ward PC), what the browser prefers, French.
"""

import re
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale, gettext, lazy_gettext, ngettext

__all__ = ["LANGUAGES", "current_language", "gettext", "lazy_gettext", "ngettext", "typeset"]

LANGUAGES: tuple[str, ...] = ("fr", "en")
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}

NARROW, WIDE = "\u202f", "\u00a0"


def choose_language() -> str:
    """The language of the present request; French for commands and jobs."""
    if not has_request_context():
        return "fr"
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or "fr"


def current_language() -> str:
    """`fr` or `en`; French outside a request."""
    locale = get_locale()
    return str(locale) if locale and str(locale) in LANGUAGES else "fr"


def typeset(text: str, language: str) -> str:
    """`text` with the spaces and apostrophes of `language` (Imprimerie nationale usage in French).

    Authors type plain spaces; addresses and times such as `20:30` are left alone, because only a
    space already typed before a sign becomes a no-break one.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    if language != "fr":
        return text
    text = re.sub(r" ([?!;»])", NARROW + r"\1", text)
    text = re.sub(r" :", WIDE + ":", text)
    text = text.replace("« ", "«" + NARROW)
    return re.sub(r"(?<=\d) (?=(?:\d{3}\b|%|h\b|min\b|s\b))", NARROW, text)


def carry_language(endpoint: str, values: dict[str, Any]) -> None:
    """Keep an explicit `?lang=` on every link of the page to another page."""
    asked = request.args.get("lang", "") if request else ""
    if asked in LANGUAGES and endpoint.partition(".")[0] not in ("assets", "media"):
        values.setdefault("lang", asked)


def init_app(app: Flask) -> None:
    """Install Babel and the language switch."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "fr")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.config["ROOT"] / "translations"))
    Babel(app, locale_selector=choose_language)
    app.url_defaults(carry_language)
    app.jinja_env.globals.update(language=current_language, languages=LANGUAGE_NAMES, typeset=typeset)
