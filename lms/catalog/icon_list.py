"""The names of the icons an author may use, to suggest the nearest one to a misspelt name."""

from functools import cache
from importlib import resources


@cache
def icon_names() -> tuple[str, ...]:
    """Every Phosphor icon of the installed package, in alphabetical order."""
    files = (resources.files("py_phosphor_icons") / "svgs" / "flat" / "regular").iterdir()
    return tuple(sorted(file.name.removesuffix(".svg") for file in files))
