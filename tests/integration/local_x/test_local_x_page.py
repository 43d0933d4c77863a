"""The local X's timeline as a web page."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import requests

from runner.local_x.server import Sandbox

Api = Any
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
VOID = {"meta", "img", "br", "link", "input", "hr"}
EVIL = "<script>alert('x')</script> & \"<b>\""


class Page(HTMLParser):
    """Fails on tags that do not close; collects what there is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str, name: str) -> list[str | None]:
        return [found[name] for t, found in self.tags if t == tag and name in found]


def read(sandbox: Sandbox, path: str = "/") -> Page:
    answer = requests.get(sandbox.url + path, timeout=5)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.text.startswith("<!DOCTYPE html>")
    return Page(answer.text)


def test_an_empty_page_says_that_it_is_empty(sandbox: Sandbox) -> None:
    assert "Nothing has been posted yet." in read(sandbox).text


def test_what_was_posted_is_shown_escaped(shop: Api, sandbox: Sandbox) -> None:
    alt = 'A "pocket" <back>'
    shop.post(EVIL, media={"media_ids": [shop.upload(alt=alt)]})
    poll = {"options": ["<i>a</i>", "b"], "duration_minutes": 90}
    shop.post("Which <one>?", poll=poll)
    raw = requests.get(sandbox.url, timeout=5).text
    assert "<script" not in raw
    page = read(sandbox)
    poll = ("Which <one>?", "<i>a</i>", "0 votes · 1 hour 30 minutes left")
    for said in (EVIL, *poll, "@acme_lv", alt):
        assert said in page.text
    assert "Acme <Latvia> & co" in page.text
    assert page.all("img", "alt") == [alt]


def test_the_page_loads_nothing_but_its_own_pictures(shop: Api, sandbox: Sandbox) -> None:
    media = shop.upload()
    shop.post("look https://acme.lv/slim", media={"media_ids": [media]})
    page = read(sandbox)
    assert page.all("img", "src") == [f"/_sandbox/media/{media}"]
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe")]
    answer = requests.get(f"{sandbox.url}/_sandbox/media/{media}", timeout=5)
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert requests.get(f"{sandbox.url}/_sandbox/media/77", timeout=5).status_code == 404


def test_a_page_to_keep_has_its_pictures_in_it(shop: Api, sandbox: Sandbox) -> None:
    shop.post("look", media={"media_ids": [shop.upload()]})
    (source,) = Page(sandbox.page("shop")).all("img", "src")
    assert source
    assert source.startswith("data:image/png;base64,")


def test_links_lead_where_x_s_links_lead(shop: Api, sandbox: Sandbox) -> None:
    shop.post("https://acme.lv/x?a=1&b=2 #Džinsi @lois $ACME")
    links = [link for link in read(sandbox, "/acme_lv").all("a", "href") if link]
    assert [link for link in links if link.startswith("http")] == [
        "https://acme.lv/x?a=1&b=2",
        "https://x.com/hashtag/D%C5%BEinsi",
        "https://x.com/lois",
        "https://x.com/search?q=%24ACME",
    ]


def test_each_account_has_its_page_and_nobody_else(
    shop: Api, tienda: Api, sandbox: Sandbox
) -> None:
    shop.post("from Latvia")
    tienda.post("from Spain")
    assert "from Spain" not in read(sandbox, "/acme_lv").text
    assert "from Spain" in read(sandbox, "/ACME_ES").text
    everyone = read(sandbox).text
    assert everyone.index("from Spain") < everyone.index("from Latvia")
    assert requests.get(f"{sandbox.url}/nobody", timeout=5).status_code == 404


def test_times_are_local_to_the_account(shop: Api, tienda: Api, sandbox: Sandbox) -> None:
    shop.post("from Latvia")
    tienda.post("from Spain")
    page = read(sandbox)
    assert "Tue  1 Dec 2026 14:00 +02:00" in page.text
    assert "2026-12-01T14:00:00+02:00" in page.all("time", "datetime")


def test_a_thread_is_shown_whole_with_its_line(shop: Api, sandbox: Sandbox) -> None:
    first = shop.post("1/3").json()["data"]["id"]
    sandbox.set_clock(NOON + timedelta(minutes=1))
    shop.post("in between")
    second = shop.post("2/3", reply={"in_reply_to_tweet_id": first}).json()["data"]["id"]
    shop.post("3/3", reply={"in_reply_to_tweet_id": second})
    page = read(sandbox)
    places = [page.text.index(said) for said in ("1/3", "2/3", "3/3", "in between")]
    assert places == sorted(places)
    assert page.all("article", "class") == ["post below", "post above below", "post above", "post"]


def test_labels_reposts_and_strangers_are_told(shop: Api, tienda: Api, sandbox: Sandbox) -> None:
    shop.post("paid", paid_partnership=True, made_with_ai=True, reply_settings="following")
    asked = sandbox.seed("lois", "hey @acme_lv", name="Lois")
    shop.post("yes?", reply={"in_reply_to_tweet_id": asked.id})
    for target in (asked.id, "1346889436626259968"):
        tienda("POST", f"/2/users/{tienda.user_id}/retweets", json={"tweet_id": target})
    text = read(sandbox).text
    for said in (
        "Paid partnership",
        "Made with AI",
        "Accounts that @acme_lv follows can reply",
        "Replying to @lois",
        "acme_es reposted",
        "x.com/i/status/13468894366",
    ):
        assert said in text
    assert text.count("hey @acme_lv") == 1
