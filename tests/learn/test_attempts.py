"""Attempts through the player's routes: idempotent, durable, counted once, closed to everybody else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.clock import now
from lms.learn.models import Answer, Attempt, DailyCount
from tests.client import PageClient
from tests.factories.establishments import a_site
from tests.factories.learn import RIGHT, a_path, begin


def rows(app: Flask, statement: sa.Select) -> list[sa.Row]:
    with app.extensions["lms.engine"].connect() as connection:
        return list(connection.execute(statement))


def counts(app: Flask) -> list[tuple]:
    columns = (DailyCount.attempts, DailyCount.completions, DailyCount.passes)
    return [tuple(row) for row in rows(app, sa.select(*columns))]


@pytest.fixture
def site(app: Flask):
    return a_site(app)


@pytest.fixture
def run(client: PageClient, site):
    return begin(client, site)


def test_an_answer_is_judged_with_its_feedback(run) -> None:
    body = run.answer("who", ["a"]).json
    assert body["judged"] is True
    assert body["correct"] is False
    assert body["choices"][1] == {"id": "b", "right": True, "chosen": False, "feedback": "Retour 1"}
    assert body["completed"] is False
    assert body["result"] is None


def test_the_same_answer_sent_twice_counts_once(run, app: Flask) -> None:
    answer_id = str(uuid4())
    first, second = (run.answer("who", ["b"], answer_id) for _ in range(2))
    assert first.json == second.json
    assert len(rows(app, sa.select(Answer.item))) == 1


def test_a_second_tab_gets_the_first_answers_judgement(run, app: Flask) -> None:
    run.answer("who", ["b"])
    body = run.answer("who", ["a"]).json
    assert body["correct"] is True
    assert [choice["chosen"] for choice in body["choices"]] == [False, True]
    assert len(rows(app, sa.select(Answer.item))) == 1


def test_the_path_is_complete_when_every_item_is_done_and_not_before(run, app: Flask) -> None:
    assert run.answer("gesture").json["completed"] is False
    assert run.answer("who", ["b"]).json["completed"] is False
    assert counts(app) == [(1, 0, 0)]
    body = run.answer("what", ["a", "b"]).json
    assert body["completed"] is True
    assert body["result"] == {"score": 1, "total": 2, "passed": True}
    assert counts(app) == [(1, 1, 1)]
    attempt = rows(app, sa.select(Attempt.completed_at, Attempt.score, Attempt.path_hash))[0]
    assert attempt.completed_at is not None
    assert attempt.score == 1
    assert attempt.path_hash == a_path().hash


def test_a_completion_is_counted_once_however_often_its_answer_is_retried(run, app: Flask) -> None:
    run.finish()
    for _ in range(3):
        assert run.answer("gesture").json["completed"] is True
        run.state()
    assert counts(app) == [(1, 1, 1)]


def test_a_pass_mark_that_is_missed_completes_without_passing(client, site, app: Flask) -> None:
    run = begin(client, site, a_path(pass_mark=60))
    run.answer("who", ["a"])
    run.answer("what", ["a", "c"])
    assert run.answer("gesture").json["result"] == {"score": 1, "total": 2, "passed": False}
    assert counts(app) == [(1, 1, 0)]


def test_the_state_tells_a_reloaded_page_where_it_was(run) -> None:
    run.answer("who", ["b"])
    state = run.state().json
    assert [answer["item"] for answer in state["answers"]] == ["who"]
    assert state["next_item"] == "what"
    assert state["completed"] is False


@pytest.mark.parametrize("token", ["", "x", "Bearer", "é" * 40])
def test_without_the_token_there_is_nothing(client, run, token: str) -> None:
    response = client.get(
        "/attempts/state", headers={"Authorization": f"Bearer {token}".encode(), "Accept": "application/json"}
    )
    assert response.status_code == 401
    assert response.json["error"] == "attempt_unknown"


def test_the_token_is_not_kept(run, app: Flask) -> None:
    kept = rows(app, sa.select(Attempt.token_hash))[0][0]
    assert run.token not in kept


def test_an_unfinished_attempt_closes_after_two_days(run, app: Flask) -> None:
    with app.extensions["lms.engine"].begin() as connection:
        connection.execute(sa.update(Attempt).values(started_at=now() - timedelta(hours=49)))
    assert run.answer("who", ["b"]).status_code == 401


def test_an_unknown_item_or_choice_is_refused_and_changes_nothing(run, app: Flask) -> None:
    assert run.answer("elsewhere", ["b"]).status_code == 404
    assert run.answer("who", ["z"]).status_code == 422
    assert rows(app, sa.select(Answer.item)) == []


def test_two_attempts_do_not_mix(client, site, run) -> None:
    other = begin(client, site)
    run.finish()
    assert other.state().json["answers"] == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_answer_is_three_statements_and_one_transaction(run, app: Flask) -> None:
    run.answer("who", ["b"])
    sent: list[str] = []

    def trace(connection, _record, _proxy) -> None:
        connection.set_trace_callback(sent.append)

    sa.event.listen(app.extensions["lms.engine"], "checkout", trace)
    run.answer("what", RIGHT["what"])
    verbs = [statement.split()[0] for statement in sent]
    assert verbs == ["SELECT", "BEGIN", "INSERT", "COMMIT", "SELECT"]


def test_a_resume_code_carries_the_attempt_to_another_screen_once(client, run, site) -> None:
    run.answer("who", ["b"])
    code = client.post("/attempts/resume-code", headers=run.headers).json["code"]
    assert len(code) == 7
    address = f"/p/{site.site_code}/essai/resume"
    typed = code.replace("-", " ").lower()
    token = client.post(address, json={"code": typed}).json["token"]
    moved = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    assert client.get("/attempts/state", headers=moved).json["next_item"] == "what"
    assert run.state().status_code == 401
    assert client.post(address, json={"code": code}).status_code == 404


def test_a_resume_code_opens_nothing_elsewhere(app: Flask, client, run, site) -> None:
    code = client.post("/attempts/resume-code", headers=run.headers).json["code"]
    elsewhere = a_site(app)
    assert client.post(f"/p/{elsewhere.site_code}/essai/resume", json={"code": code}).status_code == 404
    assert client.post(f"/p/{site.site_code}/autre/resume", json={"code": code}).status_code == 404


def test_a_resume_code_is_kept_hashed_and_ages_out(client, run, site, app: Flask) -> None:
    code = client.post("/attempts/resume-code", headers=run.headers).json["code"]
    assert code.replace("-", "") not in rows(app, sa.select(Attempt.resume_hash))[0][0].upper()
    with app.extensions["lms.engine"].begin() as connection:
        connection.execute(sa.update(Attempt).values(resume_until=now() - timedelta(seconds=1)))
    assert client.post(f"/p/{site.site_code}/essai/resume", json={"code": code}).status_code == 404


def test_guessing_resume_codes_is_slowed_down(client, site) -> None:
    answers = [
        client.post(f"/p/{site.site_code}/essai/resume", json={"code": f"AAA{n:03}"}).status_code
        for n in range(25)
    ]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_two_tabs_that_finish_at_the_same_instant_complete_once(client, site, app: Flask) -> None:
    for _ in range(8):
        run = begin(client, site)
        run.answer("who", ["b"])
        start = Barrier(2)

        def finish(item: str, choices: list[str], run=run, start=start) -> bool:
            start.wait()
            return replace(run, client=app.test_client()).answer(item, choices).json["completed"]

        with ThreadPoolExecutor(2) as threads:
            told = [threads.submit(finish, "what", ["a", "c"]), threads.submit(finish, "gesture", [])]
        assert any(one.result() for one in told)
    assert counts(app) == [(8, 8, 8)]
