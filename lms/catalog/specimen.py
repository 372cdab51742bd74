"""A hospital that filled in everything, to see that a course holds together before any real one plays it.

Names and numbers are the long kind (a path that fits here fits nearly everywhere) and belong to nobody: the
numbers are of the range Arcep keeps for fiction, the addresses of the `.example` domain (RFC 2606).
"""

from collections.abc import Mapping

from lms.catalog.vocabulary import FREE_RULES, ROLES
from lms.establishments.inherit import Layer, Level, Profile, effective


def specimen_profile(rules: Mapping[str, str]) -> Profile:
    """A complete profile under `rules`, e.g. `{"power_off": "stay_on"}`."""
    values: dict[str, str] = {f"rules.{rule}": "l’outil de l’établissement" for rule in FREE_RULES}
    values |= {f"rules.{rule}": value for rule, value in rules.items()}
    for role in ROLES:
        values |= {
            f"contacts.{role}.name": "Camille Exemple",
            f"contacts.{role}.phone": "01 99 00 12 34",
            f"contacts.{role}.extension": "1234",
            f"contacts.{role}.email": f"{role.replace('_', '-')}@hopital.example",
            f"contacts.{role}.hours": "24 h sur 24",
            f"contacts.{role}.note": "Demandez le responsable de garde.",
        }
    name = "Centre hospitalier intercommunal du Val-d’Exemple"
    return effective([Layer(0, Level.SITE, name, short_name="CHI du Val-d’Exemple", values=values)])
