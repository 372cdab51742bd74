"""Courses read from their folder, paths made once, and what was played kept for ever."""

from dataclasses import replace
from pathlib import Path as Folder

import pytest
from flask import Flask

from lms.app import create_app
from lms.catalog import queries
from lms.catalog.path import Path
from lms.catalog.resolve import PathIncomplete
from lms.db import session
from lms.settings import Settings
from tests.factories.catalog import a_profile, course_files, write_course, write_files


@pytest.fixture
def courses(tmp_path: Folder) -> Folder:
    """A folder with one course, in place of the product's."""
    folder = tmp_path / "courses"
    write_course(folder / "hamecon", course_files())
    return folder


@pytest.fixture
def settings(settings: Settings, courses: Folder) -> Settings:
    """An installation whose courses are ours."""
    return replace(settings, courses_path=courses)


def test_courses_are_listed_by_slug(context: Flask, courses: Folder) -> None:
    write_course(courses / "autre", course_files(title="Autre"))
    (courses / "notes").mkdir()
    assert [course.slug for course in queries.list_courses()] == ["autre", "hamecon"]
    assert queries.get_course("hamecon").title == "L’hameçon"


def test_a_course_at_fault_is_left_out_and_logged(
    context: Flask, courses: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    write_files(courses / "casse", {"course.yaml": "titel: a"})
    assert [course.slug for course in queries.list_courses()] == ["hamecon"]
    assert "casse" in caplog.text
    assert "titel" in caplog.text
    with pytest.raises(queries.CourseUnknown):
        queries.get_course("casse")


@pytest.mark.parametrize("slug", ["nowhere", "..", "../courses/hamecon", "", "hamecon/../hamecon"])
def test_a_course_is_only_found_by_its_own_name(context: Flask, slug: str) -> None:
    with pytest.raises(queries.CourseUnknown):
        queries.get_course(slug)


def test_a_changed_file_is_read_again(context: Flask, courses: Folder) -> None:
    assert queries.get_course("hamecon") is queries.get_course("hamecon")
    write_course(courses / "hamecon", course_files(title="Le piège numéro deux"))
    assert queries.get_course("hamecon").title == "Le piège numéro deux"


def test_a_path_is_made_once_for_the_same_content(context: Flask) -> None:
    path = queries.get_path(a_profile(), "hamecon", "fr")
    assert queries.get_path(a_profile(), "hamecon", "fr") is path
    other = a_profile(contacts__it_support__phone="01 99 00 00 00")
    assert queries.get_path(other, "hamecon", "fr").hash != path.hash


def test_a_language_the_course_does_not_speak_is_played_in_french(context: Flask) -> None:
    assert queries.get_path(a_profile(), "hamecon", "de").language == "fr"


def test_a_path_that_lacks_a_contact_is_refused_each_time_it_is_asked(context: Flask) -> None:
    alone = a_profile(contacts__it_support__phone="", contacts__it_support__email="")
    for _ in range(2):
        with pytest.raises(PathIncomplete) as caught:
            queries.get_path(alone, "hamecon", "fr")
        assert caught.value.problems
    paths, (refused,) = queries.list_paths(alone, "fr")
    assert paths == ()
    assert (refused.slug, str(refused)) == ("hamecon", "L’hameçon")
    assert refused.problems == caught.value.problems


def test_a_refused_course_is_named_in_the_language_of_the_page(context: Flask, courses: Folder) -> None:
    alone = a_profile(contacts__it_support__phone="", contacts__it_support__email="")
    file = courses / "hamecon" / "en.yaml"
    text = file.read_text(encoding="utf-8").replace("title: L’hameçon\n", "title: The hook\n", 1)
    file.write_text(text, encoding="utf-8")
    assert [str(refused) for refused in queries.list_paths(alone, "en")[1]] == ["The hook"]
    assert [str(refused) for refused in queries.list_paths(alone, "fr")[1]] == ["L’hameçon"]


def test_a_kept_path_is_read_back_as_it_was_played(context: Flask) -> None:
    path = queries.get_path(a_profile(), "hamecon", "fr")
    queries.keep_path(path)
    queries.keep_path(path)
    session.commit()
    assert queries.get_kept_path(path.hash) == path


def test_a_kept_path_outlives_its_course(settings: Settings, courses: Folder) -> None:
    app = create_app(settings)
    with app.app_context():
        path: Path = queries.get_path(a_profile(), "hamecon", "en")
        queries.keep_path(path)
        session.commit()
    (courses / "hamecon" / "course.yaml").unlink()
    queries.forget()
    with app.app_context():
        assert queries.list_courses() == ()
        assert queries.get_kept_path(path.hash) == path
    app.extensions["lms.engine"].dispose()


def test_a_path_nobody_played_is_unknown(context: Flask) -> None:
    with pytest.raises(queries.PathUnknown):
        queries.get_kept_path("0" * 64)
    with pytest.raises(queries.PathUnknown):
        queries.get_kept_path("0" * 64)
