"""What a page of many posts asks of Chromium, in CPU time of the thread that draws it."""

import shutil
import time
from collections.abc import Iterator

from bench_runs import Cost
from playwright.sync_api import Browser, Page, sync_playwright

FRAME = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
DEEDS = {
    "page: a frame of scrolling": (
        150,
        f"""async () => {{
          for (let frame = 0; frame < 150; frame++) {{
            scrollBy(0, 120);
            {FRAME};
          }}
        }}""",
    ),
    "page: an account more or less": (
        6,
        f"""async () => {{
          const box = document.querySelector('[name=account]');
          for (let turn = 0; turn < 6; turn++) {{
            box.click();
            {FRAME};
          }}
        }}""",
    ),
    "page: a search": (
        4,
        f"""async () => {{
          const box = document.querySelector('[name=find]');
          for (const sought of ['c0012', 'shop-0003', 'ka', '']) {{
            box.value = sought;
            box.dispatchEvent(new Event('input', {{bubbles: true}}));
            {FRAME};
          }}
        }}""",
    ),
}
"""By name: how often something is done, and how."""
WAIT = 300_000


def costs_of_page(page: Page, address: str) -> Iterator[tuple[str, Cost]]:
    """Of opening it until it can be seen, and of each deed; the peak is what its scripts hold."""
    page.set_default_timeout(WAIT)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now() -> tuple[float, float, float]:
        metrics = session.send("Performance.getMetrics")["metrics"]
        found = {each["name"]: each["value"] for each in metrics}
        return found["TaskDuration"], time.perf_counter(), found["JSHeapUsedSize"] / 2**20

    def since(before: tuple[float, float, float], times: int) -> Cost:
        cpu, wall, peak = now()
        return Cost(cpu=(cpu - before[0]) / times, wall=(wall - before[1]) / times, peak=peak)

    before = now()
    page.goto(address, wait_until="load")
    page.evaluate(f"async () => {{ {FRAME} }}")
    yield "page: open", since(before, 1)
    for name, (times, deed) in DEEDS.items():
        before = now()
        page.evaluate(deed)
        yield name, since(before, times)


def costs_in_chromium(address: str) -> dict[str, Cost]:
    """Empty where there is no Chromium."""
    program = shutil.which("chromium")
    if not program:
        return {}
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=program)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        found = dict(costs_of_page(page, address))
        browser.close()
    return found
