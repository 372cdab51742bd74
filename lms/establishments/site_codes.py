"""Public codes of sites: six characters typed on a phone, read aloud, printed on posters.

The alphabet has no 0, O, 1, I or L, so there is nothing to guess: a typed character outside it is a mistake
that only the person can mend. The code is an address, not a secret; it is drawn at random so that a site
cannot be told from the next.
"""

import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6

_LOOKS_LIKE_A_NUMBER = re.compile(r"[0-9]+E[0-9]+\Z")


def normalise(typed: str) -> str:
    """What was meant by a typed code: `brume 2`, `BRU-ME2` and full-width letters are all `BRUME2`."""
    return re.sub(r"[\s\-_.\u2010-\u2015]", "", unicodedata.normalize("NFKC", typed)).upper()


def is_site_code(code: str) -> bool:
    """Whether a normalised code could be one."""
    return re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code) is not None


def looks_like_a_number(code: str) -> bool:
    """Whether a spreadsheet would read the code as a quantity: `234E56` becomes 2,34E+58."""
    return _LOOKS_LIKE_A_NUMBER.match(code) is not None


def draw_site_code() -> str:
    """A new code. About 887 million exist; whoever keeps it makes sure that it is free."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not looks_like_a_number(code):
            return code
