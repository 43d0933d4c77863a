"""How a page is looked at: the sizes of windows, and what axe complains of."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def complaints(page: Page) -> list[str]:
    """What axe-core finds by the rules of WCAG 2.2 AA and by good practice."""
    page.evaluate(AXE)  # not as an element: the page's policy would not let it run
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [
        f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
    ]
