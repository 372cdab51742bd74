"""Web fonts made from the font packages: subset, variable, woff2. Nothing is downloaded.

Built once into the instance folder (about two seconds), then read from there for ever: the file
name carries what it was made from.
"""

import hashlib
from importlib.metadata import distribution, version
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FACES = {
    "figtree.woff2": ("fontpkg-figtree", "Figtree[wght].ttf"),
    "bricolage-grotesque.woff2": ("fontpkg-bricolage-grotesque", "BricolageGrotesque[opsz,wdth,wght].ttf"),
}
CHARACTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) + "\u202f‘’“”„–—…•·‹›€™→←↑↓✓✔✕×−"
"""Latin as French and its neighbours write it, plus the signs of the interface."""


def font_file(package: str, name: str) -> Path:
    """Where an installed font package keeps the file `name`."""
    for file in distribution(package).files or ():
        if file.name == name:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{package} has no {name}")


def recipe(name: str) -> str:
    """Hash of what goes into the subset `name`."""
    package, _file = FACES[name]
    return hashlib.sha256(f"{package} {version(package)} {CHARACTERS} 2".encode()).hexdigest()[:12]


def subset(name: str, folder: Path) -> Path:
    """The woff2 subset `name`, built into `folder` if it is not there yet."""
    made = folder / f"{Path(name).stem}.{recipe(name)}.woff2"
    if made.exists():
        return made
    package, file = FACES[name]
    font = TTFont(font_file(package, file))
    keep_weights_only(font)
    options = Options()
    options.flavor, options.layout_features = (
        "woff2",
        ["kern", "liga", "tnum", "lnum", "calt", "ccmp", "locl", "mark"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    folder.mkdir(parents=True, exist_ok=True)
    partial = made.with_suffix(".partial")
    font.flavor = "woff2"
    font.save(partial)
    partial.replace(made)
    return made


def keep_weights_only(font: TTFont) -> None:
    """Freeze the axes we never move (optical size, width): half the bytes, same letters."""
    axes = {axis.axisTag: axis for axis in font["fvar"].axes}
    frozen = {tag: {"opsz": 48, "wdth": 100}[tag] for tag in axes if tag in ("opsz", "wdth")}
    if frozen:
        instantiateVariableFont(font, frozen, inplace=True)
