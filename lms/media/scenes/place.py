"""`place`: a corner of the hospital at a time of day, barely moving: this is where a film begins.

The planes of the drawing slide a little, as if one leaned forward; the clock ticks, the cup steams, the
screen receives one message more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from lms.media import art, easing
from lms.media.colours import TEXT, WHITE, contrast, mix, readable_on
from lms.media.drawing import STAGGER, Drawing
from lms.media.stage import LEFT, Stage

_SPEEDS = {"sky": 0, "far": 0, "back": 0.25, "middle": 0.5, "front": 1.25}
"""Pixels per frame. Planes fall on whole pixels (a fraction costs fifteen times more to draw), so each speed
is one at which the steps come regularly."""
_TEXT_WIDE = 500
Point = tuple[float, float]


@dataclass(frozen=True)
class Life:
    """Where things move in a place; None where there is no such thing."""

    clock: Point
    sun: Point | None = None
    screens: tuple[tuple[float, float, float], ...] = ()
    """Middle of the glass, and its scale (1 = 190 pixels wide)."""
    cup: Point | None = None
    trace: Point | None = None
    drop: Point | None = None
    reader: Point | None = None


LIVES = {
    "nurses-station": Life(clock=(1204, 92), sun=(872, 296), screens=((748, 371, 0.98),), cup=(1046, 420)),
    "corridor": Life(clock=(1180, 140), reader=(1029, 380)),
    "office": Life(
        clock=(712, 112), sun=(1118, 270), screens=((850, 365, 1.0), (1070, 374, 0.9)), cup=(1184, 416)
    ),
    "ward-room": Life(clock=(1218, 96), sun=(800, 322), trace=(1126, 262), drop=(1186, 386)),
}


class Place(Drawing):
    """The drawing fills the picture; the words stand on the bare wall at its left."""

    centre = (905.0, 300.0)
    still_at = 0.7

    def compose(self) -> None:
        time = self.fields["time"]
        self.life = LIVES[self.fields["place"]]
        self.hands = art.hands_of(time)
        sources = art.planes(self.fields["place"], self.palette, art.moment_of(time))
        size = {"width": art.WIDTH, "height": art.HEIGHT}
        self.planes = {plane: self.sheet.art(source, **size) for plane, source in sources.items()}
        self.drift = self.time.drift()
        self.reveal = self.time.cue(0.0, 0.9, easing.in_out)
        self.notice = self.time.cue(1.5, 0.5, easing.overshoot)
        self._compose_words(time)

    def _compose_words(self, time: str) -> None:
        palette = self.palette
        # Words stand on the wall, not on the ground of the scene: ink by day, white by night.
        dark = art.moment_of(time) == "night"
        self.clock_ink = "#DCE5EA" if dark else palette.deep
        ink = WHITE if dark else palette.ink
        self.pill = palette.accent_ground if dark else palette.deep
        self.clock_words = self.sheet.line(time, 30, readable_on(self.pill), display=True, width=180)
        self.title = self.headline(self.fields["title"], size=68, width=_TEXT_WIDE, start=0.5)
        for n, line in enumerate(self.title.lines):
            line.recipe["fill"] = ink if n == 0 else self._strong(dark)
        self.text = None
        if self.fields.get("text"):
            self.text = self.sheet.block(self.fields["text"], 33, ink, width=_TEXT_WIDE - 40, height=120)
        self.pill_in = self.time.cue(0.45, 0.5, easing.overshoot)
        self.text_in = self.time.cue(0.7 + 3 * STAGGER, 0.7)

    def _strong(self, dark: bool) -> str:
        """The second colour of the headline, if it reads on the wall."""
        colour = self.palette.accent_on_deep if dark else self.palette.deep
        wall = art.wall_of(self.palette, "night" if dark else "day")
        return colour if contrast(colour, wall) >= TEXT else readable_on(wall)

    def paint(self, stage: Stage) -> None:
        """Opens and closes like an iris, onto the ground of the scene before and of its own."""
        first = self.before.ground if self.before else self.theme.ground
        stage.fill(first if self.reveal.value < 1 else self.theme.ground)
        radius = 1150 * self.reveal.value * (1 - self.gone.value)
        if radius <= 1:
            return
        if self.gone.value > 0:
            stage.fill(self.theme.ground)
        iris = skia.Path()
        iris.addCircle(*self.centre, radius)
        if self.reveal.value >= 1 and self.gone.value <= 0:
            self.draw(stage)
            return
        if self.reveal.value < 1:
            stage.circle(*self.centre, radius + 90 * self.reveal.value, self.palette.accent_ground)
        with stage.inside(iris):
            self.draw(stage)

    def draw(self, stage: Stage) -> None:
        for plane in art.PLANES:
            shift = math.floor(_SPEEDS[plane] * self.frames * (0.5 - self.drift.value))
            with stage.moved(shift, 0):
                stage.layer(self.planes[plane], art.LEFT, art.TOP)
                getattr(self, f"_live_{plane}", lambda _: None)(stage)
        self._draw_words(stage)

    def _live_sky(self, stage: Stage) -> None:
        if self.life.sun is None:
            return
        x, y = self.life.sun
        y += 16 - 34 * self.drift.value
        stage.circle(x, y, 74, "#FFF6DC", alpha=0.25)
        stage.circle(x, y, 54, "#FFF6DC", alpha=0.35)
        stage.circle(x, y, 37, "#FFFBEF")

    def _live_back(self, stage: Stage) -> None:
        self._draw_clock(stage)
        if self.life.reader is not None:
            x, y = self.life.reader
            glow = 0.5 + 0.5 * math.sin(self.drift.value * self.seconds * 4)
            stage.circle(x, y, 10, self.palette.accent_ground, alpha=0.35 * glow)
            stage.circle(x, y, 5, self.palette.accent_ground)

    def _draw_clock(self, stage: Stage) -> None:
        x, y = self.life.clock
        hour, minute = self.hands
        second = 6 * (29 + math.floor(self.drift.value * self.seconds + 0.5))
        ink, accent = self.clock_ink, self.palette.accent_ground
        for angle, length, width, colour in (
            (hour, 20, 5.5, ink), (minute, 28, 4.0, ink), (second, 31, 2.0, accent)
        ):  # fmt: skip
            turn = math.radians(angle - 90)
            stage.line([(x, y), (x + length * math.cos(turn), y + length * math.sin(turn))], colour, width)
        stage.circle(x, y, 4.5, ink)

    def _live_middle(self, stage: Stage) -> None:
        for n, (x, y, scale) in enumerate(self.life.screens):
            with stage.moved(x, y, scale=scale):
                self._draw_inbox(stage, with_notice=n == 0)
        if self.life.cup is not None:
            self._draw_steam(stage, *self.life.cup)
        if self.life.trace is not None:
            self._draw_trace(stage, *self.life.trace)
        if self.life.drop is not None:
            fall = (self.drift.value * self.seconds) % 1
            stage.circle(self.life.drop[0], self.life.drop[1] + 20 * fall, 3, "#8CC6D6", alpha=1 - fall)

    def _draw_inbox(self, stage: Stage, *, with_notice: bool) -> None:
        """A list of messages; the last one to arrive slides in at the top."""
        glass = mix("#0E2530", self.palette.deep, 0.35)
        stage.box(-95, -58, 190, 116, "#F4F8FA", radius=6)
        stage.box(-95, -58, 44, 116, glass, radius=6)
        stage.box(-58, -58, 8, 116, glass)
        for n in range(4):
            stage.box(-86, -44 + n * 20, 24, 6, mix(glass, WHITE, 0.35), radius=3)
        arrived = self.notice.value if with_notice else 0.0
        with stage.inside(skia.Rect.MakeLTRB(-50, -58, 95, 58)):
            for n in range(4):
                y = -50 + (n + min(1, arrived)) * 26
                stage.circle(-36, y + 9, 7, mix(WHITE, self.palette.deep, 0.3))
                stage.box(-22, y + 2, 60, 5, "#9DB2BD", radius=2.5)
                stage.box(-22, y + 12, 96, 4, "#CBD8DE", radius=2)
            if arrived > 0:
                stage.box(-46, -54 - 26 * (1 - arrived), 138, 24, self.palette.accent_ground, radius=5)
                stage.box(-22, -47 - 26 * (1 - arrived), 70, 5, self.palette.ink, radius=2.5)
                stage.box(-22, -38 - 26 * (1 - arrived), 100, 4, self.palette.ink, radius=2, alpha=0.5)
                stage.circle(-36, -42 - 26 * (1 - arrived), 7, self.palette.ink)
        if arrived > 0:
            self._draw_envelope(stage, 86, -66, arrived)

    def _draw_envelope(self, stage: Stage, x: float, y: float, shown: float) -> None:
        stage.circle(x, y, 27 * shown, WHITE)
        stage.circle(x, y, 23 * shown, self.palette.accent_ground)
        with stage.moved(x, y, scale=max(0.01, shown)):
            ink = self.palette.on_accent
            stage.box(-12, -8, 24, 17, ink, radius=2, outline=2.6)
            stage.line([(-11, -7), (0, 2), (11, -7)], ink, 2.6)

    def _draw_steam(self, stage: Stage, x: float, y: float) -> None:
        turn = self.drift.value * self.seconds
        for n in range(2):
            path = skia.Path()
            base = x - 8 + n * 15
            path.moveTo(base, y)
            for step in range(1, 8):
                height = step * 6.5
                path.lineTo(base + 5 * math.sin(step * 0.8 - turn * 2.4 + n * 2), y - height)
            stage.path(path, WHITE, alpha=0.5 + 0.15 * math.sin(turn * 2 + n), width=4)

    def _draw_trace(self, stage: Stage, x: float, y: float) -> None:
        """A heartbeat that runs along the bedside screen."""
        head = (self.drift.value * self.seconds * 0.55) % 1
        beat = {30: 0, 36: -8, 42: 0, 48: 22, 53: -34, 58: 16, 63: 0, 74: -7, 82: 0}
        points = [(x - 52 + at, y + beat.get(at, 0)) for at in (0, *beat, 104)]
        with stage.inside(skia.Rect.MakeXYWH(x - 54, y - 46, 108 * head, 92)):
            stage.line(points, "#7FE0B0", 3)
        stage.box(x - 52, y + 26, 44, 6, "#7FE0B0", radius=3, alpha=0.5)

    def _draw_words(self, stage: Stage) -> None:
        tall = self.title.height + 76 + (self.text.height + 20 if self.text else 0)
        top = max(70, 268 - tall / 2)
        wide = self.clock_words.width + 48
        with stage.moved(LEFT + wide / 2, top + 26, scale=max(0.01, self.pill_in.value)):
            stage.box(-wide / 2, -26, wide, 52, self.pill, radius=26)
            stage.layer(self.clock_words, 0, -1, anchor=(0.5, 0.5))
        self.draw_headline(stage, self.title, LEFT, top + 74)
        if self.text is not None:
            self.draw_rising(stage, self.text, self.text_in, LEFT, top + 74 + self.title.height + 18)
