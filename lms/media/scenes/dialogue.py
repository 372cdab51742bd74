"""`dialogue`: two people talk, each line preceded by the three dots of someone writing."""

from __future__ import annotations

from typing import Any

import skia

from lms.media import easing
from lms.media.colours import WHITE
from lms.media.drawing import Drawing
from lms.media.icons import icon_svg
from lms.media.stage import LEFT, WIDTH, Stage

_AVATAR = 60
_ROOM = 680
_PAD_X, _PAD_Y, _GAP = 34, 20, 26
_TYPING = 0.55


class Dialogue(Drawing):
    """Bubbles, one under the other, from the left and from the right."""

    centre = (640.0, 320.0)
    still_at = 0.86

    def compose(self) -> None:
        lines = self.fields["lines"]
        pace = self.pace(len(lines), around=1.5, most=4.0)
        tall = {2: 156, 3: 96}[len(lines)]
        size = {2: 42, 3: 36}[len(lines)]
        self.lines = [
            self._line(line, self.delay + 0.25 + n * pace, size, tall) for n, line in enumerate(lines)
        ]

    def _line(self, line: dict[str, str], start: float, size: float, tall: float) -> dict[str, Any]:
        left = line["who"] == "left"
        fill = WHITE if left else self.theme.disc
        text = self.palette.ink if left else self.theme.on_disc
        icon = icon_svg(
            self.fields["icon_left" if left else "icon_right"],
            colour=self.palette.deep if left else self.theme.on_disc,
            second=self.palette.accent_ground if left else self.theme.disc_second,
        )
        return {
            "left": left,
            "fill": fill,
            "icon": self.sheet.svg(icon, width=64, height=64),
            "name": self.sheet.line(line["name"], 24, self.theme.soft, weight=700, width=420),
            "text": self.sheet.block(line["text"], size, text, width=_ROOM, height=tall, leading=0.1),
            "one": self.sheet.line(line["text"], size, text),
            "face": self.time.cue(start, 0.5, easing.overshoot),
            "bubble": self.time.cue(start + 0.12, 0.4, easing.overshoot),
            "typing": self.time.beat(start + 0.2, _TYPING, period=9, times=1),
            "open": self.time.cue(start + 0.2 + _TYPING, 0.4, easing.out),
        }

    def draw(self, stage: Stage) -> None:
        sizes = [self._words(line).height + 2 * _PAD_Y + line["name"].height for line in self.lines]
        y = 316 - (sum(sizes) + _GAP * (len(sizes) - 1)) / 2
        for line, size in zip(self.lines, sizes, strict=True):
            self._draw_line(stage, line, y, size)
            y += size + _GAP

    @staticmethod
    def _words(line: dict[str, Any]) -> Any:
        """A short line has a short bubble."""
        return line["one"] if line["one"].width <= _ROOM else line["text"]

    def _draw_line(self, stage: Stage, line: dict[str, Any], y: float, size: float) -> None:
        here = 1 - self.gone.value
        face = line["face"].value * here
        if face <= 0:
            return
        left = line["left"]
        name, words = line["name"], self._words(line)
        tall = size - name.height
        x = LEFT + 60 + _AVATAR if left else WIDTH - LEFT - 60 - _AVATAR
        middle = y + name.height + tall / 2
        stage.circle(x, middle, (_AVATAR + 5) * face, self.theme.ring)
        stage.circle(x, middle, _AVATAR * face, line["fill"])
        stage.layer(line["icon"], x, middle, scale=face, anchor=(0.5, 0.5))
        shown = line["bubble"].value * here
        opened = line["open"].value
        wide = 120 + (words.width + 2 * _PAD_X - 120) * opened
        edge = x + (_AVATAR + 28) * (1 if left else -1)
        box_x = edge if left else edge - wide
        stage.layer(name, edge + (8 if left else -8), y - 3, alpha=shown, anchor=(0 if left else 1, 0))
        top = y + name.height + 30 * (1 - min(1, shown))
        self._draw_tail(stage, line, edge, top + tall / 2, shown)
        stage.card(box_x, top, wide, tall, radius=28, alpha=min(1, shown), colour=line["fill"], shadow=0.6)
        with stage.inside(skia.Rect.MakeXYWH(box_x, top, wide, tall)):
            stage.layer(words, box_x + _PAD_X, middle, alpha=opened * shown, anchor=(0, 0.5))
        self._draw_dots(stage, line, box_x + 60, top + tall / 2, shown * (1 - opened))

    def _draw_tail(self, stage: Stage, line: dict[str, Any], x: float, y: float, shown: float) -> None:
        sign = 1 if line["left"] else -1
        points = [(x + sign * 14, y - 13), (x - sign * 6, y), (x + sign * 14, y + 13)]
        stage.line(points, line["fill"], 9, alpha=shown)

    def _draw_dots(self, stage: Stage, line: dict[str, Any], x: float, y: float, shown: float) -> None:
        if shown <= 0.01:
            return
        colour = self.palette.deep if line["left"] else self.theme.on_disc
        for n in range(3):
            hop = easing.there_and_back(min(1.0, max(0.0, line["typing"].value * 2 - n * 0.3)))
            stage.circle(x + (n - 1) * 24, y - 9 * hop, 7, colour, alpha=shown * (0.45 + 0.5 * hop))
