"""Reads: courses from their folder, paths from courses, kept paths from the database.

Everything is remembered by content. A course is read again when one of its files changes; a path is made
again when the course, a contact, a rule or a colour of the establishment changes, because its key is another.
"""

import logging
from dataclasses import dataclass
from pathlib import Path as Folder

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.cache import ContentCache
from lms.catalog.course import SOURCE_LANGUAGE, Course
from lms.catalog.faults import InvalidCourse
from lms.catalog.loader import load_course
from lms.catalog.manuscript import COURSE_FILE
from lms.catalog.models import PlayedPath
from lms.catalog.path import Path
from lms.catalog.placeholders import PathProblem
from lms.catalog.resolve import PathIncomplete, resolve
from lms.clock import now
from lms.db import session
from lms.errors import NotFound
from lms.establishments.inherit import Profile
from lms.i18n import lazy_gettext as _l
from lms.settings import current_settings

log = logging.getLogger(__name__)

Stamp = tuple[str, tuple[tuple[str, int, int], ...]]
"""A folder, and the name, size and date of each of its files."""

_courses: ContentCache[Stamp, Course | InvalidCourse] = ContentCache(256)
_paths: ContentCache[tuple[str, str, str], Path | PathIncomplete] = ContentCache(512)
_kept: ContentCache[str, Path] = ContentCache(256)


@dataclass(frozen=True)
class RefusedCourse:
    """A course that cannot be played here yet, and what the establishment must fill in first."""

    slug: str
    title: str
    problems: tuple[PathProblem, ...]

    def __str__(self) -> str:
        return self.title


class CourseUnknown(NotFound):
    """No course of that name is installed, or its files are at fault."""

    code = "course_unknown"
    message = _l("Ce parcours n’existe pas ou n’existe plus.")
    advice = _l("Revenez à la page de l’établissement pour choisir un parcours.")


class PathUnknown(NotFound):
    """No path of that hash was ever played here."""

    code = "path_unknown"
    message = _l("Ce parcours n’a jamais été joué ici.")
    advice = _l("Recommencez le parcours depuis la page de l’établissement.")


def list_folders() -> tuple[Folder, ...]:
    """The folders of the courses, in alphabetical order; a folder without `course.yaml` is not one."""
    return tuple(sorted(file.parent for file in current_settings().courses_path.glob(f"*/{COURSE_FILE}")))


def list_courses() -> tuple[Course, ...]:
    """The courses that can be played, in alphabetical order of slug; one at fault is left out, and logged."""
    found = (_read(folder) for folder in list_folders())
    return tuple(course for course in found if isinstance(course, Course))


def get_course(slug: str) -> Course:
    """The course of that slug. Raises CourseUnknown."""
    folder = next((folder for folder in list_folders() if folder.name == slug), None)
    course = _read(folder) if folder else None
    if not isinstance(course, Course):
        raise CourseUnknown()
    return course


def _read(folder: Folder) -> Course | InvalidCourse:
    files = sorted(folder.iterdir())
    stats = [(file.name, file.stat()) for file in files if file.is_file()]
    stamp = str(folder), tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
    return _courses.get_or_make(stamp, lambda: _load(folder))


def _load(folder: Folder) -> Course | InvalidCourse:
    try:
        return load_course(folder)
    except InvalidCourse as fault:
        log.error("%s", fault)
        return fault


def get_path(profile: Profile, slug: str, language: str) -> Path:
    """The path of a course at an establishment; in French when the course does not speak `language`.

    Raises CourseUnknown or PathIncomplete.
    """
    course = get_course(slug)
    path = _path(course, profile, language)
    if isinstance(path, Path):
        return path
    raise PathIncomplete(course.title, path.problems)


def list_paths(profile: Profile, language: str) -> tuple[tuple[Path, ...], tuple[RefusedCourse, ...]]:
    """Every path that can be played at an establishment, and every course that lacks something there."""
    paths: list[Path] = []
    refused: list[RefusedCourse] = []
    for course in list_courses():
        path = _path(course, profile, language)
        if isinstance(path, Path):
            paths.append(path)
        else:
            refused.append(RefusedCourse(course.slug, course.title_in(language), path.problems))
    return tuple(paths), tuple(refused)


def _path(course: Course, profile: Profile, language: str) -> Path | PathIncomplete:
    spoken = language if language in course.languages else SOURCE_LANGUAGE

    def make() -> Path | PathIncomplete:
        try:
            return resolve(course, overlays=(), profile=profile, language=spoken)
        except PathIncomplete as problem:
            return problem

    return _paths.get_or_make((course.hash, profile.fingerprint, spoken), make)


def keep_path(path: Path) -> None:
    """Keep a path about to be played, once: an attempt can then always show what it played."""
    known = sa.select(PlayedPath.hash).where(PlayedPath.hash == path.hash)
    if session.execute(known).first() is None:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        row = insert(PlayedPath).values(
            hash=path.hash,
            course=path.course,
            version=path.version,
            language=path.language,
            document=path.to_document(),
            kept_at=now(),
        )
        session.execute(row.on_conflict_do_nothing(index_elements=["hash"]))


def get_kept_path(path_hash: str) -> Path:
    """The path of that hash, as it was played. Raises PathUnknown."""

    def read() -> Path:
        query = sa.select(PlayedPath.document).where(PlayedPath.hash == path_hash)
        document = session.execute(query).scalar_one_or_none()
        if document is None:
            raise PathUnknown()
        return Path.from_document(document)

    return _kept.get_or_make(path_hash, read)


def forget() -> None:
    """Empty the caches of this process, for tests that change files within one clock tick."""
    for cache in (_courses, _paths, _kept):
        cache.clear()
