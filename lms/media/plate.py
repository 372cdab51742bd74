"""The marks of a film: the campaign's shield and words, and the establishment's logo on its white plate."""

from __future__ import annotations

import skia

from lms.media.colours import WHITE, Palette
from lms.media.drawing import Identity
from lms.media.icons import icon_svg
from lms.media.layers import Layer, Sheet
from lms.media.stage import Stage
from lms.media.theme import Theme

SHIELD = "M32 3 58 12v19c0 17-12 26-26 30C18 57 6 48 6 31V12z"
"""The outline of the campaign's mark, in a square of 64."""
EYE = "M11 30c6-9.4 13.4-13.6 21-13.6S47 20.6 53 30c-6 9.4-13.4 13.6-21 13.6S17 39.4 11 30z"


def shield_path() -> skia.Path:
    """The shield, 64 × 64."""
    path = skia.Path()
    path.moveTo(32, 3)
    path.lineTo(58, 12)
    path.lineTo(58, 31)
    path.cubicTo(58, 48, 46, 57, 32, 61)
    path.cubicTo(18, 57, 6, 48, 6, 31)
    path.lineTo(6, 12)
    path.close()
    return path


def eye_path() -> skia.Path:
    """The eye of the shield, same square."""
    path = skia.Path()
    path.moveTo(11, 30)
    path.cubicTo(17, 20.6, 24.4, 16.4, 32, 16.4)
    path.cubicTo(39.6, 16.4, 47, 20.6, 53, 30)
    path.cubicTo(47, 39.4, 39.6, 43.6, 32, 43.6)
    path.cubicTo(24.4, 43.6, 17, 39.4, 11, 30)
    path.close()
    return path


class Wordmark:
    """The shield and « Tous Cybervigilants » beside it."""

    HEIGHT = 62

    def __init__(self, sheet: Sheet, theme: Theme) -> None:
        self.theme = theme
        self.words = [sheet.line(word, 26, theme.text, display=True) for word in ("Tous", "Cybervigilants")]
        mark = (
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>"
            f"<path d='{SHIELD}' fill='{theme.disc}'/><path d='{EYE}' fill='{theme.on_disc}'/>"
            f"<circle cx='32' cy='30' r='8.6' fill='{theme.disc}'/>"
            f"<circle cx='35' cy='27' r='3' fill='{theme.on_disc}'/></svg>"
        )
        self.mark = sheet.svg(mark, width=self.HEIGHT, height=self.HEIGHT)

    def draw(self, stage: Stage, x: float, y: float, *, alpha: float) -> None:
        stage.layer(self.mark, x, y, alpha=alpha)
        for n, word in enumerate(self.words):
            stage.layer(word, x + self.HEIGHT + 16, y + 1 + n * 27, alpha=alpha)


class Plate:
    """The establishment on a white plate: its logo, or a cross and its name."""

    PAD_X, PAD_Y = 24, 16

    def __init__(
        self, sheet: Sheet, identity: Identity, palette: Palette, *, width: float = 360, height: float = 64
    ) -> None:
        self.palette, self.height = palette, height
        self.logo: Layer | None = None
        if identity.logo is not None:
            self.logo = sheet.logo(identity.logo, width=width, height=height)
        room = width - height - 14
        self.cross = sheet.svg(
            icon_svg("first-aid", weight="fill", colour=WHITE), width=height * 0.62, height=height * 0.62
        )
        self.name = sheet.block(
            identity.name, 27, palette.ink, width=room, height=height + 10, weight=700, leading=0.08
        )
        self.short = sheet.line(identity.name, 27, palette.ink, weight=700)
        self.room = room

    def _words(self) -> Layer:
        """The name on one line if it fits, else on two."""
        return self.short if self.short.width <= self.room else self.name

    def _inner(self) -> float:
        if self.logo is not None:
            return self.logo.width
        return self.height + 14 + min(self._words().width, self.room)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole plate; known once the sheet is compiled."""
        return self._inner() + 2 * self.PAD_X, self.height + 2 * self.PAD_Y

    def draw(self, stage: Stage, x: float, y: float, *, alpha: float, scale: float = 1.0) -> None:
        """With the middle of its left side at x, y."""
        width, height = self.size
        with stage.moved(x + width / 2, y, scale=scale):
            left, top = -width / 2, -height / 2
            stage.card(left, top, width, height, radius=20, alpha=alpha, shadow=0.7)
            if self.logo is not None:
                stage.layer(self.logo, left + self.PAD_X, 0, alpha=alpha, anchor=(0, 0.5))
                return
            middle = left + self.PAD_X + self.height / 2
            stage.box(
                middle - self.height / 2, -self.height / 2, self.height, self.height, self.palette.deep,
                radius=self.height * 0.28, alpha=alpha,
            )  # fmt: skip
            stage.layer(self.cross, middle, 0, alpha=alpha, anchor=(0.5, 0.5))
            stage.layer(self._words(), middle + self.height / 2 + 14, 0, alpha=alpha, anchor=(0, 0.5))
