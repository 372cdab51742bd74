"""Which drawing each kind of scene has, and what the picture of a scene depends on."""

from __future__ import annotations

import base64
import io

import typst
from PIL import Image

from lms.media.drawing import Drawing, Identity
from lms.media.film import ENGINE_VERSION, Film, Look, content_hash
from lms.media.layers import Sheet
from lms.media.scenes.closing import Closing
from lms.media.scenes.comparison import Comparison
from lms.media.scenes.dialogue import Dialogue
from lms.media.scenes.figure import Figure
from lms.media.scenes.gestures import Gestures
from lms.media.scenes.hook import Hook
from lms.media.scenes.message import Message
from lms.media.scenes.opening import Opening
from lms.media.scenes.place import Place
from lms.media.scenes.steps import Steps

DRAWINGS: dict[str, type[Drawing]] = {
    "opening": Opening,
    "place": Place,
    "hook": Hook,
    "figure": Figure,
    "message": Message,
    "gestures": Gestures,
    "comparison": Comparison,
    "dialogue": Dialogue,
    "steps": Steps,
    "closing": Closing,
}

_LOGO_PIXELS = 16_000_000


def grounds_before(film: Film) -> list[str | None]:
    """The ground of the scene before each scene: what its wipe opens over."""
    return [None, *(scene.ground for scene in film.scenes[:-1])]


def segment_key(film: Film, number: int) -> str:
    """Hash of everything that shows in scene `number`, and of nothing else: not its place in the film."""
    scene = film.scenes[number]
    look = film.look.to_document()
    signature = look if DRAWINGS[scene.kind].signed else {"palette": look["palette"]}
    before = grounds_before(film)[number]
    return content_hash(
        [ENGINE_VERSION, scene.kind, scene.seconds, scene.ground, dict(scene.fields), before, signature]
    )


def prepare(film: Film, numbers: list[int]) -> dict[int, Drawing]:
    """The drawings of scenes `numbers`, with their layers made by one compile."""
    sheet, identity, before = Sheet(), identity_of(film.look), grounds_before(film)
    drawings = {}
    for number in numbers:
        scene = film.scenes[number]
        drawings[number] = DRAWINGS[scene.kind](
            scene, film.look.palette, sheet, before=before[number], identity=identity
        )
    sheet.compile()
    return drawings


def identity_of(look: Look) -> Identity:
    """Who signs the film. A logo that cannot be drawn gives way to the name: a film is better than none."""
    logo = look.logo_svg or (_png_as_svg(look.logo_png) if look.logo_png else None)
    if logo is not None and not _is_drawable(logo):
        logo = None
    return Identity(look.establishment, look.short_name or look.establishment, logo)


def _png_as_svg(png: bytes) -> str | None:
    """The picture inside an SVG document, or None if it is no PNG: Typst takes text only from memory."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height > _LOGO_PIXELS:
                return None
            picture.load()
    except (OSError, ValueError, SyntaxError):
        return None
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _is_drawable(logo: str) -> bool:
    sheet = Sheet()
    sheet.logo(logo, width=10, height=10)
    try:
        sheet.compile()
    except typst.TypstError:
        return False
    return True
