"""Phosphor icons (MIT), read from the package that carries them: nothing is copied into this repository."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

WEIGHTS = ("thin", "light", "regular", "bold", "fill", "duotone")

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class UnknownIcon(LookupError):
    """No icon of that name in the Phosphor package."""


def has_icon(name: str) -> bool:
    """Does the package hold an icon of that name?"""
    return bool(_NAME.match(name)) and _file(name, "regular").is_file()


@cache
def icon_svg(
    name: str, *, weight: str = "duotone", colour: str = "#10212B", second: str | None = None
) -> str:
    """The SVG source of one icon, coloured. `second` fills the pale layer of a duotone icon."""
    if weight not in WEIGHTS or not has_icon(name):
        raise UnknownIcon(f"{name} ({weight})")
    source = _file(name, weight).read_text("utf-8").replace("currentColor", colour)
    if second is not None:
        # The pale layer of a duotone is the same colour at 20 %; over a brand colour that turns to mud.
        source = source.replace('opacity="0.2"', f'fill="{second}"')
    return source


def _file(name: str, weight: str) -> Traversable:
    stem = name if weight == "regular" else f"{name}-{weight}"
    return resources.files("py_phosphor_icons") / "svgs" / "flat" / weight / f"{stem}.svg"
