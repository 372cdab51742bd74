"""Repères: `{contact.it_support.phone}` in any words, filled with what holds in one establishment.

The words are typeset before they are filled, and electronic values are never typeset: an address with a
no-break space in it is an address that does not work.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms.catalog.faults import expected_among
from lms.catalog.vocabulary import PLACEHOLDERS
from lms.establishments import labels
from lms.establishments.inherit import Profile
from lms.i18n import typeset

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def faults_in(text: str) -> Iterator[str]:
    """What is wrong with the braces of `text`, in sentences."""
    for match in PLACEHOLDER.finditer(text):
        name = match[1]
        if name == "rule.power_off":
            yield "La consigne « power_off » n’est pas un texte : écrivez chaque variante avec « when »."
        elif name not in PLACEHOLDERS:
            yield f"Repère inconnu « {{{name}}} ». {expected_among(name, PLACEHOLDERS, shown=3)}"
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield "Une accolade est ouverte ou fermée seule ; un repère s’écrit « {contact.it_support.phone} »."


@dataclass(frozen=True)
class PathProblem:
    """One thing missing locally. `address` is where the course needs it."""

    address: str
    placeholder: str
    label: str
    """What to fill in, in French, e.g. `Support informatique : téléphone`."""

    def __str__(self) -> str:
        return f"{self.label} ({self.placeholder}), demandé par {self.address}"


def label_of(placeholder: str) -> str:
    """What `placeholder` stands for, in French, for the trainer who is asked to fill it in."""
    kind, _, rest = placeholder.partition(".")
    role, _, field = rest.partition(".")
    if kind == "rule":
        return labels.rule_label(rest, "fr")
    if kind == "contact" and field:
        return f"{labels.role_label(role, 'fr')}\u00a0: {labels.field_label(field, 'fr')}"
    return labels.role_label(role, "fr") if kind == "contact" else "Nom de l’établissement"


class Filler:
    """Fills words for one establishment and one language, and remembers what was missing."""

    def __init__(self, profile: Profile, fallbacks: Mapping[str, str], language: str) -> None:
        self.profile = profile
        self.fallbacks = fallbacks
        self.language = language
        self.problems: list[PathProblem] = []

    def fill(self, address: str, text: str, *, verbatim: bool = False) -> str:
        """`text` as it is read here. Something missing leaves a problem and an empty place."""
        return self._filled(address, text, verbatim, fallbacks=True)

    def phrase(self, address: str, name: str) -> str | None:
        """The phrase the course gives for `name`, filled; None when it gives none."""
        text = self.fallbacks.get(name)
        return None if text is None else self._filled(address, text, verbatim=False, fallbacks=False)

    def miss(self, address: str, placeholder: str) -> None:
        """Remember that `placeholder` has no value here."""
        self.problems.append(PathProblem(address, placeholder, label_of(placeholder)))

    def _filled(self, address: str, text: str, verbatim: bool, *, fallbacks: bool) -> str:
        """A fallback phrase may hold placeholders, but no fallback of a fallback: that could turn round."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            phrase = self.phrase(address, name) if fallbacks and not self.local_value(name) else None
            found = self.local_value(name) or phrase or ""
            if not found:
                self.miss(address, name)
            return found

        return PLACEHOLDER.sub(value, text if verbatim else typeset(text, self.language))

    def local_value(self, name: str) -> str:
        """What the establishment says for `name`; empty when it says nothing."""
        kind, _, rest = name.partition(".")
        if kind == "establishment":
            name = self.profile.short_name if rest == "short_name" else self.profile.name
            return typeset(name, self.language)
        if kind == "rule":
            return typeset(self.profile.rules.get(rest, ""), self.language)
        role, _, field = rest.partition(".")
        contact = self.profile.contacts.get(role)
        text = str(getattr(contact, field, "")) if contact else ""
        if field in ("phone", "extension"):
            return text.replace(" ", "\u00a0")
        return text if field == "email" else typeset(text, self.language)
