"""`figure`: a figure in its ring, what it counts, where it comes from."""

from __future__ import annotations

from lms.media import easing
from lms.media.drawing import Drawing
from lms.media.stage import LEFT, WIDTH, Stage

_X = 590
_WIDE = WIDTH - LEFT - _X


class Figure(Drawing):
    """The ring on the left fills up; the sentence stands on the right, the source under it."""

    centre = (318.0, 308.0)
    radius, stroke = 176, 40

    def compose(self) -> None:
        inside = 2 * self.radius - self.stroke - 44
        self.value = self.sheet.line(self.fields["value"], 104, self.theme.text, display=True, width=inside)
        self.value_in = self.time.cue(self.delay + 0.7, 0.6, easing.overshoot)
        self.ring_in = self.time.cue(self.delay + 0.1, 0.5)
        self.sweep = self.time.cue(self.delay + 0.35, 1.5, easing.in_out)
        self.title = self.headline(self.fields["title"], size=64, width=_WIDE, start=0.6)
        self.text = self.sheet.block(self.fields["text"], 34, self.theme.text, width=_WIDE, height=130)
        self.text_in = self.time.cue(self.delay + 1.2, 0.6)
        self.source = self.sheet.block(self.fields["source"], 21, self.theme.soft, width=_WIDE, height=54)
        self.source_in = self.time.cue(self.delay + 1.5, 0.6)

    def draw(self, stage: Stage) -> None:
        self._draw_ring(stage)
        top = 290 - (self.title.height + 22 + self.text.height) / 2
        self.draw_headline(stage, self.title, _X, top)
        self.draw_rising(stage, self.text, self.text_in, _X, top + self.title.height + 22)
        foot = max(500, top + self.title.height + self.text.height + 54)
        rule = self.source_in.value * (1 - self.gone.value)
        stage.box(_X, foot - 14, 56 * rule, 4, self.theme.strong, radius=2)
        self.draw_rising(stage, self.source, self.source_in, _X, foot)

    def _draw_ring(self, stage: Stage) -> None:
        x, y = self.centre
        shown = self.ring_in.value * (1 - self.gone.value)
        if shown <= 0:
            return
        radius = self.radius * (0.8 + 0.2 * shown)
        stage.circle(x, y, radius + self.stroke / 2 + 22, self.theme.panel, alpha=shown)
        stage.circle(x, y, radius, self.theme.ring, alpha=shown, width=self.stroke)
        part = 3.6 * float(self.fields["share"]) * self.sweep.value * (1 - self.gone.value)
        stage.arc(x, y, radius, part, self.theme.disc, self.stroke)
        stage.layer(
            self.value, x, y, alpha=min(1, self.value_in.value) * (1 - self.gone.value),
            scale=0.7 + 0.3 * self.value_in.value, anchor=(0.5, 0.5),
        )  # fmt: skip
