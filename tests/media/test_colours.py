"""Every promise of a palette holds for every brand, however hard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.media.colours import NIGHT, WHITE, channels, contrast, luminance, mix, palette
from lms.media.theme import themes

HARD_BRANDS = {
    "navy": ("#0B4F6C", "#FFC145"),
    "yellow": ("#FFD400", "#111111"),
    "grey": ("#808080", "#7F7F7F"),
    "black": ("#000000", "#FFFFFF"),
    "white": ("#FFFFFF", "#FFFFFF"),
    "near-white": ("#FAFAFA", "#0B4F6C"),
    "red": ("#E2001A", "#E2001A"),
    "neon": ("#39FF14", "#FF00FF"),
    "equal": ("#0B4F6C", "#0B4F6C"),
    "dark on dark": ("#101010", "#0A0A30"),
}
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def broken_promises(primary: str, accent: str) -> list[str]:
    """What `Palette` says of its colours and that is not true of this brand."""
    made = palette(primary, accent)
    pairs = {
        "white on deep": (made.on_deep, made.deep, 7.0),
        "accent on deep": (made.accent_on_deep, made.deep, 4.5),
        "text on accent": (made.on_accent, made.accent_ground, 4.5),
        "accent ground beside deep": (made.accent_ground, made.deep, 3.0),
        "accent ground beside white": (made.accent_ground, WHITE, 1.2),
        "accent ink on paper": (made.accent_ink, made.paper, 4.5),
        "accent ink on white": (made.accent_ink, WHITE, 4.5),
        "link on paper": (made.link, made.paper, 4.5),
        "link on white": (made.link, WHITE, 4.5),
        "link on tint": (made.link, made.tint, 4.5),
        "ink on tint": (made.ink, made.tint, 7.0),
        "link in the dark": (made.link_dark, NIGHT, 4.5),
        "danger on white": (made.danger, WHITE, 4.5),
    }
    for name, theme in themes(made).items():
        pairs |= {
            f"text on {name}": (theme.text, theme.ground, 4.5),
            f"soft text on {name}": (theme.soft, theme.ground, 4.5),
            f"headline on {name}": (theme.strong, theme.ground, 4.5),
            f"disc on {name}": (theme.disc, theme.ground, 2.5),
            f"icon on the disc of {name}": (theme.on_disc, theme.disc, 4.5),
        }
    return [
        f"{name}: {contrast(a, b):.2f} < {least} ({a} on {b})"
        for name, (a, b, least) in pairs.items()
        if contrast(a, b) < least
    ]


@pytest.mark.parametrize("brand", HARD_BRANDS.values(), ids=HARD_BRANDS.keys())
def test_a_hard_brand_gets_a_readable_palette(brand: tuple[str, str]) -> None:
    assert broken_promises(*brand) == []


@settings(deadline=None)
@given(COLOURS, COLOURS)
def test_any_two_colours_give_a_readable_palette(primary: str, accent: str) -> None:
    assert broken_promises(primary, accent) == []


@settings(deadline=None)
@given(COLOURS, COLOURS)
def test_a_palette_is_made_of_colours_and_keeps_what_was_given(primary: str, accent: str) -> None:
    made = palette(primary, accent)
    assert (made.primary, made.accent) == (primary, accent)
    assert all(len(channels(colour)) == 3 for colour in made.to_document().values())


def test_contrast_follows_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert luminance("#FF0000") == pytest.approx(0.2126)


def test_a_sober_brand_is_its_own_ground() -> None:
    assert palette("#0B4F6C", "#FFC145").deep == "#0B4F6C"
    assert palette("#0B4F6C", "#FFC145").accent_ground == "#FFC145"


def test_a_bright_brand_becomes_the_accent_on_navy() -> None:
    made = palette("#FFD400", "#111111")
    assert made.deep == "#12303F"
    assert made.accent_ground == made.accent_on_deep == "#FFD400"


def test_a_bright_brand_with_a_deep_second_colour_stands_on_that_colour() -> None:
    assert palette("#FFD400", "#0B4F6C").deep == "#0B4F6C"


def test_lower_case_colours_are_the_same_colours() -> None:
    assert palette("#ffd400", "#0b4f6c") == palette("#FFD400", "#0B4F6C")


@pytest.mark.parametrize("wrong", ["", "red", "#FFF", "#12345G", "0B4F6C", "#0B4F6C00", "#0B4F6C\n"])
def test_what_is_not_a_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a #RRGGBB colour"):
        palette(wrong, "#FFC145")


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
