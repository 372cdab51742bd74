"""Sentences of marshmallow and of the film engine, said in French to the trainer who wrote the file.

An English sentence that is not in the table is left as it is: worse than French, better than nothing; the
tests walk through every rule of the schemas to see that none is left.
"""

import re
from collections.abc import Iterator
from typing import Any

from lms.catalog.faults import expected_among
from lms.catalog.icon_list import icon_names
from lms.catalog.yaml_positions import Keys

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Unknown field\.|This key is not known here.*", "Cette clé n’est pas connue ici."),
    (r"Missing data for required field\.", "Cette clé est obligatoire et manque ici."),
    (r"Field may not be null\.", "Une valeur est attendue après les deux-points."),
    (r"Not a valid string\.", "Un texte est attendu ; mettez la valeur entre guillemets."),
    (r"Not a valid integer\.", "Un nombre entier est attendu, sans guillemets."),
    (r"Not a valid number\.", "Un nombre est attendu, avec un point pour la virgule et sans guillemets."),
    (r"Not a valid boolean\.", "« true » ou « false » est attendu, sans guillemets."),
    (r"Not a valid list\.", "Une liste est attendue : un tiret par ligne, ou des crochets."),
    (r"Not a valid mapping type\.", "Des lignes « clé: valeur » sont attendues ici."),
    (r"Invalid input type\.", "Des lignes « clé: valeur » sont attendues ici."),
    (r"Invalid type\.", "Des lignes « clé: valeur » sont attendues ici."),
    (r"String does not match expected pattern\.", "Cette valeur n’a pas la forme attendue."),
    (r"Special numeric values .*", "Un nombre est attendu."),
    (r"Shorter than minimum length 1\.", "Ce texte ou cette liste est vide."),
    (r"Shorter than minimum length (\d+)\.", r"Il en faut au moins \1."),
    (r"Longer than maximum length (\d+)\.", r"C’est trop long : \1 au plus."),
    (r"Length must be between 1 and (\d+)\.", r"Longueur attendue : de 1 à \1."),
    (r"Length must be between (\d+) and (\d+)\.", r"Il en faut entre \1 et \2."),
    (r"Length must be (\d+)\.", r"Il en faut exactement \1."),
    (
        r"Must be greater than or equal to (\S+) and less than or equal to (\S+?)\.",
        r"Un nombre entre \1 et \2 est attendu.",
    ),
    (r"The ground is one of (.*)", r"Fonds possibles : \1"),
    (
        r"A scene lasts between (\S+) and (\S+) seconds; this one has (\S+?)\.",
        r"Une scène dure entre \1 et \2 secondes ; celle-ci en a \3.",
    ),
    (r"The share is a percentage, 0 to 100\.", "Cette part est un pourcentage, de 0 à 100."),
    (r"A clue is on one of (.*)", r"Un indice porte sur l’une de ces parties : \1"),
    (r"A message shows two or three clues\.", "Un message montre deux ou trois indices."),
    (r"Two, three or four gestures\.", "Il faut deux, trois ou quatre gestes."),
    (r"The speaker is left or right\.", "Celui qui parle est « left » ou « right »."),
    (r"A dialogue has two or three lines\.", "Un dialogue a deux ou trois répliques."),
    (r"Three, four or five steps\.", "Il faut trois, quatre ou cinq étapes."),
    (r"A scene is a mapping.*", "Des lignes « clé: valeur » sont attendues ici : id, kind, seconds…"),
    (r"The id “(.*)” is already used.*", r"L’identifiant « \1 » est déjà pris dans ce film."),
    (r"A storyboard has at least one scene\.", "Un storyboard a au moins une scène."),
    (
        r"The caption has (\d+) characters; in (\S+) seconds people read (\d+)\..*",
        r"Ce sous-titre a \1 caractères ; en \2 s on en lit \3. Raccourcissez-le ou allongez la scène.",
    ),
    (
        r"“(.*)” must be lower-case words joined by hyphens.*",
        "Un identifiant s’écrit en minuscules, sans accent, avec des tirets : « fausse-adresse ».",
    ),
    (r"A title has one or two lines\.", "Un titre tient sur une ou deux lignes."),
)


def flat_messages(messages: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """marshmallow's nested messages as (keys, message) pairs."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from flat_messages(inner, keys if key == "_schema" else (*keys, key))
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from flat_messages(message, keys)
    else:
        yield keys, str(messages)


def in_french(message: str) -> str:
    """The same sentence for a trainer."""
    for pattern, french in SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return match.expand(french)
    return _with_suggestion(message)


def _with_suggestion(message: str) -> str:
    """Sentences that list what was possible; the value itself is added by whoever knows it."""
    kind = re.fullmatch(r"There is no scene of kind “(.*)”; choose one of (.*)\.", message, re.DOTALL)
    if kind:
        return f"Genre de scène inconnu. {expected_among(kind[1], kind[2].split(', '))}"
    place = re.fullmatch(r"No place is called “(.*)”; choose one of (.*)\.", message, re.DOTALL)
    if place:
        return f"Lieu inconnu. {expected_among(place[1], place[2].split(', '))}"
    icon = re.fullmatch(r"There is no icon “(.*)”; names are .*", message, re.DOTALL)
    if icon:
        return unknown_icon(icon[1])
    return message


def unknown_icon(name: str) -> str:
    """An icon that does not exist, and the nearest that does."""
    return f"Icône inconnue « {name} ». {expected_among(name, icon_names(), shown=0)}"


def one_of(message: str, found: object) -> str | None:
    """`Must be one of` with the nearest possible value, or None for another sentence."""
    match = re.fullmatch(r"Must be one of: (.*)\.", message, re.DOTALL)
    return f"Valeur inconnue « {found} ». {expected_among(found, match[1].split(', '))}" if match else None
