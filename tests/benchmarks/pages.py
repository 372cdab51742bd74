"""What a path page weighs before its film: `python -m tests.benchmarks.pages URL-OF-A-PATH`.

Chromium opens the page with an empty cache; what it fetches before the film is counted as it goes over
the wire, compressed. Fonts are apart: they are kept for ever and never block (`font-display: optional`).
Then the same with a CPU four times slower on Slow 4G, for the largest paint.
"""

import argparse
import shutil
import sys
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, sync_playwright

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
"""Chromium's own preset: 1.44 Mbit/s down, 562 ms of round trip."""
ROUNDS = 3


@dataclass
class Fetched:
    """One answer as it came over the wire."""

    kind: str
    bytes: int
    url: str


def watch(session: CDPSession) -> list[Fetched]:
    """Every answer of the page, as it arrives."""
    kinds: dict[str, tuple[str, str]] = {}
    fetched: list[Fetched] = []
    session.send("Network.enable")

    def note(event: dict) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def finish(event: dict) -> None:
        kind, url = kinds.get(event["requestId"], ("Other", ""))
        if not url.startswith("data:"):
            fetched.append(Fetched(kind, int(event["encodedDataLength"]), url))

    session.on("Network.responseReceived", note)
    session.on("Network.loadingFinished", finish)
    return fetched


def largest_paint(page: Page) -> float:
    """Milliseconds to the largest contentful paint."""
    return page.evaluate(
        """() => new Promise((resolve) => new PerformanceObserver((list) =>
             resolve(list.getEntries().at(-1).startTime))
             .observe({type: "largest-contentful-paint", buffered: true}))"""
    )


def open_page(browser, url: str, *, slow: bool) -> tuple[list[Fetched], float]:
    """What was fetched before the film, and the largest paint."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    session = page.context.new_cdp_session(page)
    fetched = watch(session)
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(3000 if slow else 800)
    paint = largest_paint(page)
    page.close()
    return fetched, paint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    url = parser.parse_args().url
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium absent : sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        fetched, _ = open_page(browser, url, slow=False)
        slow = sorted(open_page(browser, url, slow=True)[1] for _ in range(ROUNDS))[ROUNDS // 2]
        browser.close()
    fonts = sum(one.bytes for one in fetched if one.kind == "Font")
    rest = [one for one in fetched if one.kind != "Font" and not one.url.endswith(".webp")]
    pictures = sum(one.bytes for one in fetched if one.url.endswith(".webp"))
    scripts = sum(one.bytes for one in rest if one.kind == "Script")
    rows = [
        ("requests, fonts and poster apart", 4, len(rest), ""),
        ("bytes, fonts and poster apart", 30_000, sum(one.bytes for one in rest), ""),
        ("of which scripts", 10_000, scripts, ""),
        ("fonts", 50_000, fonts, "kept for ever, never blocking"),
        ("poster", 40_000, pictures, "the picture of the film"),
        ("largest paint, CPU ÷ 4, Slow 4G (ms)", 2_000, round(slow), f"median of {ROUNDS}"),
    ]
    print(f"{'measure':<40}{'goal':>10}{'ours':>10}{'ratio':>8}")
    for name, goal, ours, remark in rows:
        print(f"{name:<40}{'≤ ' + str(goal):>10}{ours:>10}{ours / goal:>8.2f}  {remark}")


if __name__ == "__main__":
    main()
