"""`steps`: what to do first, second, third: the first five minutes."""

from __future__ import annotations

from lms.media import easing
from lms.media.drawing import Drawing
from lms.media.layers import Layer
from lms.media.stage import FLOOR, LEFT, WIDTH, Stage
from lms.media.timeline import Cue

_X, _TOP = 556, 62
_RADIUS = 33


class Steps(Drawing):
    """The title on the left; numbered rows fill in on the right, joined by a line."""

    centre = (250.0, 330.0)
    still_at = 0.86

    def compose(self) -> None:
        items = self.fields["items"]
        self.title = self.headline(self.fields["title"], size=74, width=400, most=4)
        self.pitch = (FLOOR - _TOP - 10) / len(items)
        pace = self.pace(len(items), around=1.6, most=1.5)
        self.starts = [self.delay + 0.45 + n * pace for n in range(len(items))]
        self.ghosts = self.time.cue(self.delay + 0.2, 0.5)
        self.pops: list[Cue] = [self.time.cue(start, 0.55, easing.overshoot) for start in self.starts]
        self.rises: list[Cue] = [self.time.cue(start + 0.1, 0.6) for start in self.starts]
        self.joins: list[Cue] = [self.time.cue(start - 0.25, 0.4, easing.in_out) for start in self.starts[1:]]
        self.numbers: list[Layer] = [
            self.sheet.line(str(n + 1), 36, self.theme.on_disc, display=True) for n in range(len(items))
        ]
        room = WIDTH - LEFT - _X - _RADIUS - 34
        self.words: list[Layer] = [
            self.sheet.block(
                item["text"], 38, self.theme.text, width=room, height=min(88, self.pitch - 8), weight=600,
                leading=0.08,
            )
            for item in items
        ]  # fmt: skip

    def draw(self, stage: Stage) -> None:
        self.draw_headline(stage, self.title, LEFT, 318 - self.title.height / 2)
        here = 1 - self.gone.value
        middles = [_TOP + self.pitch * (n + 0.5) for n in range(len(self.words))]
        for y in middles:
            stage.circle(_X, y, _RADIUS - 2, self.theme.ring, alpha=self.ghosts.value * here, width=3)
        for n, cue in enumerate(self.joins):
            if cue.value > 0:
                top = middles[n] + _RADIUS + 6
                reach = (self.pitch - 2 * _RADIUS - 12) * cue.value
                stage.line([(_X, top), (_X, top + reach)], self.theme.disc, 4, alpha=here)
        rows = zip(middles, self.pops, self.rises, self.numbers, self.words, strict=True)
        for y, pop, rise, number, words in rows:
            stage.circle(_X, y, _RADIUS * pop.value * here, self.theme.disc)
            stage.layer(number, _X, y - 1, scale=pop.value * here, anchor=(0.5, 0.5))
            x = _X + _RADIUS + 34 + 36 * (1 - rise.value)
            stage.layer(words, x, y, alpha=rise.value * here, anchor=(0, 0.5))
