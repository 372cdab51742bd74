"""The surface a scene is drawn on: 1280 × 720, in pixels, with the few strokes the drawings need.

Keep every word above `FLOOR`: captions live under it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import skia

from lms.media.colours import channels
from lms.media.layers import Layer

WIDTH, HEIGHT, FPS = 1280, 720, 25
FLOOR = HEIGHT * 0.82
"""The bottom 18 % stays free for captions."""
LEFT = 84
"""Margin on both sides."""

_NEAREST = skia.SamplingOptions(skia.FilterMode.kNearest)
_SAMPLING = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNone)


class Stage:
    """Strokes on a Skia canvas; colours are `#RRGGBB`, alpha 0–1, angles in degrees."""

    def __init__(self, canvas: skia.Canvas) -> None:
        self.canvas = canvas

    def fill(self, colour: str, alpha: float = 1.0) -> None:
        self.canvas.drawColor(_colour(colour, alpha))

    def layer(
        self,
        layer: Layer,
        x: float,
        y: float,
        *,
        alpha: float = 1.0,
        scale: float = 1.0,
        turn: float = 0.0,
        anchor: tuple[float, float] = (0.0, 0.0),
        smooth: bool = False,
    ) -> None:
        """Draw a layer with the point `anchor` of its box (0–1, 0–1) at x, y.

        It falls on whole pixels, sharp, unless it is turned, grown, or `smooth`: inside something that turns
        or moves slowly.
        """
        if alpha <= 0.004 or scale <= 0.004:
            return
        left, top = -layer.width * anchor[0] - layer.bleed, -layer.height * anchor[1] - layer.bleed
        if not turn and scale == 1.0 and not smooth:
            paint = skia.Paint(Alphaf=min(1.0, alpha))
            image, (trim_x, trim_y) = layer.small(), layer.trim
            self.canvas.drawImage(image, round(x + left) + trim_x, round(y + top) + trim_y, _NEAREST, paint)
            return
        wide, tall = layer.image.width() / layer.density, layer.image.height() / layer.density
        box = skia.Rect.MakeXYWH(left, top, wide, tall)
        paint = skia.Paint(AntiAlias=bool(turn))
        paint.setAlphaf(min(1.0, alpha))
        with self.moved(x, y, turn=turn, scale=scale):
            self.canvas.drawImageRect(layer.image, box, _SAMPLING, paint)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        colour: str,
        *,
        alpha: float = 1.0,
        width: float | None = None,
    ) -> None:
        """A disc, or a ring of `width`."""
        if radius > 0 and alpha > 0.004:
            self.canvas.drawCircle(x, y, radius, self._paint(colour, alpha, width))

    def arc(self, x: float, y: float, radius: float, sweep: float, colour: str, width: float) -> None:
        """A stroke along a circle, clockwise from noon, `sweep` degrees long."""
        if sweep > 0.5:
            box = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
            self.canvas.drawArc(box, -90, sweep, False, self._paint(colour, 1.0, width))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        *,
        radius: float = 0.0,
        alpha: float = 1.0,
        outline: float | None = None,
    ) -> None:
        """A rectangle with round corners, full or outlined."""
        if alpha > 0.004 and width > 0 and height > 0:
            shape = skia.Rect.MakeXYWH(x, y, width, height)
            self.canvas.drawRoundRect(shape, radius, radius, self._paint(colour, alpha, outline))

    def card(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        radius: float = 18.0,
        alpha: float = 1.0,
        colour: str = "#FFFFFF",
        shadow: float = 1.0,
    ) -> None:
        """A white card and its soft shadow (a few pale boxes: a real blur costs more than the frame)."""
        for n in range(3):
            grow = n * 13
            self.box(
                x - grow / 2,
                y - grow / 2 + 12,
                width + grow,
                height + grow,
                "#000000",
                radius=radius + grow / 2,
                alpha=0.055 * alpha * shadow,
            )
        self.box(x, y, width, height, colour, radius=radius, alpha=alpha)

    def line(self, points: list[tuple[float, float]], colour: str, width: float, alpha: float = 1.0) -> None:
        """A broken line with round ends."""
        path = skia.Path()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self.path(path, colour, alpha=alpha, width=width)

    def path(self, path: skia.Path, colour: str, *, alpha: float = 1.0, width: float | None = None) -> None:
        """Any shape, full or stroked."""
        if alpha > 0.004:
            self.canvas.drawPath(path, self._paint(colour, alpha, width))

    @contextmanager
    def moved(
        self, x: float = 0.0, y: float = 0.0, *, turn: float = 0.0, scale: float = 1.0
    ) -> Iterator[None]:
        """Draw with the origin at x, y, turned and scaled around it."""
        self.canvas.save()
        self.canvas.translate(x, y)
        if turn:
            self.canvas.rotate(turn)
        if scale != 1.0:
            self.canvas.scale(scale, scale)
        try:
            yield
        finally:
            self.canvas.restore()

    @contextmanager
    def inside(self, shape: skia.Rect | skia.Path) -> Iterator[None]:
        """Draw only inside a rectangle or a path."""
        self.canvas.save()
        if isinstance(shape, skia.Rect):
            self.canvas.clipRect(shape)
        else:
            self.canvas.clipPath(shape, skia.ClipOp.kIntersect, True)
        try:
            yield
        finally:
            self.canvas.restore()

    @staticmethod
    def _paint(colour: str, alpha: float, width: float | None) -> skia.Paint:
        paint = skia.Paint(AntiAlias=True, Color=_colour(colour, alpha))
        if width is not None:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(width)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        return paint


def _colour(colour: str, alpha: float) -> int:
    return int(skia.Color(*channels(colour), round(255 * min(1.0, max(0.0, alpha)))))
