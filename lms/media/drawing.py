"""What all scenes share: the ground and its wipe, headlines that rise, discs that pop, the way out.

A drawing lives in two times. `compose()` runs before anything is drawn: it asks the sheet for its layers and
the timeline for its cues. `draw()` runs for each frame that differs from the one before, and reads nothing
but those cues.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import skia

from lms.media import easing
from lms.media.colours import Palette
from lms.media.film import Scene
from lms.media.icons import icon_svg
from lms.media.layers import Layer, Sheet
from lms.media.lettering import break_title
from lms.media.stage import FPS, WIDTH, Stage
from lms.media.theme import Theme, themes
from lms.media.timeline import Cue, Timeline

STAGGER = 0.12
"""Seconds between two lines, two items."""


@dataclass(frozen=True)
class Identity:
    """Who shows the film: drawn by the scenes that sign it."""

    name: str
    short_name: str
    logo: str | None
    """An SVG document that is known to draw."""


@dataclass
class Headline:
    """Lines of a title and the cue of each."""

    lines: list[Layer]
    cues: list[Cue]
    size: float

    @property
    def pitch(self) -> float:
        return self.size * 1.06

    @property
    def height(self) -> float:
        return self.pitch * len(self.lines)


@dataclass
class Disc:
    """A filled circle with an icon, its pop and its two widening rings."""

    icon: Layer
    radius: float
    pop: Cue
    icon_pop: Cue
    ripple: Cue


class Drawing(ABC):
    """One scene, ready to be drawn on any frame."""

    signed = False
    """Does it show the establishment's name or logo? Then they are part of what its segment depends on."""
    centre: tuple[float, float] = (WIDTH / 2, 340)
    """Where the rings and the wipe start from."""
    stays = False
    """Does it remain on the screen when it is over? Otherwise it leaves its bare ground to the next scene."""
    still_at = 0.72
    """Share of the scene at which it looks best: poster and reading mode."""

    def __init__(
        self, scene: Scene, palette: Palette, sheet: Sheet, *, before: str | None, identity: Identity
    ) -> None:
        self.fields: Mapping[str, Any] = scene.fields
        self.seconds = scene.seconds
        self.palette, self.sheet, self.identity = palette, sheet, identity
        grounds = themes(palette)
        self.theme: Theme = grounds[scene.ground]
        self.before = grounds[before] if before and before != scene.ground else None
        self.time = Timeline(scene.seconds)
        self.delay = 0.26 if self.before else 0.0
        """Nothing enters before the wipe has made room for it."""
        self._wipe = self.time.cue(0.0, 0.62, easing.in_out)
        self._halo = self.time.cue(0.06, 0.62, easing.in_out)
        self._rings = self.time.cue(0.0, 1.1, easing.out)
        self.gone = Cue(scene.seconds + 1, 1, easing.linear) if self.stays else self.time.leave()
        self.compose()

    @property
    def frames(self) -> int:
        return round(self.seconds * FPS)

    @abstractmethod
    def compose(self) -> None:
        """Ask for layers and cues."""

    @abstractmethod
    def draw(self, stage: Stage) -> None:
        """Draw the scene over its ground, from the values of the cues."""

    def paint(self, stage: Stage) -> None:
        """The whole picture: ground, rings, scene, inside the wipe while it opens."""
        x, y = self.centre
        if self.before is None or self._halo.value >= 1:
            stage.fill(self.theme.ground)
            self._content(stage)
            return
        stage.fill(self.before.ground)
        # A first circle in the colour of the coming discs runs ahead of the ground itself.
        stage.circle(x, y, 1180 * self._wipe.value, self.theme.ring)
        opening = skia.Path()
        opening.addCircle(x, y, 1180 * self._halo.value)
        with stage.inside(opening):
            stage.fill(self.theme.ground)
            self._content(stage)

    def _content(self, stage: Stage) -> None:
        self.backdrop(stage)
        self.draw(stage)

    def backdrop(self, stage: Stage) -> None:
        """Thin circles around the centre, that spread and come to rest."""
        shown = self._rings.value * (1 - self.gone.value)
        if shown <= 0:
            return
        for n in range(4):
            radius = (150 + n * 128) * (0.82 + 0.18 * self._rings.value) + 30 * self.gone.value
            stage.circle(*self.centre, radius, self.theme.ring, alpha=shown * (1 - n * 0.22), width=2.4)

    def pace(self, count: int, *, around: float, most: float) -> float:
        """Seconds between two of `count` things that come in turn; `around` seconds are kept apart."""
        return max(STAGGER, min(most, (self.seconds - around) / count))

    # --- pieces -----------------------------------------------------------------------------------------

    def headline(
        self,
        text: str,
        *,
        size: float,
        width: float,
        start: float = 0.12,
        most: int = 3,
        two_colours: bool = True,
    ) -> Headline:
        """A title in Bricolage Grotesque 800: the second line in the second colour."""
        lines, size = break_title(text, size=size, width=width, most=most)
        fills = [self.theme.text, *[self.theme.strong if two_colours else self.theme.text] * 5]
        layers = [
            self.sheet.line(line, size, fill, display=True, width=width)
            for line, fill in zip(lines, fills, strict=False)
        ]
        cues = [
            self.time.cue(self.delay + start + n * STAGGER, 0.75, easing.out_long) for n in range(len(lines))
        ]
        return Headline(layers, cues, size)

    def draw_headline(
        self, stage: Stage, headline: Headline, x: float, y: float, *, anchor: float = 0.0
    ) -> None:
        """Each line rises from behind its own edge, and leaves upwards."""
        for n, (layer, cue) in enumerate(zip(headline.lines, headline.cues, strict=True)):
            top = y + n * headline.pitch
            window = skia.Rect.MakeXYWH(0, top - headline.size * 0.1, WIDTH, headline.size * 1.32)
            with stage.inside(window):
                rise = (1 - cue.value) * headline.size * 1.1 - self.gone.value * headline.size * 0.5
                stage.layer(
                    layer,
                    x,
                    top + rise,
                    alpha=min(1, cue.value * 1.4) * (1 - self.gone.value),
                    anchor=(anchor, 0),
                )

    def disc(
        self, icon: str, *, radius: float, start: float, share: float = 0.62, weight: str = "duotone"
    ) -> Disc:
        """A disc of the theme with a Phosphor icon."""
        source = icon_svg(icon, weight=weight, colour=self.theme.on_disc, second=self.theme.disc_second)
        size = radius * 2 * share
        start += self.delay
        return Disc(
            icon=self.sheet.svg(source, width=size, height=size),
            radius=radius,
            pop=self.time.cue(start, 0.6, easing.overshoot),
            icon_pop=self.time.cue(start + STAGGER, 0.55, easing.overshoot),
            ripple=self.time.cue(start + 0.2, 1.0, easing.out),
        )

    def draw_disc(self, stage: Stage, disc: Disc, x: float, y: float, *, turn: float = 0.0) -> None:
        shown = disc.pop.value * (1 - self.gone.value)
        if shown <= 0:
            return
        spread = disc.ripple.value
        for n in range(2):
            radius = disc.radius * (1 + spread * (0.2 + 0.24 * n))
            stage.circle(x, y, radius * shown, self.theme.disc, alpha=(0.26 - 0.1 * n) * spread, width=3)
        stage.circle(x, y, disc.radius * shown, self.theme.disc)
        stage.layer(
            disc.icon, x, y, scale=disc.icon_pop.value * (1 - self.gone.value), turn=turn, anchor=(0.5, 0.5)
        )

    def draw_rising(
        self,
        stage: Stage,
        layer: Layer,
        cue: Cue,
        x: float,
        y: float,
        *,
        anchor: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Text of second rank: comes up a little, goes up a little."""
        shift = 26 * (1 - cue.value) - 22 * self.gone.value
        stage.layer(layer, x, y + shift, alpha=alpha * cue.value * (1 - self.gone.value), anchor=(anchor, 0))
