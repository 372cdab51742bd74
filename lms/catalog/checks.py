"""Everything `lms courses check` refuses, beyond the shape of each field. Every check says where.

Checks of a part run as soon as that part is sound, whatever is wrong elsewhere: an author sees all the faults
at once. Checks of the whole (translations, every local rule) wait until the whole can be read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lms.catalog import placeholders
from lms.catalog.faults import expected_among
from lms.catalog.file_checks import check_drawings, check_storyboards, check_stray_files
from lms.catalog.manuscript import COURSE_FILE, Manuscript
from lms.catalog.pictures import Drawing
from lms.catalog.question_checks import card_faults, question_faults
from lms.catalog.shape import COURSE, STORYBOARD, words_in
from lms.catalog.vocabulary import ROLES, RULE_CHOICES
from lms.catalog.whole_checks import check_translation, check_wholeness
from lms.catalog.yaml_positions import Keys


def check(manuscript: Manuscript, languages: Sequence[str]) -> dict[str, Drawing]:
    """Add every fault to the manuscript; give back its drawings, by file name."""
    for name in manuscript.sheets:
        _check_conditions(manuscript, name)
    if COURSE_FILE not in manuscript.sheets:
        return {}
    _check_words(manuscript)
    _check_ids(manuscript)
    _check_roles(manuscript)
    _check_questions_and_cards(manuscript)
    _check_timed_questions(manuscript)
    check_storyboards(manuscript)
    drawings = check_drawings(manuscript)
    check_stray_files(manuscript, languages, drawings)
    own = [COURSE_FILE, *(name for _keys, name in manuscript.storyboards())]
    if all(manuscript.is_sound(name) for name in own):
        document = manuscript.document()
        check_wholeness(manuscript, document)
        for language in languages:
            check_translation(manuscript, document, language)
    return drawings


def _nodes(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every value of a document with its keys."""
    yield keys, value
    pairs: Any = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        yield from _nodes(inner, (*keys, key))


def _check_conditions(manuscript: Manuscript, name: str) -> None:
    """`when` names rules with a closed list of values, and one of those values."""
    for keys, value in _nodes(manuscript.sheets[name].data):
        if not keys or keys[-1] != "when" or not isinstance(value, Mapping):
            continue
        for rule, wanted in value.items():
            if rule not in RULE_CHOICES:
                message = f"Consigne inconnue « {rule} ». {expected_among(rule, RULE_CHOICES)}"
                manuscript.fault(name, (*keys, rule), message, key=True)
            elif isinstance(wanted, str) and wanted not in RULE_CHOICES[rule]:
                known = expected_among(wanted, RULE_CHOICES[rule])
                manuscript.fault(name, (*keys, rule), f"Valeur inconnue « {wanted} ». {known}")


def _check_words(manuscript: Manuscript) -> None:
    """Placeholders exist, and words are not blank."""
    boards = [name for _keys, name in manuscript.storyboards() if name in manuscript.sheets]
    shapes = {COURSE_FILE: COURSE} | dict.fromkeys(boards, STORYBOARD)
    for name, shape in shapes.items():
        data = manuscript.sheets[name].data
        for keys in words_in(shape, data):
            text = data
            for key in keys:
                text = text[key]
            if text and not text.strip():
                manuscript.fault(name, keys, "Ce texte est vide.")
            for message in placeholders.faults_in(text):
                manuscript.fault(name, keys, message)


def _check_ids(manuscript: Manuscript) -> None:
    """An id names one item of the whole course (answers are kept by it), and one source."""
    steps = [(keys, step) for keys, step in manuscript.steps()]
    timed = [(keys, question) for keys, question in manuscript.questions() if "questions" in keys]
    _check_unique(manuscript, [*steps, *timed], "une étape ou une question")
    sources = manuscript.sheets[COURSE_FILE].data.get("sources")
    listed = enumerate(sources if isinstance(sources, list) else ())
    named = [(("sources", rank), source) for rank, source in listed if isinstance(source, Mapping)]
    _check_unique(manuscript, named, "une source")


def _check_unique(manuscript: Manuscript, named: Sequence[tuple[Keys, Mapping[str, Any]]], what: str) -> None:
    seen: dict[str, int] = {}
    for keys, thing in sorted(named, key=lambda pair: manuscript.sheets[COURSE_FILE].at(pair[0]).line):
        name = thing.get("id")
        if not isinstance(name, str):
            continue
        if name in seen:
            message = f"L’identifiant « {name} » désigne déjà {what}, ligne {seen[name]}."
            manuscript.fault(COURSE_FILE, (*keys, "id"), message)
        seen.setdefault(name, manuscript.sheets[COURSE_FILE].at((*keys, "id")).line)


def _check_roles(manuscript: Manuscript) -> None:
    """A contact is named once in a list, and the one a film closes on exists."""
    lists: list[tuple[Keys, Any]] = [(("contacts",), manuscript.sheets[COURSE_FILE].data.get("contacts"))]
    lists += [((*keys, "contacts"), step.get("contacts")) for keys, step in manuscript.steps()]
    for keys, roles in lists:
        for rank, role in enumerate(roles if isinstance(roles, list) else ()):
            if role in roles[:rank]:
                message = f"Le contact « {role} » est déjà dans cette liste."
                manuscript.fault(COURSE_FILE, (*keys, rank), message)
    for name in dict.fromkeys(name for _keys, name in manuscript.storyboards()):
        if name not in manuscript.sheets:
            continue
        for keys, value in _nodes(manuscript.sheets[name].data):
            if keys and keys[-1] == "contact" and isinstance(value, str) and value not in ROLES:
                manuscript.fault(name, keys, f"Contact inconnu « {value} ». {expected_among(value, ROLES)}")


def _check_questions_and_cards(manuscript: Manuscript) -> None:
    for keys, question in manuscript.questions():
        if manuscript.is_sound(COURSE_FILE, keys):
            for below, message in list(question_faults(question)):
                manuscript.fault(COURSE_FILE, (*keys, *below), message)
    for keys, step in manuscript.steps():
        if step.get("kind") == "card" and manuscript.is_sound(COURSE_FILE, keys):
            for below, message in list(card_faults(step)):
                manuscript.fault(COURSE_FILE, (*keys, *below), message)


def _check_timed_questions(manuscript: Manuscript) -> None:
    """A question in a video comes after a scene of that video, or at a second of it."""
    for keys, step in manuscript.steps():
        name = step.get("storyboard")
        sound = isinstance(name, str) and manuscript.is_sound(name)
        scenes = manuscript.sheets[str(name)].data["scenes"] if sound else None
        for place, question in manuscript.questions():
            if place[: len(keys)] != keys or place == keys:
                continue
            if ("after" in question) == ("at" in question):
                message = "Donnez « after » (une scène) ou « at » (une seconde), et un seul des deux."
                manuscript.fault(COURSE_FILE, place, message)
            elif scenes is not None:
                _check_moment(manuscript, place, question, scenes)


def _check_moment(
    manuscript: Manuscript, place: Keys, question: Mapping[str, Any], scenes: Sequence[Mapping[str, Any]]
) -> None:
    ids, seconds = [scene["id"] for scene in scenes], sum(scene["seconds"] for scene in scenes)
    after, at = question.get("after"), question.get("at")
    if isinstance(after, str) and after not in ids:
        message = f"Ce film n’a pas de scène « {after} ». {expected_among(after, ids)}"
        manuscript.fault(COURSE_FILE, (*place, "after"), message)
    if isinstance(at, int | float) and at > seconds:
        manuscript.fault(COURSE_FILE, (*place, "at"), f"Ce film ne dure que {seconds:g} secondes.")
