"""Web fonts made from the font packages: subset, variable, woff2. Nothing is downloaded.

Built once into the instance folder (about two seconds), then read from there for ever: the file
name carries what it was made from.
"""

import hashlib
import os
from importlib.metadata import distribution, version
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FACES = {
    "figtree.woff2": ("fontpkg-figtree", "Figtree[wght].ttf", {"wght": (400, 800)}),
    "bricolage-grotesque.woff2": (
        "fontpkg-bricolage-grotesque",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        {"opsz": 48, "wdth": 100, "wght": (700, 800)},
    ),
}
"""File asked for → package, file in it, axes: one value freezes an axis, two bound it."""
FEATURES = ["kern", "liga", "tnum", "lnum", "calt", "ccmp", "locl", "mark"]
SIGNS = "ŒœŸ\u202f‘’“”„–—…•·‹›€™→←↑↓✓✔✕×−"
CHARACTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + SIGNS
"""Latin as French and English write it, plus the signs of the interface; rarer letters use the next font."""


def font_file(package: str, name: str) -> Path:
    """Where an installed font package keeps the file `name`."""
    for file in distribution(package).files or ():
        if file.name == name:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{package} has no {name}")


def recipe(name: str) -> str:
    """Hash of what goes into the subset `name`."""
    package, _file, axes = FACES[name]
    return hashlib.sha256(
        f"{package} {version(package)} {CHARACTERS} {axes} {FEATURES}".encode()
    ).hexdigest()[:12]


def subset(name: str, folder: Path) -> Path:
    """The woff2 subset `name`, built into `folder` if it is not there yet."""
    made = folder / f"{Path(name).stem}.{recipe(name)}.woff2"
    if made.exists():
        return made
    package, file, axes = FACES[name]
    font = TTFont(font_file(package, file))
    options = Options()
    options.layout_features = FEATURES
    subsetter = Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    instantiateVariableFont(font, axes, inplace=True)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{made.name}.{os.getpid()}.partial"
    font.flavor = "woff2"
    font.save(partial)
    partial.replace(made)
    return made


def build_all(folder: Path) -> None:
    """Make every subset that is missing, so that no request waits for one."""
    for name in FACES:
        subset(name, folder)
