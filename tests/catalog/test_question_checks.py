"""Each thing that is refused in a question or a card, and whole courses that are not."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.factories.catalog import (
    AREAS,
    CLUES,
    GESTURE,
    ORDER,
    SINGLE,
    SVG,
    course_files,
    faults_of,
    with_choice,
    without,
    write_course,
    write_files,
)


def area(**choices: list[float]) -> dict[str, Any]:
    question = deepcopy(AREAS)
    for name, value in choices.items():
        question["choices"][name]["area"] = value
    return question


@pytest.mark.parametrize(
    ("question", "field", "message"),
    [
        (area(card=[90, 10, 20, 20]), "choices.card.area", "sort du dessin"),
        (area(card=[10, 10, 2, 20]), "choices.card.area", "trop petite pour un doigt"),
        (area(mug=[15, 15, 20, 20]), "choices.mug.area", "recouvre celle de la réponse « card »"),
        (area(card=[1, 2, 3]), "choices.card.area", "exactement 4"),
        (area(card=[-1, 2, 30, 40]), "choices.card.area.0", "entre 0 et 100"),
        (with_choice(AREAS, "plant"), "choices.plant", "Il manque « area »"),
        (with_choice(AREAS, "mug", on="sender"), "choices.mug.on", "utilisez « area »"),
        (with_choice(CLUES, "date"), "choices.date", "Il manque « on »"),
        (with_choice(CLUES, "date", on="body.2"), "choices.date.on", "n’a pas de partie « body.2 »"),
        (with_choice(CLUES, "date", on="attachment"), "choices.date.on", "n’a pas de partie"),
        (with_choice(CLUES, "date", on="sender"), "choices.date.on", "déjà celle de la réponse « sender »"),
        (with_choice(CLUES, "date", on="footer"), "choices.date.on", "Valeurs possibles : sender"),
        (without(CLUES, "message"), "", "un seul des deux, où chercher"),
        (
            with_choice(with_choice(CLUES, "sender", right=False), "hurry", right=False),
            "choices",
            "un indice juste",
        ),
        (with_choice(ORDER, "note", right=True), "choices.note.right", "Inutile ici"),
        (with_choice(ORDER, "note", when={"power_off": "stay_on"}), "choices", "trois réponses à ordonner"),
        (
            without(SINGLE, id="many", type="multiple", choices=AREAS["choices"]),
            "choices.card.area",
            "ne sert qu’aux",
        ),
        (without(SINGLE, id="many", type="dance"), "type", "Valeurs possibles : single"),
        (without(SINGLE, id="many", prompt=""), "prompt", "Longueur attendue : de 1 à 280."),
        (without(SINGLE, id="padlock"), "id", "désigne déjà"),
        (
            without(GESTURE, id="other", contacts=["it_support", "it_support"]),
            "contacts.1",
            "déjà dans cette liste",
        ),
        (without(GESTURE, id="other", contacts=["nobody"]), "contacts.0", "Valeur inconnue « nobody »"),
    ],
)
def test_a_step_is_refused(tmp_path: Path, question: dict[str, Any], field: str, message: str) -> None:
    files = course_files(question)
    if "picture" in question:
        files["desk.svg"] = SVG
    write_files(tmp_path, files)
    address = ".".join(part for part in ("steps", question["id"], field) if part)
    said = [fault.message for fault in faults_of(tmp_path) if fault.field == address]
    assert any(message in one for one in said), faults_of(tmp_path)


def test_a_whole_course_with_every_type_of_question_has_no_fault(tmp_path: Path) -> None:
    multiple = without(SINGLE, id="many", type="multiple")
    assert faults_of(write_course(tmp_path, course_files(ORDER, CLUES, AREAS, multiple, budget=120))) == []


def test_a_course_that_says_something_else_under_each_rule_has_no_fault(tmp_path: Path) -> None:
    files = course_files()
    single = files["course.yaml"]["steps"][1]
    single["choices"]["call"]["when"] = {"power_off": "stay_on"}
    single["choices"]["unplug"] = {
        "text": "Éteindre", "right": True, "feedback": "Oui.", "when": {"power_off": "switch_off"},
    }  # fmt: skip
    assert faults_of(write_course(tmp_path, files)) == []


def test_a_drawing_that_does_more_than_draw_is_refused_under_its_own_name(tmp_path: Path) -> None:
    files = course_files(AREAS)
    files["desk.svg"] = SVG.replace("<rect", "<text>Bureau</text><rect onclick='a()'")
    told = [fault for fault in faults_of(write_course(tmp_path, files)) if fault.file == "desk.svg"]
    assert len(told) == 2
    assert any("convertissez-le en tracés" in fault.message for fault in told)


def test_two_videos_tell_two_films(tmp_path: Path) -> None:
    files = course_files()
    files["course.yaml"]["steps"].insert(
        1, without(files["course.yaml"]["steps"][0], "questions", id="again")
    )
    write_files(tmp_path, files)
    assert any("un film par vidéo" in fault.message for fault in faults_of(tmp_path))
