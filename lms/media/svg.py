"""SVG logos through an allow-list: what we do not know is not kept, what we cannot draw is refused.

An SVG is a program: it can hold scripts, addresses elsewhere and pictures of pictures. The drawing is rebuilt
from known elements and attributes, so an unheard-of trick falls with the rest. Losing something that was
meant to be seen would be worse than a refusal: letters that are still text, and embedded photographs, are
refused with a sentence instead of being dropped.

The source of the element and attribute names is SVG 1.1 (Second Edition), static drawing only.
"""

import hashlib
import re
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from flask_babel import lazy_gettext as _l

from lms.errors import Invalid

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

MAX_BYTES, MAX_ELEMENTS, MAX_USES, MAX_DEPTH = 300_000, 3_000, 50, 40


def names(text: str) -> frozenset[str]:
    """A set of names, written as they are read."""
    return frozenset(text.split())


SHAPES = names("path rect circle ellipse line polyline polygon use")
ELEMENTS = SHAPES | names("svg g defs linearGradient radialGradient stop clipPath mask symbol title desc")
PAINT = names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset stroke-opacity opacity stop-color stop-opacity clip-path clip-rule "
    "mask display"
)
"""Properties understood as attributes, in `style="…"` and in the class rules that drawing programs export."""
ATTRIBUTES = PAINT | names(
    "viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform id offset gradientUnits "
    "gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits preserveAspectRatio href"
)

_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.-]{1,80})['\"]?\s*\)\Z")
_PLAIN_VALUE = re.compile(r"[#\w.%(),\s+-]*\Z")
"""Numbers, names, colours and lists of them: no colon, quote or bracket that could start something else."""
_CLASS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)\Z")
_NOT_A_RULE = re.compile(r"/\*.*?\*/|@[^;{}]*;", re.DOTALL)
_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"

ElementTree.register_namespace("", SVG)


class SvgRefused(Invalid):
    """The drawing cannot be shown safely, or not whole."""

    code = "svg_refused"
    title = _l("Logo refusé")
    message = _l("Ce fichier n’est pas un dessin SVG lisible.")
    advice = _l("Réexportez le logo en « SVG simple », textes convertis en tracés, ou en PNG.")


def clean_svg(content: bytes) -> bytes:
    """The same drawing, rebuilt from what is known, without width or height. Raises SvgRefused.

    A bare DOCTYPE, which drawing programs write, is harmless: it is not fetched. Entities are refused.
    """
    if len(content) > MAX_BYTES:
        raise SvgRefused(_l("Ce dessin SVG dépasse 300 Ko."))
    try:
        root = fromstring(content)
    except DefusedXmlException as fault:
        raise SvgRefused(_l("Ce dessin SVG définit des entités XML.")) from fault
    except (ElementTree.ParseError, ValueError, LookupError) as fault:
        raise SvgRefused() from fault
    if root.tag != f"{{{SVG}}}svg":
        raise SvgRefused()
    cleaned = Cleaner(root, prefix="g" + hashlib.sha256(content).hexdigest()[:8] + "-").run()
    return ElementTree.tostring(cleaned)


class Cleaner:
    """One drawing being rebuilt. `prefix` goes before every id: two logos may stand in one page."""

    def __init__(self, root: ElementTree.Element, *, prefix: str) -> None:
        self._root = root
        self._prefix = prefix
        self._classes = class_rules(root)
        self._elements = self._uses = 0

    def run(self) -> ElementTree.Element:
        """The rebuilt root. Raises SvgRefused."""
        cleaned = self._rebuild(self._root, depth=0)
        if cleaned is None or not any(local_name(element) in SHAPES for element in cleaned.iter()):
            raise SvgRefused(_l("Ce fichier SVG ne dessine rien."))
        refuse_nested_uses(cleaned)
        cleaned.set("viewBox", view_box(cleaned))
        for size in ("width", "height", "x", "y"):
            cleaned.attrib.pop(size, None)
        return cleaned

    def _rebuild(self, element: ElementTree.Element, *, depth: int) -> ElementTree.Element | None:
        """A copy with only what is known, or None when the element itself is not."""
        name = local_name(element)
        if name in ("text", "tspan", "textPath"):
            raise SvgRefused(_l("Ce logo contient du texte qui n’est pas converti en tracés."))
        if name == "image":
            raise SvgRefused(_l("Ce logo SVG contient une image au lieu d’un dessin."))
        if name not in ELEMENTS:
            return None
        self._elements += 1
        self._uses += name == "use"
        if self._elements > MAX_ELEMENTS or self._uses > MAX_USES or depth > MAX_DEPTH:
            raise SvgRefused(_l("Ce dessin SVG est trop compliqué pour un logo."))
        copy = ElementTree.Element(f"{{{SVG}}}{name}", self._attributes(element))
        if name in ("title", "desc"):
            copy.text = (element.text or "")[:200]
            return copy
        for child in element:
            kept = self._rebuild(child, depth=depth + 1)
            if kept is not None:
                copy.append(kept)
        return copy

    def _attributes(self, element: ElementTree.Element) -> dict[str, str]:
        """Known attributes; class rules come over them and `style` over both, as in CSS."""
        written = {("href" if key == XLINK_HREF else key): value for key, value in element.attrib.items()}
        known = {key: value for key, value in written.items() if key in ATTRIBUTES}
        for name in written.get("class", "").split():
            known |= self._classes.get(name, {})
        known |= declarations(written.get("style", ""))
        safe = {key: self._value(key, value.strip()) for key, value in known.items()}
        return {key: value for key, value in safe.items() if value is not None}

    def _value(self, key: str, value: str) -> str | None:
        """The value as it may be kept; addresses point inside the drawing or nowhere."""
        if key == "id":
            return self._prefix + value if re.fullmatch(r"[\w.-]{1,80}", value) else None
        if key == "href":
            return f"#{self._prefix}{value[1:]}" if re.fullmatch(r"#[\w.-]{1,80}", value) else None
        local = _LOCAL_URL.match(value)
        if local:
            return f"url(#{self._prefix}{local[1]})"
        return value if _PLAIN_VALUE.match(value) and "url" not in value.lower() else None


def local_name(element: ElementTree.Element) -> str | None:
    """The name of an SVG element; None for comments and for elements of other vocabularies."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(f"{{{SVG}}}"):
        return None
    return tag.rpartition("}")[2]


def declarations(style: str) -> dict[str, str]:
    """The known properties of a list of CSS declarations."""
    pairs = (declaration.partition(":")[::2] for declaration in style.split(";"))
    known = {name.strip(): value.strip() for name, value in pairs}
    return {name: value for name, value in known.items() if name in PAINT and value}


def class_rules(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What `<style>` says about classes: drawing programs export `.st0{fill:#123456}` and nothing else.

    Selectors other than a lone class are not understood and at-rules are lost with them.
    """
    rules: dict[str, dict[str, str]] = {}
    for element in root.iter(f"{{{SVG}}}style"):
        for selectors, body in _CLASS_RULE.findall(_NOT_A_RULE.sub("", element.text or "")):
            for selector in selectors.split(","):
                name = _CLASS.match(selector.strip())
                if name:
                    rules.setdefault(name[1], {}).update(declarations(body))
    return rules


def refuse_nested_uses(root: ElementTree.Element) -> None:
    """Refuse copies of copies: ten lines of them draw ten billion shapes."""
    by_id = {element.get("id"): element for element in root.iter()}
    for use in root.iter(f"{{{SVG}}}use"):
        target = by_id.get(use.get("href", "#")[1:])
        if target is not None and any(local_name(element) == "use" for element in target.iter()):
            raise SvgRefused(_l("Ce dessin SVG est trop compliqué pour un logo."))


def view_box(root: ElementTree.Element) -> str:
    """Four numbers, from `viewBox` or from the size in pixels. Raises SvgRefused when there is neither."""
    box = re.findall(_NUMBER, root.get("viewBox", ""))
    if len(box) != 4:
        sizes = [re.match(_NUMBER, root.get(name, "")) for name in ("width", "height")]
        box = ["0", "0", *(size[0] for size in sizes if size)]
    if len(box) != 4 or not all(0 < float(size) <= 100_000 for size in box[2:]):
        raise SvgRefused(_l("Ce dessin SVG ne dit pas quelles sont ses dimensions."))
    return " ".join(box)
