"""The three grounds of a film and the colours that go on each."""

from __future__ import annotations

from dataclasses import dataclass

from lms.media.colours import TEXT, WHITE, Palette, contrast, mix


@dataclass(frozen=True)
class Theme:
    """Colours on one ground."""

    ground: str
    text: str
    soft: str
    """Text of second rank, still 4.5:1."""
    strong: str
    """Second colour of headlines."""
    ring: str
    """Large thin circles behind everything."""
    panel: str
    """A quiet surface on the ground."""
    disc: str
    """Filled discs that carry an icon."""
    on_disc: str
    disc_second: str
    """The pale layer of the duotone icon on a disc."""


def themes(palette: Palette) -> dict[str, Theme]:
    """The theme of each ground name."""
    deep, accent, paper = palette.deep, palette.accent_ground, palette.paper
    on_accent = palette.on_accent
    dark_disc = {"disc": deep, "on_disc": WHITE, "disc_second": accent}
    return {
        "deep": Theme(
            ground=deep,
            text=WHITE,
            soft=_soft(WHITE, deep),
            strong=palette.accent_on_deep,
            ring=palette.glow,
            panel=mix(deep, WHITE, 0.08),
            disc=accent,
            on_disc=on_accent,
            disc_second=WHITE if on_accent != WHITE else deep,
        ),
        "paper": Theme(
            ground=paper,
            text=palette.ink,
            soft=_soft(palette.ink, paper),
            strong=deep,
            ring=mix(paper, deep, 0.09),
            panel=WHITE,
            **dark_disc,
        ),
        "accent": Theme(
            ground=accent,
            text=on_accent,
            soft=_soft(on_accent, accent),
            strong=deep if contrast(deep, accent) >= TEXT else on_accent,
            ring=mix(accent, WHITE, 0.38),
            panel=mix(accent, WHITE, 0.25),
            **dark_disc,
        ),
    }


def _soft(text: str, ground: str) -> str:
    for share in (0.26, 0.16, 0.08):
        soft = mix(text, ground, share)
        if contrast(soft, ground) >= TEXT:
            return soft
    return text
