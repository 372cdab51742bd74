"""`hook`: one striking sentence, one large icon that shakes."""

from __future__ import annotations

import math

from lms.media.drawing import STAGGER, Drawing
from lms.media.stage import LEFT, Stage


class Hook(Drawing):
    """Title and text on the left, the icon on the right."""

    centre = (948.0, 318.0)

    def compose(self) -> None:
        self.title = self.headline(self.fields["title"], size=86, width=600)
        self.text = self.sheet.block(self.fields["text"], 36, self.theme.text, width=580, height=160)
        self.text_in = self.time.cue(self.delay + 0.25 + 3 * STAGGER, 0.7)
        self.icon = self.disc(self.fields["icon"], radius=174, start=0.25, share=0.6)
        self.shake = self.time.beat(self.delay + 1.3, 0.9, period=2.6, times=2)
        self.dots = [self.time.cue(self.delay + 0.5 + n * STAGGER, 1.1) for n in range(4)]

    def draw(self, stage: Stage) -> None:
        top = 306 - (self.title.height + 24 + self.text.height) / 2
        self.draw_headline(stage, self.title, LEFT, top)
        self.draw_rising(stage, self.text, self.text_in, LEFT, top + self.title.height + 24)
        self._draw_dots(stage)
        swing = math.sin(self.shake.value * 23) * 8 * (1 - self.shake.value) ** 2
        self.draw_disc(stage, self.icon, *self.centre, turn=swing)

    def _draw_dots(self, stage: Stage) -> None:
        """Small discs sent out by the large one, on two of the rings."""
        for n, (cue, angle) in enumerate(zip(self.dots, (-38, 34, 148, 214), strict=True)):
            radius = (214 + 64 * (n % 2)) * (0.7 + 0.3 * cue.value)
            turn = math.radians(angle + 24 * (1 - cue.value))
            x, y = self.centre[0] + radius * math.cos(turn), self.centre[1] + radius * math.sin(turn)
            shown = cue.value * (1 - self.gone.value)
            stage.circle(x, y, (9, 14, 11, 7)[n] * shown, (self.theme.strong, self.theme.ring)[n % 2])
