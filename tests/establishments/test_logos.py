"""Logos are rebuilt before they are kept: small, without metadata, from the only two formats we write."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lms.errors import AppError
from lms.establishments.logos import LogoRefused, read_logo


def a_png(width: int = 40, height: int = 20, colour: tuple[int, ...] = (20, 41, 94, 255)) -> bytes:
    """A PNG with a comment that should not be kept."""
    information = PngInfo()
    information.add_text("Comment", "secret")
    written = io.BytesIO()
    Image.new("RGBA", (width, height), colour).save(written, "PNG", pnginfo=information)
    return written.getvalue()


def a_png_that_claims(width: int, height: int) -> bytes:
    """A tiny file whose header announces an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def test_a_png_is_written_again_without_its_metadata() -> None:
    logo = read_logo(a_png())
    assert logo.kind == "png"
    assert b"secret" not in logo.content
    assert Image.open(io.BytesIO(logo.content)).size == (40, 20)
    assert logo.png_base64
    assert logo.svg is None


def test_a_large_png_is_made_smaller() -> None:
    logo = read_logo(a_png(3_000, 600))
    assert Image.open(io.BytesIO(logo.content)).size == (1_200, 240)


def test_a_noisy_png_is_made_smaller_until_it_is_light() -> None:
    written = io.BytesIO()
    Image.effect_noise((700, 700), 90).convert("RGB").save(written, "PNG")
    assert len(read_logo(written.getvalue()).content) <= 300_000


def test_an_svg_is_recognised_whatever_it_starts_with() -> None:
    content = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- export -->\n<svg xmlns="http://www.w3.org/2000/svg" '
    logo = read_logo(content + b'width="9" height="9"><path d="M0 0h9"/></svg>')
    assert logo.kind == "svg"
    assert "<path" in (logo.svg or "")
    assert logo.png_base64 is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ni un dessin SVG ni une image PNG"),
        (b"GIF89a", "ni un dessin SVG ni une image PNG"),
        (b"\xff\xd8\xff\xe0", "ni un dessin SVG ni une image PNG"),
        (a_png()[:60], "abîmée"),
        (b"\x89PNG\r\n\x1a\n", "abîmée"),
        (a_png_that_claims(100_000, 100_000), "4\u202f000 pixels"),
        (a_png_that_claims(0, 10), "4\u202f000 pixels"),
        (a_png() + b"\x00" * 2_000_000, "2 Mo"),
        (a_png(colour=(0, 0, 0, 0)), "transparente"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(LogoRefused) as refusal:
        read_logo(content)
    assert sentence in str(refusal.value.message)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda noise: a_png()[:40] + noise))
def test_any_bytes_are_a_logo_or_refused(content: bytes) -> None:
    try:
        logo = read_logo(content)
    except AppError:
        return
    assert logo.kind in ("svg", "png")
