"""`message`: a forged message hangs from a hook; one clue after the other gives it away."""

from __future__ import annotations

import math

import skia

from lms.media import easing
from lms.media.colours import WHITE, mix, readable_on
from lms.media.drawing import Drawing
from lms.media.icons import icon_svg
from lms.media.stage import WIDTH, Stage

_X, _WIDE, _PAD = 372, 580, 38
_LIST_X, _MIDDLE = 752, 306
_PIN = 27
_GREY = "#42545F"


class Message(Drawing):
    """The message on the left, its clues on the right, the same numbers on both."""

    centre = (430.0, 330.0)
    still_at = 0.88

    def compose(self) -> None:
        self._compose_card()
        clues = self.fields["clues"]
        pace = self.pace(len(clues), around=2.0, most=2.3)
        starts = [self.delay + 1.15 + n * pace for n in range(len(clues))]
        room = WIDTH - _LIST_X - 74 - 44
        self.clues = []
        for n, (clue, start) in enumerate(zip(clues, starts, strict=True)):
            ends = [self.time.cue(next_, 0.4, easing.in_out) for next_ in starts[n + 1 : n + 2]]
            self.clues.append({
                "on": clue["on"],
                "number": self.sheet.line(str(n + 1), 30, WHITE, display=True),
                "title": self.sheet.line(clue["title"], 44, self.theme.strong, display=True, width=room),
                "text": self.sheet.block(clue["text"], 30, self.theme.text, width=room, height=76),
                "pin": self.time.cue(start, 0.5, easing.overshoot),
                "marker": self.time.cue(start + 0.12, 0.55, easing.in_out),
                "rise": self.time.cue(start + 0.15, 0.6),
                "dim": ends,
            })  # fmt: skip
        self.again = self.time.cue(starts[-1] + 1.1, 0.5, easing.in_out)

    def _compose_card(self) -> None:
        room, ink = _WIDE - 2 * _PAD, self.palette.ink
        line, block, fields = self.sheet.line, self.sheet.block, self.fields
        self.avatar = self.sheet.svg(
            icon_svg("user-circle", weight="fill", colour=self.palette.deep), width=48, height=48
        )
        self.tools = self.sheet.svg(
            icon_svg("dots-three-vertical", weight="bold", colour="#9AA7AF"), width=30, height=30
        )
        self.name = line(fields["from_name"], 29, ink, weight=700, width=room - 124)
        self.address = line(fields["from_address"], 22.5, _GREY, width=room - 84)
        self.subject = block(fields["subject"], 30, ink, width=room, height=70, weight=700, leading=0.08)
        self.body = block(fields["body"], 25, "#33454F", width=room, height=122, leading=0.2)
        fill = self.palette.deep
        self.button = line(fields["button"], 25, readable_on(fill), weight=700, width=room - 60)
        self.drop = self.time.cue(0.1, 1.1, easing.out_long)
        self.swing = self.time.cue(0.1, min(3.2, self.seconds - 0.8), easing.linear)

    def _places(self) -> dict[str, tuple[float, float, float]]:
        """(top, height, width) of each part that a clue can point at, from the top of the card."""
        subject = 164.0
        body = subject + self.subject.height + 16
        button = body + self.body.height + 24
        return {
            "sender": (74.0, self.address.height, self.address.width),
            "subject": (subject, self.subject.height, self.subject.width),
            "body": (body, self.body.height, self.body.width),
            "button": (button, self.button.height + 26, self.button.width + 48),
            "end": (button + self.button.height + 26 + 30, 0.0, 0.0),
        }

    def draw(self, stage: Stage) -> None:
        places = self._places()
        tall = places["end"][0]
        angle = math.sin(self.swing.value * 10) * 3.2 * (1 - self.swing.value) ** 2 - 1.6
        drop = -720 * (1 - self.drop.value) - 760 * self.gone.value
        stage.canvas.save()
        with stage.moved(_X, -120, turn=angle):
            top = 444 - tall / 2 + drop
            with stage.moved(-_WIDE / 2, top):
                stage.card(0, 0, _WIDE, tall, radius=22)
                self._draw_markers(stage, places)
                self._draw_words(stage, places)
            self._draw_hook(stage, 186, top)
            with stage.moved(-_WIDE / 2, top):
                self._draw_pins(stage, places)
        stage.canvas.restore()
        self._draw_list(stage)

    def _draw_words(self, stage: Stage, places: dict[str, tuple[float, float, float]]) -> None:
        stage.circle(_PAD + 30, 70, 31, mix(WHITE, self.palette.deep, 0.16))
        stage.layer(self.avatar, _PAD + 30, 70, anchor=(0.5, 0.5), smooth=True)
        stage.layer(self.name, _PAD + 80, 36, smooth=True)
        stage.layer(self.address, _PAD + 80, 74, smooth=True)
        stage.layer(self.tools, _WIDE - _PAD - 12, 54, anchor=(0.5, 0.5), smooth=True)
        stage.box(0, 136, _WIDE, 1.6, "#E3E7EA")
        stage.layer(self.subject, _PAD, places["subject"][0], smooth=True)
        stage.layer(self.body, _PAD, places["body"][0], smooth=True)
        top, height, width = places["button"]
        stage.box(_PAD, top, width, height, self.palette.deep, radius=11)
        stage.layer(self.button, _PAD + 24, top + height / 2, anchor=(0, 0.5), smooth=True)

    def _draw_markers(self, stage: Stage, places: dict[str, tuple[float, float, float]]) -> None:
        """A stroke of highlighter under what the clue is about."""
        colour = mix(WHITE, self.palette.accent_ground, 0.5)
        for clue in self.clues:
            top, height, width = places[clue["on"]]
            left = _PAD + (80 if clue["on"] == "sender" else 0)
            grow = 8 if clue["on"] == "button" else 5
            reach = (width + 2 * grow) * clue["marker"].value
            stage.box(left - grow, top - grow + 2, reach, height + 2 * grow - 4, colour, radius=9)

    def _draw_hook(self, stage: Stage, x: float, top: float) -> None:
        colour = self.theme.strong
        eye = top - 62
        stage.line([(x, -260), (x, eye - 10)], self.theme.text, 2.6, alpha=0.85)
        hook = skia.Path()
        hook.moveTo(x, eye + 12)
        hook.lineTo(x, eye + 70)
        hook.arcTo(skia.Rect.MakeLTRB(x - 62, eye + 39, x, eye + 101), 0, 180, False)
        hook.lineTo(x - 62, eye + 56)
        stage.circle(x, eye, 10, colour, width=8)
        stage.path(hook, colour, width=9.5)
        tip = skia.Path()
        tip.moveTo(x - 62, eye + 28)
        tip.lineTo(x - 76, eye + 60)
        tip.lineTo(x - 48, eye + 60)
        tip.close()
        stage.path(tip, colour)

    def _draw_pins(self, stage: Stage, places: dict[str, tuple[float, float, float]]) -> None:
        used: list[float] = []
        for clue in self.clues:
            top, height, _ = places[clue["on"]]
            y = top + height / 2
            # Two clues on neighbouring lines: their pins must not cover each other.
            while any(abs(y - other) < 2 * _PIN + 4 for other in used):
                y += 8
            used.append(y)
            self._draw_pin(stage, clue, 0, y, clue["pin"].value)

    def _draw_list(self, stage: Stage) -> None:
        here = 1 - self.gone.value
        pitch = 152 if len(self.clues) == 3 else 190
        for n, clue in enumerate(self.clues):
            y = _MIDDLE + (n - (len(self.clues) - 1) / 2) * pitch
            dim = max((cue.value for cue in clue["dim"]), default=0.0) * (1 - self.again.value)
            shown = clue["rise"].value * here * (1 - 0.5 * dim)
            shift = 44 * (1 - clue["rise"].value) - 50 * self.gone.value
            tall = clue["title"].height + clue["text"].height
            self._draw_pin(stage, clue, _LIST_X + _PIN + shift, y - tall / 2 + 28, 0.95, shown)
            stage.layer(clue["title"], _LIST_X + 76 + shift, y - tall / 2, alpha=shown)
            stage.layer(clue["text"], _LIST_X + 76 + shift, y - tall / 2 + clue["title"].height, alpha=shown)

    def _draw_pin(
        self, stage: Stage, clue: dict, x: float, y: float, scale: float, alpha: float = 1.0
    ) -> None:
        stage.circle(x, y, (_PIN + 3) * scale, WHITE, alpha=alpha)
        stage.circle(x, y, _PIN * scale, self.palette.danger, alpha=alpha)
        stage.layer(clue["number"], x, y - 1, scale=scale, smooth=True, alpha=alpha, anchor=(0.5, 0.5))
