"""Drawings of a course: SVG that draws, and nothing else.

What cannot be checked by reading it once is refused: scripts, styles, links, anything fetched from elsewhere,
and text (a hospital's PC has not the author's font, and words in a picture cannot be translated).
Elements and attributes are those of SVG 2 (https://www.w3.org/TR/SVG2/) that draw shapes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lms.media.colours import contrast

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 3.0
MAX_BYTES = 64 * 1024
"""A drawing travels inside the page: about 10 KB once compressed."""

SVG = "{http://www.w3.org/2000/svg}"
register_namespace("", SVG.strip("{}"))
register_namespace("xlink", "http://www.w3.org/1999/xlink")

ELEMENTS = frozenset(
    (
        "svg", "g", "defs", "symbol", "use", "title", "desc",
        "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    )
)  # fmt: skip
FETCHES = re.compile(r"url\(\s*['\"]?(?!#|['\"]?#)|@import|javascript:|expression\(", re.IGNORECASE)
"""A value that reaches beyond the drawing itself; `url(#gradient)` does not."""
REFUSED = {
    "text": "Le texte d’un dessin ne se traduit pas et dépend des polices : convertissez-le en tracés.",
    "tspan": "Le texte d’un dessin ne se traduit pas et dépend des polices : convertissez-le en tracés.",
    "script": "Un dessin ne contient pas de script.",
    "style": "Un dessin ne contient pas de feuille de style : mettez les couleurs sur chaque forme.",
    "image": "Un dessin ne contient pas d’image : dessinez des formes.",
    "a": "Un dessin ne contient pas de lien.",
}


@dataclass(frozen=True)
class Drawing:
    """A checked SVG and its proportions, in the units of its viewBox."""

    svg: str
    width: float
    height: float


class UnsafeDrawing(Exception):
    """What was found in the drawing, in sentences."""

    def __init__(self, messages: Iterator[str] | list[str]) -> None:
        self.messages = tuple(dict.fromkeys(messages))
        super().__init__(" ".join(self.messages))


def read_drawing(content: bytes) -> Drawing:
    """The drawing in `content`. Raises UnsafeDrawing with everything that is wrong with it."""
    if len(content) > MAX_BYTES:
        raise UnsafeDrawing([f"Ce dessin dépasse {MAX_BYTES // 1024} Ko : simplifiez ses tracés."])
    try:
        root = fromstring(content.decode("utf-8-sig"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError, LookupError):
        raise UnsafeDrawing(["Ce fichier n’est pas un SVG lisible, en UTF-8, sans DTD ni entité."]) from None
    messages = [message for element in root.iter() for message in _faults(element)]
    size = _size(root)
    if root.tag != f"{SVG}svg":
        messages.append('L’élément principal doit être « svg », avec xmlns="http://www.w3.org/2000/svg".')
    elif size is None:
        messages.append('Il manque viewBox="0 0 largeur hauteur" sur l’élément « svg ».')
    else:
        messages.extend(_contrast_faults(root, *size))
    if messages or size is None:
        raise UnsafeDrawing(messages)
    return Drawing(_written(root), *size)


def _contrast_faults(root: Element, width: float, height: float) -> Iterator[str]:
    """Whether something stands out from the ground, a rectangle as large as the drawing (WCAG 2.2, 1.4.11).

    The least that can be said without looking: a drawing none of whose colours reaches 3:1 shows nothing.
    """
    grounds = [
        rect.get("fill", "")
        for rect in root.iter(f"{SVG}rect")
        if rect.get("width") == f"{width:g}" and rect.get("height") == f"{height:g}"
    ]
    if not grounds or not HEX.fullmatch(grounds[0]):
        return
    used = {element.get(name, "") for element in root.iter() for name in ("fill", "stroke", "stop-color")}
    best = max((contrast(grounds[0], colour) for colour in used if HEX.fullmatch(colour)), default=1.0)
    if best < LEAST_CONTRAST:
        ratio = f"{best:.1f}".replace(".", ",")
        yield f"Rien ne se distingue du fond {grounds[0]} : contraste {ratio}, il en faut 3 au moins."


def _written(root: Element) -> str:
    """The tree that was checked, written again: no comment, no indentation, nothing unseen."""
    for element in root.iter():
        element.text = (element.text or "").strip() or None
        element.tail = None
    return tostring(root, encoding="unicode")


def _faults(element: Element) -> Iterator[str]:
    name = str(element.tag).removeprefix(SVG)
    if name in REFUSED:
        yield REFUSED[name]
    elif name not in ELEMENTS:
        yield f"L’élément « {name} » n’est pas accepté dans un dessin."
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2]
        if bare.lower().startswith("on") or bare == "style":
            yield f"L’attribut « {bare} » n’est pas accepté dans un dessin."
            continue
        leaves = bare == "href" and not re.fullmatch(r"#[\w-]+", value)
        if leaves or FETCHES.search(value):
            yield f"Un dessin ne va rien chercher ailleurs : « {value[:60]} »."


def _size(root: Element) -> tuple[float, float] | None:
    parts = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(parts) != 4 or not all(re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", part) for part in parts):
        return None
    width, height = float(parts[2]), float(parts[3])
    return (width, height) if width > 0 and height > 0 else None
