"""A path is frozen, can be kept and read again, and never shows a question solved."""

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from itertools import permutations
from pathlib import Path as Folder

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalog.path import Choice, ContactCard, Path, Question, QuestionType, VideoStep
from lms.catalog.resolve import resolve
from tests.factories.catalog import AREAS, CLUES, ORDER, a_course, a_profile


@pytest.fixture
def path(tmp_path: Folder) -> Path:
    course = a_course(tmp_path, ORDER, CLUES, AREAS)
    return resolve(course, overlays=(), profile=a_profile(), language="fr")


def test_a_path_kept_as_json_is_read_back_equal(path: Path) -> None:
    kept = Path.from_document(json.loads(json.dumps(path.to_document())))
    assert kept == path
    assert kept.hash == path.hash


def test_a_path_cannot_be_changed(path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        path.title = "Autre"  # type: ignore[misc]


def test_the_hash_is_of_the_words(path: Path) -> None:
    assert replace(path, title="Autre").hash != path.hash
    assert replace(path).hash == path.hash


def test_the_hash_is_the_same_in_another_process(path: Path, tmp_path: Folder) -> None:
    file = tmp_path / "path.json"
    file.write_text(json.dumps(path.to_document()), encoding="utf-8")
    program = (
        "import json, sys; from lms.catalog.path import Path;"
        "print(Path.from_document(json.loads(open(sys.argv[1], encoding='utf-8').read())).hash)"
    )
    command = [sys.executable, "-c", program, file]
    outcome = subprocess.run(command, capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == path.hash


def test_items_are_the_video_then_its_questions_then_the_other_steps(path: Path) -> None:
    assert [item.id for item in path.items] == [
        "film", "padlock", "first-move", "in-order", "spot", "look", "gesture",
    ]  # fmt: skip


def test_an_item_is_found_by_its_id(path: Path) -> None:
    item = path.find_item("padlock")
    assert isinstance(item, Question)
    assert path.find_item("nowhere") is None


def test_a_document_of_another_kind_is_refused(path: Path) -> None:
    document = path.to_document()
    document["steps"][0]["kind"] = "dance"
    with pytest.raises(ValueError, match="dance"):
        Path.from_document(document)


def test_only_the_choices_of_an_order_are_shuffled(path: Path) -> None:
    for item in path.items:
        if isinstance(item, Question) and item.type is not QuestionType.ORDER:
            assert item.shown_choices == item.choices


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=2, max_size=8, unique=True))
def test_an_order_is_never_shown_solved_and_always_shown_the_same(ids: list[str]) -> None:
    choices = tuple(Choice(name, name, True, "…") for name in ids)
    question = Question("in-order", QuestionType.ORDER, "?", choices, "…")
    assert question.shown_choices != choices
    assert sorted(choice.id for choice in question.shown_choices) == sorted(ids)
    assert question.shown_choices == replace(question).shown_choices
    assert question.right_ids == tuple(ids)


def test_three_choices_are_shuffled_in_more_than_one_way() -> None:
    shown = set()
    for ids in permutations("abc"):
        choices = tuple(Choice(name, name, True, "…") for name in ids)
        question = Question("in-order", QuestionType.ORDER, "?", choices, "…")
        shown.add(tuple(choice.id for choice in question.shown_choices))
    assert len(shown) > 1


def test_a_picture_is_shown_from_an_address_of_its_own(path: Path) -> None:
    question = path.find_item("look")
    assert isinstance(question, Question)
    assert question.picture is not None
    assert question.picture.source.startswith("data:image/svg+xml,%3Csvg xmlns=")
    assert '"' not in question.picture.source
    assert "#" not in question.picture.source.partition(",")[2]


def test_a_contact_is_dialled_by_its_number() -> None:
    card = ContactCard("it_support", "Support", "", "01 99 00 12 34", "1234", "", "", "")
    assert card.phone_href == "tel:+33199001234"
    assert replace(card, phone="").phone_href is None


def test_a_video_keeps_its_questions_in_time_order(path: Path) -> None:
    video = path.steps[0]
    assert isinstance(video, VideoStep)
    assert [timed.at for timed in video.questions] == [7.0]
