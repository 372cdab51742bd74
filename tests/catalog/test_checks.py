"""Each thing `lms courses check` refuses in a course, and where it says it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories.catalog import (
    TRUE_FALSE,
    Files,
    course_files,
    faults_of,
    without,
    write_course,
    write_files,
)

Change = Callable[[Files], Any]

COURSE_FAULTS: list[tuple[str, Change, str, str]] = [
    (
        "a single question with two right answers",
        lambda files: files["course.yaml"]["steps"][1]["choices"]["delete"].update(right=True),
        "steps.first-move.choices",
        "une seule bonne réponse",
    ),
    (
        "a question without feedback",
        lambda files: files["course.yaml"]["steps"][1]["choices"]["delete"].pop("feedback"),
        "steps.first-move.choices.delete.feedback",
        "Il manque la clé « feedback ».",
    ),
    (
        "a question without explanation",
        lambda files: files["course.yaml"]["steps"][1].pop("explanation"),
        "steps.first-move.explanation",
        "Il manque la clé « explanation ».",
    ),
    (
        "an answer without text",
        lambda files: files["course.yaml"]["steps"][1]["choices"]["delete"].pop("text"),
        "steps.first-move.choices.delete",
        "Il manque « text »",
    ),
    (
        "an answer with a place in a question that is not about clues",
        lambda files: files["course.yaml"]["steps"][1]["choices"]["delete"].update(on="sender"),
        "steps.first-move.choices.delete.on",
        "ne sert qu’aux questions",
    ),
    (
        "true-false answers with other names",
        lambda files: files["course.yaml"]["steps"][0]["questions"][0]["choices"].update(
            yes={"right": True, "feedback": "Oui."}
        ),
        "steps.film.questions.padlock.choices",
        "nommées « t »",
    ),
    (
        "true-false answers with a text",
        lambda files: files["course.yaml"]["steps"][0]["questions"][0]["choices"]["t"].update(text="Vrai"),
        "steps.film.questions.padlock.choices.t.text",
        "l’écran dit déjà",
    ),
    (
        "a timed question without a moment",
        lambda files: files["course.yaml"]["steps"][0]["questions"][0].pop("after"),
        "steps.film.questions.padlock",
        "Donnez « after »",
    ),
    (
        "a timed question with two moments",
        lambda files: files["course.yaml"]["steps"][0]["questions"][0].update(at=3),
        "steps.film.questions.padlock",
        "un seul des deux",
    ),
    (
        "a timed question beyond the end of its film",
        lambda files: files["course.yaml"]["steps"][0]["questions"].append(
            without(TRUE_FALSE, "after", id="late", at=60)
        ),
        "steps.film.questions.late.at",
        "ne dure que 11 secondes",
    ),
    (
        "two sources of one id",
        lambda files: files["course.yaml"]["sources"].append(dict(files["course.yaml"]["sources"][0])),
        "sources.clicks.id",
        "désigne déjà une source",
    ),
    (
        "a source on an insecure address",
        lambda files: files["course.yaml"]["sources"][0].update(url="http://example.org"),
        "sources.clicks.url",
        "« https:// »",
    ),
    (
        "a card whose drawing has no alternative text",
        lambda files: files["course.yaml"]["steps"][-1].update(illustration={"file": "a.svg"}),
        "steps.gesture.illustration",
        "Il manque « alt »",
    ),
    (
        "a card with an icon and a drawing",
        lambda files: files["course.yaml"]["steps"][-1]["illustration"].update(
            file="a.svg", alt="Un dessin."
        ),
        "steps.gesture.illustration",
        "un seul des deux",
    ),
    (
        "an icon with an alternative text",
        lambda files: files["course.yaml"]["steps"][-1]["illustration"].update(alt="Une main."),
        "steps.gesture.illustration.alt",
        "Une icône est un décor",
    ),
    (
        "a drawing that is not there",
        lambda files: files["course.yaml"]["steps"][-1].update(
            illustration={"file": "no.svg", "alt": "Rien."}
        ),
        "steps.gesture.illustration.file",
        "introuvable",
    ),
    (
        "a drawing elsewhere on the disk",
        lambda files: files["course.yaml"]["steps"][-1].update(
            illustration={"file": "../other/a.svg", "alt": "Rien."}
        ),
        "steps.gesture.illustration.file",
        "posé à côté",
    ),
    (
        "a storyboard that is not there",
        lambda files: files["course.yaml"]["steps"][0].update(storyboard="no.yaml"),
        "",
        "Ce fichier est introuvable.",
    ),
    (
        "a storyboard named like a key of the course",
        lambda files: files["course.yaml"]["steps"][0].update(storyboard="steps.yaml"),
        "steps.film.storyboard",
        "celui d’une clé du cours",
    ),
    (
        "a blank text",
        lambda files: files["course.yaml"].update(gesture="   "),
        "gesture",
        "Ce texte est vide.",
    ),
    (
        "a lone brace",
        lambda files: files["course.yaml"].update(gesture="Appelez {le support"),
        "gesture",
        "Une accolade est ouverte ou fermée seule",
    ),
    (
        "a rule with fixed values in a text",
        lambda files: files["course.yaml"].update(gesture="Consigne : {rule.power_off}"),
        "gesture",
        "écrivez chaque variante avec « when »",
    ),
    (
        "a fallback for nothing",
        lambda files: files["course.yaml"].update(fallbacks={"contact.it_suport.phone": "le standard"}),
        "fallbacks.contact.it_suport.phone",
        "Vouliez-vous dire « contact.it_support.phone »",
    ),
    (
        "a condition with another value",
        lambda files: files["course.yaml"]["steps"][1].update(when={"power_off": "stay"}),
        "steps.first-move.when.power_off",
        "Vouliez-vous dire « stay_on »",
    ),
    (
        "a condition on a free text",
        lambda files: files["course.yaml"]["steps"][1].update(when={"ai_tool": "none"}),
        "steps.first-move.when.ai_tool",
        "Consigne inconnue « ai_tool »",
    ),
    (
        "no gesture at the end",
        lambda files: files["course.yaml"]["steps"][-1].update(shows_gesture=False),
        "steps.gesture",
        "shows_gesture: true",
    ),
    (
        "no gesture at the end under one local rule",
        lambda files: files["course.yaml"]["steps"][-1].update(when={"power_off": "stay_on"}),
        "steps.first-move",
        "(quand power_off: switch_off)",
    ),
    (
        "no video under one local rule",
        lambda files: files["course.yaml"]["steps"][0].update(when={"power_off": "switch_off"}),
        "steps",
        "Il faut au moins une vidéo (quand power_off: stay_on)",
    ),
    (
        "no right answer under one local rule",
        lambda files: files["course.yaml"]["steps"][1]["choices"]["call"].update(
            when={"power_off": "stay_on"}
        ),
        "steps.first-move.choices",
        "quand power_off: switch_off",
    ),
    (
        "more seconds than promised",
        lambda files: files["course.yaml"].update(budget=25),
        "budget",
        "Le budget est de 25 s",
    ),
    (
        "a film without a caption",
        lambda files: files["storyboard.yaml"]["scenes"][0].pop("caption"),
        "scenes.opening.caption",
        "Il manque la clé « caption ».",
    ),
    (
        "a caption nobody has the time to read",
        lambda files: files["storyboard.yaml"]["scenes"][0].update(
            caption="Bonjour à toutes et à tous. " * 4
        ),
        "scenes.opening.caption",
        "en 3 s on en lit 60",
    ),
    (
        "a film that closes on nobody",
        lambda files: files["storyboard.yaml"]["scenes"][2].update(contact="it_suport"),
        "scenes.closing.contact",
        "Vouliez-vous dire « it_support »",
    ),
    (
        "a film without a scene under one local rule",
        lambda files: [
            scene.update(when={"power_off": "stay_on"}) for scene in files["storyboard.yaml"]["scenes"]
        ],
        "scenes",
        "Ce film n’a plus aucune scène",
    ),
    (
        "a placeholder nobody knows, in a film",
        lambda files: files["storyboard.yaml"]["scenes"][0].update(title="{etablissement}"),
        "scenes.opening.title",
        "Repère inconnu « {etablissement} »",
    ),
    (
        "a file that nothing uses",
        lambda files: files.update({"storybord.yaml": "title: a"}),
        "",
        "Aucune étape n’utilise ce fichier",
    ),
]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [case[1:] for case in COURSE_FAULTS],
    ids=[case[0] for case in COURSE_FAULTS],
)
def test_a_course_is_refused_for(tmp_path: Path, change: Change, field: str, message: str) -> None:
    files = course_files()
    write_course(tmp_path, files)
    change(files)
    write_files(tmp_path, files)
    found = [fault for fault in faults_of(tmp_path) if fault.file != "en.yaml"]
    said = [fault.message for fault in found if fault.field == field]
    assert any(message in one for one in said), found
    assert all(fault.line > 1 or fault.field in ("", "budget", "title") for fault in found), found
