"""Storyboards and films with every kind of scene, as an author would write them."""

from copy import deepcopy
from typing import Any

from lms.i18n import typeset
from lms.media.colours import palette
from lms.media.film import Film, Look, Scene
from lms.media.storyboard import StoryboardSchema

BRANDS = {
    "navy": ("#0B4F6C", "#FFC145"),
    "plum": ("#6B1E5B", "#F2A65A"),
    "yellow": ("#FFD400", "#111111"),
}
CONTACT = {
    "label": "Support informatique",
    "name": "",
    "phone": "01 99 00 12 34",
    "extension": "poste 4242",
    "hours": "24 h/24",
    "email": "support@ch-valmont.example",
}

SCENES: list[dict[str, Any]] = [
    {
        "id": "end-of-night", "kind": "place", "seconds": 4.5,
        "caption": "7 h 40, fin de nuit. Un message de plus arrive au poste de soins.",
        "place": "nurses-station", "time": "7 h 40", "title": "Fin de nuit,\nun message de plus",
        "text": "La relève arrive, la boîte de réception déborde.",
    },
    {
        "id": "title", "kind": "opening", "seconds": 3.0,
        "caption": "L'hameçon : trois indices pour ne pas mordre.", "title": "L'hameçon :\ntrois indices",
    },
    {
        "id": "hurry", "kind": "hook", "seconds": 4.0, "ground": "accent",
        "caption": "Un message vous presse ? L'urgence est un hameçon.",
        "title": "Un message\nvous presse ?", "icon": "envelope-simple",
        "text": "Prime, colis, mot de passe : l'urgence est un hameçon.",
    },
    {
        "id": "how-often", "kind": "figure", "seconds": 4.0,
        "caption": "Six attaques sur dix commencent par un message.", "value": "6 / 10", "share": 60,
        "title": "attaques commencent\npar un message.", "source": "Chiffre inventé pour les essais, 2026",
        "text": "À l'hôpital, un clic peut arrêter un service entier.",
    },
    {
        "id": "clues", "kind": "message", "seconds": 8.0,
        "caption": "Regardez l'expéditeur.\nRepérez l'urgence.\nSurvolez le lien : il mène ailleurs.",
        "from_name": "Direction RH", "from_address": "rh@ch-va1mont-paie.example",
        "subject": "URGENT : votre prime sera annulée", "button": "Confirmer mon identité",
        "body": "Bonjour, votre dossier est incomplet. Sans réponse avant 18 h, votre prime sera annulée.",
        "clues": [
            {"id": "sender", "on": "sender", "title": "L'expéditeur", "text": "Un caractère change tout."},
            {"id": "hurry", "on": "subject", "title": "L'urgence", "text": "On vous menace, on vous presse."},
            {"id": "link", "on": "button", "title": "Le lien", "text": "Survolez : il mène ailleurs."},
        ],
    },
    {
        "id": "reflexes", "kind": "gestures", "seconds": 4.5,
        "caption": "Je m'arrête, je vérifie, je signale.", "title": "Trois réflexes",
        "items": [
            {"id": "stop", "icon": "hand-palm", "text": "Je m'arrête"},
            {"id": "check", "icon": "eye", "text": "Je vérifie"},
            {"id": "report", "icon": "megaphone", "text": "Je signale"},
        ],
    },
    {
        "id": "instead", "kind": "comparison", "seconds": 4.5,
        "caption": "Je ne clique pas pour voir : je signale.", "title": "Un doute sur un lien ?",
        "left": {"label": "Je clique pour voir", "icon": "cursor-click", "text": "Un clic suffit."},
        "right": {"label": "Je signale", "icon": "flag", "text": "L'équipe vérifie pour tout le monde."},
    },
    {
        "id": "call", "kind": "dialogue", "seconds": 6.0,
        "caption": "J'ai cliqué… Merci de nous le dire, on s'en occupe ensemble.",
        "icon_left": "user-circle", "icon_right": "headset",
        "lines": [
            {"id": "said", "who": "left", "name": "Inès, infirmière", "text": "J'ai cliqué sur un lien…"},
            {"id": "thanks", "who": "right", "name": "Support", "text": "Merci ! On s'en occupe."},
        ],
    },
    {
        "id": "minutes", "kind": "steps", "seconds": 6.0,
        "caption": "Je débranche, je n'éteins pas, j'appelle, je préviens.",
        "title": "Les cinq premières minutes",
        "items": [
            {"id": "unplug", "text": "Je débranche le câble réseau"},
            {"id": "stay-on", "text": "Je n'éteins pas l'ordinateur"},
            {"id": "call", "text": "J'appelle le support"},
            {"id": "tell", "text": "Je préviens mon cadre et je note l'heure"},
        ],
    },
    {
        "id": "contact", "kind": "closing", "seconds": 4.0, "caption": "Un doute ? Appelez.",
        "title": "Un doute ?\nAppelez.", "contact": "it_support",
    },
]  # fmt: skip


def make_storyboard(*kinds: str) -> dict[str, Any]:
    """A storyboard document with a scene of each of `kinds`; of all of them by default."""
    scenes = [scene for scene in SCENES if not kinds or scene["kind"] in kinds]
    return deepcopy({"title": "L'hameçon", "scenes": scenes})


def make_look(brand: str = "navy", **values: Any) -> Look:
    """The look of CH de Valmont, which does not exist."""
    names = {"establishment": "CH de Valmont", "short_name": "Valmont"}
    return Look(palette=palette(*BRANDS[brand]), **(names | values))


def make_scene(kind: str, **values: Any) -> Scene:
    """One scene of that kind, with some fields replaced as an author would."""
    document = next(scene for scene in SCENES if scene["kind"] == kind) | values
    loaded = StoryboardSchema().load({"title": "x", "scenes": [deepcopy(document)]})["scenes"][0]
    return Scene.from_storyboard(_typeset(loaded | ({"contact": CONTACT} if kind == "closing" else {})))


def make_film(*kinds: str, look: Look | None = None, **changes: Any) -> Film:
    """A French film with a scene of each of `kinds`; of all of them by default.

    `seconds` makes every scene that long, which keeps tests short; `contact` replaces what the closing shows.
    """
    contact = CONTACT | changes.pop("contact", {})
    scenes = []
    for scene in StoryboardSchema().load(make_storyboard(*kinds))["scenes"]:
        if scene["kind"] == "closing":
            scene["contact"] = contact
        scene["seconds"] = changes.get("seconds", scene["seconds"])
        scenes.append(Scene.from_storyboard(_typeset(scene)))
    return Film("fr", "L'hameçon", look or make_look(), tuple(scenes))


def _typeset(value: Any) -> Any:
    """The words of a scene as the catalogue hands them over."""
    if isinstance(value, str):
        return typeset(value, "fr")
    if isinstance(value, dict):
        return {key: _typeset(part) for key, part in value.items()}
    return [_typeset(part) for part in value] if isinstance(value, list) else value
