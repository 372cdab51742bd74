"""Static files under names that carry their content, so that browsers keep them for ever.

`asset_url("core/base.css")` → `/assets/core/base.1a2b3c4d5e.css`. Modules import each other by
bare names (`import "learn/queue"`) that the import map turns into hashed addresses; there is no
build step. Files are compressed once, at the best ratio, and served from memory.
"""

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, current_app, request, url_for
from markupsafe import Markup

from lms import fonts
from lms.errors import NotFound
from lms.security import public

bp = Blueprint("assets", __name__, url_prefix="/assets")

COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".txt", ".webmanifest"}
ICONS = files("py_phosphor_icons") / "svgs" / "flat"


@dataclass
class Asset:
    """One file as it is served."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:10]

    @cached_property
    def brotli(self) -> bytes:
        return brotli.compress(self.body, quality=11)

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.body, 9, mtime=0)

    @property
    def hashed_name(self) -> str:
        """`core/base.css` → `core/base.1a2b3c4d5e.css`."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{stem}.{self.digest}.{suffix}"


class Shelf:
    """Every static file of the application by name and by hashed name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.by_name: dict[str, Asset] = {}
        self.by_hashed_name: dict[str, Asset] = {}
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                self.add(Asset(file.relative_to(folder).as_posix(), file.read_bytes()))

    def add(self, asset: Asset) -> None:
        self.by_name[asset.name] = asset
        self.by_hashed_name[asset.hashed_name] = asset

    def get(self, name: str) -> Asset:
        """The asset `name`. Raises KeyError naming it: an unknown asset is a fault of ours."""
        if name not in self.by_name:
            raise KeyError(f"no such static file: {name}")
        asset = self.by_name[name]
        if current_app.debug:
            fresh = (self._folder / name).read_bytes() if (self._folder / name).exists() else asset.body
            if fresh != asset.body:
                asset = Asset(name, fresh)
                self.add(asset)
        return asset

    @cached_property
    def import_map(self) -> Markup:
        """The JSON of the import map: `learn/player` → its hashed address."""
        modules = {name[:-3]: asset_url(name) for name in sorted(self.by_name) if name.endswith(".js")}
        return Markup(json.dumps({"imports": modules}).replace("<", "\\u003c"))  # noqa: S704 - our own names


def shelf() -> Shelf:
    """The shelf of the current application, with its fonts built on first use."""
    return current_app.extensions["lms.shelf"]


def asset_url(name: str) -> str:
    """The address of a static file or font, safe to keep for ever."""
    if name.startswith("fonts/"):
        font = name.removeprefix("fonts/")
        return url_for("assets.font", name=font, recipe=fonts.recipe(font))
    return url_for("assets.static_file", name=shelf().get(name).hashed_name)


@lru_cache(maxsize=128)
def without_comments(css: str) -> Markup:
    """A style sheet as it goes into a page: no comment, no indentation, no line it could do without."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return Markup(re.sub(r"\s*([{};,>])\s*|\s*\n\s*", r"\1", bare).strip())  # noqa: S704 - our own file


def inline_asset(name: str) -> Markup:
    """The text of a style sheet, to be written into the page."""
    return without_comments(shelf().get(name).body.decode())


def import_map() -> Markup:
    """What `<script type="importmap">` holds."""
    return shelf().import_map


@lru_cache(maxsize=256)
def icon(name: str, weight: str = "regular") -> Markup:
    """A Phosphor icon, inline, in the colour of the text, hidden from screen readers."""
    file = ICONS / weight / (f"{name}.svg" if weight == "regular" else f"{name}-{weight}.svg")
    drawing = file.read_text(encoding="utf-8").strip()
    return Markup(drawing.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - a file of the package


def keep_for_ever(response: Response) -> Response:
    """A name that carries its content never changes."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@bp.get("/<path:name>")
@public
def static_file(name: str) -> Response:
    """One static file by its hashed name, in the best encoding the browser takes."""
    asset = shelf().by_hashed_name.get(name)
    if asset is None:
        raise NotFound()
    body, encoding = asset.body, None
    if Path(name).suffix in COMPRESSIBLE:
        encoding = request.accept_encodings.best_match(["br", "gzip"])
        body = {"br": asset.brotli, "gzip": asset.gzip}.get(encoding or "", asset.body)
    response = Response(body, mimetype=mimetypes.guess_type(asset.name)[0] or "application/octet-stream")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    return keep_for_ever(response)


@bp.get("/fonts/<string:recipe>/<string:name>")
@public
def font(recipe: str, name: str) -> Response:
    """One web font, made from its package on first need."""
    if name not in fonts.FACES or recipe != fonts.recipe(name):
        raise NotFound()
    folder = current_app.extensions["lms.settings"].instance_path / "fonts"
    return keep_for_ever(Response(fonts.subset(name, folder).read_bytes(), mimetype="font/woff2"))


def init_app(app: Flask) -> None:
    """Read the static folder and give the templates their helpers."""
    app.extensions["lms.shelf"] = Shelf(app.config["ROOT"] / "static")
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        asset_url=asset_url, inline_asset=inline_asset, import_map=import_map, icon=icon
    )
