"""`comparison`: what not to do, what to do instead."""

from __future__ import annotations

import math

from lms.media import easing
from lms.media.colours import WHITE, mix
from lms.media.drawing import Drawing
from lms.media.icons import icon_svg
from lms.media.stage import LEFT, WIDTH, Stage

_TOP, _WIDE, _TALL = 190, 540, 386
_BADGE = 42


class Comparison(Drawing):
    """Two cards: the left one is struck, the right one is the one to keep."""

    centre = (640.0, 380.0)

    def compose(self) -> None:
        self.title = self.headline(
            self.fields["title"], size=60, width=WIDTH - 2 * LEFT, two_colours=False, most=2
        )
        late = min(1.9, self.seconds * 0.4)
        self.sides = [
            self._side("left", self.palette.danger, "x", 0.35),
            self._side("right", self.palette.link, "check", late),
        ]
        self.fade = self.time.cue(self.delay + late + 0.2, 0.6, easing.in_out)

    def _side(self, name: str, colour: str, badge: str, start: float) -> dict[str, object]:
        data, start = self.fields[name], start + self.delay
        icon = icon_svg(data["icon"], colour=colour, second=mix(WHITE, colour, 0.16))
        return {
            "name": name,
            "colour": colour,
            "icon": self.sheet.svg(icon, width=124, height=124),
            "badge": self.sheet.svg(icon_svg(badge, weight="bold", colour=WHITE), width=48, height=48),
            "label": self.sheet.line(data["label"], 44, colour, display=True, width=_WIDE - 84),
            "text": self.sheet.block(data["text"], 35, self.palette.ink, width=_WIDE - 84, height=88),
            "card_in": self.time.cue(start, 0.75, easing.out_long),
            "stamp": self.time.cue(start + 0.6, 0.5, easing.overshoot),
            "shake": self.time.cue(start + 0.75, 0.5),
        }

    def draw(self, stage: Stage) -> None:
        self.draw_headline(stage, self.title, WIDTH / 2, 104 - self.title.height / 2, anchor=0.5)
        for side, sign in zip(self.sides, (-1, 1), strict=True):
            self._draw_side(stage, side, sign)

    def _draw_side(self, stage: Stage, side: dict, sign: int) -> None:
        entered = side["card_in"].value
        shown = entered * (1 - self.gone.value)
        if shown <= 0:
            return
        x = WIDTH / 2 + sign * (16 + _WIDE / 2 + 260 * (1 - entered)) + sign * 60 * self.gone.value
        turn = 0.0
        scale = 1.0 - 0.03 * self.fade.value if sign < 0 else 1.0
        if sign < 0:
            turn = math.sin(side["shake"].value * 16) * 1.4 * (1 - side["shake"].value)
        with stage.moved(x, _TOP + _TALL / 2, turn=turn, scale=scale):
            left, top = -_WIDE / 2, -_TALL / 2
            stage.card(left, top, _WIDE, _TALL, radius=26, alpha=shown)
            stage.box(left, top + 40, 9, _TALL - 80, side["colour"], radius=4.5, alpha=shown)
            stage.circle(left + 42 + 84, top + 42 + 78, 84, mix(WHITE, side["colour"], 0.09), alpha=shown)
            stage.layer(side["icon"], left + 126, top + 120, alpha=shown, anchor=(0.5, 0.5))
            stage.layer(side["label"], left + 42, top + 222, alpha=shown)
            stage.layer(side["text"], left + 42, top + 278, alpha=shown)
            stamp = side["stamp"].value * (1 - self.gone.value)
            stage.circle(-left - 74, top + 74, _BADGE * stamp, side["colour"])
            stage.layer(side["badge"], -left - 74, top + 74, scale=stamp, anchor=(0.5, 0.5))
