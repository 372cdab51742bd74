"""Byte ranges, clause by clause of RFC 9110 §14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.media.ranges import Piece, RangeNotSatisfiable, asked_piece

SIZE = 10_000


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-499", 0, 499),
        ("bytes=500-999", 500, 999),
        ("bytes=-500", 9500, 9999),
        ("bytes=9500-", 9500, 9999),
        ("bytes=0-0", 0, 0),
        ("bytes=-1", 9999, 9999),
        ("bytes=0-", 0, 9999),
        ("bytes=9999-", 9999, 9999),
        ("bytes=0-999999", 0, 9999),
        ("bytes=-999999", 0, 9999),
        ("Bytes=0-9", 0, 9),
        ("bytes= 0-9 ", 0, 9),
    ],
)
def test_one_range_gives_its_piece(header: str, first: int, last: int) -> None:
    """§14.1.2, with its own examples; a last position beyond the end is the end."""
    assert asked_piece(header, SIZE) == Piece(first, last, SIZE)


@pytest.mark.parametrize("header", [None, "", "items=0-5", "bytes=0-1,5-6", "bytes=0-,0-,0-"])
def test_what_we_do_not_do_is_ignored(header: str | None) -> None:
    """§14.2: an unknown unit must be ignored, several ranges may be."""
    assert asked_piece(header, SIZE) is None


@pytest.mark.parametrize(
    "header",
    ["bytes=10000-", "bytes=10000-10001", "bytes=-0", "bytes=5-4", "bytes=-", "bytes=", "bytes=a-b",
     "bytes=1", "bytes=--5", "bytes=1-2-3", "bytes=²-"],
)  # fmt: skip
def test_a_range_without_a_byte_is_refused(header: str) -> None:
    """§14.1.1 and §15.5.17."""
    with pytest.raises(RangeNotSatisfiable):
        asked_piece(header, SIZE)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-5"])
def test_an_empty_file_has_no_range(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        asked_piece(header, 0)


def test_a_piece_says_where_it_is() -> None:
    """§14.4: both ends are included."""
    piece = Piece(0, 499, 1234)
    assert piece.content_range == "bytes 0-499/1234"
    assert piece.length == 500


@given(
    header=st.text(max_size=40) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}", fullmatch=True),
    size=st.integers(0, 10**7),
)
def test_any_header_gives_a_piece_of_the_file_or_a_refusal(header: str, size: int) -> None:
    try:
        piece = asked_piece(header, size)
    except RangeNotSatisfiable:
        return
    assert piece is None or 0 <= piece.first <= piece.last < size
