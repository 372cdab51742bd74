"""What can only be seen of a whole course: it plays under every local rule, every language says it all."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from lms.catalog.addresses import list_addresses, value_at
from lms.catalog.arrange import arranged, variants
from lms.catalog.fault_messages import flat_messages, in_french
from lms.catalog.faults import expected_among
from lms.catalog.manuscript import COURSE_FILE, Manuscript
from lms.catalog.overlays import Overlay, check_overlay
from lms.catalog.placeholders import PLACEHOLDER
from lms.media.storyboard import check_pace


def check_wholeness(manuscript: Manuscript, document: Mapping[str, Any]) -> None:
    """Under every local rule there is a video to watch, and the last thing seen is the gesture."""
    for rules in variants():
        where = f" (quand {', '.join(f'{rule}: {value}' for rule, value in rules.items())})"
        here = arranged(document, rules)
        last = here["steps"][-1] if here["steps"] else {}
        if not any(step["kind"] == "video" for step in here["steps"]):
            manuscript.fault(COURSE_FILE, ("steps",), f"Il faut au moins une vidéo{where}.")
        if not last.get("shows_gesture"):
            ids = [step["id"] for step in document["steps"]]
            rank = ids.index(last["id"]) if last else 0
            message = f"La dernière étape doit être une carte avec « shows_gesture: true »{where}."
            manuscript.fault(COURSE_FILE, ("steps", rank), message)
        for stem, board in here["storyboards"].items():
            if not board["scenes"]:
                manuscript.fault(f"{stem}.yaml", ("scenes",), f"Ce film n’a plus aucune scène{where}.")


def check_translation(manuscript: Manuscript, document: Mapping[str, Any], language: str) -> None:
    """Every address of the course is there in `language`, and nothing else; same rules as for French."""
    name = f"{language}.yaml"
    if name not in manuscript.sheets:
        return
    said = manuscript.sheets[name].data
    addresses = list_addresses(document)
    for address in addresses:
        if address not in said:
            manuscript.fault(name, (address,), f"Il manque la traduction de « {address} ».")
    for address in said:
        if address not in addresses:
            known = expected_among(address, addresses, shown=3)
            manuscript.fault(name, (address,), f"Adresse inconnue dans ce cours. {known}", key=True)
    overlay = Overlay(name, values={key: said[key] for key in said if key in addresses}, language=language)
    for address, message in check_overlay(document, overlay):
        manuscript.fault(name, (address,), message)
    for address, keys in addresses.items():
        text = said.get(address)
        if isinstance(text, str) and manuscript.is_sound(name, (address,)):
            _check_against_french(manuscript, name, address, text, value_at(document, keys))
            if address.endswith(".caption"):
                _check_pace(manuscript, name, address, text, value_at(document, keys[:-1])["seconds"])


def _check_against_french(manuscript: Manuscript, name: str, address: str, text: str, french: str) -> None:
    """A translation says the same numbers to call: it has the placeholders of the French."""
    if not text.strip():
        manuscript.fault(name, (address,), "Ce texte est vide.")
        return
    missing = set(PLACEHOLDER.findall(french)) - set(PLACEHOLDER.findall(text))
    for placeholder in sorted(missing):
        manuscript.fault(name, (address,), f"Le repère « {{{placeholder}}} » du texte français manque ici.")


def _check_pace(manuscript: Manuscript, name: str, address: str, text: str, seconds: float) -> None:
    try:
        check_pace(text, seconds)
    except ValidationError as error:
        for _keys, message in flat_messages(error.messages):
            manuscript.fault(name, (address,), in_french(message))
