"""A folder is a Course or a list of faults, each with its place and what was expected."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from lms.catalog.faults import InvalidCourse
from lms.catalog.loader import load_course
from tests.factories.catalog import AREAS, CLUES, ORDER, STORYBOARD, a_course, faults_of, write_files

HERE = Path(__file__).parent / "broken"
BROKEN = (HERE / "course.yaml").read_text(encoding="utf-8")
FAULTS = (HERE / "faults.txt").read_text(encoding="utf-8")


def test_every_fault_of_a_file_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"course.yaml": BROKEN, "storyboard.yaml": STORYBOARD, "en.yaml": {"title": "Hook"}}
    )
    assert "".join(f"{fault}\n" for fault in faults_of(tmp_path)) == FAULTS


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    storyboard = "title: a\nscenes:\n  - {id: a, kind: openning, seconds: 3, title: b, caption: c}\n"
    write_files(tmp_path, {"course.yaml": BROKEN, "storyboard.yaml": storyboard, "en.yaml": "title: [\n"})
    assert {fault.file for fault in faults_of(tmp_path)} == {"course.yaml", "storyboard.yaml", "en.yaml"}


def test_french_typography_is_kept_in_what_is_said(tmp_path: Path) -> None:
    write_files(tmp_path, {"course.yaml": BROKEN})
    with pytest.raises(InvalidCourse) as caught:
        load_course(tmp_path)
    fault = next(fault for fault in caught.value.faults if fault.field == "titel")
    assert fault.message == "Clé inconnue «\u202ftitel\u202f». Vouliez-vous dire «\u202ftitle\u202f»\u202f?"


def test_a_whole_course_is_loaded_in_its_languages(tmp_path: Path) -> None:
    course = a_course(tmp_path, ORDER, CLUES, AREAS)
    assert (course.slug, course.title, course.version) == ("hamecon", "L’hameçon", "2026.1")
    assert course.languages == ("fr", "en")
    assert course.budget == 90
    assert course.drawing("desk.svg").width == 320


def test_a_course_cannot_be_changed_by_whoever_holds_it(tmp_path: Path) -> None:
    course = a_course(tmp_path)
    before = course.hash
    course.document()["title"] = "Autre"
    with pytest.raises(FrozenInstanceError):
        course.slug = "autre"  # type: ignore[misc]
    with pytest.raises(TypeError):
        course.translations[0].values["title"] = "Other"  # type: ignore[index]
    assert course.document()["title"] == "L’hameçon"
    assert course.hash == before


def test_the_hash_changes_with_a_word_a_translation_or_a_drawing(tmp_path: Path) -> None:
    first = a_course(tmp_path / "a", AREAS)
    same = a_course(tmp_path / "b", AREAS)
    assert first.hash == same.hash
    assert a_course(tmp_path / "c", AREAS, title="Le piège").hash != first.hash
    folder = tmp_path / "b" / "hamecon"
    drawing = (folder / "desk.svg").read_text(encoding="utf-8")
    (folder / "desk.svg").write_text(drawing.replace("<rect", "<rect rx='2'"), encoding="utf-8")
    assert load_course(folder).hash != first.hash


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Ce fichier est introuvable."),
        ("", "Ce fichier doit contenir des lignes « clé: valeur »."),
        ("- a\n", "Ce fichier doit contenir des lignes « clé: valeur »."),
        ("title: [", "Il manque une virgule, une accolade « } » ou un crochet « ] »."),
    ],
)
def test_a_course_file_that_cannot_be_read_says_so(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "course.yaml").write_text(content, encoding="utf-8")
    told = [fault.message for fault in faults_of(tmp_path) if fault.file == "course.yaml"]
    assert told == [message]


def test_the_error_names_the_course_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InvalidCourse) as caught:
        load_course(tmp_path / "nowhere")
    assert caught.value.slug == "nowhere"
    assert "lms courses check" in str(caught.value.advice)
