"""A text may carry a value that exists only later, and may not depend on it: neither before it is
known, nor after."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pytest

from runner.models import Draw, Item
from runner.problems import Problem
from runner.render import PostedLink, RenderedPost
from runner.render.rendered import RenderedPart
from runner.templating.values import DISGUISES, Later, Opaque, disguised_in, join_spoken, shown_in
from tests.unit.render.building import ANCHORS, CONTEST, RIGA, campaign_file, show

URL = "https://x.com/acme_lv/status/5"
OUT = {"a": PostedLink(id="5", url=URL)}
DRAW = Draw.model_validate(
    {
        "drawn": "2026-12-09 12:00",
        "round": 7,
        "digest": "ab" * 32,
        "winners": ["anna", "ilze", "maris"],
        "alternates": ["juris"],
    }
)
DRAWN = {**ANCHORS, "drawn": datetime(2026, 12, 9, 12, 0, tzinfo=RIGA)}
AT = "2026-12-05 11:00"
Shown = tuple[RenderedPost | None, tuple[Problem, ...]]


def shown(text: str, *, known: bool, said: str | None = None, prize: str = "jeans") -> Shown:
    """A post of a contest, before its other post is out and the draw is held, or after."""
    posts = {"a": {"at": AT, "text": "a"}, "hello": {"at": AT, "text": text}}
    contest = {**CONTEST, "prize": prize, "alternates": 1, "hashtags": ["a", "b"]}
    file = campaign_file(contest, posts=posts, draw=DRAW if known else None)
    return show(
        file,
        posted=OUT if known else {},
        anchors=DRAWN if known else ANCHORS,
        item=("i", Item.model_validate({"text": said})) if said else None,
        templates={"m.j2": "{% macro m(x) %}<{{ x }}>{% endmacro %}"},
    )


REFUSED: Mapping[str, tuple[str, str]] = {
    # what is tried: the text, and what stands at the place of the error
    "A1-branch-on-a-link": (
        "{% if '⟦' in posts.a.url %}Thanks! {{ posts.a.url }}{% else %}Buy EVIL{% endif %}",
        "in posts",
    ),
    "A1-truth": ("Hi {% if posts.a.url %}a{% endif %}", "if posts"),
    "A1-truth-of-an-else-if": ("{% if winners > 9 %}{% elif posts.a.id %}b{% endif %}", "elif"),
    "A1-inline-if": ("{{ posts.a.url }}{{ 'a' if posts.a.url else 'b' }}", "if posts"),
    "A1-and": ("{{ posts.a.url and 'a' }}", "and "),
    "A1-or": ("{{ posts.a.url or 'a' }}", "or "),
    "A1-not": ("{% if not draw.winners[0] %}a{% endif %}", "if not"),
    "A1-equal": ("{{ 'a' if posts.a.url == 'x' else 'b' }}", "=="),
    "A1-less": ("{{ 'a' if 5 < draw.round else 'b' }}", "<"),
    "A1-in-a-list": ("{{ 'a' if posts.a.url in ['x'] else 'b' }}", "in ["),
    "A1-not-in-a-list-of-them": ("{{ 'a' if 'anna' not in draw.winners else 'b' }}", "in draw"),
    "A1-length": ("{{ posts.a.url | length }}", "length"),
    "A1-count": ("{{ draw.winners | first | count }}", "count"),
    "A1-upper": ("{{ posts.a.url | upper }}", "upper"),
    "A1-replace": ("{{ posts.a.url | replace('⟦', '') }}", "replace"),
    "A1-replace-by-it": ("{{ prize | replace('a', posts.a.url) }}", "replace"),
    "A1-default": ("{{ posts.a.url | default('soon') }}", "default"),
    "A1-string": ("{{ draw.round | string }}", "string"),
    "A1-number": ("{{ draw.round | number }}", "number"),
    "A1-plural": ("{{ draw.round | plural(one='a', other='b') }}", "plural"),
    "A1-list": ("{{ draw.digest | list | join(' ') }}", "list"),
    "A1-join-of-letters": ("{{ draw.digest | join(' ') }}", "join"),
    "A1-sort": ("{{ draw.winners | sort | mention }}", "sort"),
    "A1-unique": ("{{ draw.winners | unique | mention }}", "unique"),
    "A1-hashtag": ("{{ draw.winners | hashtag }}", "hashtag"),
    "A1-slice": ("{{ posts.a.url[:5] }}", "["),
    "A1-index": ("{{ draw.digest[0] }}", "["),
    "A1-index-by-it": ("{{ hashtags[draw.round] }}", "["),
    "A1-slice-by-it": ("{{ prize[:draw.round] }}", "["),
    "A1-a-loop-over-it": ("{% for a in draw.digest %}{{ a }}{% endfor %}", "in draw"),
    "A1-a-loop-with-a-test": ("{% for w in draw.winners if w %}{{ w }}{% endfor %}", "if w"),
    "A1-plus": ("{{ posts.a.url + 'a' }}", "+"),
    "A1-times": ("{{ draw.round * 2 }}", "*"),
    "A1-minus": ("{{ -draw.round }}", "-draw"),
    "A1-is-none": ("{{ 'a' if draw.digest is none else 'b' }}", "none"),
    "A1-is-string": ("{{ 'a' if draw.round is string else 'b' }}", "string"),
    "A1-is-odd": ("{{ 'a' if draw.round is odd else 'b' }}", "odd"),
    "A1-a-moment-plainly": ("{{ 'a' if drawn else 'b' }}", "if drawn"),
    "A1-a-moment-compared": ("{{ 'a' if drawn < at else 'b' }}", "<"),
    "A1-an-attribute": ("{{ drawn.day }}", "day"),
    "A1-an-argument": ("{{ at | date(posts.a.url) }}", "date"),
    "A1-joined": ("{% set x = 'a' ~ posts.a.url %}{{ x | upper }}", "upper"),
    "A1-joined-list": ("{{ (draw.winners | join(', ')) | length }}", "length"),
    "A1-a-set-block": ("{% set x %}-{{ posts.a.url }}{% endset %}{{ x | upper }}", "upper"),
    "A1-a-set-block-filtered": (
        "{% set x | upper %}-{{ posts.a.url }}{% endset %}{{ x }}",
        "upper",
    ),
    "A1-a-filter-block": ("{% filter upper %}-{{ posts.a.url }}{% endfilter %}", "upper"),
    "A1-a-macro": (
        "{% macro n(x) %}<{{ x }}>{% endmacro %}{{ n(posts.a.url) | upper }}",
        "upper",
    ),
    "A1-a-macro-of-a-file": ("{% import 'm.j2' as m %}{{ m.m(posts.a.url) | upper }}", "upper"),
    "A1-a-mention": ("{{ draw.winners[0] | mention | upper }}", "upper"),
    "A1-a-date": ("{{ drawn | date | upper }}", "upper"),
    "A1-what-an-item-says": ("{{ item.text | upper }}", "upper"),
    "A1-an-item-branches": ("{% if 'x' in item.text %}a{% endif %}", "in item"),
}


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known"])
@pytest.mark.parametrize(("text", "place"), REFUSED.values(), ids=REFUSED)
def test_no_text_depends_on_what_exists_only_later(text: str, place: str, known: bool) -> None:
    post, [problem] = shown(text, known=known, said="See {{ posts.a.url }}")
    assert post is None
    assert problem.rule == "later-value"
    assert "exists only later" in problem.message
    assert problem.help
    assert problem.place.inside
    line, column = problem.place.inside
    assert text.splitlines()[line - 1][column - 1 :].startswith(place)


SAID: Mapping[str, tuple[str, str, str]] = {
    # the text; what it says before, and after
    "A1-write": ("See {{ posts.a.url }}", "See ⟦link to a⟧", f"See {URL}"),
    "A1-join": ("{{ 'See ' ~ posts.a.url ~ '.' }}", "See ⟦link to a⟧.", f"See {URL}."),
    "A1-join-a-list": (
        "{{ draw.winners | join(', ') }}",
        "⟦winner 1⟧, ⟦winner 2⟧, ⟦winner 3⟧",
        "anna, ilze, maris",
    ),
    "A1-join-by-it": ("{{ [1, 2] | join(posts.a.id) }}", "1⟦id of a⟧2", "152"),
    "A1-mention": ("{{ draw.winners[:2] | mention }}", "@⟦winner 1⟧ @⟦winner 2⟧", "@anna @ilze"),
    "A1-mention-of-one": ("{{ draw.winners | last | mention }}", "@⟦winner 3⟧", "@maris"),
    "A1-is-defined": ("{{ 'a' if posts.a.url is defined else 'b' }}", "a", "a"),
    "A1-is-undefined": ("{{ 'a' if draw.digest is undefined else 'b' }}", "b", "b"),
    "A1-how-many-win": ("{{ draw.winners | length }} win", "3 win", "3 win"),
    "A1-a-loop": (
        "{% for w in draw.winners %}{{ loop.index }}. {{ w | mention }} {% endfor %}",
        "1. @⟦winner 1⟧ 2. @⟦winner 2⟧ 3. @⟦winner 3⟧",
        "1. @anna 2. @ilze 3. @maris",
    ),
    "A1-a-date": ("{{ drawn | date }}", "⟦drawn⟧", "9. decembris"),
    "A1-a-time": ("{{ drawn | time }}", "⟦drawn⟧", "12:00"),
    "A1-a-set-block": (
        "{% set x %}<{{ draw.round }}>{% endset %}{{ x }}",
        "<⟦round of the draw⟧>",
        "<7>",
    ),
    "A1-a-filter-block": (
        "{% filter mention %}{{ draw.winners[0] }}{% endfilter %}",
        "@⟦winner 1⟧",
        "@anna",
    ),
    "A1-a-macro": ("{% import 'm.j2' as m %}{{ m.m(draw.round) }}", "<⟦round of the draw⟧>", "<7>"),
    "A1-an-item": ("- {{ item.text }}", "- See ⟦link to a⟧", f"- See {URL}"),
    "A1-spaces-around-it": (
        "a \n\n\n\n{{ posts.a.url }} \n {{ posts.a.url }} ",
        "a\n\n⟦link to a⟧\n ⟦link to a⟧",
        f"a\n\n{URL}\n {URL}",
    ),
}


@pytest.mark.parametrize(("text", "before", "after"), SAID.values(), ids=SAID)
def test_what_exists_only_later_can_be_carried(text: str, before: str, after: str) -> None:
    for known, expected in ((False, before), (True, after)):
        post, problems = shown(text, known=known, said="See {{ posts.a.url }}")
        assert post, problems
        assert post.parts[0].text == expected


MISTAKES = {
    "A1-a-pattern-that-is-none": "{{ drawn | date('nonsense') }}",
    "A1-a-moment-written": "{{ drawn }}",
    "A1-a-moment-joined": "{{ 'a' ~ drawn }}",
    "A1-a-case-of-no-language": "{{ drawn | date(case='vocative') }}",
}


@pytest.mark.parametrize("text", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_before_the_value_is_known(text: str) -> None:
    (before, wrong), (after, same) = (shown(text, known=known) for known in (False, True))
    assert before is after is None
    assert wrong == same
    assert wrong[0].rule == "template-error"


def test_an_anchor_that_stands_on_the_draw_exists_only_later_too() -> None:
    offer = {"code": "A", "percent": 5, "until": "drawn + 2d"}
    ends = {**DRAWN, "offer-ends": datetime(2026, 12, 11, 12, 0, tzinfo=RIGA)}
    posts = {"hello": {"at": AT, "text": "{% if offer.until < at %}a{% endif %}"}}
    _, [unknown] = show(campaign_file(CONTEST, posts=posts, offer=offer))
    file = campaign_file(CONTEST, posts=posts, offer=offer, draw=DRAW)
    _, [known] = show(file, anchors=ends)
    assert unknown == known
    assert known.rule == "later-value"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{% if offer.until > at %}Hi{% endif %}", id="D8-compared"),
        pytest.param("{% if offer_ends.hour %}Hi{% endif %}", id="D8-its-hour"),
        pytest.param("Until {{ offer.until | date }}", id="D8-told"),
    ],
)
def test_an_anchor_with_a_mistake_of_its_own_is_no_mistake_of_a_text(text: str) -> None:
    """A moment that can't be read is not one that exists only later."""
    offer = {"code": "A", "percent": 5, "until": "2026-12-17"}
    file = campaign_file(CONTEST, posts={"hello": {"at": AT, "text": text}}, offer=offer)
    known = {name: moment for name, moment in ANCHORS.items() if name != "offer-ends"}
    post, problems = show(file, anchors=known)
    assert problems == ()
    assert post is None or post.lacks == ("offer-ends",)


def test_the_help_names_a_moment_as_templates_do() -> None:  # D8
    offer = {"code": "A", "percent": 5, "until": "drawn + 2d"}
    posts = {"hello": {"at": AT, "text": "{{ 'a' if offer_ends else 'b' }}"}}
    _, [problem] = show(campaign_file(CONTEST, posts=posts, offer=offer))
    assert problem.help
    assert "{{ offer_ends | date }}" in problem.help


TYPED = {
    "A1-typed-as-it-is-shown": ("See ⟦link to a⟧", (1, 5)),
    "A1-typed-in-a-template": ("{{ prize }}\n⟧", (2, 1)),
    "A1-typed-by-its-number": ("{{ '\\u27e6' }}", (1, 1)),
}


@pytest.mark.parametrize(("text", "inside"), TYPED.values(), ids=TYPED)
def test_nobody_types_what_stands_for_a_value(text: str, inside: tuple[int, int]) -> None:
    post, [problem] = shown(text, known=False)
    assert post is None
    assert (problem.rule, problem.place.inside) == ("later-value", inside)


def test_nobody_types_it_in_a_field() -> None:
    post, [problem] = shown("{{ prize }}", known=False, prize="⟦prize⟧")
    assert post is None
    assert problem.place.route == ("prize",)


def test_the_meter_does_not_tell_what_is_known() -> None:
    """A text that just fits, or just does not, does so whatever the value is."""
    for length, fits in ((29_950, True), (29_990, False)):
        text = "x" * length + "{{ posts.a.url }}"
        assert {shown(text, known=known)[0] is not None for known in (False, True)} == {fits}


def test_it_counts_at_its_greatest_weight_until_it_is_known() -> None:
    text = "@{{ draw.winners[0] }}: {{ posts.a.url }}"
    (before, _), (after, _) = (shown(text, known=known) for known in (False, True))
    assert before
    assert after
    assert (before.parts[0].weight, after.parts[0].weight) == (1 + 15 + 2 + 23, 1 + 4 + 2 + 23)
    assert before.parts[0].cost == after.parts[0].cost == Decimal("0.2")
    assert isinstance(after.parts[0], RenderedPart)


# --- The proof beside the ban


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "known"])
def test_an_accent_is_not_put_on_what_exists_only_later(known: bool) -> None:
    """It would change the last letter of some values, and not of others."""
    _, [problem] = shown("{{ posts.a.id }}\u0301", known=known)
    assert problem.rule == "later-value"
    assert problem.message == "this text depends on a value that exists only later"
    assert problem.place.inside == (1, 1)


def test_the_proof_is_made_with_values_of_different_kinds() -> None:
    first, second = (Later("link to a", "").disguise(number) for number in (0, 1))
    assert len(first) * 2 < len(second)
    assert first.isascii()
    assert not second.isascii()
    assert first.partition(":")[0] != second.partition(":")[0]
    assert all(unicodedata.is_normalized("NFC", each) for each in (first, second))


def test_the_proof_tells_a_text_that_changes_with_the_value() -> None:
    """What a leak would come to: the text says how long the value is."""
    later = Later("link to a", "0" * 20, URL)
    for number, disguise in enumerate(DISGUISES):
        said = join_spoken(("See ", Opaque([later]), "."))
        honest = f"See {disguise.format('link to a')}."
        assert disguised_in(said, number) == honest
        assert (
            disguised_in(join_spoken((said, str(len(URL)))), number) != f"{honest}{len(disguise)}"
        )
    assert shown_in(said) == f"See {URL}."
