"""The columns of the two import files: reader, help, template and errors all come from here."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from lms.establishments import cells
from lms.establishments.inherit import CONTACT_FIELDS, ContactRole, RuleName
from lms.establishments.labels import field_label, role_label, rule_label


@dataclass(frozen=True)
class Column:
    """One column. `expected` completes the sentence "expected: …"; `meaning` is its line of help."""

    name: str
    meaning: str
    expected: str
    parse: cells.Parser
    example: str = ""


IDENTITY: tuple[Column, ...] = (
    Column("level", _l("niveau dans l’arbre"), _l("national, region, group ou site"), cells.level, "site"),
    Column("name", _l("nom complet"), _l("160 caractères au plus"), cells.text(160), "CH de Clairbois"),
    Column("short_name", _l("nom court"), _l("40 caractères au plus"), cells.text(40), "Clairbois"),
    Column("parent", _l("établissement juste au-dessus"),
           _l("le nom, le FINESS ou le code d’un établissement de ce fichier ou déjà enregistré"),
           cells.text(160), "GHT des Deux-Vallons"),
    Column("finess", _l("numéro FINESS"),
           _l("neuf caractères, par exemple 009900036 (cellule au format Texte)"),
           cells.finess_number, "009900036"),
    Column("city", _l("ville"), _l("80 caractères au plus"), cells.text(80), "Clairbois"),
    Column("site_code", _l("code public du site ; tiré au sort si la cellule est vide"),
           _l("six caractères parmi 23456789ABCDEFGHJKMNPQRSTUVWXYZ"), cells.site_code),
)  # fmt: skip
"""What an establishment is; nobody inherits these."""

SETTINGS: tuple[Column, ...] = (
    Column("languages", _l("langues proposées"), _l("fr, en, ou les deux"), cells.languages, "fr en"),
    Column("asks_unit", _l("demander le service"), _l("oui ou non"), cells.yes_or_no, "oui"),
    Column("asks_shift", _l("demander jour, soir ou nuit"), _l("oui ou non"), cells.yes_or_no, "non"),
    Column("primary", _l("couleur principale"), _l("une couleur, par exemple #12303F"), cells.colour,
           "#12303F"),
    Column("accent", _l("couleur d’accent"), _l("une couleur, par exemple #F2B84B"), cells.colour,
           "#F2B84B"),
    Column("logo", _l("fichier du logo, rangé à côté du CSV"),
           _l("le nom d’un fichier .svg ou .png placé à côté du CSV"), cells.text(200)),
)  # fmt: skip
"""What an establishment states, besides contacts and rules."""

CONTACT_PARSERS: Mapping[str, tuple[cells.Parser, str]] = {
    "name": (cells.text(120), _l("120 caractères au plus")),
    "phone": (cells.phone, _l("un numéro à dix chiffres, un numéro interne, ou « - » pour aucun")),
    "extension": (cells.text(20), _l("20 caractères au plus")),
    "email": (cells.email, _l("une adresse e-mail, ou « - » pour aucune")),
    "hours": (cells.text(120), _l("120 caractères au plus")),
    "note": (cells.text(300), _l("300 caractères au plus")),
}

EXAMPLES: Mapping[str, str] = {
    "it_support.phone": "01 99 00 12 34",
    "it_support.extension": "4242",
    "it_support.email": "support@clairbois.example",
    "it_support.hours": "7 h – 19 h",
    "on_call.phone": "06 39 98 12 34",
    "phishing_report.email": "signalement@clairbois.example",
    "power_off": "stay_on",
    "secure_messaging": "MSSanté",
}


def contact_columns() -> tuple[Column, ...]:
    """`it_support.phone` and its forty-one sisters."""
    return tuple(
        Column(
            f"{role}.{part}", f"{role_label(role, 'fr')}, {field_label(part, 'fr')}", expected,
            cells.or_nothing(parser), EXAMPLES.get(f"{role}.{part}", ""),
        )
        for role in ContactRole
        for part in CONTACT_FIELDS
        for parser, expected in (CONTACT_PARSERS[part],)
    )  # fmt: skip


def rule_columns() -> tuple[Column, ...]:
    """`power_off` and the rules of free text."""
    free = tuple(
        Column(
            rule.value, rule_label(rule, "fr"), _l("200 caractères au plus, ou « - » pour aucun"),
            cells.or_nothing(cells.text(200)), EXAMPLES.get(rule.value, ""),
        )
        for rule in RuleName
        if rule is not RuleName.POWER_OFF
    )  # fmt: skip
    expected = _l("stay_on (laisser allumé) ou switch_off (éteindre)")
    return (
        Column("power_off", rule_label("power_off", "fr"), expected, cells.power_off, "stay_on"),
        *free,
    )


def by_name(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Columns found by their title, in order."""
    return {column.name: column for column in columns}


CONTACTS, RULES = contact_columns(), rule_columns()

ESTABLISHMENT_COLUMNS = by_name(IDENTITY + SETTINGS + CONTACTS + RULES)

UNIT_COLUMNS = by_name((
    Column("site", _l("site du service"), _l("le nom, le FINESS ou le code d’un site"), cells.text(160),
           "CH de Clairbois"),
    Column("unit", _l("nom du service"), _l("120 caractères au plus"), cells.text(120), "Urgences"),
    Column("headcount", _l("effectif"), _l("un nombre entier de personnes"), cells.headcount, "85"),
    Column("headcount_date", _l("date de l’effectif"), _l("une date, par exemple 2026-01-31"), cells.day,
           "2026-01-31"),
))  # fmt: skip


def template(columns: Mapping[str, Column]) -> str:
    """A header and one example line, separated by semicolons: what a French spreadsheet opens."""
    header = ";".join(columns)
    return f"{header}\n{';'.join(column.example for column in columns.values())}\n"
