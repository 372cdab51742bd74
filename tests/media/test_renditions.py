"""Renditions: asked for once, taken by one, first asked first, found again whatever died. On both engines."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.app import create_app
from lms.clock import now
from lms.db import session, transaction
from lms.media import queries, services
from lms.media.models import Rendition
from lms.media.services import FAILED, READY, RUNNING, WAITING, request_rendition, take_next
from lms.migrate import upgrade_database
from lms.settings import Settings
from tests.factories.media import make_film, put_finished, take_over


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Flask]:
    """An application on each engine, its context pushed."""
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgresql_url"))
    app = create_app(settings)
    upgrade_database(app)
    with app.app_context():
        yield app
    app.extensions["lms.engine"].dispose()


def ask(title: str, priority: int = 0) -> Rendition:
    """Ask for a film of that title, in a transaction of its own."""
    with transaction():
        return request_rendition(make_film(title), priority=priority)


def take() -> str | None:
    """The title of the film that is taken next."""
    with transaction():
        claim = take_next()
    return claim.film["title"] if claim else None


def state(title: str) -> Rendition:
    rendition = queries.find_rendition(make_film(title).hash)
    assert rendition is not None
    return rendition


def let_lease_end() -> None:
    with transaction():
        session.execute(sa.update(Rendition).values(lease_until=now() - timedelta(seconds=1)))


def test_asking_twice_is_asking_once(app: Flask) -> None:
    first, second = ask("A"), ask("A")
    assert first.hash == second.hash
    assert queries.count_by_state() == {WAITING: 1}


def test_what_is_rolled_back_was_not_asked_for(app: Flask) -> None:
    request_rendition(make_film("A"))
    session.rollback()
    assert queries.find_rendition(make_film("A").hash) is None


def test_the_first_opened_is_the_first_drawn(app: Flask) -> None:
    for title in ("background 1", "background 2", "opened second", "opened first"):
        ask(title)
    ask("opened first", priority=10)
    ask("opened second", priority=10)
    ask("opened first", priority=10)
    ask("opened first", priority=0)
    expected = ["opened first", "opened second", "background 1", "background 2"]
    assert [queries.count_waiting_before(make_film(title).hash) for title in expected] == [0, 1, 2, 3]
    assert [take() for _ in expected] == expected
    assert take() is None


def test_the_film_being_drawn_counts_before_those_that_wait(app: Flask) -> None:
    for title in ("A", "B"):
        ask(title)
    take()
    assert queries.count_waiting_before(make_film("A").hash) == 0
    assert queries.count_waiting_before(make_film("B").hash) == 1
    assert queries.count_waiting_before("0" * 64) == 0


def test_two_workers_never_take_the_same_film(app: Flask) -> None:
    titles = {f"film {number}" for number in range(12)}
    for title in titles:
        ask(title)
    taken: list[str] = []

    def work() -> None:
        with app.app_context():
            while title := take():
                taken.append(title)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(titles)


def test_a_living_run_keeps_its_film_and_a_silent_one_loses_it(app: Flask) -> None:
    ask("A")
    with transaction():
        dead = take_next()
    with transaction():
        assert services.advance(dead, progress=0.5)
    assert state("A").progress == 0.5
    assert take() is None
    let_lease_end()
    with transaction():
        living = take_next()
    assert living is not None
    assert living.tries == 2
    with transaction():
        assert not services.advance(dead, progress=0.9)
        assert not services.finish(dead)
        assert not services.fail(dead, reason="no")
    assert (state("A").state, state("A").progress) == (RUNNING, 0.0)
    with transaction():
        assert services.finish(living)
    assert (state("A").state, state("A").progress, state("A").claim) == (READY, 1.0, None)


def test_a_film_given_back_waits_at_once_and_the_run_does_not_count(app: Flask) -> None:
    ask("A")
    with transaction():
        services.give_back(take_next())
    assert (state("A").state, state("A").tries) == (WAITING, 0)
    assert take() == "A"


def test_a_failure_is_tried_again_after_a_pause_then_given_up(app: Flask) -> None:
    ask("A")
    for number in range(1, services.MAX_TRIES + 1):
        with transaction():
            claim = take_over()
            assert claim.tries == number
            services.fail(claim, reason=services.GAVE_UP)
        assert take() is None
        assert state("A").state is (FAILED if number == services.MAX_TRIES else WAITING)
    assert state("A").reason == services.GAVE_UP
    let_lease_end()
    assert take() is None


def test_a_film_that_kills_its_worker_is_not_drawn_for_ever(app: Flask) -> None:
    ask("A")
    for _ in range(services.MAX_TRIES):
        assert take() == "A"
        let_lease_end()
    assert take() is None
    assert (state("A").state, state("A").reason) == (FAILED, services.KEPT_DYING)


def test_opening_a_failed_film_later_begins_it_again(app: Flask) -> None:
    ask("A")
    for _ in range(services.MAX_TRIES):
        with transaction():
            services.fail(take_over(), reason=services.GAVE_UP)
    assert ask("A", priority=10).state is FAILED
    let_lease_end()
    again = ask("A", priority=10)
    assert (again.state, again.tries, again.reason, again.priority) == (WAITING, 0, None, 10)


def test_a_person_may_order_failed_films_again_at_once(app: Flask) -> None:
    ask("A")
    for _ in range(services.MAX_TRIES):
        with transaction():
            services.fail(take_over(), reason=services.GAVE_UP)
    with transaction():
        assert services.retry_failed() == 1
    assert take() == "A"


def test_a_film_found_on_disk_is_ready_without_being_drawn(app: Flask) -> None:
    media_path: Path = app.extensions["lms.settings"].media_path
    put_finished(media_path, make_film("restored"))
    rendition = ask("restored")
    assert rendition.state is READY
    assert take() is None


def test_a_film_whose_files_are_gone_is_drawn_again(app: Flask) -> None:
    media_path: Path = app.extensions["lms.settings"].media_path
    folder = put_finished(media_path, make_film("lost"))
    ask("lost")
    (folder / "video.mp4").unlink()
    assert ask("lost").state is WAITING
    assert take() == "lost"


def test_a_page_reads_all_its_films_at_once_without_their_documents(app: Flask) -> None:
    for title in ("A", "B", "C"):
        ask(title)
    session.remove()
    found = queries.list_renditions([make_film(title).hash for title in ("A", "B", "Z")])
    assert set(found) == {make_film("A").hash, make_film("B").hash}
    assert all("film" in sa.inspect(rendition).unloaded for rendition in found.values())
    assert queries.list_renditions([]) == {}


def test_the_list_of_what_is_left_begins_with_what_is_being_drawn(app: Flask) -> None:
    for title in ("A", "B", "C"):
        ask(title)
    ask("C", priority=3)
    take()
    ask("B", priority=1)
    assert [one.film["title"] for one in queries.list_unfinished()] == ["C", "B", "A"]
