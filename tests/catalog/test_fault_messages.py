"""No trainer is answered in English: every rule of every schema has its French sentence."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from lms.catalog.fault_messages import flat_messages, in_french, one_of, unknown_icon
from lms.catalog.shape import COURSE, SCENES, STORYBOARD, inner
from lms.media import storyboard, storyboard_rules
from tests.factories.catalog import course_files, faults_of, write_files

ENGLISH = re.compile(r"\b(the|must|not|valid|field|length|missing|there|should|or)\b", re.IGNORECASE)
WRONG: tuple[Any, ...] = (None, 3, True, "", "x y" * 500, [], {}, [None], {"A": 1}, -1.5, 1e9, "Aé")


def schemas(shape: Any, seen: set[int]) -> Iterator[Schema]:
    """Every schema reachable from a shape."""
    if id(shape) in seen:
        return
    seen.add(id(shape))
    if isinstance(shape, Schema):
        yield shape
        for field in shape.fields.values():
            yield from schemas(field, seen)
    elif isinstance(shape, fields.Nested):
        yield from schemas(shape.schema, seen)
    else:
        for name in ("inner", "kinds"):
            held = getattr(shape, name, None)
            for one in held.values() if isinstance(held, dict) else [held] if held is not None else []:
                yield from schemas(one, seen)


ALL = [found for root in (COURSE, STORYBOARD, *SCENES.values()) for found in schemas(root, set())]


KINDS = tuple({type(one): one for one in ALL}.values())


@pytest.mark.parametrize("schema", KINDS, ids=lambda one: type(one).__name__)
def test_every_wrong_value_of_every_field_is_told_in_french(schema: Schema) -> None:
    documents: list[Any] = [{}, *({name: wrong} for name in schema.fields for wrong in WRONG)]
    for document in documents:
        for _keys, message in flat_messages(schema.validate(document)):
            french = one_of(message, "x") or in_french(message)
            assert not ENGLISH.search(french.partition("Valeurs possibles")[0]), (message, french)


def test_every_sentence_of_the_film_engine_is_known() -> None:
    source = inspect.getsource(storyboard) + inspect.getsource(storyboard_rules)
    said = re.findall(r"(?<!\")f?\"((?:[A-Z“])[^\"\n]* [^\"\n]*\.)\"", source)
    assert len(said) > 8
    for sentence in said:
        if sentence.startswith("Shorten it"):
            continue  # the end of the sentence about captions
        filled = re.sub(r"\{[^}]*\}", "3", sentence)
        assert in_french(filled) != filled, sentence


def test_schemas_name_what_is_nearest() -> None:
    assert "« hand-palm »" in unknown_icon("hand-plam")
    assert "phosphoricons.com" in unknown_icon("zzzzzz")
    assert one_of("Must be one of: care, everyone.", "cares") == (
        "Valeur inconnue « cares ». Vouliez-vous dire « care » ?"
    )
    assert one_of("Not a valid string.", 3) is None


def test_a_scene_is_refused_in_french_with_its_place(tmp_path: Path) -> None:
    files = course_files()
    files["storyboard.yaml"]["scenes"][0] = {"id": "a", "kind": "opening", "seconds": 30, "titel": "B"}
    files["storyboard.yaml"]["scenes"][1].update(place="garden", ground="red")
    files["storyboard.yaml"]["scenes"].append({"id": "ward", "kind": "dance"})
    told = {
        (fault.field, fault.message)
        for fault in faults_of(write_files(tmp_path, files))
        if fault.file == "storyboard.yaml"
    }
    assert ("scenes.a.seconds", "Une scène dure entre 1.5 et 12 secondes ; celle-ci en a 30.") in told
    assert ("scenes.a.titel", "Clé inconnue « titel ». Vouliez-vous dire « title » ?") in told
    assert any(field == "scenes.ward.kind" and "Genre de scène inconnu" in said for field, said in told)
    assert any(field == "scenes.ward.place" and "Lieu inconnu" in said for field, said in told)


def test_every_length_is_bounded() -> None:
    """A field without a limit would let a text grow beyond what a phone shows."""
    for schema in ALL:
        for name, field in schema.fields.items():
            if field.metadata.get("words"):
                lengths = [rule for rule in field.validators if isinstance(rule, validate.Length)]
                assert any(rule.max for rule in lengths), f"{type(schema).__name__}.{name}"


def test_nothing_is_known_below_a_text() -> None:
    assert inner(COURSE.fields["title"], "a", 0) is None
