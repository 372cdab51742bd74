"""Which bytes a `Range` header asks for (RFC 9110 §14). Pure: no request, no file.

Browsers ask for one range at a time to start, seek and resume a film. Several ranges in one request are
legal and useless to a player; §14.2 lets a server ignore them, and ignoring is what keeps
`bytes=0-,0-,0-…` from multiplying our answers.
"""

import re
from dataclasses import dataclass

SPECIFIER = re.compile(r"(\d*)-(\d*)")


class RangeNotSatisfiable(ValueError):
    """The range starts after the end, or is no range at all: 416, with the true size (§15.5.17)."""


@dataclass(frozen=True)
class Piece:
    """Bytes `first` to `last`, both included as in `Content-Range`, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        """Value of the `Content-Range` header (§14.4)."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked_piece(header: str | None, size: int) -> Piece | None:
    """The piece asked for, or None when the whole file is to be sent.

    Other units and lists of ranges are ignored (§14.2). Raises RangeNotSatisfiable for a malformed
    `bytes` range and for one that holds no byte of the file.
    """
    unit, _, asked = (header or "").partition("=")
    if unit.strip().lower() != "bytes" or "," in asked:
        return None
    match = SPECIFIER.fullmatch(asked.strip())
    if match is None or match[0] == "-":
        raise RangeNotSatisfiable(header)
    first, last = match.groups()
    if not first:
        return _last_bytes(int(last), size)
    start = int(first)
    end = int(last) if last else size - 1
    if start >= size or end < start:
        raise RangeNotSatisfiable(header)
    return Piece(start, min(end, size - 1), size)


def _last_bytes(count: int, size: int) -> Piece:
    """`bytes=-500`: the last 500 bytes, or the whole file if it is shorter."""
    if count == 0 or size == 0:
        raise RangeNotSatisfiable(f"bytes=-{count}")
    return Piece(max(0, size - count), size - 1, size)
