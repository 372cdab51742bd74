"""A drawing draws, and does nothing else (SVG 2, clause by clause of what we refuse)."""

import pytest

from lms.catalog.pictures import MAX_BYTES, UnsafeDrawing, read_drawing

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180">'


def refusal(content: str | bytes) -> str:
    with pytest.raises(UnsafeDrawing) as caught:
        read_drawing(content.encode() if isinstance(content, str) else content)
    return " ".join(caught.value.messages)


def test_a_drawing_of_shapes_is_kept_with_its_proportions_and_without_its_comments() -> None:
    inside = '<title>Bureau</title>\n  <!-- a --><linearGradient id="a"/><path fill="url(#a)" d="M0 0"/>'
    drawing = read_drawing(f"\ufeff{OPEN}\n{inside}\n</svg>\n".encode())
    assert (drawing.width, drawing.height) == (320, 180)
    assert drawing.svg == (
        f'{OPEN}<title>Bureau</title><linearGradient id="a" /><path fill="url(#a)" d="M0 0" /></svg>'
    )


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<text>Bonjour</text>", "convertissez-le en tracés"),
        ("<script>alert(1)</script>", "script"),
        ("<style>*{}</style>", "feuille de style"),
        ('<image href="data:image/png;base64,AA=="/>', "dessinez des formes"),
        ('<a href="https://example.org"><rect/></a>', "lien"),
        ("<foreignObject/>", "« foreignObject » n’est pas accepté"),
        ('<animate attributeName="x"/>', "« animate » n’est pas accepté"),
        ('<rect onclick="alert(1)"/>', "« onclick »"),
        ('<rect ONCLICK="alert(1)"/>', "« ONCLICK »"),
        ('<rect style="fill:red"/>', "« style »"),
        ('<use href="other.svg#a"/>', "ailleurs"),
        ('<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://x.example/#a"/>', "ailleurs"),
        ('<rect fill="url(https://x.example/a)"/>', "ailleurs"),
        ("<rect fill=\"url( 'https://x.example/a' )\"/>", "ailleurs"),
        ('<rect fill="javascript:alert(1)"/>', "ailleurs"),
        ('<h:div xmlns:h="http://www.w3.org/1999/xhtml"/>', "n’est pas accepté"),
    ],
)
def test_what_does_not_draw_is_refused(inside: str, message: str) -> None:
    assert message in refusal(f"{OPEN}{inside}</svg>")


def test_a_reference_within_the_drawing_is_accepted() -> None:
    inside = "<g id='a'/><use href='#a'/><rect fill='url(#a)'/><rect fill=\"url('#a')\"/>"
    assert read_drawing(f"{OPEN}{inside}</svg>".encode()).width == 320


@pytest.mark.parametrize(
    "content",
    [
        "",
        "bonjour",
        "<svg",
        b"\xff\xfe",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
    ],
)
def test_what_is_not_svg_is_refused(content: str | bytes) -> None:
    assert "SVG lisible" in refusal(content)


def test_the_size_and_the_proportions_are_asked_for() -> None:
    assert "viewBox" in refusal('<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert "viewBox" in refusal('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>')
    assert "« svg »" in refusal('<html viewBox="0 0 1 1"/>')
    assert "Ko" in refusal(OPEN + " " * MAX_BYTES + "</svg>")


def test_every_fault_is_told_once() -> None:
    told = refusal(f"{OPEN}<text>a</text><text>b</text><script/></svg>")
    assert told.count("tracés") == 1
    assert "script" in told


@pytest.mark.parametrize(("shape", "told"), [("#d8e6ea", True), ("#10212b", False)])
def test_a_drawing_where_nothing_stands_out_from_its_ground_is_refused(shape: str, told: bool) -> None:
    content = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 50">'
        f'<rect width="80" height="50" fill="#cfe2e6"/><circle cx="9" cy="9" r="4" fill="{shape}"/></svg>'
    ).encode()
    if not told:
        assert read_drawing(content).width == 80
        return
    with pytest.raises(UnsafeDrawing, match="il en faut 3"):
        read_drawing(content)
