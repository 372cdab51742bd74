"""`closing`: whom to call, here. The number is the largest thing of the film."""

from __future__ import annotations

import math

from lms.media import easing
from lms.media.colours import WHITE
from lms.media.drawing import STAGGER, Drawing
from lms.media.layers import Layer
from lms.media.plate import Plate
from lms.media.stage import LEFT, Stage

_WIDE, _PAD = 640, 44
_FOOT = 566
_LONG_ADDRESS = 22
"""Characters; a longer e-mail address is cut once, before its @."""


class Closing(Drawing):
    """A card with the contact on the left; a ringing telephone and the logo on the right."""

    signed = True
    stays = True
    centre = (1010.0, 236.0)
    still_at = 0.6

    def compose(self) -> None:
        contact = {key: str(value or "").strip() for key, value in self.fields["contact"].items()}
        self.title = self.headline(self.fields["title"], size=76, width=660, most=2)
        self.rows = self._rows(contact)
        self.card_in = self.time.cue(self.delay + 0.4, 0.75, easing.out_long)
        self.rows_in = [self.time.cue(self.delay + 0.6 + n * STAGGER, 0.6) for n in range(len(self.rows))]
        icon = "phone-call" if contact.get("phone") else "envelope-simple"
        self.icon = self.disc(icon, radius=132, start=0.3)
        self.ring = self.time.beat(self.delay + 1.1, 0.8, period=1.5, times=2)
        self.plate = Plate(self.sheet, self.identity, self.palette, width=330)
        self.plate_in = self.time.cue(self.delay + 0.85, 0.6, easing.overshoot)

    def _rows(self, contact: dict[str, str]) -> list[tuple[Layer, float]]:
        """(words, gap above): the first thing one can use is the largest."""
        room, palette = _WIDE - 2 * _PAD, self.palette
        rows = [
            (self.sheet.line(contact.get("label", ""), 27, palette.accent_ink, weight=700, width=room), 0.0)
        ]
        name, small = contact.get("name", ""), contact.get("email", "")
        if contact.get("phone"):
            rows.append((self.sheet.line(contact["phone"], 84, palette.link, display=True, width=room), -2.0))
        elif small:
            address = small.replace("@", "\n@") if len(small) > _LONG_ADDRESS else small
            rows.append(
                (self.sheet.block(address, 60, palette.link, display=True, width=room, height=124), 4.0)
            )
            small = ""
        elif name:
            rows.append((self.sheet.line(name, 64, palette.link, display=True, width=room), 0.0))
            name = ""
        details = [contact.get("extension", ""), contact.get("hours", ""), name]
        detail = "  ·  ".join(part for part in details if part)
        if detail:
            rows.append((self.sheet.line(detail, 26, palette.ink, width=room), 0.0))
        if small:
            rows.append((self.sheet.line(small, 28, palette.ink, weight=700, width=room), 10.0))
        return rows

    def draw(self, stage: Stage) -> None:
        here = 1 - self.gone.value
        tall = sum(layer.height + gap for layer, gap in self.rows) + 2 * 32
        top = _FOOT - tall
        self.draw_headline(stage, self.title, LEFT, max(44, (top - self.title.height) / 2 + 8))
        y = top + 60 * (1 - self.card_in.value)
        shown = self.card_in.value * here
        stage.card(LEFT, y, _WIDE, tall, radius=26, alpha=shown, colour=WHITE)
        stage.box(LEFT, y + 34, 10, tall - 68, self.palette.accent_ground, radius=5, alpha=shown)
        y += 32
        for (layer, gap), cue in zip(self.rows, self.rows_in, strict=True):
            self.draw_rising(stage, layer, cue, LEFT + _PAD, y + gap)
            y += layer.height + gap
        swing = math.sin(self.ring.value * 34) * 9 * (1 - self.ring.value)
        self.draw_disc(stage, self.icon, *self.centre, turn=swing)
        width = self.plate.size[0]
        self.plate.draw(
            stage, self.centre[0] - width / 2, 490, alpha=min(1, self.plate_in.value) * here,
            scale=0.9 + 0.1 * self.plate_in.value,
        )  # fmt: skip
