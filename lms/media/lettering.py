"""Letters before they are drawn: which ones the fonts have, how wide they run, where a headline breaks.

Typst draws the letters; this module only decides. Widths leave kerning out, which makes them a hair too
wide: the safe side.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from lms.fonts import font_file

DISPLAY, SANS = "display", "sans"
_FILES = {
    DISPLAY: ("fontpkg-bricolage-grotesque", "BricolageGrotesque[opsz,wdth,wght].ttf"),
    SANS: ("fontpkg-figtree", "Figtree[wght].ttf"),
}

_LARGE_ENOUGH = 0.8
"""A title smaller than this share of its size is broken again, even against the author's lines."""
_SPACES = {"\u00a0", "\u202f", "\u2009"}


def font_folders() -> list[Path]:
    """Where the packages keep the fonts of the films."""
    return [font_file(*_FILES[face]).parent for face in (DISPLAY, SANS)]


def drawable(text: str) -> str:
    """`text` with only what both fonts can draw.

    A name in Arabic, or an emoji in a short name, must not stop a film: accents are composed, what has no
    glyph loses its decoration ("ﬁ" → "fi") or is left out; nothing left becomes a dash.
    """
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char == "\n" or _has_glyph(char):
            kept.append(char)
        else:
            kept.extend(part for part in unicodedata.normalize("NFKD", char) if _has_glyph(part))
    cleaned = "\n".join(" ".join(line.split(" ")) for line in "".join(kept).split("\n"))
    while "  " in cleaned:
        cleaned = cleaned.replace("  ", " ")
    return cleaned.strip() or ("–" if text.strip() else "")


def width_of(text: str, size: float, *, face: str = DISPLAY, weight: int = 800) -> float:
    """Width in pixels of `text` on one line."""
    optical = min(96, max(12, round(size)))
    return sum(_advance(face, weight, optical, char) for char in text) * size


def break_title(text: str, *, size: float, width: float, most: int = 3) -> tuple[list[str], float]:
    """(lines, size): the author's lines while they stay large, else the most even break (`most` lines)."""
    given = [line.strip() for line in text.splitlines() if line.strip()]
    best, best_scale = given, _scale(given, size, width)
    for count in range(1, most + 1):
        if best_scale >= _LARGE_ENOUGH:
            break
        lines = _even_lines(" ".join(given).split(" "), count)
        if _scale(lines, size, width) > best_scale:
            best, best_scale = lines, _scale(lines, size, width)
    return best, size * best_scale


def _scale(lines: list[str], size: float, width: float) -> float:
    """The share of `size` at which the widest line fits in `width`."""
    scale = 1.0
    for _ in range(3):
        widest = max((width_of(line, size * scale) for line in lines), default=0.0)
        if widest <= width:
            break
        scale *= width / widest
    return scale


def _even_lines(words: list[str], most: int) -> list[str]:
    count = min(most, len(words))
    best: list[str] = [" ".join(words)]
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        lines = [" ".join(words[a:b]) for a, b in pairwise(edges)]
        if max(width_of(line, 96) for line in lines) < max(width_of(line, 96) for line in best):
            best = lines
    return best


@cache
def _advance(face: str, weight: int, optical: int, char: str) -> float:
    font, characters = _font(face)
    name = characters.get(ord("\u2009" if char in _SPACES else char)) or characters[ord("n")]
    return float(_glyphs(face, weight, optical)[name].width / font["head"].unitsPerEm)


@cache
def _has_glyph(char: str) -> bool:
    if char in _SPACES or char == " ":
        return True
    return char.isprintable() and all(ord(char) in _font(face)[1] for face in (DISPLAY, SANS))


@cache
def _font(face: str) -> tuple[TTFont, dict[int, str]]:
    font = TTFont(font_file(*_FILES[face]), lazy=True)
    return font, font.getBestCmap()


@cache
def _glyphs(face: str, weight: int, optical: int) -> Any:
    # Letters drawn small are wider for their size; Typst sets this axis by itself.
    return _font(face)[0].getGlyphSet(location={"wght": weight, "opsz": optical})
