"""The courses of the product: whole, in every language, for a site that filled in nothing but its support."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lms.catalog.arrange import variants
from lms.catalog.loader import load_course
from lms.catalog.path import Path as PlayablePath
from lms.catalog.path import Question, VideoStep
from lms.catalog.path_checks import timings
from lms.catalog.resolve import resolve
from lms.catalog.specimen import specimen_profile
from lms.settings import ROOT

FOLDERS = sorted(file.parent for file in (ROOT / "courses").glob("*/course.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_course_of_the_product_has_no_fault_and_keeps_its_promise(folder: Path) -> None:
    course = load_course(folder)
    assert course.languages == ("fr", "en")
    for _language, _rules, duration in timings(course):
        assert duration.seconds <= course.budget


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_course_of_the_product_opens_on_a_scene_of_the_hospital(folder: Path) -> None:
    course = load_course(folder)
    for rules in variants():
        path = resolve(course, overlays=(), profile=specimen_profile(rules), language="fr")
        video = path.steps[0]
        assert isinstance(video, VideoStep)
        assert "place" in [scene.kind for scene in video.film.scenes[:2]]
        assert video.film.scenes[-1].kind == "closing"
        assert path.contacts


def test_a_path_has_the_same_hash_in_every_process() -> None:
    program = (
        "import sys; from pathlib import Path; from lms.catalog.loader import load_course;"
        "from lms.catalog.resolve import resolve; from lms.catalog.specimen import specimen_profile;"
        "course = load_course(Path(sys.argv[1]));"
        "print(resolve(course, overlays=(), profile=specimen_profile({}), language='en').hash)"
    )
    hashes = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, FOLDERS[0]]
        outcome = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        hashes.add(outcome.stdout.strip())
    here = resolve(load_course(FOLDERS[0]), overlays=(), profile=specimen_profile({}), language="en")
    assert hashes == {here.hash}


def test_the_courses_ask_in_different_ways() -> None:
    types = set()
    for folder in FOLDERS:
        path: PlayablePath = resolve(
            load_course(folder), overlays=(), profile=specimen_profile({}), language="fr"
        )
        types |= {item.type.value for item in path.items if isinstance(item, Question)}
    assert types >= {"single", "true-false", "order", "clues"}
