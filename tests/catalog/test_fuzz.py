"""Whatever is in a folder, the loader gives a Course or clear faults, and never anything else."""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lms.catalog.course import Course
from lms.catalog.faults import InvalidCourse
from lms.catalog.loader import load_course
from lms.catalog.overlays import Insertion, Overlay, check_overlay
from lms.catalog.pictures import UnsafeDrawing, read_drawing
from lms.catalog.yaml_positions import YamlFault, read_yaml
from tests.factories.catalog import (
    AREAS,
    CLUES,
    ORDER,
    SVG,
    a_course,
    course_files,
    write_course,
    write_files,
)

slow = hypothesis_settings(deadline=None, max_examples=60)

KEYS = (
    "title", "summary", "version", "themes", "gesture", "contacts", "fallbacks", "sources", "steps", "id",
    "kind", "storyboard", "questions", "type", "prompt", "choices", "explanation", "text", "right",
    "feedback", "on", "area", "when", "message", "picture", "file", "alt", "body", "link", "after", "at",
    "illustration", "icon", "shows_gesture", "scenes", "seconds", "caption", "contact", "items", "left",
    "clues", "budget",
)  # fmt: skip
VALUES = (*KEYS, "video", "question", "card", "order", "clues", "storyboard.yaml", "a.svg", "en.yaml", "{a}")
FILES = ("course.yaml", "storyboard.yaml", "en.yaml")

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(VALUES),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)
mappings = st.dictionaries(st.sampled_from(KEYS), trees, max_size=6)


def check_outcome(load: Callable[[], object]) -> None:
    """Whatever is loaded or read is either there, or refused with faults that say where."""
    error: InvalidCourse | YamlFault | UnsafeDrawing | None = None
    try:
        assert load() is not None
    except (InvalidCourse, YamlFault, UnsafeDrawing) as raised:
        error = raised
    if isinstance(error, InvalidCourse):
        assert error.faults
        for fault in error.faults:
            assert fault.file
            assert fault.line >= 1
            assert fault.column >= 1
            assert len(fault.message) > 10
    elif isinstance(error, YamlFault):
        assert error.message
        assert error.position.line >= 1
    elif error is not None:
        assert error.messages


def load_files(files: dict[str, Any]) -> Course:
    """Load files from a folder of their own."""
    with TemporaryDirectory() as folder:
        return load_course(write_files(Path(folder), files))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    check_outcome(lambda: read_yaml(content))


@given(st.text(alphabet=":-[]{}#&*!|>'\"%@`,?\n \tab1é", max_size=80))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    check_outcome(lambda: read_yaml(text.encode()))


@slow
@given(mappings, trees, trees)
def test_any_documents_are_a_course_or_faults(course: Any, storyboard: Any, english: Any) -> None:
    files = dict(zip(FILES, (course, storyboard, english), strict=True))
    check_outcome(lambda: load_files(files))


def nodes(value: Any, keys: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value of a document is."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [keys, *(place for key, inner in pairs for place in nodes(inner, (*keys, key)))]


def mutated(files: dict[str, Any], dice: random.Random, replacement: Any) -> dict[str, Any]:
    """The files with one value replaced, removed, repeated or renamed."""
    copy = deepcopy(files)
    name = dice.choice(FILES[:2])
    place = dice.choice(nodes(copy[name])[1:] or [("title",)])
    parent = copy[name]
    for key in place[:-1]:
        parent = parent[key]
    match dice.choice(("replace", "remove", "repeat", "rename")):
        case "remove" if len(parent) > 1:
            del parent[place[-1]]
        case "repeat" if isinstance(parent, list):
            parent.append(deepcopy(parent[place[-1]]))
        case "rename" if isinstance(parent, dict) and place[-1] in parent:
            parent[dice.choice(KEYS)] = parent.pop(place[-1])
        case _:
            parent[place[-1]] = replacement
    return copy


@slow
@given(st.randoms(use_true_random=False), trees, st.integers(1, 3))
def test_a_good_course_with_a_few_changes_is_a_course_or_faults(
    dice: random.Random, replacement: Any, times: int
) -> None:
    files = course_files(ORDER, CLUES, AREAS)
    for _ in range(times):
        files = mutated(files, dice, replacement)
    check_outcome(lambda: load_files(files | {"en.yaml": {"title": "Hook"}}))


@slow
@given(st.integers(0, 5000), st.text(max_size=3), st.sampled_from(FILES))
def test_a_good_course_with_a_few_letters_changed_is_a_course_or_faults(
    place: int, typed: str, name: str
) -> None:
    with TemporaryDirectory() as folder:
        file = write_course(Path(folder), course_files(CLUES)) / name
        text = file.read_text(encoding="utf-8")
        place %= len(text)
        file.write_bytes((text[:place] + typed + text[place + 1 :]).encode("utf-8", "surrogatepass"))
        check_outcome(lambda: load_course(Path(folder)))


@cache
def document_text() -> str:
    """A course document, as JSON."""
    with TemporaryDirectory() as folder:
        return a_course(Path(folder)).text


@slow
@given(
    st.dictionaries(st.one_of(st.text(max_size=9), st.sampled_from(("title", "steps.gesture.text"))), trees),
    st.lists(st.tuples(mappings, st.sampled_from((None, "film", "nowhere"))), max_size=3),
    st.lists(st.text(max_size=9), max_size=3),
)
def test_any_overlay_fits_or_is_told_why(values: Any, inserted: Any, names: list[str]) -> None:
    insertions = tuple(Insertion(step, after) for step, after in inserted)
    overlay = Overlay("Site", values, tuple(names), insertions, tuple(names))
    for _address, message in check_overlay(json.loads(document_text()), overlay):
        assert message


@given(st.integers(0, len(SVG) - 1), st.text(max_size=8))
def test_any_drawing_is_drawn_or_refused(place: int, typed: str) -> None:
    text = SVG[:place] + typed + SVG[place + 1 :]
    check_outcome(lambda: read_drawing(text.encode("utf-8", "surrogatepass")))
