"""resolve: one course, one establishment, one language; nothing local is forgotten."""

from pathlib import Path as Folder
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lms.catalog.course import Course
from lms.catalog.loader import load_course
from lms.catalog.overlays import Overlay
from lms.catalog.path import Card, Path, Question, VideoStep
from lms.catalog.resolve import PathIncomplete, resolve
from lms.establishments.inherit import ADDRESSES, Profile
from tests.factories.catalog import (
    AREAS,
    CLUES,
    ORDER,
    STORYBOARD,
    TRUE_FALSE,
    a_course,
    a_profile,
    course_files,
    without,
    write_course,
)  # fmt: skip


def played(course: Course, profile: Profile, *overlays: Overlay, language: str = "fr") -> Path:
    return resolve(course, overlays=overlays, profile=profile, language=language)


def item(path: Path, item_id: str) -> Any:
    found = path.find_item(item_id)
    assert found is not None
    return found


@pytest.fixture
def course(tmp_path: Folder) -> Course:
    return a_course(tmp_path, ORDER, CLUES, AREAS)


def test_words_are_filled_with_what_holds_here(course: Course) -> None:
    path = played(course, a_profile())
    assert item(path, "gesture").text == "Le support\u00a0: 01\u00a099\u00a000\u00a012\u00a034."
    film = item(path, "film").film
    assert film.scenes[2].captions == ("J’appelle le 01\u00a099\u00a000\u00a012\u00a034.",)


def test_the_film_wears_the_establishment(course: Course) -> None:
    profile = a_profile(primary="#7A1F3D")
    look = item(played(course, profile), "film").film.look
    assert look.palette == profile.palette
    assert (look.establishment, look.short_name) == ("Centre hospitalier d’Exemple", "CH d’Exemple")


def test_a_closing_scene_holds_the_contact_it_shows(course: Course) -> None:
    scene = item(played(course, a_profile()), "film").film.scenes[2]
    assert scene.fields["contact"] == {
        "label": "Support informatique", "name": "", "phone": "01 99 00 12 34", "extension": "", "hours": "",
        "email": "support@chx.example",
    }  # fmt: skip


def test_french_is_typeset_and_addresses_are_not(course: Course) -> None:
    question = item(played(course, a_profile()), "spot")
    assert question.prompt == "Qu’est-ce qui vous arrête\u202f?"
    assert question.message.body[1] == "Avant 9\u202fh\u202f!"
    assert question.message.link.target == "https://hopital.example.test/"


def test_english_words_are_said_in_english_with_english_roles(tmp_path: Folder) -> None:
    folder = write_course(tmp_path, course_files())
    text = (folder / "en.yaml").read_text(encoding="utf-8")
    (folder / "en.yaml").write_text(text.replace("Votre geste", "Your gesture"), encoding="utf-8")
    path = played(load_course(folder), a_profile(), language="en")
    assert item(path, "gesture").title == "Your gesture"
    assert path.contacts[0].label == "IT helpdesk"
    assert path.language == item(path, "film").film.language == "en"


def test_a_language_the_course_does_not_speak_is_an_error(course: Course) -> None:
    with pytest.raises(KeyError):
        played(course, a_profile(), language="de")


def test_a_missing_contact_stops_the_path_and_says_what_and_where(course: Course) -> None:
    with pytest.raises(PathIncomplete) as caught:
        played(course, a_profile(contacts__it_support__phone="", contacts__it_support__email=""))
    places = {(problem.address, problem.placeholder) for problem in caught.value.problems}
    assert ("steps.first-move.choices.call.text", "contact.it_support.phone") in places
    assert ("storyboard.closing.contact", "contact.it_support.phone") in places
    assert ("contacts", "contact.it_support.phone") in places
    assert "Support informatique\u00a0: téléphone" in str(caught.value)


def test_a_fallback_takes_the_place_of_a_missing_contact(tmp_path: Folder) -> None:
    course = a_course(tmp_path, fallbacks={"contact.it_support.phone": "numéro affiché dans le service"})
    path = played(course, a_profile(contacts__it_support__phone="", contacts__it_support__email=""))
    assert item(path, "gesture").text == "Le support\u00a0: numéro affiché dans le service."
    assert path.contacts[0].note == "numéro affiché dans le service"
    assert path.contacts[0].phone_href is None
    assert item(path, "film").film.scenes[2].fields["contact"]["name"] == "numéro affiché dans le service"


def test_a_fallback_may_hold_another_placeholder_but_not_itself(tmp_path: Folder) -> None:
    fallbacks = {"contact.dpo.email": "au {contact.it_support.phone}", "rule.ai_tool": "voir {rule.ai_tool}"}
    course = a_course(tmp_path, gesture="J’écris {contact.dpo.email}", fallbacks=fallbacks)
    assert played(course, a_profile()).gesture == "J’écris au 01\u00a099\u00a000\u00a012\u00a034"
    turning = a_course(tmp_path / "b", gesture="J’ouvre {rule.ai_tool}", fallbacks=fallbacks)
    with pytest.raises(PathIncomplete) as caught:
        played(turning, a_profile())
    assert [problem.label for problem in caught.value.problems] == ["Outil d’IA autorisé"]


def test_a_contact_with_an_address_only_is_shown_as_it_is(tmp_path: Folder) -> None:
    course = a_course(tmp_path, contacts=["dpo"])
    path = played(course, a_profile(contacts__dpo__email="dpo@chx.example"))
    assert (path.contacts[0].email, path.contacts[0].phone) == ("dpo@chx.example", "")


def test_parts_that_do_not_hold_here_are_left_out(tmp_path: Folder) -> None:
    off, on = {"power_off": "switch_off"}, {"power_off": "stay_on"}
    files = course_files(
        without(ORDER, id="on", when=on), without(ORDER, id="off", when=off), without(CLUES, id="both")
    )
    files["course.yaml"]["steps"][0]["questions"].append(without(TRUE_FALSE, id="late", when=off))
    files["course.yaml"]["steps"][1]["choices"]["unplug"] = {"text": "A", "feedback": "B", "when": off}
    files["storyboard.yaml"]["scenes"][0]["when"] = off
    course = load_course(write_course(tmp_path, files))
    here, there = played(course, a_profile()), played(course, a_profile(rules__power_off="switch_off"))
    assert [one.id for one in here.items] == ["film", "padlock", "first-move", "on", "both", "gesture"]
    assert [one.id for one in there.items] == [
        "film",
        "padlock",
        "late",
        "first-move",
        "off",
        "both",
        "gesture",
    ]
    assert len(item(here, "first-move").choices) == 2
    assert len(item(there, "first-move").choices) == 3
    assert [scene.id for scene in item(here, "film").film.scenes] == ["ward", "closing"]


def test_a_question_comes_at_the_end_of_its_scene_as_the_film_is_here(tmp_path: Folder) -> None:
    files = course_files()
    files["storyboard.yaml"]["scenes"][0]["when"] = {"power_off": "switch_off"}
    files["course.yaml"]["steps"][0]["questions"] += [
        without(TRUE_FALSE, "after", id="at-last", at=11),
        without(TRUE_FALSE, id="at-first", after="opening"),
    ]
    course = load_course(write_course(tmp_path, files))
    for rule, expected in (("stay_on", [0.0, 4.0, 8.0]), ("switch_off", [3.0, 7.0, 11.0])):
        timed = item(played(course, a_profile(rules__power_off=rule)), "film").questions
        assert [one.at for one in timed] == expected
        assert [one.question.id for one in timed] == ["at-first", "padlock", "at-last"]


def test_every_choice_of_an_order_is_right_and_in_order(course: Course) -> None:
    question = item(played(course, a_profile()), "in-order")
    assert question.right_ids == ("isolate", "phone", "note")


def test_overlays_are_laid_one_after_the_other(course: Course) -> None:
    nation = Overlay("Nation", values={"title": "Un", "gesture": "Deux"})
    site = Overlay("Site", values={"gesture": "Trois"})
    path = played(course, a_profile(), nation, site)
    assert (path.title, path.gesture) == ("Un", "Trois")


def test_the_same_arguments_give_the_same_path_and_change_nothing(course: Course) -> None:
    before = course.hash
    overlay = Overlay("Site", values={"title": "Un"}, hidden=("in-order",))
    first = played(course, a_profile(), overlay)
    assert played(course, a_profile(), overlay) == first
    assert played(course, a_profile(), overlay).hash == first.hash
    assert course.hash == before


USED = {"contacts.it_support.phone", "contacts.it_support.email"}
SHOWN = USED | {f"contacts.it_support.{part}" for part in ("name", "extension", "hours", "note")}
LOCAL = [address for address in ADDRESSES if address.startswith(("contacts.", "rules."))]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(address=st.sampled_from([address for address in LOCAL if address != "rules.power_off"]))
def test_the_hash_follows_the_contacts_that_are_used_and_no_other(course: Course, address: str) -> None:
    before = played(course, a_profile()).hash
    after = played(course, a_profile(**{address: "01 99 00 99 99"})).hash
    assert (after != before) == (address in SHOWN)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1),
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1),
)
def test_whatever_an_establishment_types_the_path_can_be_kept(course: Course, phone: str, name: str) -> None:
    """Braces typed by an establishment are text, never a placeholder."""
    profile = a_profile(contacts__it_support__phone=phone, contacts__it_support__name=name)
    path = played(course, profile)
    assert Path.from_document(path.to_document()) == path
    assert item(path, "gesture").contacts[0].phone == phone


def test_the_estimate_is_that_of_the_path(course: Course) -> None:
    path = played(course, a_profile())
    assert 30 < path.estimate_seconds < 90


def test_steps_are_of_three_kinds(course: Course) -> None:
    kinds = {type(step) for step in played(course, a_profile()).steps}
    assert kinds == {VideoStep, Question, Card}
    assert STORYBOARD["title"] == item(played(course, a_profile()), "film").film.title.replace("\u202f", " ")
