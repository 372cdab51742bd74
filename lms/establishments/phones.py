"""Phone numbers as a French hospital writes and dials them.

A number that is not national is kept as typed: `4242` is an internal extension and `15` is the SAMU, and
"correcting" either would send a nurse nowhere.
"""

import re

OVERSEAS_CODES = {
    **dict.fromkeys(("0262", "0263", "0269", "0639", "0692", "0693"), "262"),
    **dict.fromkeys(("0590", "0690", "0691"), "590"),
    **dict.fromkeys(("0594", "0694"), "594"),
    **dict.fromkeys(("0596", "0696", "0697"), "596"),
}
"""National prefixes whose international code is not 33 (numbering plan of Arcep, the French regulator)."""

MOBILES_OF_0639 = re.compile(r"063998")
"""06 39 98 is reserved for fiction by Arcep and is a mainland number, unlike the rest of 06 39 (Mayotte)."""

_SEPARATORS = re.compile(r"[\s.\-/\u2010-\u2015()]+")


def digits(phone: str) -> str:
    """`phone` without separators, a leading `+33`, `0033` or `(0)` folded into the national zero.

    >>> digits("+33 (0)1 99 00 12 34")
    '0199001234'
    """
    bare = _SEPARATORS.sub("", phone.replace("(0)", ""))
    return re.sub(r"\A(?:\+|00)33(?=\d{9}\Z)", "0", bare)


def is_national(phone: str) -> bool:
    """Whether this is a ten-digit French number."""
    return re.fullmatch(r"0[1-9][0-9]{8}", digits(phone)) is not None


def is_phone(phone: str) -> bool:
    """Whether this can be dialled: French, international, or a short internal number (2 to 6 digits)."""
    bare = digits(phone)
    return is_national(phone) or re.fullmatch(r"[0-9]{2,6}|\+[1-9][0-9]{6,14}", bare) is not None


def lost_its_zero(phone: str) -> bool:
    """Whether a spreadsheet took the number for a quantity and dropped its leading zero."""
    return re.fullmatch(r"[1-9][0-9]{8}", digits(phone)) is not None


def format_phone(phone: str) -> str:
    """The number in pairs when it is a French one, otherwise as typed, trimmed.

    >>> format_phone("0199001234"), format_phone(" 4242 ")
    ('01 99 00 12 34', '4242')
    """
    if not is_national(phone):
        return " ".join(phone.split())
    bare = digits(phone)
    return " ".join(bare[start : start + 2] for start in range(0, 10, 2))


def phone_href(phone: str) -> str | None:
    """A `tel:` address (RFC 3966), or None when there is nothing to dial.

    >>> phone_href("01 99 00 12 34"), phone_href("4242"), phone_href("le standard")
    ('tel:+33199001234', 'tel:4242', None)
    """
    if not is_phone(phone):
        return None
    bare = digits(phone)
    if not is_national(phone):
        return f"tel:{bare}"
    country = "33" if MOBILES_OF_0639.match(bare) else OVERSEAS_CODES.get(bare[:4], "33")
    return f"tel:+{country}{bare[1:]}"
