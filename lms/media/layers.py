"""The still pieces of a film, drawn by one Typst compile and then moved by Skia.

A drawing asks a `Sheet` for lines of text, blocks and pictures; `Sheet.compile` makes them all at once (a
hundred pieces in about a third of a second) and each `Layer` then knows its image and its size. What a
person wrote travels to Typst as JSON data, never as markup.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import skia
import typst

from lms.media.lettering import drawable, font_folders

SCALE = 2.0
"""Layers are drawn twice as large as they show, so that they stay sharp when they turn or grow."""
BLEED = 8
"""Pixels around each layer for what sticks out of its box; the same as in `layers.typ`."""

_SHRINK = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
_SOURCE = Path(__file__).with_name("layers.typ")


class Layer:
    """One still piece: known by its recipe at first, by its image once the sheet is compiled."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        self.recipe = recipe
        self.density = float(recipe.pop("density", SCALE))
        self.bleed = BLEED * SCALE / self.density
        self._image: skia.Image | None = None
        self._small: skia.Image | None = None
        self.trim = (0, 0)
        """Where the small image starts in the layer: empty margins are not drawn."""

    @property
    def image(self) -> skia.Image:
        """The drawn piece; LookupError before the sheet is compiled."""
        if self._image is None:
            raise LookupError("the sheet of this layer is not compiled yet")
        return self._image

    def set_image(self, png: bytes) -> None:
        """Keep the decoded page: decoding again for each frame would cost more than drawing."""
        self._image, self._small = skia.Image.MakeFromEncoded(png).makeRasterImage(), None

    def small(self) -> skia.Image:
        """The image at the size it shows, on whole pixels: fifteen times cheaper to draw."""
        if self._small is None:
            wide, tall = self.image.width() / self.density, self.image.height() / self.density
            surface = skia.Surface(round(wide), round(tall))
            box = skia.Rect.MakeWH(wide, tall)
            surface.getCanvas().drawImageRect(self.image, box, _SHRINK)
            self._small, self.trim = _trimmed(surface.makeImageSnapshot())
        return self._small

    @property
    def width(self) -> float:
        return self.image.width() / self.density - 2 * self.bleed

    @property
    def height(self) -> float:
        return self.image.height() / self.density - 2 * self.bleed


class Sheet:
    """All the layers of what is about to be drawn. The same recipe twice is the same layer."""

    def __init__(self) -> None:
        self._layers: dict[str, Layer] = {}

    def line(
        self,
        text: str,
        size: float,
        fill: str,
        *,
        display: bool = False,
        weight: int | None = None,
        width: float | None = None,
    ) -> Layer:
        """One line of text that never breaks; shrinks to `width`."""
        return self._words("line", text, size, fill, display, weight, width=width)

    def block(
        self,
        text: str,
        size: float,
        fill: str,
        *,
        width: float,
        height: float | None = None,
        display: bool = False,
        weight: int | None = None,
        leading: float = 0.16,
        align: str = "left",
    ) -> Layer:
        """Text wrapped in `width`; shrinks until it is no taller than `height` and no word is cut."""
        return self._words(
            "block",
            text,
            size,
            fill,
            display,
            weight,
            width=width,
            height=height,
            leading=leading,
            align=align,
        )

    def svg(self, source: str, *, width: float | None = None, height: float | None = None) -> Layer:
        """An SVG document of our own, or a sanitised one."""
        return self._add({"kind": "picture", "svg": source, "width": width, "height": height})

    def art(self, source: str, *, width: float, height: float) -> Layer:
        """A picture as large as the stage: drawn at the size it shows, since it never grows."""
        small = {"width": width / SCALE, "height": height / SCALE, "density": 1.0}
        return self._add({"kind": "picture", "svg": source, **small})

    def logo(self, source: str, *, width: float, height: float) -> Layer:
        """A logo (sanitised SVG), as large as fits in `width` × `height`."""
        return self._add({"kind": "logo", "svg": source, "width": width, "height": height})

    def compile(self) -> None:
        """Draw every layer. Raises `typst.TypstError` if a picture cannot be read."""
        if not self._layers:
            return
        layers = list(self._layers.values())
        compiler = typst.Compiler(
            input=_SOURCE.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
        pieces = json.dumps([layer.recipe for layer in layers], ensure_ascii=False)
        pages = compiler.compile(format="png", ppi=72 * SCALE, sys_inputs={"pieces": pieces})
        for layer, page in zip(layers, [pages] if isinstance(pages, bytes) else pages or (), strict=True):
            layer.set_image(page)

    def _words(
        self, kind: str, text: str, size: float, fill: str, display: bool, weight: int | None, **more: Any
    ) -> Layer:
        recipe = {
            "kind": kind,
            "text": drawable(text) or "\u200b",
            "size": size,
            "fill": fill,
            "face": "display" if display else "sans",
            "weight": weight or (800 if display else 500),
            "tracking": -0.016 if display else 0,
            "leading": 0.16,
            "width": None,
            "height": None,
            "align": "left",
        }
        return self._add(recipe | more)

    def _add(self, recipe: dict[str, Any]) -> Layer:
        return self._layers.setdefault(json.dumps(recipe, sort_keys=True), Layer(recipe))


def _trimmed(image: skia.Image) -> tuple[skia.Image, tuple[int, int]]:
    """The part of `image` that is not transparent, and where it starts."""
    alpha = image.toarray()[:, :, 3]
    rows, columns = numpy.flatnonzero(alpha.any(axis=1)), numpy.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return image.makeSubset(skia.IRect.MakeWH(1, 1)), (0, 0)
    left, top, right, bottom = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    return image.makeSubset(skia.IRect.MakeLTRB(left, top, right, bottom)), (left, top)


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
