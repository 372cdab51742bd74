"""A test client that checks every page it loads, so that no test has to remember to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import html5lib
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLAIN_BEFORE = re.compile(r"\w [?!;:»]|« \w|\w'\w")
"""Faults of French typography: an ordinary space before a tall sign, a straight apostrophe."""


class Page(HTMLParser):
    """What a page says of itself, gathered in one reading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.text.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """Attributes of every element of those tags."""
        return [attributes for tag, attributes in self.elements if tag in tags]


def faults(html: str, response: TestResponse) -> list[str]:
    """What is wrong with a page, in sentences; empty when nothing is."""
    page = Page(html)
    return [
        *_parse_faults(html), *_outline_faults(page), *_id_faults(page),
        *_form_faults(page), *_origin_faults(page), *_nonce_faults(page, response), *_typography_faults(page),
    ]  # fmt: skip


def _parse_faults(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    for position, code, _details in parser.errors:
        yield f"HTML: {code} at {position}"


def _outline_faults(page: Page) -> Iterator[str]:
    if len(page.all("h1")) != 1:
        yield f"{len(page.all('h1'))} h1"
    if len(page.all("title")) < 1:
        yield "no title"
    if not page.all("html") or page.all("html")[0].get("lang") not in ("fr", "en"):
        yield "no language"
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main"
    for image in page.all("img"):
        if "alt" not in image:
            yield f"image without alt: {image.get('src', '')[:60]}"


def _id_faults(page: Page) -> Iterator[str]:
    ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
    for repeated in {one for one in ids if ids.count(one) > 1}:
        yield f"id used twice: {repeated}"
    for tag, attributes in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in attributes.get(name, "").split():
                if wanted not in ids:
                    yield f"<{tag} {name}> points at nothing: {wanted}"


def _form_faults(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if "action" not in form:
            yield "form without action"
    labelled = {label.get("for") for label in page.all("label")}
    for field in page.all("input", "select", "textarea"):
        named = field.get("id") in labelled or "aria-label" in field or "aria-labelledby" in field
        if field.get("type") not in ("hidden", "submit", "radio", "checkbox") and not named:
            yield f"field without label: {field.get('name')}"


def _origin_faults(page: Page) -> Iterator[str]:
    for tag, attributes in page.elements:
        for name in ("src", "srcset", "poster", "action") + (("href",) if tag == "link" else ()):
            if attributes.get(name, "").startswith(("http:", "https:", "//")):
                yield f"<{tag} {name}> leaves our origin: {attributes[name]}"
        for name in attributes:
            if name.startswith("on") or name == "style":
                yield f"<{tag}> has an inline {name}"


def _nonce_faults(page: Page, response: TestResponse) -> Iterator[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    for attributes in page.all("script", "style"):
        if not attributes.get("nonce") or f"'nonce-{attributes['nonce']}'" not in policy:
            yield "script or style without the nonce of the response"
    if response.headers.getlist("Set-Cookie"):
        yield "a cookie is set"


def _typography_faults(page: Page) -> Iterator[str]:
    if page.all("html") and page.all("html")[0].get("lang") == "fr":
        for text in page.text:
            found = PLAIN_BEFORE.search(text)
            if found:
                yield f"typography: « {text.strip()[:80]} »"


class PageClient(FlaskClient):
    """Opens pages and refuses a faulty one."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            found = faults(response.get_data(as_text=True), response)
            assert not found, "\n".join(found)
        return response


@contextmanager
def assert_max_queries(engine: sa.Engine, allowed: int) -> Iterator[list[str]]:
    """Fail when the block sends more than `allowed` statements; the failure lists them."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(sent) <= allowed, f"{len(sent)} queries, {allowed} allowed:\n" + "\n".join(sent)
