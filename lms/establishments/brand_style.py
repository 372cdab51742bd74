"""The brand of an establishment as CSS custom properties; pages know only these names.

A colour that is not exactly `#RRGGBB` never reaches a style sheet: what is written inside a `<style>` element
is not escaped by the template engine.
"""

import re

from lms.media.colours import Palette

PROPERTIES: dict[str, str] = {
    "--brand-deep": "deep",
    "--brand-on-deep": "on_deep",
    "--brand-accent": "accent_ground",
    "--brand-on-accent": "on_accent",
    "--brand-accent-on-deep": "accent_on_deep",
    "--brand-accent-ink": "accent_ink",
    "--brand-link": "link",
    "--brand-link-dark": "link_dark",
    "--brand-tint": "tint",
    "--brand-glow": "glow",
    "--brand-paper": "paper",
    "--brand-ink": "ink",
    "--brand-danger": "danger",
}
"""Custom property → field of `Palette`."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def brand_css(palette: Palette) -> str:
    """A `:root` rule that sets every property, on one line.

    Raises ValueError on anything that is not a colour: a palette is computed by us, so this would be our bug.
    """
    colours = {name: getattr(palette, field) for name, field in PROPERTIES.items()}
    for name, colour in colours.items():
        if not _HEX.match(colour):
            raise ValueError(f"{name} is not a #RRGGBB colour: {colour!r}")
    return ":root{" + ";".join(f"{name}:{colour}" for name, colour in colours.items()) + "}"
