"""From the file somebody gives to a logo that is safe to show anywhere: rebuilt, small, without metadata."""

import io
import struct

from flask_babel import lazy_gettext as _l
from PIL import Image

from lms.errors import Invalid
from lms.establishments.inherit import Logo
from lms.media.svg import MAX_BYTES, clean_svg

MAX_PNG_BYTES = 2_000_000
MAX_SIDE = 4_000
"""Pixels; read from the header before anything is unpacked."""
WIDTHS = (1_200, 800, 500, 300)
"""Widest first; the first that weighs no more than `MAX_BYTES` is kept."""

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class LogoRefused(Invalid):
    """The file cannot be shown as a logo."""

    code = "logo_refused"
    title = _l("Logo refusé")
    message = _l("Ce fichier n’est ni un dessin SVG ni une image PNG.")
    advice = _l("Donnez le logo en SVG (textes convertis en tracés) ou en PNG.")


def read_logo(content: bytes) -> Logo:
    """The logo of a file, whatever its name says it is. Raises LogoRefused or SvgRefused."""
    if content.startswith(_PNG_SIGNATURE):
        return Logo("png", rewrite_png(content))
    if b"<svg" in content[:4_000] or b":svg" in content[:4_000]:
        return Logo("svg", clean_svg(content))
    raise LogoRefused()


def rewrite_png(content: bytes) -> bytes:
    """The pixels of a PNG written again by ourselves, 300 KB at most. Raises LogoRefused."""
    if len(content) > MAX_PNG_BYTES:
        raise LogoRefused(_l("Cette image PNG dépasse 2 Mo."))
    try:
        width, height = struct.unpack(">II", content[16:24])
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            raise LogoRefused(_l("Cette image PNG dépasse 4 000 pixels de côté."))
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, struct.error, EOFError) as fault:
        raise LogoRefused(_l("Cette image PNG est abîmée.")) from fault
    if picture.getchannel("A").getextrema() == (0, 0):
        raise LogoRefused(_l("Cette image PNG est entièrement transparente."))
    for side in WIDTHS:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        rewritten = io.BytesIO()
        picture.save(rewritten, "PNG", optimize=True)
        if rewritten.tell() <= MAX_BYTES:
            return rewritten.getvalue()
    raise LogoRefused(_l("Cette image PNG est trop lourde pour un logo."))
