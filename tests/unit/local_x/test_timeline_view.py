"""Posts as HTML, from values alone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.views.html.templates import style
from runner.views.html.timeline import (
    Picture,
    Piece,
    PollCard,
    PostCard,
    Tab,
    display_url,
    pieces,
    timeline_page,
)


def card(text: str = "hello", **more: object) -> PostCard:
    return PostCard(name="Acme", handle="acme_lv", text=text, **more)  # type: ignore[arg-type]


def the_post(card: PostCard) -> str:
    """The only post of a page."""
    page = timeline_page([card], title="Acme")
    return page[page.index("<article") : page.index("</article>")]


def test_a_text_is_taken_apart_as_x_links_it() -> None:
    assert pieces("see acme.lv, #Džinsi") == (
        Piece("see "),
        Piece("acme.lv", "http://acme.lv"),
        Piece(", "),
        Piece("#Džinsi", "https://x.com/hashtag/D%C5%BEinsi"),
    )


def test_what_is_not_known_yet_is_marked() -> None:
    assert pieces("won by ⟦winner⟧!") == (
        Piece("won by "),
        Piece("⟦winner⟧", open=True),
        Piece("!"),
    )
    assert '<span class="open">⟦winner⟧</span>' in the_post(card("won by ⟦winner⟧!"))


@given(st.text(max_size=100))
def test_no_text_is_lost_between_the_pieces(text: str) -> None:
    import unicodedata

    shown = "".join(piece.text for piece in pieces(text) if not piece.href)
    kept = iter(unicodedata.normalize("NFC", text))
    assert all(letter in kept for letter in shown)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.acme.lv/slim27", "acme.lv/slim27"),
        ("HTTP://acme.lv", "acme.lv"),
        ("acme.lv/" + "x" * 30, "acme.lv/" + "x" * 18 + "…"),
    ],
)
def test_a_link_is_shown_short(url: str, shown: str) -> None:
    assert display_url(url) == shown


def test_everything_a_person_wrote_is_escaped() -> None:
    evil = "<script>\"'&"
    html = timeline_page(
        [
            PostCard(
                name=evil,
                handle=evil,
                text=evil,
                at=datetime(2026, 12, 1, 10, tzinfo=UTC),
                pictures=(Picture(src=evil, alt=evil), Picture(alt=evil)),
                poll=PollCard(options=(evil, evil), footer=evil),
                reposted_by=evil,
                replying_to=evil,
                reply_settings="following",
                anchor=evil,
            )
        ],
        title=evil,
        lead=evil,
        tabs=[Tab(evil, evil)],
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 15


def test_a_post_by_itself_is_an_article_and_the_style_fits() -> None:
    html = the_post(card(pictures=(Picture(alt="The pocket"),) * 3, labels=("paid partnership",)))
    assert html.startswith('<article class="post">')
    assert html.count("The pocket") == 3
    assert "Paid partnership" in html
    assert ".of3" in str(style())
    assert "</style" not in str(style())
    assert "url(" not in str(style())
    assert "prefers-color-scheme: dark" in str(style())


def test_a_film_and_a_gif_say_what_they_are() -> None:
    html = the_post(card(pictures=(Picture(kind="video", src="/v", alt="A walk"),)))
    assert '<video src="/v" controls' in html
    assert ">GIF<" in the_post(card(pictures=(Picture(kind="gif", src="/g"),)))


def test_a_card_without_text_or_time_is_shown_all_the_same() -> None:
    html = the_post(PostCard(name="", handle="", text=""))
    assert "<time" not in html
    assert ">@</div>" in html
