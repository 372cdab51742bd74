"""From two brand colours, every colour of a page or a film, with its contrast computed.

A hospital gives a primary colour and an accent. Some give yellow, white, or the same red twice. Nothing here
trusts the eye: each role of `Palette` carries a promise of contrast (WCAG 2.2 §1.4.3), and the colour is
pushed towards black or white until the promise holds.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

WHITE = "#FFFFFF"
BLACK = "#000000"
INK = "#10212B"
PAPER = "#F7F4EC"
NIGHT = "#0E1A21"
"""The ground of the dark theme of the pages."""
NAVY = "#12303F"
"""The deep ground lent to a brand that has none of its own: yellow, neon, near-white."""
DANGER = "#C9243A"

TEXT = 4.5
"""WCAG 2.2 AA for body text."""
TEXT_ON_DEEP = 7.0
"""AAA for what is written on the brand: a film is watched on a bad screen in a bright corridor."""
SHAPE = 3.0
"""WCAG 2.2 §1.4.11 for shapes that carry meaning."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


@dataclass(frozen=True)
class Palette:
    """Colours of one establishment, all `#RRGGBB` in capitals. The promise of each is tested."""

    primary: str
    """As given. Never use it under text: use `deep`, `link` or `accent_ground`."""
    accent: str
    """As given."""
    deep: str
    """Dark ground of the brand; white on it reads at 7:1 or more."""
    on_deep: str
    accent_on_deep: str
    """Second colour of headlines on `deep`, 4.5:1 or more."""
    accent_ground: str
    """Ground of accent scenes and of buttons; 3:1 or more against `deep`."""
    on_accent: str
    """Text on `accent_ground`, 4.5:1 or more."""
    accent_ink: str
    """The accent as text on paper and on white, 4.5:1 or more."""
    link: str
    """The brand as text on white, paper and `tint`, 4.5:1 or more."""
    link_dark: str
    """The brand as text on the dark theme (`NIGHT`), 4.5:1 or more."""
    paper: str
    ink: str
    danger: str
    """Red, for danger only; 4.5:1 or more on white."""
    tint: str
    """A breath of the brand in white: quiet panels."""
    glow: str
    """A little light on `deep`: rings, lines."""

    def to_document(self) -> dict[str, str]:
        """The same as a JSON object."""
        return asdict(self)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white): WCAG 2.2, definition of "relative luminance"."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio between two colours, 1 to 21 (WCAG 2.2 §1.4.3)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue, 0–255. Raises ValueError on anything else than `#RRGGBB`."""
    if not _HEX.match(colour):
        raise ValueError(f"not a #RRGGBB colour: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, share: float) -> str:
    """`a` with `share` (0–1) of `b` in it."""
    pairs = zip(channels(a), channels(b), strict=True)
    return _hex(round(x + (y - x) * share) for x, y in pairs)


def readable_on(ground: str) -> str:
    """White or ink, whichever reads; black where neither does (some mid greys)."""
    for candidate in (WHITE, INK):
        if contrast(candidate, ground) >= TEXT:
            return candidate
    return BLACK


def palette(primary: str, accent: str) -> Palette:
    """Every colour of an establishment from the two it gave. Any two colours work, equal ones included."""
    primary, accent = _hex(channels(primary)), _hex(channels(accent))
    deep = _deep(primary, accent)
    lively = _lively(primary, accent, deep)
    ground = _accent_ground(lively, deep)
    tint = mix(WHITE, primary, 0.10)
    brand = deep if _is_bright(primary) else primary
    return Palette(
        primary=primary,
        accent=accent,
        deep=deep,
        on_deep=WHITE,
        accent_on_deep=_towards(WHITE, lively, {deep: TEXT}),
        accent_ground=ground,
        on_accent=readable_on(ground),
        accent_ink=_towards(BLACK, lively, {WHITE: TEXT, PAPER: TEXT}),
        link=_towards(BLACK, brand, {WHITE: TEXT, PAPER: TEXT, tint: TEXT}),
        link_dark=_towards(WHITE, lively if _is_bright(primary) else primary, {NIGHT: TEXT}),
        paper=PAPER,
        ink=INK,
        danger=DANGER,
        tint=tint,
        glow=mix(deep, WHITE, 0.14),
    )


def _deep(primary: str, accent: str) -> str:
    """The primary darkened; a bright one would turn to mud, so the accent or a navy stands in for it."""
    if not _is_bright(primary):
        source = primary
    elif not _is_bright(accent) and _colourfulness(accent) > 0.12:
        source = accent
    else:
        source = NAVY
    # A pure black swallows the rings and shadows drawn on it: lift it by a breath.
    lifted = mix(source, WHITE, 0.07) if luminance(source) < 0.006 else source
    return _towards(BLACK, lifted, {WHITE: TEXT_ON_DEEP})


def _lively(primary: str, accent: str, deep: str) -> str:
    """The colour that plays the accent: the bright brand itself, or the accent, or a light of the brand."""
    candidates = (primary, accent) if _is_bright(primary) else (accent, primary)
    for candidate in candidates:
        if not _is_pale(candidate) and contrast(candidate, deep) >= SHAPE:
            return candidate
    for candidate in candidates:
        if _colourfulness(candidate) > 0.25:
            return mix(candidate, WHITE, 0.35)
    return mix(deep, WHITE, 0.72)


def _accent_ground(lively: str, deep: str) -> str:
    ground = _towards(WHITE, lively, {deep: SHAPE})
    # White paper and a near-white accent would be one ground: keep the accent visibly a colour.
    return _towards(BLACK, ground, {WHITE: 1.2})


def _is_bright(colour: str) -> bool:
    """Would darkening it to 7:1 lose the brand? Yellows and oranges turn brown well before the blues do."""
    hue = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))[0] * 360
    warm = 18 <= hue <= 80 and _colourfulness(colour) > 0.3
    return luminance(colour) > (0.24 if warm else 0.45)


def _is_pale(colour: str) -> bool:
    return luminance(colour) > 0.8 and _colourfulness(colour) < 0.2


def _colourfulness(colour: str) -> float:
    """Distance between the strongest and the weakest channel, 0 (grey) to 1."""
    return (max(channels(colour)) - min(channels(colour))) / 255


def _towards(end: str, colour: str, promises: dict[str, float]) -> str:
    """`colour` moved step by step to `end` (black or white) until it keeps every promise of contrast."""
    for step in range(51):
        moved = mix(colour, end, step / 50)
        if all(contrast(moved, ground) >= ratio for ground, ratio in promises.items()):
            return moved
    return end


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _hex(values: Iterable[int]) -> str:
    return "#" + "".join(f"{value:02X}" for value in values)
