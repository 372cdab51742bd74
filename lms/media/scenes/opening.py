"""`opening`: the title, the campaign's mark, whose film it is. The shield looks at the title, and blinks."""

from __future__ import annotations

import math

from lms.media import easing
from lms.media.drawing import STAGGER, Drawing
from lms.media.icons import icon_svg
from lms.media.plate import Plate, Wordmark, eye_path, shield_path
from lms.media.stage import LEFT, Stage

_ORBIT = (("envelope-simple", -46), ("lock-key", 38), ("identification-card", 142), ("device-mobile", 226))


class Opening(Drawing):
    """Words on the left, a watching shield on the right."""

    signed = True
    centre = (948.0, 318.0)

    def compose(self) -> None:
        self.wordmark = Wordmark(self.sheet, self.theme)
        self.mark_in = self.time.cue(self.delay + 0.05, 0.6)
        self.title = self.headline(self.fields["title"], size=88, width=610, start=0.25)
        self.plate = Plate(self.sheet, self.identity, self.palette)
        self.plate_in = self.time.cue(self.delay + 0.7, 0.6, easing.overshoot)
        self.shield_in = self.time.cue(self.delay + 0.2, 0.7, easing.overshoot)
        self.look = self.time.cue(self.delay + 0.95, 0.45, easing.in_out)
        self.blink = self.time.beat(self.delay + 1.7, 0.26, period=1.9, times=2, ease=easing.there_and_back)
        self.orbit_in = [
            self.time.cue(self.delay + 0.5 + n * STAGGER, 0.9, easing.out) for n in range(len(_ORBIT))
        ]
        self.icons = [
            self.sheet.svg(icon_svg(name, weight="duotone", colour=self.theme.text), width=44, height=44)
            for name, _ in _ORBIT
        ]
        self.shield, self.eye = shield_path(), eye_path()

    def draw(self, stage: Stage) -> None:
        here = 1 - self.gone.value
        self.wordmark.draw(stage, LEFT, 58 - 14 * (1 - self.mark_in.value), alpha=self.mark_in.value * here)
        self.draw_headline(stage, self.title, LEFT, 306 - self.title.height / 2)
        self.plate.draw(
            stage, LEFT, 528, alpha=min(1, self.plate_in.value) * here, scale=0.9 + 0.1 * self.plate_in.value
        )
        self._draw_orbit(stage, here)
        self._draw_shield(stage, self.shield_in.value * here)

    def _draw_orbit(self, stage: Stage, here: float) -> None:
        for (_, angle), icon, cue in zip(_ORBIT, self.icons, self.orbit_in, strict=True):
            turn = math.radians(angle - 30 * (1 - cue.value))
            radius = 258 * (0.75 + 0.25 * cue.value)
            x, y = self.centre[0] + radius * math.cos(turn), self.centre[1] + radius * math.sin(turn)
            shown = cue.value * here
            stage.circle(x, y, 44 * shown, self.theme.ground)
            stage.circle(x, y, 44 * shown, self.theme.panel)
            stage.circle(x, y, 44 * shown, self.theme.ring, width=2.5)
            stage.layer(icon, x, y, alpha=shown, anchor=(0.5, 0.5))

    def _draw_shield(self, stage: Stage, shown: float) -> None:
        """320 pixels tall; the pupil slides to the left, where the title is."""
        if shown <= 0:
            return
        stage.circle(*self.centre, 196 * shown, self.theme.panel)
        with stage.moved(*self.centre, scale=4.9 * shown):
            stage.canvas.translate(-32, -31.5)
            stage.path(self.shield, self.theme.disc)
            lid = 1 - 0.94 * self.blink.value
            stage.canvas.translate(0, 30 * (1 - lid))
            stage.canvas.scale(1, lid)
            stage.path(self.eye, self.theme.on_disc)
            pupil = 32 - 5.5 * self.look.value
            stage.circle(pupil, 30, 9.2, self.theme.disc)
            stage.circle(pupil - 2.6 * self.look.value + 1, 27, 3, self.theme.on_disc)
