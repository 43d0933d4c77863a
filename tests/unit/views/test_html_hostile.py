"""Whatever somebody writes, the page stays the page that we wrote."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.problems import Place, Problem
from runner.render import RenderedPart, RenderedPoll
from runner.text.invisible import invisible_characters
from runner.value import replace
from runner.views.html.preview import LARGE, plan_as_html
from runner.views.html.timeline import PostCard, timeline_page
from runner.views.safe_text import code_point, unhidden
from tests.unit.views.building import EVIL, examples, large_page_saying, saying
from tests.unit.views.elements import Element, elements

texts = st.one_of(
    st.sampled_from(EVIL),
    st.text(st.characters(), max_size=80),
    st.from_regex(r"[<>\"'&/=a-z !\-\[\]#@]{1,60}", fullmatch=True),
)


def page_saying(text: str) -> Element:
    """The page of one post that says this wherever a person can write something."""
    plan, material = examples()

    def change(part: RenderedPart) -> RenderedPart:
        return replace(
            part, text=text, poll=RenderedPoll(options=(text, text), minutes=5), repost=None
        )

    said = saying(plan, change)
    action = said.actions[0]
    problem = Problem(rule="any", message=text, help=text, place=Place(path=text))
    said = replace(
        said,
        actions=(replace(action, because=text, problems=(problem,)),),
        notices=(text,),
    )
    return elements(plan_as_html(said, replace(material, problems=(problem,))))


def bones(element: Element) -> list[object]:
    """The tags of a page and the names of their attributes, but for the links inside a text, and
    what stands in backticks."""
    return [
        (child.tag, sorted(child.attrs), bones(child))
        for child in element.children
        if isinstance(child, Element) and child.tag != "code"
        if not _inside_a_text(element, child)
    ]


def _inside_a_text(element: Element, child: Element) -> bool:
    is_text = "text" in element.attrs.get("class", "").split()
    return is_text and child.tag in ("a", "span")


@pytest.fixture(scope="module")
def harmless() -> list[object]:
    return bones(page_saying("harmless"))


def links_apart(page: Element) -> list[object]:
    """The bones without the facts about links, of which a text may have any number."""
    return bones(links_apart_from(page))


def links_apart_from(page: Element) -> Element:
    for facts in page.all("dl"):
        names = [c for c in facts.children if isinstance(c, Element)]
        gone = {
            id(each)
            for dt, dd in pairwise(names)
            if dt.tag == "dt" and dt.text == "link"
            for each in (dt, dd)
        }
        facts.children = [c for c in facts.children if id(c) not in gone]
    return page


@pytest.mark.thorough
@given(texts)
def test_no_text_changes_the_structure_of_the_page(harmless: list[object], text: str) -> None:
    page = page_saying(text or "x")
    for element in page.all():
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        href = element.attrs.get("href", "#")
        assert href.startswith("#") or href.lower().startswith(("https://", "http://"))
    assert links_apart(page) == harmless


@pytest.mark.thorough
def test_no_text_gets_out_of_the_element_that_keeps_it() -> None:
    evil = ["</noscript><script>alert(1)</script>", "<noscript>", "</NOSCRIPT ><img src=x>", *EVIL]
    html = large_page_saying(*evil)
    # with a script running, a browser reads on to the very next of these, whatever stands before
    kept = [each.split("</noscript")[0] for each in html.lower().split("<noscript>")[1:]]
    assert len(kept) == html.lower().count("</noscript") == LARGE + 1
    harmless = bones(elements(large_page_saying("harmless")))
    assert bones(links_apart_from(elements(html))) == harmless


@given(texts)
def test_nothing_stays_hidden_in_a_post(text: str) -> None:
    card = PostCard(name=text, handle="h", text=f"x {text}")
    (article,) = elements(timeline_page([card], title="Acme")).all("article")
    assert not invisible_characters(article.text)
    written = unicodedata.normalize("NFC", f"x {text}")
    assert len(article.all(class_="hidden-sign")) <= len(invisible_characters(written))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("a\x00b", "a⟨U+0000⟩b"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("\ufeffstart", "⟨U+FEFF⟩start"),
        ("👩\u200d🔧 👩🏽\u200d🔧 ❤️\u200d🔥", "👩\u200d🔧 👩🏽\u200d🔧 ❤️\u200d🔥"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴⟨U+E0067⟩⟨U+E0062⟩⟨U+E007F⟩"),
        ("a\U000e0067", "a⟨U+E0067⟩"),
        ("line\nand\ttab", "line\nand\ttab"),
        ("šā ñ ё", "šā ñ ё"),
    ],
)
def test_what_hides_is_shown_by_its_number(text: str, shown: str) -> None:
    assert unhidden(text) == shown


def test_a_hidden_character_stands_out_in_a_post() -> None:
    html = timeline_page([PostCard(name="n", handle="h", text="a\u202eb")], title="Acme")
    assert f'a<span class="hidden-sign">{code_point(chr(0x202E))}</span>b' in html


@given(st.text(st.characters(), max_size=60))
def test_nothing_hidden_is_left_and_all_of_it_fits_into_utf_8(text: str) -> None:
    shown = unhidden(text)
    assert not invisible_characters(shown)
    shown.encode()
