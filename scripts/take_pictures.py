"""Takes the pictures of the documentation: `python scripts/take_pictures.py`. It needs Chromium.

The campaigns below go out on a local X, and one more is previewed; a browser shows both.
"""

import io
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from runner.cli.commands.demo import SimulatedClock
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.cli.context import CommandContext
from runner.local_x.accounts import LocalAccount
from runner.local_x.server import Sandbox

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
START = datetime.fromisoformat("2027-03-01T09:00+02:00")
SHOP = LocalAccount.of("shop", "acme_shop", timezone="Europe/Riga")
DUE = ("03-01T10:00", "03-03T12:00", "03-07T09:00", "03-08T20:00")
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 12:00}
accounts: {shop: {handle: acme_shop, locale: en}}
budget: {usd-per-month: 20}
ledger: {store: files}
"""
OUT = {
    "spring-giveaway": """\
kind: contest
account: shop
prize: a jacket of your choice
opens: 2027-03-01 10:00
closes: 2027-03-08 20:00
entry: {how: reply, phrase: "#SpringJacket"}
winners: 1
posts: {announce: {at: opens}, last-call: {at: closes - 1d morning}, closed: {at: closes}}
""",
    "slim27": """\
kind: launch
account: shop
title: Slim 27
product:
  {name: Slim 27, url: https://acme.lv/slim27, price: 59.90, currency: EUR,
   media: [{file: media/slim27.jpg, alt: A pair of dark blue jeans beside the words Slim 27}]}
launches: 2027-03-03 12:00
ends: 2027-03-20
posts: {launch: {at: launches}}
""",
}
COMING = """\
kind: series
account: shop
posts:
  details:
    at: 2027-03-10 11:00
    thread:
      - text: "Five pockets, and no stitch too many. 🧵 #denim"
        media: [{file: media/slim27.jpg, alt: A pair of dark blue jeans beside the words Slim 27}]
      - "The rivets are of copper, and will outlast the cloth."
"""


def take(browser: Browser, address: str, picture: str, *, part: str | None = None) -> None:
    """One picture of a page, or of the part that a selector names."""
    size = {"width": 900 if part else 620, "height": 805}
    page = browser.new_page(viewport=size, color_scheme="light")
    page.goto(address)
    shown = page.locator(part) if part else page
    shown.screenshot(path=PICTURES / f"{picture}.png")
    page.close()


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        TemporaryDirectory() as name,
        Sandbox.start((SHOP,), clock=lambda: START) as sandbox,
        sync_playwright() as playwright,
    ):
        folder = Path(name)
        shutil.copytree(ROOT / "campaigns" / "media", folder / "campaigns" / "media")
        (folder / "runner.yaml").write_text(PROJECT, encoding="utf-8")
        for campaign, text in OUT.items():
            (folder / "campaigns" / f"{campaign}.yaml").write_text(text, encoding="utf-8")
        clock = SimulatedClock(sandbox, START)
        said, environ = io.StringIO(), dict(sandbox.environment())
        quiet = CommandContext(root=folder, clock=clock, environ=environ, out=said, talk=said)
        for due in DUE:
            clock.set(datetime.fromisoformat(f"2027-{due}+02:00"))
            if post(quiet, PostOptions()) != 0:
                raise SystemExit(said.getvalue())
        browser = playwright.chromium.launch(executable_path=chromium)
        take(browser, sandbox.url, "timeline")
        (folder / "campaigns" / "slim27-closely.yaml").write_text(COMING, encoding="utf-8")
        page = folder / "preview.html"
        preview(quiet, format=PreviewFormat.HTML, output=page)
        take(browser, page.as_uri(), "preview", part="[id='shop.slim27-closely.details']")
        browser.close()


if __name__ == "__main__":
    main()
