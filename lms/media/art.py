"""Our own drawings of the hospital (`art/*.svg`), tinted with the establishment's colours.

The files are ordinary SVG, drawn in the demonstration brand (navy and yellow) so that they open in any
editor. Each colour listed in `_tones` is swapped for its equal in another brand; every other colour (wood,
skin, leaves) stays. A place has five planes, `sky`, `far`, `back`, `middle`, `front`, that slide at
different speeds; pieces shared by several places are in `pieces.svg`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lms.media.colours import BLACK, WHITE, Palette, mix

PLANES = ("sky", "far", "back", "middle", "front")
LEFT, TOP, WIDTH, HEIGHT = -60, -30, 1400, 780
"""What a place covers: the stage and a margin to slide in."""

_FOLDER = Path(__file__).with_name("art")
_COLOUR = re.compile(r"#[0-9A-F]{6}\b")
_DARKNESS = {"sky": 0.0, "far": 0.55, "back": 0.79, "middle": 0.5, "front": 0.62}
"""How much of the night is in each plane; the words on the wall turn white."""
_GLOWS = {"#FFE3B0", "#FFF1CF"}
_MOONLIGHT = "#C9DAF2"
_SKIES = {
    "dawn": ("#9CC0DC", "#F2DCCB", "#F8C08A", "#FFE0A3"),
    "day": ("#8FC4E8", "#B9DDF2", "#D9EEF8", "#F1F8FB"),
    "evening": ("#6F7FB0", "#D79BA0", "#F2A679", "#FFD08A"),
    "night": ("#14263F", "#1D3655", "#2B4A6B", "#3C6384"),
}


def planes(place: str, palette: Palette, moment: str) -> dict[str, str]:
    """One SVG document per plane of `place`, at a `moment`: dawn, day, evening or night."""
    tones = _tones(palette) | dict(zip(_SKIES["dawn"], _SKIES[moment], strict=True))
    pieces = _read("pieces")
    shared = pieces[pieces.index("<defs>") : pieces.index("</svg>")]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{LEFT} {TOP} {WIDTH} {HEIGHT}">{shared}'
    made = {}
    for plane in PLANES:
        dark = _DARKNESS[plane] if moment == "night" else 0.0
        document = f"{head}{_plane(_read(place), plane)}</svg>"
        made[plane] = _recoloured(document, tones, dark, palette)
    return made


def wall_of(palette: Palette, moment: str) -> str:
    """The lightest colour of the bare wall, where the words of the scene stand."""
    dark = _DARKNESS["back"] if moment == "night" else 0.0
    return _lit("#E4EDF1", _tones(palette), dark, palette)


def moment_of(time: str) -> str:
    """The light of a time as it is written: "7 h 40", "21:05", "2 pm"."""
    found = re.match(r"\s*(\d{1,2})", time)
    hour = int(found[1]) % 24 if found else 8
    if re.search(r"p\.?\s?m", time, re.IGNORECASE) and hour < 12:
        hour += 12
    if 5 <= hour < 9:
        return "dawn"
    if 9 <= hour < 18:
        return "day"
    return "evening" if 18 <= hour < 21 else "night"


def hands_of(time: str) -> tuple[float, float]:
    """Angles in degrees of the hour and minute hands for a written time."""
    numbers = [int(number) for number in re.findall(r"\d+", time)[:2]] or [8]
    hour, minute = numbers[0] % 12, numbers[1] % 60 if len(numbers) > 1 else 0
    return 30 * hour + minute / 2, 6 * minute


def _recoloured(document: str, tones: dict[str, str], dark: float, palette: Palette) -> str:
    return _COLOUR.sub(lambda found: _lit(found[0], tones, dark, palette), document)


def _lit(colour: str, tones: dict[str, str], dark: float, palette: Palette) -> str:
    """A colour of the file in this brand and this light; what glows in the day is moonlight at night."""
    if dark and colour in _GLOWS:
        return _MOONLIGHT
    tinted = tones.get(colour, colour)
    return mix(tinted, mix(palette.deep, BLACK, 0.5), dark) if colour not in _SKIES["dawn"] else tinted


def _tones(palette: Palette) -> dict[str, str]:
    deep = palette.deep
    return {
        "#0B4F6C": deep,
        "#083E55": mix(deep, BLACK, 0.22),
        "#0A3347": mix(deep, BLACK, 0.4),
        "#24414F": mix(deep, "#24414F", 0.7),
        "#12303F": mix(deep, "#12303F", 0.75),
        "#3C7189": mix(deep, WHITE, 0.2),
        "#326A83": mix(deep, WHITE, 0.15),
        "#FFC145": palette.accent_ground,
        "#E4EDF1": mix(WHITE, deep, 0.1),
        "#DBE6EB": mix(WHITE, deep, 0.14),
        "#CFDDE4": mix(WHITE, deep, 0.19),
        "#C5D6DE": mix(WHITE, deep, 0.23),
        "#B4CAD5": mix(WHITE, deep, 0.3),
        "#9CB8C6": mix(WHITE, deep, 0.4),
        "#8FADBC": mix(WHITE, deep, 0.45),
        "#8FB4C6": mix(WHITE, deep, 0.42),
        "#7FA3B5": mix("#B7AFC0", deep, 0.45),
        "#5B8499": mix("#8F8FA6", deep, 0.6),
    }


def _plane(source: str, plane: str) -> str:
    """The top-level group of that name, or nothing: groups of the first level are indented by two spaces."""
    found = re.search(
        rf'^  <g id="{plane}">.*?</g>$(?=\n  <g id=|\n</svg>)', source, re.DOTALL | re.MULTILINE
    )
    return found[0] if found else ""


@cache
def _read(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text("utf-8")
