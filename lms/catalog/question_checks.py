"""What makes a question playable and a card readable, beyond the shape of their fields.

Counts of right answers are made for every value of the local rules: a choice may hold only where computers
are switched off, and the question must be whole there and elsewhere.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from lms.catalog import arrange
from lms.catalog.faults import expected_among
from lms.catalog.yaml_positions import Keys

Fault = tuple[Keys, str]
"""Keys below the question or the card, and what is wrong there."""

TRUE_FALSE_IDS = {"t", "f"}


def question_faults(question: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything wrong with a question of the right shape."""
    if question["type"] == "true-false":
        yield from _true_false_faults(question)
    else:
        for name, choice in question["choices"].items():
            if "text" not in choice:
                yield ("choices", name), "Il manque « text » : ce que dit cette réponse."
    if question["type"] == "order":
        yield from _order_faults(question)
    if question["type"] == "clues":
        yield from _clues_faults(question)
    else:
        for name, choice in question["choices"].items():
            for key in ("on", "area"):
                if key in choice:
                    yield ("choices", name, key), f"« {key} » ne sert qu’aux questions de type « clues »."
    yield from _count_faults(question)


def _true_false_faults(question: Mapping[str, Any]) -> Iterator[Fault]:
    choices = question["choices"]
    if set(choices) != TRUE_FALSE_IDS:
        yield ("choices",), "Une question vrai ou faux a deux réponses, nommées « t » (vrai) et « f » (faux)."
    for name, choice in choices.items():
        if "text" in choice:
            yield ("choices", name, "text"), "Sans texte : l’écran dit déjà « Vrai » et « Faux »."


def _order_faults(question: Mapping[str, Any]) -> Iterator[Fault]:
    for name, choice in question["choices"].items():
        if "right" in choice:
            message = "Inutile ici : les réponses sont écrites dans le bon ordre, et mélangées à l’écran."
            yield ("choices", name, "right"), message


def _clues_faults(question: Mapping[str, Any]) -> Iterator[Fault]:
    message, picture = question.get("message"), question.get("picture")
    if (message is None) == (picture is None):
        yield (), "Il faut « message » ou « picture », et un seul des deux, où chercher les indices."
        return
    needed, other = ("on", "area") if message is not None else ("area", "on")
    parts = _parts(message) if message is not None else ()
    pointed: dict[str, str] = {}
    for name, choice in question["choices"].items():
        keys = ("choices", name)
        if needed not in choice:
            yield keys, f"Il manque « {needed} » : où se trouve cet indice."
        if other in choice:
            yield (*keys, other), f"« {other} » ne sert pas ici ; utilisez « {needed} »."
        part = choice.get("on")
        if message is not None and part is not None:
            if part not in parts:
                yield (*keys, "on"), f"Ce message n’a pas de partie « {part} ». {expected_among(part, parts)}"
            elif part in pointed:
                yield (*keys, "on"), f"Cette partie est déjà celle de la réponse « {pointed[part]} »."
            pointed.setdefault(part, name)
    if picture is not None:
        yield from _area_faults(question["choices"])


def _parts(message: Mapping[str, Any]) -> tuple[str, ...]:
    lines = tuple(f"body.{index}" for index in range(len(message["body"])))
    return ("sender", "subject", *lines, *(part for part in ("link", "attachment") if part in message))


def _area_faults(choices: Mapping[str, Any]) -> Iterator[Fault]:
    areas = {name: choice["area"] for name, choice in choices.items() if "area" in choice}
    for name, (x, y, width, height) in areas.items():
        keys = ("choices", name, "area")
        if x + width > 100 or y + height > 100:
            yield keys, "Cette zone sort du dessin : x + largeur et y + hauteur font 100 au plus."
        if width < 4 or height < 4:
            yield keys, "Cette zone est trop petite pour un doigt : 4 % de largeur et de hauteur au moins."
    for (one, first), (other, second) in combinations(areas.items(), 2):
        if _overlap(first, second):
            yield ("choices", other, "area"), f"Cette zone recouvre celle de la réponse « {one} »."


def _overlap(first: list[float], second: list[float]) -> bool:
    """Whether two x, y, width, height share a surface; a common edge is none."""
    return all(
        first[axis] < second[axis] + second[axis + 2] and second[axis] < first[axis] + first[axis + 2]
        for axis in (0, 1)
    )


def _is_whole(kind: str, right: int, wrong: int) -> bool:
    """Whether a question of that type has the answers it needs."""
    if kind == "order":
        return right + wrong >= 3
    if kind == "clues":
        return right >= 1
    return wrong >= 1 and (right >= 1 if kind == "multiple" else right == 1)


WANTED = {
    "single": "une seule bonne réponse (« right: true ») et une fausse au moins",
    "multiple": "une bonne réponse (« right: true ») et une fausse au moins",
    "true-false": "une réponse juste (« right: true ») et une fausse",
    "clues": "un indice juste (« right: true ») au moins",
    "order": "trois réponses à ordonner au moins",
}


def _count_faults(question: Mapping[str, Any]) -> Iterator[Fault]:
    kind = question["type"]
    for rules in arrange.variants():
        choices = [choice for choice in question["choices"].values() if arrange.holds(choice, rules)]
        right = sum(bool(choice.get("right")) for choice in choices)
        if not _is_whole(kind, right, len(choices) - right):
            conditional = any("when" in choice for choice in question["choices"].values())
            where = ", ".join(f"{rule}: {value}" for rule, value in rules.items())
            yield ("choices",), f"Il faut {WANTED[kind]}{f' quand {where}' if conditional else ''}."
            if not conditional:
                return


def card_faults(card: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything wrong with a card of the right shape."""
    illustration = card.get("illustration")
    if illustration is None:
        return
    if ("icon" in illustration) == ("file" in illustration):
        yield ("illustration",), "Donnez « icon » ou « file », et un seul des deux."
    elif "file" in illustration and "alt" not in illustration:
        yield ("illustration",), "Il manque « alt » : ce que montre le dessin, pour qui ne le voit pas."
    elif "icon" in illustration and "alt" in illustration:
        yield ("illustration", "alt"), "Une icône est un décor : elle n’a pas de texte de remplacement."
