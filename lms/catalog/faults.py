"""What is wrong in a course, where, and what was expected, in words for the trainer who wrote it.

Messages are plain French and not gettext messages: courses are written in French, by people who run
`lms courses check` outside any request, and the message is often pasted into an e-mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from lms.errors import Invalid


@dataclass(frozen=True, order=True)
class CourseFault:
    """One fault. Lines and columns count from 1; `field` is the address of the field, or empty."""

    file: str
    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}  {self.field or '–'}  {self.message}"


class InvalidCourse(Invalid):
    """A course that cannot be played, with every fault found, in reading order."""

    advice = "Corrigez les fichiers du cours, puis relancez « lms courses check »."

    def __init__(self, slug: str, faults: Iterable[CourseFault]) -> None:
        self.slug = slug
        self.faults = tuple(sorted(set(faults)))
        listed = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"Le cours « {slug} » comporte {len(self.faults)} erreur(s) :\n{listed}")


def expected_among(found: object, known: Iterable[str], *, shown: int = 12) -> str:
    """The end of a message: the nearest known word if there is one, else the list of them."""
    names = list(known)
    near = get_close_matches(str(found), names, n=1, cutoff=0.6)
    if near:
        return f"Vouliez-vous dire « {near[0]} » ?"
    if not names:
        return "Aucune valeur n’est possible ici."
    if not shown:
        return "Les noms sont ceux de phosphoricons.com."
    more = ", …" if len(names) > shown else ""
    return f"Valeurs possibles : {', '.join(names[:shown])}{more}."
