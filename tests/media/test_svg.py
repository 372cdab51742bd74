"""SVG logos: nothing that could act survives, nothing that should be seen is lost in silence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.media.svg import SvgRefused, clean_svg

SHAPE = '<rect width="9" height="9"/>'


def drawing(inside: str, root: str = 'viewBox="0 0 10 10"') -> bytes:
    """An SVG file around some elements."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {root}>{inside}</svg>".encode()


MALICIOUS = {
    "script": "<script>alert(1)</script>",
    "handler": '<g onload="alert(1)" onclick="alert(1)"/>',
    "foreign object": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    "import": "<style>@import url(http://evil.example/a.css);</style>",
    "style url": '<g style="fill:url(http://evil.example/a#b);background:url(javascript:alert(1))"/>',
    "class url": "<style>.a{fill:url(http://evil.example/a)}</style><path class='a' d='M0 0'/>",
    "escaped url": r'<g fill="u\72l(http://evil.example)"/>',
    "link": f'<a href="javascript:alert(1)" xlink:href="http://evil.example">{SHAPE}</a>',
    "far use": '<use href="http://evil.example/a.svg#x"/>',
    "data use": '<use xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "animation": '<animate attributeName="href" to="javascript:alert(1)"/><set onbegin="alert(1)"/>',
    "filter": '<filter id="f"><feImage href="http://evil.example/a"/></filter><g filter="url(#f)"/>',
    "other vocabulary": '<x:thing xmlns:x="http://evil.example"><x:script/></x:thing>',
    "comment and instruction": "<!-- <script> --><?xml-stylesheet href='http://evil.example'?>",
    "cursor": '<g cursor="url(http://evil.example)"/>',
}


@pytest.mark.parametrize("inside", MALICIOUS.values(), ids=MALICIOUS)
def test_nothing_that_acts_or_calls_elsewhere_survives(inside: str) -> None:
    cleaned = clean_svg(drawing(SHAPE + inside)).decode()
    names = cleaned.replace("http://www.w3.org/2000/svg", "")
    for trace in ("http", "evil", "script", "alert", "data:", "style", "onload", "import", "<!--"):
        assert trace not in names, trace
    assert "<rect" in cleaned


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "lisible"),
        (b"\x00\x01", "lisible"),
        (b"<html><svg/></html>", "lisible"),
        (b"<svg/>", "lisible"),
        (b'<!DOCTYPE s [<!ENTITY x "y">]>' + drawing(SHAPE), "entités"),
        (b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + drawing("<g>&x;</g>"), "entités"),
        (drawing(""), "ne dessine rien"),
        (drawing("<script/>"), "ne dessine rien"),
        (drawing(SHAPE + "<text>CHU</text>"), "texte"),
        (drawing('<image href="photo.jpg"/>'), "image"),
        (drawing(SHAPE, ""), "dimensions"),
        (drawing(SHAPE, 'viewBox="0 0 0 10"'), "dimensions"),
        (drawing(SHAPE * 3_001), "compliqué"),
        (drawing("<g>" * 41 + SHAPE + "</g>" * 41), "compliqué"),
        (drawing(SHAPE + '<use href="#a"/>' * 51), "compliqué"),
        (drawing(f'<g id="a">{SHAPE}<use href="#b"/></g><g id="b"/><use href="#a"/>'), "compliqué"),
        (drawing(f'<path d="{"M0 0" * 80_000}"/>'), "300"),
    ],
)
def test_what_cannot_be_shown_whole_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(SvgRefused) as refusal:
        clean_svg(content)
    assert sentence in str(refusal.value.message)


def test_classes_and_styles_of_drawing_programs_keep_their_colours() -> None:
    inside = (
        "<style>/* export */ @charset 'utf-8'; .a, .b { fill : #123456; } .b{fill:#654321;opacity:.5}</style>"
        '<path class="a" d="M0 0h9"/><path class="a b" d="M0 1h9" fill="red"/>'
        '<path style="fill:#ABCDEF" d="M0 2"/>'
    )
    cleaned = clean_svg(drawing(inside)).decode()
    assert re.findall(r'fill="(.*?)"', cleaned) == ["#123456", "#654321", "#ABCDEF"]
    assert 'opacity=".5"' in cleaned


def test_the_doctype_of_drawing_programs_is_harmless_and_goes() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/svg11.dtd">'
    assert b"evil" not in clean_svg(doctype + drawing(SHAPE))


def test_gradients_keep_pointing_inside_the_drawing_under_a_name_of_its_own() -> None:
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#FFF"/></linearGradient></defs>'
        '<rect fill="url(#a)" width="9" height="9"/><use xlink:href="#a"/>'
    )
    cleaned = clean_svg(drawing(inside)).decode()
    name = re.search(r'id="(g[0-9a-f]{8}-a)"', cleaned)
    assert name
    assert f'fill="url(#{name[1]})"' in cleaned
    assert f'href="#{name[1]}"' in cleaned


def test_a_size_in_pixels_becomes_a_view_box() -> None:
    cleaned = clean_svg(drawing(SHAPE, 'width="120px" height="40"')).decode()
    assert 'viewBox="0 0 120 40"' in cleaned
    assert "120px" not in cleaned


def test_a_cleaned_drawing_is_well_formed_and_is_cleaned_to_the_same_shapes() -> None:
    once = clean_svg(drawing('<g id="a" transform="scale(2)"><path d="M0 0h9"/></g>'))
    assert clean_svg(once).count(b"<path") == 1


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda inside: drawing(inside)))
def test_any_bytes_are_cleaned_or_refused(content: bytes) -> None:
    try:
        cleaned = clean_svg(content)
    except SvgRefused:
        return
    assert cleaned.startswith(b"<svg")


TAGS = st.sampled_from(
    ("g", "path", "rect", "use", "defs", "clipPath", "mask", "style", "script", "a", "image", "text", "svg")
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ("id", "href", "fill", "style", "class", "onload", "transform", "viewBox", "clip-path", "d")
    ),
    st.sampled_from(["#a", "url(#a)", "url(http://x)", "javascript:x", "fill:red", "a", "1 2 3 4", "\\66"]),
    max_size=3,
)


@given(st.lists(st.tuples(TAGS, ATTRIBUTES), max_size=8))
def test_any_mixture_of_elements_calls_nowhere(elements: list[tuple[str, dict[str, str]]]) -> None:
    inside = "".join(
        f"<{tag} " + " ".join(f"{name}='{value}'" for name, value in attributes.items()) + "/>"
        for tag, attributes in elements
    )
    try:
        cleaned = clean_svg(drawing(SHAPE + inside)).decode()
    except SvgRefused:
        return
    for trace in ("http://x", "javascript", "onload", "<script", "\\", "<image"):
        assert trace not in cleaned
