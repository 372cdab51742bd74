"""The brand as CSS: every property, and nothing that is not a colour."""

import re
from dataclasses import replace

import pytest

from lms.establishments.brand_style import PROPERTIES, brand_css
from lms.media.colours import palette

BRUMEVAL = palette("#14295E", "#FFC629")


def test_every_property_is_set_to_a_colour() -> None:
    css = brand_css(BRUMEVAL)
    assert re.fullmatch(r":root\{(--brand-[a-z-]+:#[0-9A-F]{6};?)+\}", css)
    assert css.count("--brand-") == len(PROPERTIES)
    assert "--brand-deep:#14295E;" in css


@pytest.mark.parametrize("value", ["red", "#FFF", "#14295E}</style><script>", "#14295E\n", "", "url(x)"])
def test_what_is_not_a_colour_never_reaches_a_style_sheet(value: str) -> None:
    with pytest.raises(ValueError, match="--brand-deep"):
        brand_css(replace(BRUMEVAL, deep=value))
