"""Somebody in front of a screen: what they can do, and what must never happen to them."""

import json
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Request

PHONE = {"width": 390, "height": 844}
LMS_FRAME = {"width": 690, "height": 465}
WARD_PC = {"width": 1280, "height": 800}
SHOTS = Path(__file__).with_name("screenshots")
"""Every screen axe looked at is also kept here, to be looked at by people; not committed."""
UNREACHABLE = "net::ERR_"
"""What Chromium itself writes when a test cuts the network or kills the server."""


class Person:
    """A browser profile with one page."""

    def __init__(
        self, browser: Browser, url: str, *, screen: dict[str, int] = PHONE, language: str = "fr-FR",
        script: bool = True, dark: bool = False, may_be_cut: bool = False,
    ) -> None:  # fmt: skip
        self.url = url
        self.context = browser.new_context(
            viewport=screen, locale=language, java_script_enabled=script,
            has_touch=screen is PHONE, color_scheme="dark" if dark else "light", reduced_motion="reduce",
        )  # fmt: skip
        self.faults: list[str] = []
        self._may_be_cut = may_be_cut
        self.page = self.new_tab()

    def new_tab(self):
        """Another page of the same profile."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._asked)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not (self._may_be_cut and UNREACHABLE in message.text):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"another origin: {request.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def look(self, name: str) -> None:
        """Have axe-core look at the screen, and keep a picture of it."""
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")
        for fault in Axe().run(self.page).response["violations"]:
            nodes = [node["html"][:160] for node in fault["nodes"]]
            self.faults.append(f"axe on {name}: {fault['id']} – {fault['help']}: {json.dumps(nodes)[:600]}")

    @property
    def step(self) -> Locator:
        """What is being played: the question over the film while there is one, else the open step."""
        asking = self.page.locator("form.panel:visible")
        return asking if asking.count() else self.page.locator("section.step:visible")

    @property
    def next(self) -> Locator:
        """The button that goes on."""
        return self.step.locator("[data-go]:visible").last

    def begin(self, course: str = "hamecon") -> None:
        """From the link of a poster to the first step."""
        self.open(f"/p/BRUME2/{course}")
        self.page.locator("[data-start] button[type=submit], [data-start] .button").first.click()
        self.page.locator("section.step:visible").wait_for()

    def read_instead(self) -> None:
        """Open the text in the place of the film."""
        self.step.locator("summary").click()

    def choose(self, *choices: str) -> None:
        """Tick those choices of the question, by id."""
        for choice in choices:
            self.step.locator(f"[data-choice={choice}] label").click()

    def validate(self) -> Locator:
        """Send the answer and wait for what is said of it."""
        self.next.click()
        verdict = self.step.locator(".verdict")
        verdict.wait_for()
        return verdict

    def until(self, expression: str, seconds: float = 15) -> None:
        """Wait for an expression of the page to hold. (Playwright's own way is refused by our policy.)"""
        for _ in range(int(seconds * 10)):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never true: {expression}")

    def remember(self) -> str:
        """Everything this tab keeps."""
        return self.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")

    def leave(self) -> None:
        self.context.close()
        assert not self.faults, "\n".join(self.faults)
