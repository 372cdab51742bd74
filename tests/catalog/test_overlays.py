"""Overlays: what a trainer may change, and what is said of what does not fit."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lms.catalog.course import Course
from lms.catalog.overlays import Insertion, Overlay, check_overlay, lay
from lms.catalog.resolve import resolve
from tests.factories.catalog import AREAS, GESTURE, ORDER, SINGLE, a_course, a_profile, plain, without

CARD = without(GESTURE, id="local", text="La salle de crise est au 3.", contacts=[])


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return a_course(tmp_path, ORDER)


def inserting(step: dict[str, Any], after: str | None = None) -> Overlay:
    return Overlay("S", inserted=(Insertion(step, after),))


def steps_with(course: Course, **said: Any) -> list[str]:
    document = course.document()
    lay(document, [Overlay("Site", **said)], "fr")
    return [step["id"] for step in document["steps"]]


def test_steps_are_hidden_inserted_and_moved(course: Course) -> None:
    assert steps_with(course) == ["film", "first-move", "in-order", "gesture"]
    assert steps_with(course, hidden=("first-move",)) == ["film", "in-order", "gesture"]
    after = (Insertion(CARD, after="film"),)
    assert steps_with(course, inserted=after) == ["film", "local", "first-move", "in-order", "gesture"]
    first = (Insertion(CARD),)
    assert steps_with(course, inserted=first)[0] == "local"


def test_a_step_not_named_in_the_order_follows_the_one_it_followed(course: Course) -> None:
    assert steps_with(course, order=("in-order", "film")) == ["in-order", "gesture", "film", "first-move"]
    assert steps_with(course, order=("film", "in-order", "first-move", "gesture"))[1] == "in-order"


def test_words_of_an_inserted_step_can_be_changed_by_the_next_overlay(course: Course) -> None:
    region = Overlay("Région", inserted=(Insertion(CARD, after="film"),))
    site = Overlay("Site", values={"steps.local.title": "Chez nous"})
    path = resolve(course, overlays=(region, site), profile=a_profile(), language="fr")
    assert [step.id for step in path.steps][1] == "local"
    assert path.find_item("local").title == "Chez nous"  # type: ignore[union-attr]


def test_an_overlay_of_one_language_leaves_the_others_alone(course: Course) -> None:
    english = Overlay("Site", values={"title": "The bait"}, language="en")
    titles = {
        language: resolve(course, overlays=(english,), profile=a_profile(), language=language).title
        for language in ("fr", "en")
    }
    assert titles == {"fr": "L’hameçon", "en": "The bait"}


def test_settings_that_are_not_words_can_be_changed(course: Course) -> None:
    overlay = Overlay("Site", values={"scored": True, "pass_mark": 60})
    path = resolve(course, overlays=(overlay,), profile=a_profile(), language="fr")
    assert (path.scored, path.pass_mark) == (True, 60)


def test_an_address_the_course_no_longer_has_is_passed_over(course: Course) -> None:
    stale = Overlay("Site", values={"steps.gone.title": "Parti"}, hidden=("gone",), order=("gone", "film"))
    path = resolve(course, overlays=(stale,), profile=a_profile(), language="fr")
    assert path == resolve(course, overlays=(), profile=a_profile(), language="fr")


def test_an_overlay_cannot_be_changed_from_outside() -> None:
    values, card = {"title": "Un"}, deepcopy(CARD)
    overlay = Overlay("Site", values=values, inserted=(Insertion(card),))
    before = overlay.hash
    values["title"] = "Deux"
    card["title"] = "Deux"
    assert overlay.values["title"] == "Un"
    assert overlay.inserted[0].step["title"] == "Votre geste"
    assert overlay.hash == before


@pytest.mark.parametrize(
    ("overlay", "address", "message"),
    [
        (Overlay("S", values={"titel": "a"}), "titel", "Adresse inconnue"),
        (Overlay("S", values={"steps.gesture.titel": "a"}), "steps.gesture.titel", "« steps.gesture.title »"),
        (Overlay("S", values={"title": 3}), "title", "Un texte est attendu"),
        (Overlay("S", values={"title": "a" * 81}), "title", "de 1 à 80"),
        (Overlay("S", values={"title": "{contact.me}"}), "title", "Repère inconnu"),
        (Overlay("S", values={"pass_mark": "60"}), "pass_mark", "nombre entier"),
        (Overlay("S", values={"pass_mark": 60}, language="en"), "pass_mark", "Adresse inconnue"),
        (Overlay("S", hidden=("gestrue",)), "hidden.gestrue", "Vouliez-vous dire « gesture »"),
        (Overlay("S", order=("film", "film")), "order", "deux fois"),
        (Overlay("S", order=("nowhere",)), "order.nowhere", "Étape inconnue"),
        (
            inserting(CARD, after="nowhere"),
            "inserted.local.after",
            "Étape inconnue",
        ),
        (inserting(GESTURE), "inserted.gesture.id", "déjà"),
        (
            inserting({"id": "v", "kind": "video"}),
            "inserted.v.kind",
            "une question",
        ),
        (inserting({"kind": "card"}), "inserted.?.title", "obligatoire"),
        (inserting(AREAS), "inserted.look.picture", "pas de dessin"),
        (
            inserting(without(SINGLE, id="two", type="order")),
            "inserted.two.choices",
            "trois réponses",
        ),
    ],
)
def test_what_does_not_fit_is_told(course: Course, overlay: Overlay, address: str, message: str) -> None:
    told = check_overlay(course.document(), overlay)
    assert any(where == address and message in plain(said) for where, said in told), told


def test_an_overlay_that_fits_has_no_fault(course: Course) -> None:
    overlay = Overlay(
        "Site",
        values={"title": "Le piège", "steps.local.text": "Ici.", "scored": True},
        inserted=(Insertion(CARD, after="film"), Insertion(without(SINGLE, id="two"), after="local")),
        hidden=("first-move",),
        order=("film", "local"),
    )
    assert check_overlay(course.document(), overlay) == ()
