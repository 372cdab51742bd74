"""From the text of a cell to a value, or to a sentence that says why not.

Each function takes a text that is not empty and raises CellRefused. Known accidents of spreadsheets get a
sentence of their own: "wrong format" would not help who never typed what the file contains.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from lms.establishments import finess, phones, site_codes
from lms.establishments.inherit import POWER_OFF, Level
from lms.i18n import LANGUAGES
from lms.i18n import gettext as _

Parser = Callable[[str], Any]

NOTHING = "-"
"""Typed where an ancestor's value must not show, as opposed to an empty cell, which inherits."""

LEVEL_WORDS = {
    "national": Level.NATIONAL, "nation": Level.NATIONAL,
    "region": Level.REGION,
    "group": Level.GROUP, "groupe": Level.GROUP, "groupement": Level.GROUP, "ght": Level.GROUP,
    "site": Level.SITE,
}  # fmt: skip
YES_WORDS = {"oui": True, "yes": True, "vrai": True, "true": True, "1": True, "x": True}
NO_WORDS = {"non": False, "no": False, "faux": False, "false": False, "0": False}

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}\Z")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")


class CellRefused(Exception):
    """The text is not what the column holds; the message is a sentence."""


def plain(word: str) -> str:
    """Without accents or capitals, to compare words people type."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def text(limit: int) -> Parser:
    """Any text of at most `limit` characters."""

    def parse(typed: str) -> str:
        if len(typed) > limit:
            raise CellRefused(
                _("Ce texte a %(size)s caractères, %(limit)s au plus.", size=len(typed), limit=limit)
            )
        return typed

    return parse


def or_nothing(parser: Parser) -> Parser:
    """The same, where a lone hyphen means "nothing here, whatever is above"."""

    def parse(typed: str) -> Any:
        return "" if typed == NOTHING else parser(typed)

    return parse


def level(typed: str) -> Level:
    """A level of the tree, in either language."""
    try:
        return LEVEL_WORDS[plain(typed)]
    except KeyError:
        raise CellRefused(_("« %(typed)s » n’est pas un niveau.", typed=typed[:40])) from None


def yes_or_no(typed: str) -> bool:
    """Oui or non, in either language or as spreadsheets write it."""
    try:
        return (YES_WORDS | NO_WORDS)[plain(typed)]
    except KeyError:
        raise CellRefused(_("« %(typed)s » n’est ni oui ni non.", typed=typed[:40])) from None


def finess_number(typed: str) -> str:
    """A FINESS number; its key is judged elsewhere, as a warning."""
    number = finess.normalise(typed)
    if finess.is_finess(number):
        return number
    if finess.is_scientific(typed):
        raise CellRefused(
            _("Le tableur a remplacé le numéro par « %(typed)s » : des chiffres sont perdus. "
              "Mettez la colonne au format Texte, puis retapez le numéro.", typed=typed[:40])
        )  # fmt: skip
    if finess.lost_its_zero(number):
        raise CellRefused(
            _("Il manque un chiffre : le tableur a sans doute retiré le zéro du début. "
              "Mettez la colonne au format Texte et écrivez « 0%(number)s ».", number=number)
        )  # fmt: skip
    raise CellRefused(_("« %(typed)s » n’est pas un numéro FINESS.", typed=typed[:40]))


def site_code(typed: str) -> str:
    """A public site code."""
    code = site_codes.normalise(typed)
    if site_codes.is_site_code(code):
        return code
    if finess.is_scientific(typed):
        raise CellRefused(_("Le tableur a remplacé le code par « %(typed)s ».", typed=typed[:40]))
    raise CellRefused(_("« %(typed)s » n’est pas un code de site.", typed=typed[:40]))


def languages(typed: str) -> list[str]:
    """Language codes separated by spaces, commas or slashes, in the order shown."""
    codes = list(dict.fromkeys(re.split(r"[\s,;/+]+", typed.lower())))
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown:
        raise CellRefused(_("La langue « %(code)s » n’existe pas ici.", code=unknown[0][:40]))
    return codes


def colour(typed: str) -> str:
    """A colour as `#RRGGBB` in capitals; the hash may be missing and three digits are doubled."""
    digits = typed.removeprefix("#")
    if re.fullmatch(r"[0-9A-Fa-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        raise CellRefused(_("« %(typed)s » n’est pas une couleur.", typed=typed[:40]))
    return "#" + digits.upper()


def phone(typed: str) -> str:
    """A number that can be dialled, in pairs when it is a national one."""
    if len(typed) <= 40 and phones.is_phone(typed):
        return phones.format_phone(typed)
    if phones.lost_its_zero(typed):
        raise CellRefused(
            _("Il manque le zéro du début, sans doute retiré par le tableur : « %(number)s » ?",
              number=phones.format_phone("0" + phones.digits(typed)))
        )  # fmt: skip
    if finess.is_scientific(typed):
        raise CellRefused(_("Le tableur a remplacé le numéro par « %(typed)s ».", typed=typed[:40]))
    raise CellRefused(_("« %(typed)s » n’est pas un numéro de téléphone.", typed=typed[:40]))


def email(typed: str) -> str:
    """An e-mail address."""
    if len(typed) > 254 or not _EMAIL.match(typed):
        raise CellRefused(_("« %(typed)s » n’est pas une adresse e-mail.", typed=typed[:60]))
    return typed


def power_off(typed: str) -> str:
    """What to do with a workstation hit by ransomware."""
    rule = plain(typed).replace(" ", "_").replace("-", "_")
    if rule not in POWER_OFF:
        raise CellRefused(_("« %(typed)s » n’est pas une consigne connue.", typed=typed[:40]))
    return rule


def headcount(typed: str) -> int:
    """A number of people."""
    digits = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        raise CellRefused(_("« %(typed)s » n’est pas un nombre de personnes.", typed=typed[:40]))
    return int(digits)


def day(typed: str) -> date:
    """A day, ISO or French."""
    iso, french = _ISO_DATE.match(typed), _FRENCH_DATE.match(typed)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if french:
            return date(int(french[3]), int(french[2]), int(french[1]))
    except ValueError:
        pass
    if re.fullmatch(r"[0-9]{5}", typed):
        raise CellRefused(_("Le tableur a écrit la date comme le nombre %(typed)s.", typed=typed))
    raise CellRefused(_("« %(typed)s » n’est pas une date.", typed=typed[:40]))
