"""A real server and a real Chromium for the journeys; every screen is looked at by axe-core."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.person import Person
from tests.conftest import missing

LMS = str(Path(sys.executable).with_name("lms"))
SITE = "BRUME2"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--autoplay-policy=no-user-gesture-required"]  # fmt: skip


class Server:
    """`lms demo` in a process group of its own, that can be killed and started again on the same port."""

    def __init__(self, instance: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = instance / "server.log"
        own = {"LMS_INSTANCE_PATH": str(instance), "LMS_PORT": str(port), "LMS_WORKERS": "1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
        self.environ = kept | own | settings
        self.process: subprocess.Popen | None = None

    def run(self, *command: str) -> None:
        """Run one `lms` command to its end."""
        subprocess.run([LMS, *command], env=self.environ, check=True, capture_output=True, timeout=600)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [LMS, "demo"], env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/health", timeout=2):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        pytest.fail(f"the server did not start:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """kill -9 of every process, as a power supply would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait(30)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the demonstration and the films of its phishing path, in both languages."""
    folder = tmp_path_factory.mktemp("instance")
    server = Server(folder)
    server.run("demo", "--no-serve")
    server.run("media", "build", "--site", SITE, "--course", "hamecon")
    return folder


@pytest.fixture(scope="session")
def server(instance: Path) -> Iterator[Server]:
    """The demonstration, served."""
    server = Server(instance)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of the system."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        missing("chromium")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def arrive(chromium: Browser, server: Server) -> Iterator[object]:
    """Make people with a browser of their own; whatever is wrong with a screen they saw fails the test."""
    people: list[Person] = []

    def make(**options: object) -> Person:
        people.append(Person(chromium, options.pop("url", server.url), **options))
        return people[-1]

    yield make
    for person in people:
        person.leave()
