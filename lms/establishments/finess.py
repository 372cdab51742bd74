"""FINESS numbers, the national register of health establishments: nine characters, kept as text.

The last digit is a Luhn key in which the letters of Corsican departments count as A→1 and B→2. A wrong key is
a warning and never a refusal: official sandboxes hand out numbers whose key is wrong.
"""

import re

PATTERN = re.compile(r"[0-9][0-9AB][0-9]{7}\Z")

_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+\Z")


def normalise(typed: str) -> str:
    """Without the spaces, dots and hyphens people group digits with, in capitals."""
    return re.sub(r"[\s.\-]", "", typed).upper()


def is_finess(number: str) -> bool:
    """Whether a normalised number has the shape of a FINESS."""
    return PATTERN.match(number) is not None


def has_valid_key(number: str) -> bool:
    """Whether the Luhn key of a well-shaped number is right (ISO/IEC 7812-1, annex B)."""
    digits = [int(character) for character in reversed(number.translate(str.maketrans("AB", "12")))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_scientific(typed: str) -> bool:
    """Whether a spreadsheet turned the number into a quantity such as `7,50712E+08`: digits are lost."""
    return _SCIENTIFIC.match(re.sub(r"\s", "", typed).upper()) is not None


def lost_its_zero(number: str) -> bool:
    """Whether a normalised number looks like one of the departments 01 to 09 without its leading zero."""
    return re.fullmatch(r"[1-9][0-9]{7}", number) is not None
