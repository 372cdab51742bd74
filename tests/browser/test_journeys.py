"""A nurse completes a path: on a phone, in an LMS frame, by keyboard, without script, in either language."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.person import LMS_FRAME, PHONE, WARD_PC, Person

pytestmark = pytest.mark.browser

ANSWERS = {"padlock": ("f",), "rota": ("sender", "deadline", "link"), "password-given": ("call",)}
"""Right choices of the phishing path."""


def completions(instance: Path) -> int:
    with sqlite3.connect(instance / "lms.db") as connection:
        return connection.execute("SELECT coalesce(sum(completions), 0) FROM daily_count").fetchone()[0]


def answer_the_rest(person: Person) -> None:
    """From the first question after the film to the end."""
    for item in ("rota", "password-given"):
        expect(person.step).to_have_attribute("data-item", item)
        person.choose(*ANSWERS[item])
        person.validate()
        person.next.click()
    expect(person.step).to_have_attribute("data-item", "gesture")
    person.next.click()
    person.page.locator("[data-finish]:visible").wait_for()


def read_and_answer(person: Person) -> None:
    """The whole path, the film read rather than watched."""
    person.read_instead()
    person.next.click()
    person.choose(*ANSWERS["padlock"])
    person.validate()
    person.next.click()
    answer_the_rest(person)


def test_a_nurse_completes_a_path_on_her_phone(arrive, instance: Path) -> None:
    before = completions(instance)
    nurse = arrive(screen=PHONE)
    nurse.open("/")
    nurse.look("phone-fr-1-site")
    nurse.page.get_by_role("link", name="L’hameçon").click()
    nurse.page.get_by_role("button", name="Commencer").wait_for()
    nurse.look("phone-fr-2-cover")
    nurse.page.get_by_role("button", name="Commencer").click()
    nurse.page.locator("section.step:visible").wait_for()
    nurse.look("phone-fr-3-film")
    nurse.next.click()
    video = nurse.page.locator("video").first
    nurse.until("document.querySelector('video').currentTime > 1.5")
    assert video.evaluate("film => film.textTracks[0].mode") == "showing"
    nurse.until("document.querySelector('video').textTracks[0].activeCues?.length > 0")
    video.evaluate("film => { film.currentTime = film.duration - 1 }")
    nurse.page.locator("form.panel:visible").wait_for()
    assert video.evaluate("film => film.paused")
    nurse.look("phone-fr-4-question-over-the-film")
    nurse.choose("t")
    assert "Bien vu" not in nurse.validate().inner_text()
    nurse.look("phone-fr-5-feedback")
    nurse.next.click()
    video.evaluate("film => { film.playbackRate = 4 }")
    nurse.until("document.querySelector('video').ended", 40)
    nurse.next.click()
    nurse.look("phone-fr-6-message")
    answer_the_rest(nurse)
    end = nurse.page.locator("[data-finish]")
    expect(end).to_contain_text("Bonnes réponses")
    expect(end).to_contain_text("2 sur 3")
    expect(end).to_contain_text("Un doute, je signale. Un clic, j’appelle.")
    assert end.locator("a[href^='tel:+33']").count() >= 1
    nurse.look("phone-fr-7-end")
    assert completions(instance) == before + 1


def test_she_completes_it_in_english_in_an_lms_frame(arrive, instance: Path) -> None:
    before = completions(instance)
    nurse = arrive(screen=LMS_FRAME, language="en-GB")
    nurse.open("/p/BRUME2/hamecon")
    start = nurse.page.get_by_role("button", name="Start")
    expect(start).to_be_in_viewport(ratio=1)
    nurse.look("frame-en-1-cover")
    start.click()
    nurse.page.locator("section.step:visible").wait_for()
    seen = set()
    while not nurse.page.locator("[data-finish]:visible").count():
        item = nurse.step.get_attribute("data-item")
        if item not in seen:
            expect(nurse.next).to_be_in_viewport(ratio=1)
            nurse.look(f"frame-en-2-{item}")
        if item == "film" and item not in seen:
            nurse.read_instead()
        if item in ANSWERS and item not in seen:
            nurse.choose(*ANSWERS[item])
            nurse.validate()
            nurse.look(f"frame-en-3-{item}-feedback")
        seen.add(item)
        nurse.next.click()
        nurse.page.wait_for_timeout(150)
    nurse.look("frame-en-4-end")
    assert nurse.page.locator("html").get_attribute("lang") == "en"
    expect(nurse.page.locator("[data-finish]")).to_contain_text("3")
    assert completions(instance) == before + 1


def test_the_keyboard_is_enough(arrive, instance: Path) -> None:
    before = completions(instance)
    nurse = arrive(screen=WARD_PC)
    nurse.open("/p/BRUME2/hamecon")

    def tab_to(css: str) -> None:
        for _ in range(60):
            nurse.page.keyboard.press("Tab")
            if nurse.page.evaluate("css => document.activeElement.matches(css)", css):
                return
        pytest.fail(f"Tab never reaches {css}")

    def press_to_end(css: str, key: str = "Enter") -> None:
        tab_to(css)
        nurse.page.keyboard.press(key)

    press_to_end("[data-start] .button")
    nurse.page.locator("section.step:visible").wait_for()
    press_to_end("summary")
    press_to_end("[data-go]")
    nurse.page.locator("form.panel:visible").wait_for()
    tab_to("form.panel input")
    nurse.page.keyboard.press("ArrowDown")
    press_to_end("form.panel [data-go]")
    nurse.page.locator("form.panel .verdict").wait_for()
    nurse.look("keyboard-1-feedback")
    press_to_end("[data-go]")
    for item in ("rota", "password-given"):
        expect(nurse.step).to_have_attribute("data-item", item)
        for choice in ANSWERS[item]:
            tab_to(f"[data-choice='{choice}'] input, [data-choice] input[type=radio]")
            nurse.page.keyboard.press("Space")
        press_to_end("[data-go]")
        nurse.step.locator(".verdict").wait_for()
        press_to_end("[data-go]")
    press_to_end("[data-item=gesture] [data-go]")
    nurse.page.locator("[data-finish]:visible").wait_for()
    assert completions(instance) == before + 1


def test_nothing_needs_a_script(arrive, instance: Path) -> None:
    before = completions(instance)
    nurse = arrive(script=False)
    nurse.open("/p/BRUME2/hamecon")
    nurse.page.get_by_role("button", name="Commencer").click()
    assert nurse.page.locator("video source").get_attribute("src").endswith("video.mp4")
    nurse.page.get_by_role("button", name="Continuer").click()
    for item in ("padlock", "rota", "password-given"):
        for choice in ANSWERS[item]:
            nurse.page.locator(f"[data-choice={choice}] label").click()
        nurse.page.get_by_role("button", name="Valider").click()
        expect(nurse.page.locator(".verdict")).to_contain_text("Bien vu")
        nurse.page.get_by_role("button", name="Continuer").click()
    nurse.page.locator("main form .button").last.click()
    expect(nurse.page.locator("main")).to_contain_text("Un doute, je signale. Un clic, j’appelle.")
    assert "token" not in nurse.page.url
    assert nurse.context.cookies() == []
    assert completions(instance) == before + 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["/code", "/accessibilite", "/mentions-legales", "/p/SAUGE4", "/nowhere"])
def test_the_other_pages_are_sound(arrive, path: str, dark: bool) -> None:
    visitor = arrive(screen={"width": 320, "height": 568}, dark=dark)
    visitor.open(path)
    visitor.faults = [fault for fault in visitor.faults if "404" not in fault]
    visitor.look(f"page{path.replace('/', '-')}-{'dark' if dark else 'light'}")
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, f"{path} is {width} px wide on a 320 px screen"
