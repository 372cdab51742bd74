"""`gestures`: two to four things to do, on a thread."""

from __future__ import annotations

from lms.media import easing
from lms.media.drawing import Drawing
from lms.media.stage import LEFT, WIDTH, Stage

_Y = 322


class Gestures(Drawing):
    """The title above; discs pop along a line, each with its words."""

    centre = (640.0, float(_Y))

    def compose(self) -> None:
        items = self.fields["items"]
        count = len(items)
        self.title = self.headline(
            self.fields["title"], size=64, width=WIDTH - 2 * LEFT, two_colours=False, most=2
        )
        gap = {2: 460, 3: 372, 4: 284}[count]
        self.places = [WIDTH / 2 + (n - (count - 1) / 2) * gap for n in range(count)]
        self.radius = 108 if count < 4 else 94
        pace = self.pace(count, around=2.4, most=0.75)
        starts = [0.4 + n * pace for n in range(count)]
        self.discs = [
            self.disc(item["icon"], radius=self.radius, start=start)
            for item, start in zip(items, starts, strict=True)
        ]
        self.words = [
            self.sheet.block(
                item["text"], 38, self.theme.strong, width=gap - 28, height=100, display=True, align="center",
                leading=0.06,
            )
            for item in items
        ]  # fmt: skip
        self.words_in = [self.time.cue(self.delay + start + 0.2, 0.55) for start in starts]
        self.thread = self.time.cue(self.delay + 0.5, pace * count, easing.in_out)

    def draw(self, stage: Stage) -> None:
        self.draw_headline(stage, self.title, WIDTH / 2, 118 - self.title.height / 2, anchor=0.5)
        first, last = self.places[0], self.places[-1]
        here = 1 - self.gone.value
        if self.thread.value > 0 and here > 0:
            reach = first + (last - first) * self.thread.value
            stage.line([(first, _Y), (reach, _Y)], self.theme.ring, 7, alpha=here)
        for disc, words, cue, x in zip(self.discs, self.words, self.words_in, self.places, strict=True):
            self.draw_disc(stage, disc, x, _Y)
            self.draw_rising(stage, words, cue, x, _Y + self.radius + 46, anchor=0.5)
