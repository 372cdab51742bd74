"""Courses in files and in memory: a small whole course, and ways to change it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from lms.catalog.addresses import list_addresses, value_at
from lms.catalog.course import Course
from lms.catalog.faults import CourseFault, InvalidCourse
from lms.catalog.loader import load_course
from lms.catalog.manuscript import Manuscript
from lms.establishments.inherit import Layer, Level, Profile, effective

Files = dict[str, Any]


class Plain(yaml.SafeDumper):
    """YAML as an author types it: the same thing twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never `&` nor `*`."""
        return True


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="9" height="9"/></svg>'

TRUE_FALSE = {
    "id": "padlock",
    "type": "true-false",
    "after": "ward",
    "prompt": "Le cadenas prouve que le site est honnête.",
    "choices": {
        "t": {"right": False, "feedback": "Un faux site l’affiche aussi."},
        "f": {"right": True, "feedback": "Un faux site peut l’afficher."},
    },
    "explanation": "Le cadenas chiffre l’échange.",
}
SINGLE = {
    "id": "first-move",
    "kind": "question",
    "type": "single",
    "prompt": "Que faire d’abord ?",
    "choices": {
        "call": {"text": "Appeler le {contact.it_support.phone}", "right": True, "feedback": "Oui."},
        "delete": {"text": "Supprimer", "right": False, "feedback": "Gardez-le."},
    },
    "explanation": "Plus tôt on sait, mieux on protège.",
}
ORDER = {
    "id": "in-order",
    "kind": "question",
    "type": "order",
    "prompt": "Dans quel ordre ?",
    "choices": {
        "isolate": {"text": "Couper le réseau", "feedback": "D’abord."},
        "phone": {"text": "Téléphoner", "feedback": "Ensuite."},
        "note": {"text": "Noter", "feedback": "Enfin."},
    },
    "explanation": "Isoler, puis alerter.",
}
CLUES = {
    "id": "spot",
    "kind": "question",
    "type": "clues",
    "prompt": "Qu’est-ce qui vous arrête ?",
    "message": {
        "from_name": "Service plannings",
        "from_address": "plannings@h0pital.example",
        "subject": "Planning",
        "body": ["Bonjour.", "Avant 9 h !"],
        "link": {"text": "Voir", "target": "https://hopital.example.test/"},
    },
    "choices": {
        "sender": {"text": "L’adresse", "on": "sender", "right": True, "feedback": "Un zéro."},
        "hurry": {"text": "L’urgence", "on": "body.1", "right": True, "feedback": "On vous presse."},
    },
    "explanation": "Un seul indice suffit.",
}
AREAS = {
    "id": "look",
    "kind": "question",
    "type": "clues",
    "prompt": "Que ranger ?",
    "picture": {"file": "desk.svg", "alt": "Un bureau, une carte et une tasse."},
    "choices": {
        "card": {"text": "La carte", "area": [10, 10, 20, 20], "right": True, "feedback": "En poche."},
        "mug": {"text": "La tasse", "area": [50, 50, 20, 20], "right": False, "feedback": "Bon café."},
    },
    "explanation": "La carte signe pour vous.",
}
GESTURE = {
    "id": "gesture",
    "kind": "card",
    "title": "Votre geste",
    "text": "Le support : {contact.it_support.phone}.",
    "illustration": {"icon": "hand-palm"},
    "contacts": ["it_support"],
    "shows_gesture": True,
}
COURSE = {
    "title": "L’hameçon",
    "summary": "Reconnaître un message piégé.",
    "version": "2026.1",
    "themes": ["phishing"],
    "gesture": "Un doute ? J’appelle.",
    "contacts": ["it_support"],
    "sources": [{"id": "clicks", "title": "Une étude", "publisher": "JAMA", "year": 2019}],
    "steps": [
        {
            "id": "film",
            "kind": "video",
            "title": "Un message",
            "storyboard": "storyboard.yaml",
            "questions": [TRUE_FALSE],
        },
        SINGLE,
        GESTURE,
    ],
}
STORYBOARD = {
    "title": "Un message à 7 h 40",
    "scenes": [
        {"id": "opening", "kind": "opening", "seconds": 3, "title": "L’hameçon", "caption": "L’hameçon."},
        {
            "id": "ward",
            "kind": "place",
            "seconds": 4,
            "place": "nurses-station",
            "time": "7 h 40",
            "title": "Fin de nuit",
            "caption": "Poste de soins, fin de nuit.",
        },
        {
            "id": "closing",
            "kind": "closing",
            "seconds": 4,
            "title": "J’appelle.",
            "contact": "it_support",
            "caption": "J’appelle le {contact.it_support.phone}.",
        },
    ],
}


def course_files(*steps: Mapping[str, Any], **changes: Any) -> Files:
    """The files of a whole course, French only. `steps` come before the last card; `changes` are of
    `course.yaml`."""
    files = deepcopy({"course.yaml": COURSE, "storyboard.yaml": STORYBOARD})
    files["course.yaml"]["steps"][-1:-1] = deepcopy(list(steps))
    files["course.yaml"].update(deepcopy(changes))
    if any("picture" in step for step in steps):
        files["desk.svg"] = SVG
    return files


def write_files(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write them: text as it is, anything else as YAML. Gives back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        if not isinstance(content, str):
            content = yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def write_course(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write a course whose shape is sound, with a whole English translation that repeats the French."""
    write_files(folder, files)
    if "en.yaml" not in files:
        manuscript = Manuscript(folder)
        manuscript.read("course.yaml")
        for _keys, name in manuscript.storyboards():
            manuscript.read(name)
        document = manuscript.document()
        words = {address: value_at(document, keys) for address, keys in list_addresses(document).items()}
        write_files(folder, {"en.yaml": words})
    return folder


def a_course(folder: Path, *steps: Mapping[str, Any], **changes: Any) -> Course:
    """A whole course, loaded from files written under `folder`."""
    return load_course(write_course(folder / "hamecon", course_files(*steps, **changes)))


def without(thing: Mapping[str, Any], *names: str, **changes: Any) -> dict[str, Any]:
    """A copy of a step without some keys, and with others changed."""
    copy = {key: value for key, value in deepcopy(dict(thing)).items() if key not in names}
    return copy | changes


def with_choice(question: Mapping[str, Any], name: str, **changes: Any) -> dict[str, Any]:
    """A copy of a question with one more choice, or with one changed."""
    copy = deepcopy(dict(question))
    copy["choices"].setdefault(name, {"text": "Autre", "feedback": "Non."}).update(changes)
    return copy


def faults_of(folder: Path) -> list[CourseFault]:
    """What the loader refuses in a folder, messages in ordinary spaces; nothing when it is a course."""
    try:
        load_course(folder)
    except InvalidCourse as error:
        return [replace(fault, message=plain(fault.message)) for fault in error.faults]
    return []


def plain(text: str) -> str:
    """The same with ordinary spaces, to be readable in a test."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def a_profile(**values: Any) -> Profile:
    """An establishment that only has an IT support; `values` by address, dots written as two underscores."""
    own = {"contacts.it_support.phone": "01 99 00 12 34", "contacts.it_support.email": "support@chx.example"}
    own |= {name.replace("__", "."): value for name, value in values.items()}
    name = "Centre hospitalier d'Exemple"
    return effective([Layer(1, Level.SITE, name, short_name="CH d'Exemple", values=own)])
