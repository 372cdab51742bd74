"""From a folder to a Course, or to every fault that was found in it: there is nothing in between."""

from pathlib import Path
from typing import Any

from lms.catalog.checks import check
from lms.catalog.course import SOURCE_LANGUAGE, Course
from lms.catalog.faults import InvalidCourse
from lms.catalog.manuscript import COURSE_FILE, Manuscript
from lms.catalog.overlays import Overlay
from lms.catalog.path_checks import path_faults
from lms.catalog.pictures import Drawing
from lms.catalog.shape import COURSE, STORYBOARD
from lms.i18n import LANGUAGES

OTHER_LANGUAGES = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)


def load_course(folder: Path) -> Course:
    """The course of `folder`. Raises InvalidCourse with every fault, each with its file, line and column."""
    manuscript = Manuscript(folder)
    _read(manuscript)
    drawings = check(manuscript, OTHER_LANGUAGES)
    if manuscript.faults:
        raise InvalidCourse(manuscript.slug, manuscript.faults)
    course = _course(manuscript, drawings)
    for field, message in path_faults(course):
        manuscript.fault(COURSE_FILE, (field,) if field else (), message)
    if manuscript.faults:
        raise InvalidCourse(manuscript.slug, manuscript.faults)
    return course


def _read(manuscript: Manuscript) -> None:
    """Read the files the course names and check the shape of each."""
    if manuscript.read(COURSE_FILE):
        manuscript.check_shape(COURSE_FILE, COURSE)
    for keys, name in list(manuscript.storyboards()):
        already = name in manuscript.sheets
        if manuscript.is_sound(COURSE_FILE, keys) and not already and manuscript.read(name):
            manuscript.check_shape(name, STORYBOARD)
    for language in OTHER_LANGUAGES:
        manuscript.read(f"{language}.yaml")


def _course(manuscript: Manuscript, drawings: dict[str, Drawing]) -> Course:
    translations = tuple(
        Overlay(f"{language}.yaml", values=manuscript.sheets[f"{language}.yaml"].data, language=language)
        for language in OTHER_LANGUAGES
    )
    document: dict[str, Any] = manuscript.document()
    return Course.of(manuscript.slug, document, translations, drawings)
