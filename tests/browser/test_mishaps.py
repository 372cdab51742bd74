"""What goes wrong on a ward: the network, the power, the next person, the second tab. No answer is lost."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.person import PHONE, WARD_PC
from tests.browser.test_journeys import ANSWERS, answer_the_rest, completions, read_and_answer

pytestmark = pytest.mark.browser


def answers(instance: Path) -> int:
    with sqlite3.connect(instance / "lms.db") as connection:
        return connection.execute("SELECT count(*) FROM answer").fetchone()[0]


def to_the_first_question(person) -> None:
    person.begin()
    person.read_instead()
    person.next.click()
    expect(person.step).to_have_attribute("data-item", "padlock")


def test_a_lost_network_loses_no_answer(arrive, instance: Path) -> None:
    nurse = arrive(screen=PHONE, may_be_cut=True)
    to_the_first_question(nurse)
    before = answers(instance)
    nurse.context.set_offline(True)
    nurse.choose(*ANSWERS["padlock"])
    nurse.next.click()
    expect(nurse.page.locator("[data-waiting]")).to_contain_text("1")
    nurse.look("cut-1-waiting")
    assert answers(instance) == before
    assert "padlock" in nurse.remember()
    expect(nurse.next).to_have_text("Continuer")
    nurse.next.click()
    expect(nurse.step).to_have_attribute("data-item", "rota")
    nurse.context.set_offline(False)
    expect(nurse.page.locator("[data-waiting]")).to_be_empty(timeout=40_000)
    answer_the_rest(nurse)
    expect(nurse.page.locator("[data-finish]")).to_contain_text("3 sur 3")
    assert answers(instance) == before + 5


def test_a_killed_server_loses_no_acknowledged_answer(arrive, instance: Path) -> None:
    own = Server(instance)
    own.start()
    try:
        before, done = answers(instance), completions(instance)
        nurse = arrive(screen=WARD_PC, url=own.url, may_be_cut=True)
        to_the_first_question(nurse)
        nurse.choose(*ANSWERS["padlock"])
        nurse.validate()
        own.kill()
        kept = answers(instance)
        nurse.next.click()
        expect(nurse.step).to_have_attribute("data-item", "rota")
        nurse.choose(*ANSWERS["rota"])
        nurse.next.click()
        expect(nurse.page.locator("[data-waiting]")).to_contain_text("2")
        own.start()
        expect(nurse.step.locator(".verdict")).to_be_visible(timeout=40_000)
        nurse.next.click()
        nurse.choose(*ANSWERS["password-given"])
        nurse.validate()
        nurse.next.click()
        nurse.next.click()
        nurse.page.locator("[data-finish]:visible").wait_for()
        assert kept >= before + 1
        assert answers(instance) == before + 5
        assert completions(instance) == done + 1
    finally:
        own.stop()


def test_the_next_person_sees_nothing_of_the_previous_one(arrive) -> None:
    computer = arrive(screen=WARD_PC)
    computer.open("/p/BRUME2")
    computer.page.get_by_role("link", name="L’hameçon").click()
    computer.page.locator("[data-start] .button").first.click()
    computer.page.locator("section.step:visible").wait_for()
    read_and_answer(computer)
    assert "token" in computer.remember()
    computer.page.locator("[data-leave]").click()
    computer.page.wait_for_url("**/p/BRUME2")
    for go in (computer.page.go_back, computer.page.go_forward, computer.page.go_back):
        go()
        computer.page.wait_for_timeout(400)
        shown = computer.page.locator("body").inner_text()
        assert "Bonnes réponses" not in shown
        assert "Étape" not in shown
        assert "token" not in computer.remember()
    computer.begin()
    expect(computer.page.locator("[data-step-count]")).to_contain_text("1")


def test_an_unattended_screen_warns_then_clears_itself(arrive, instance: Path) -> None:
    own = Server(instance, LMS_IDLE_SECONDS="10")
    own.start()
    try:
        computer = arrive(screen=WARD_PC, url=own.url)
        to_the_first_question(computer)
        dialog = computer.page.locator("dialog[data-idle]")
        expect(dialog).to_be_visible(timeout=20_000)
        computer.look("idle-1-warning")
        dialog.get_by_role("button").first.click()
        expect(dialog).to_be_hidden()
        expect(computer.step).to_have_attribute("data-item", "padlock")
        computer.page.wait_for_url("**/p/BRUME2", timeout=60_000)
        assert "token" not in computer.remember()
    finally:
        own.stop()


def test_two_tabs_do_not_corrupt_an_attempt(arrive, instance: Path) -> None:
    computer = arrive(screen=WARD_PC)
    before = answers(instance)
    to_the_first_question(computer)
    token = computer.page.evaluate("JSON.parse(Object.values(sessionStorage)[0]).token")
    reply = """async ([token, choice]) => (await fetch("/attempts/answers", {
        method: "POST",
        headers: {"Content-Type": "application/json", "Authorization": `Bearer ${token}`},
        body: JSON.stringify({answer_id: crypto.randomUUID(), item: "padlock", choices: [choice]}),
    })).json()"""
    first = computer.page.evaluate(reply, [token, "f"])
    assert first["correct"] is True
    computer.choose("t")
    assert "Bien vu" in computer.validate().inner_text()
    assert answers(instance) == before + 1


def test_a_reload_and_a_resume_code_go_on_where_one_was(arrive) -> None:
    computer = arrive(screen=WARD_PC)
    to_the_first_question(computer)
    computer.choose(*ANSWERS["padlock"])
    computer.validate()
    computer.next.click()
    computer.choose("subject")
    computer.page.reload()
    expect(computer.step).to_have_attribute("data-item", "rota", timeout=20_000)
    computer.page.locator("[data-phone-open]").click()
    shown = computer.page.locator("dialog[open]")
    shown.wait_for()
    computer.until("/[A-Z2-9]{3}-[A-Z2-9]{3}/.test(document.querySelector('dialog[open]').innerText)")
    computer.look("resume-1-code")
    code = computer.page.evaluate(
        "document.querySelector('dialog[open]').innerText.match(/[A-Z2-9]{3}-[A-Z2-9]{3}/)[0]"
    )
    phone = arrive(screen=PHONE)
    phone.open("/p/BRUME2/hamecon")
    phone.page.get_by_role("button", name="J’ai un code de reprise").click()
    phone.page.locator("dialog[open] input").fill(code.lower().replace("-", " "))
    phone.look("resume-2-typed")
    phone.page.locator("dialog[open] button[type=submit]").click()
    expect(phone.step).to_have_attribute("data-item", "rota", timeout=20_000)
