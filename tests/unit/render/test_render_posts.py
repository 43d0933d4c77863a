"""A rendered post is exactly what X gets: words, media, poll, settings, weight and cost."""

from datetime import date, datetime
from decimal import Decimal
from unicodedata import is_normalized
from zoneinfo import ZoneInfo

import pytest

from runner.ledger import Key
from runner.models import Draw, Item, ItemList
from runner.models.campaign_file import CampaignFile
from runner.models.project import Project
from runner.problems import Problem, Suggestion
from runner.render import PostedLink, RenderAssets, RenderedPost, standard_posts
from tests.unit.render.building import (
    ANCHORS,
    CONTEST,
    DUE,
    LAUNCH,
    PHOTO,
    PROJECT,
    RIGA,
    SERIES,
    campaign_file,
    posts,
    said,
    show,
    wrong,
)

AT = "2026-12-05 11:00"
ANNOUNCE = Key("shop", "winter", "announce")
MEDIA = {"campaigns/media/slim27.jpg": PHOTO, "campaigns/media/back.jpg": PHOTO}


def rendered(file: CampaignFile, **more: object) -> RenderedPost:
    post, problems = show(file, **more)  # type: ignore[arg-type]
    assert post, problems
    return post


def item(**written: object) -> Item:
    return Item.model_validate(written)


# --- Words


def test_words_are_in_the_accounts_language() -> None:
    text = {"lv": "Balva: {{ prize }}", "es": "Premio: {{ prize }}"}
    assert said(text, CONTEST) == "Balva: trīs pāri džinsu"
    assert said(text, CONTEST, account="tienda") == "Premio: tres vaqueros"


def test_the_posts_language_comes_before_the_campaigns_and_the_accounts() -> None:
    texts = {"lv": "a", "es": "b", "ru": "c"}
    file = campaign_file(CONTEST, locale="ru", posts=posts(texts))
    assert rendered(file).parts[0].text == "c"
    file = campaign_file(CONTEST, locale="ru", posts=posts(texts, locale="es"))
    assert (rendered(file).parts[0].text, rendered(file).locale) == ("b", "es")


def test_a_missing_language_is_a_problem_where_the_words_are() -> None:
    [problem] = wrong({"es": "a"}, CONTEST)
    assert problem.rule == "missing-locale"
    assert problem.message == "there are no words in `lv` here"
    assert problem.help == "add `lv: …`; written are es"
    assert problem.place.route == ("posts", "hello", "text")


@pytest.mark.parametrize(
    ("text", "more", "path", "route"),
    [
        ("{{ prize }}", {}, "campaigns/winter.yaml", ("prize",)),
        ("{{ title }}", {"title": {"lv": "a"}}, "campaigns/winter.yaml", ("title",)),
        ("{{ vars.a }}", {"vars": {"a": {"lv": "x"}}}, "campaigns/winter.yaml", ("vars", "a")),
        (
            "{{ vars.who.is_it }}",
            {"vars": {"who": {"is-it": {"lv": "x"}}}},
            "campaigns/winter.yaml",
            ("vars", "who", "is-it"),
        ),
        ("{{ partner.name }}", {"partner": "lois"}, "runner.yaml", ("partners", "lois", "name")),
        ("{{ disclosure }}", {"partner": "lois"}, "runner.yaml", ("disclosure", "paid")),
    ],
)
def test_every_word_that_is_used_has_to_be_in_the_language(
    text: str, more: dict[str, object], path: str, route: tuple[str, ...]
) -> None:
    [problem] = wrong(text, CONTEST, account="magazin", **more)
    assert problem.rule == "missing-locale"
    assert (problem.place.path, problem.place.route) == (path, route)


def test_words_that_are_not_used_need_no_translation() -> None:
    assert said("Привет", CONTEST, account="magazin") == "Привет"


def test_all_missing_words_are_told_at_once() -> None:
    problems = wrong("{{ prize }} {{ title }}", CONTEST, account="magazin", title={"lv": "a"})
    assert [problem.place.route for problem in problems] == [("prize",), ("title",)]


def test_the_text_is_tidied() -> None:
    assert said("  a  \n\n\n\n b\t\r\nc \n") == "a\n\n b\nc"
    assert said("e\u0301") == "é"
    assert is_normalized("NFC", said("{{ 'e' ~ '\u0301' }}"))


def test_a_block_leaves_no_empty_line() -> None:
    text = "a\n{% if partner %}\nb\n{% endif %}\nc\n"
    assert said(text) == "a\nc"


def test_rendering_twice_gives_the_same() -> None:
    file = campaign_file(LAUNCH, posts=posts("{{ product.name }} {{ launches | countdown }}"))
    assert rendered(file) == rendered(file)
    assert rendered(file).digest == rendered(file).digest


# --- Templates


def test_a_post_without_text_takes_the_standard_template_of_its_kind() -> None:
    file = campaign_file(CONTEST, posts={"announce": {"at": AT}})
    templates = {"contest/announce.j2": "all", "contest/announce.lv.j2": "Balva: {{ prize }}"}
    post = rendered(file, post="announce", templates=templates)
    assert post.parts[0].text == "Balva: trīs pāri džinsu"
    del templates["contest/announce.lv.j2"]
    assert rendered(file, post="announce", templates=templates).parts[0].text == "all"


def test_a_template_in_another_language_does_not_stand_in() -> None:
    file = campaign_file(CONTEST, posts={"announce": {"at": AT}})
    post, [problem] = show(file, "announce", templates={"contest/announce.es.j2": "a"})
    assert post is None
    assert problem.rule == "missing-locale"
    assert problem.message == "there is no template `contest/announce` in `lv`"
    assert problem.help
    assert "templates/contest/announce.lv.j2; written are es" in problem.help


def test_without_a_standard_template_the_posts_that_have_one_are_named() -> None:
    templates = {"contest/announce.lv.j2": "", "contest/closed.j2": "", "launch/a.j2": ""}
    file = campaign_file(CONTEST, posts={"anounce": {"at": AT}, "other": {"at": AT}})
    _, [problem] = show(file, "anounce", templates=templates)
    assert problem.rule == "unknown-template"
    assert problem.help == str(Suggestion("announce"))
    assert (problem.place.route, problem.place.on_key) == (("posts", "anounce"), True)
    _, [problem] = show(file, "other", templates=templates)
    assert problem.help == (
        "write `text`; posts of kind contest with a standard template: announce, closed"
    )
    assert standard_posts(templates, "contest") == {"announce", "closed"}


@pytest.mark.parametrize("name", ["my/own.lv.j2", "my/own"])
def test_a_template_is_named_whole_or_without_its_ending(name: str) -> None:
    file = campaign_file(CONTEST, posts={"a": {"at": AT, "template": name}})
    assert rendered(file, post="a", templates={"my/own.lv.j2": "b"}).parts[0].text == "b"


def test_an_unknown_template_is_a_problem_where_it_is_named() -> None:
    file = campaign_file(CONTEST, posts={"a": {"at": AT, "template": "my/onw.j2"}})
    _, [problem] = show(file, "a", templates={"my/own.j2": "b"})
    assert (problem.rule, problem.help) == ("unknown-template", str(Suggestion("my/own.j2")))
    assert problem.place.route == ("posts", "a", "template")


# --- Places of mistakes


def test_a_mistake_in_the_yaml_is_placed_inside_the_text() -> None:
    [problem] = wrong("Sveiki!\n\nBalva: {{ priez }}!\n")
    assert problem.rule == "unknown-variable"
    assert problem.message == "there is no `priez` in a campaign of kind contest"
    assert problem.help == str(Suggestion("prize"))
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.place.inside == (3, 11)


def test_a_mistake_in_one_language_is_placed_in_that_language() -> None:
    [problem] = wrong({"lv": "{{ pirze }}", "es": "a"})
    assert problem.place.route == ("posts", "hello", "text", "lv")
    assert problem.place.inside == (1, 4)


def test_a_mistake_in_a_template_is_placed_in_its_file() -> None:
    file = campaign_file(CONTEST, posts={"announce": {"at": AT}})
    _, [problem] = show(file, "announce", templates={"contest/announce.lv.j2": "a\n{{ prise }}"})
    assert problem.place.path == "templates/contest/announce.lv.j2"
    assert problem.place.span
    assert (problem.place.span.line, problem.place.span.column) == (2, 4)


def test_a_mistake_that_shows_only_when_it_runs_is_placed_as_well() -> None:
    [problem] = wrong("a\nprize: {{ entry.phrese }}")
    assert problem.rule == "unknown-variable"
    assert problem.message == "there is no `phrese` here"
    assert problem.help == str(Suggestion("phrase"))
    assert problem.place.inside == (2, 17)


def test_a_mistake_in_a_macro_is_placed_where_the_macro_is() -> None:
    templates = {"m.j2": "{% macro a() %}\n  {{ entry.hwo }}\n{% endmacro %}"}
    [problem] = wrong("\n\n{% import 'm.j2' as m %}{{ m.a() }}", templates=templates)
    assert problem.place.path == "templates/m.j2"
    assert problem.place.span
    assert (problem.place.span.line, problem.place.span.column) == (2, 12)


def test_a_mistake_in_a_part_of_a_thread_is_placed_in_the_part() -> None:
    thread = ["a", {"text": {"lv": "b\n{{ prixe }}"}}]
    file = campaign_file(CONTEST, posts={"hello": {"at": AT, "thread": thread}})
    _, [problem] = show(file)
    assert problem.place.route == ("posts", "hello", "thread", 1, "text", "lv")
    assert problem.place.inside == (2, 4)


def test_a_mistake_of_syntax_has_its_line() -> None:
    [problem] = wrong("a\nb {% if prize %}\nc")
    assert problem.rule == "template-syntax"
    assert problem.place.inside
    [problem] = wrong("a\n{{ prize")
    assert (problem.rule, problem.place.inside) == ("template-syntax", (2, 1))


def test_an_unknown_filter_is_a_problem_with_the_one_that_was_meant() -> None:
    [problem] = wrong("{{ closes | dat }}")
    assert (problem.rule, problem.message) == ("unknown-filter", "there is no filter `dat`")
    assert problem.help == str(Suggestion("date"))
    assert problem.place.inside == (1, 13)


def test_several_mistakes_are_told_at_once() -> None:
    problems = wrong("{{ aaa }}\n{{ bbb }}\n{{ prize }}")
    assert [problem.place.inside for problem in problems] == [(1, 4), (2, 4)]


def test_names_that_a_template_asks_for_may_be_missing() -> None:
    assert said("{% if store is defined %}{{ store }}{% else %}-{% endif %}") == "-"


# --- What templates see


def test_vars_have_their_own_names_too() -> None:
    vars = {"store-name": "Acme", "hours": {"lv": "9–18"}, "team": {"head": {"lv": "Ilze"}}}
    text = "{{ store_name }} {{ vars.store_name }} {{ vars['store-name'] }} {{ hours }}"
    assert said(text + " {{ team.head }}", vars=vars) == "Acme Acme Acme 9–18 Ilze"


def test_a_var_does_not_hide_a_field() -> None:
    assert said("{{ prize }}/{{ vars.prize }}", vars={"prize": "x"}) == "trīs pāri džinsu/x"


def test_account_partner_and_disclosure_are_seen() -> None:
    text = "{{ account.id }} {{ account.handle }} {{ partner.name }} {{ partner.handle }}"
    assert said(text, partner="lois") == "shop acme_lv Lois LV loisjeans"
    assert said("{{ disclosure }}", partner="lois") == "#reklāma"
    assert said("[{{ disclosure }}]", partner="cafe") == "[]"
    assert said("[{{ disclosure }}]") == "[]"


def test_moments_are_told_in_the_zone_of_the_project() -> None:
    utc = {name: at.astimezone(RIGA) for name, at in ANCHORS.items() if isinstance(at, datetime)}
    file = campaign_file(CONTEST, posts=posts("{{ closes | time }} {{ at | time }} {{ at.hour }}"))
    assert rendered(file, anchors=utc).parts[0].text == "20:00 11:00 11"


def test_an_offer_and_a_product_are_seen() -> None:
    text = (
        "{{ product.name }}|{{ product.category }}|{{ product.url }}|{{ offer.code }}|"
        "{{ offer.percent | percent }}|{{ offer.until | date }}|{{ offer_ends | time }}"
    )
    assert said(text, LAUNCH) == (
        "Slim 27|džinsi|https://acme.lv/slim27?ref=1&utm_source=x&utm_medium=social"
        "&utm_campaign=winter&utm_content=hello#top|SLIM20|20\u00a0%|17. decembris|23:00"
    )


def test_links_are_counted_and_offers_are_not() -> None:
    offer = {"url": "https://acme.lv/o", "until": "launches + 7d"}
    file = campaign_file(
        LAUNCH, link="https://acme.lv/l", offer=offer, posts=posts("{{ link }} {{ offer.url }}")
    )
    text = rendered(file).parts[0].text
    assert text.startswith("https://acme.lv/l?utm_source=x&")
    assert text.endswith(" https://acme.lv/o")
    bare = PROJECT.model_copy(update={"links": type(PROJECT.links)()})
    assert rendered(file, project=bare).parts[0].text.startswith("https://acme.lv/l ")


# --- Items


def test_what_an_item_says_is_a_template() -> None:
    one = item(text={"lv": "Padoms: {{ vars.a }}, {{ link }}"}, link="https://acme.lv/1")
    file = campaign_file(SERIES, vars={"a": "b"}, posts=posts(None))
    post = rendered(file, item=("sha256:1", one))
    assert post.parts[0].text.startswith("Padoms: b, https://acme.lv/1?utm_source=x")
    assert post.item == "sha256:1"


def test_a_standard_template_frames_what_an_item_says() -> None:
    one = item(text="Padoms no {{ account.handle }}", vars={"so-what": "tā"})
    file = campaign_file(SERIES, posts={"tip": {"at": AT}})
    templates = {"series/tip.lv.j2": "{{ item.id }}: {{ item.text }}! {{ item.vars.so_what }}"}
    post = rendered(file, post="tip", item=("i", one), templates=templates)
    assert post.parts[0].text == "i: Padoms no acme_lv! tā"


def test_a_mistake_in_an_item_is_placed_in_the_items_file() -> None:
    one, two = item(text="a"), item(text={"lv": "b\n{{ prixe }}"})
    listed = {"tip": ItemList(items=(one, two), path="campaigns/data/tips.yaml")}
    file = campaign_file(SERIES, posts={"tip": {"at": AT}}, items=listed)
    for templates in ({}, {"series/tip.lv.j2": "{{ item.text }}"}):
        _, [problem] = show(file, "tip", item=("i", two), templates=templates)
        assert problem.place.path == "campaigns/data/tips.yaml"
        assert problem.place.route == (1, "text", "lv")
        assert problem.place.inside == (2, 4)


def test_an_item_that_says_itself_is_refused() -> None:
    file = campaign_file(SERIES, posts=posts(None))
    _, [problem] = show(file, item=("i", item(text="{{ item.text }}")))
    assert problem.rule == "unsafe-template"
    assert problem.message == "an item can't say itself"


def test_an_items_media_belong_to_the_file_that_names_them() -> None:
    one = item(text="a", media=[{"file": "img/a.jpg"}])
    listed = {"hello": ItemList(items=(one,), path="campaigns/data/tips.yaml")}
    file = campaign_file(SERIES, posts=posts(None), items=listed)
    post = rendered(file, item=("i", one), media={"campaigns/data/img/a.jpg": PHOTO})
    assert [media.path for media in post.parts[0].media] == ["campaigns/data/img/a.jpg"]


@pytest.mark.parametrize("written", [{"repost": "https://x.com/a/status/12"}, None])
def test_a_repost_has_no_text(written: dict[str, str] | None) -> None:
    one = ("i", item(repost="https://x.com/a/status/12")) if written is None else None
    file = campaign_file(SERIES, posts={"hello": {"at": AT, **(written or {})}})
    [part] = rendered(file, item=one).parts
    assert (part.repost, part.text, part.weight) == ("12", "", 0)
    assert part.cost == Decimal("0.015")


# --- Media, polls, settings, weight and cost


def test_a_standard_template_shows_the_product() -> None:
    file = campaign_file(LAUNCH, posts={"launch": {"at": AT}})
    [part] = rendered(file, post="launch", templates={"launch/launch.j2": "a"}, media=MEDIA).parts
    [media] = part.media
    assert (media.path, media.alt) == ("campaigns/media/slim27.jpg", "Zīmējums")
    assert part.cost == Decimal("0.035")


@pytest.mark.parametrize(
    "more",
    [{"media": []}, {"text": "a"}, {"poll": {"options": ["a", "b"]}}, {"template": "launch/a.j2"}],
)
def test_the_product_is_shown_by_nothing_else(more: dict[str, object]) -> None:
    file = campaign_file(LAUNCH, posts={"a": {"at": AT, **more}})
    [part] = rendered(file, post="a", templates={"launch/a.j2": "a"}, media=MEDIA).parts
    assert part.media == ()


def test_media_that_are_not_there_are_a_problem_where_they_are_named() -> None:
    media = [{"file": "media/back.jpg"}, {"file": "media/bakc.jpg", "alt": {"lv": "a"}}]
    file = campaign_file(LAUNCH, posts=posts("a", media=media))
    post, [problem] = show(file, media=MEDIA)
    assert post is None
    assert problem.rule == "missing-media"
    assert problem.place.route == ("posts", "hello", "media", 1, "file")


def test_alt_texts_and_answers_are_in_the_language() -> None:
    media = [{"file": "media/back.jpg", "alt": {"es": "a"}}]
    file = campaign_file(LAUNCH, posts=posts("a", media=media))
    _, [problem] = show(file, media=MEDIA)
    assert problem.place.route == ("posts", "hello", "media", 0, "alt")
    poll = {"options": [{"lv": "jā"}, {"es": "no"}], "open": "2d"}
    file = campaign_file(LAUNCH, posts=posts("a", poll=poll))
    _, [problem] = show(file)
    assert problem.place.route == ("posts", "hello", "poll", "options", 1)


def test_a_poll_is_open_for_minutes() -> None:
    poll = {"options": [{"lv": "jā"}, "ne"], "open": "2d"}
    [part] = rendered(campaign_file(LAUNCH, posts=posts("a", poll=poll))).parts
    assert part.poll
    assert (part.poll.options, part.poll.minutes) == (("jā", "ne"), 2880)


def test_a_thread_has_parts_with_media_and_costs_of_their_own() -> None:
    thread = [
        "Viens: {{ product.name }}",
        {"text": "Divi", "media": [{"file": "media/back.jpg", "alt": "Kabata"}]},
        {"template": "t.j2"},
    ]
    more = {"thread": thread, "reply-settings": "mentioned-users"}
    file = campaign_file(LAUNCH, posts={"hello": {"at": AT, **more}})
    post = rendered(file, media=MEDIA, templates={"t.j2": "Trīs https://acme.lv"})
    assert [part.text for part in post.parts] == ["Viens: Slim 27", "Divi", "Trīs https://acme.lv"]
    assert [part.cost for part in post.parts] == list(map(Decimal, ("0.015", "0.035", "0.2")))
    assert [part.reply_settings for part in post.parts] == ["mentionedUsers", None, None]
    assert post.cost == Decimal("0.25")


@pytest.mark.parametrize(
    ("partner", "own", "expected"),
    [("lois", None, True), ("cafe", None, False), (None, None, False), ("lois", False, False)],
)
def test_who_pays_is_labelled(partner: str | None, own: bool | None, expected: bool) -> None:
    more = {} if own is None else {"paid-partnership": own}
    file = campaign_file(CONTEST, partner=partner, posts=posts("a", **more))
    assert rendered(file).parts[0].paid_partnership is expected


def test_premium_accounts_may_write_more() -> None:
    assert rendered(campaign_file(CONTEST, posts=posts("a"))).limit == 280
    file = campaign_file(CONTEST, account="support", posts=posts("a"))
    assert rendered(file).limit == 25_000


# --- What is not there yet


def test_a_link_to_a_post_that_is_not_out_weighs_and_costs_as_a_link() -> None:
    announce = {"announce": {"at": AT, "text": "a"}}
    text = "Skaties: {{ posts['announce'].url }}"
    file = campaign_file(CONTEST, posts={**announce, **posts(text)})
    post = rendered(file)
    assert post.parts[0].text == "Skaties: ⟦link to announce⟧"
    assert post.parts[0].weight == len("Skaties: ") + 23
    assert post.parts[0].cost == Decimal("0.2")
    assert post.awaits == (ANNOUNCE,)
    assert post.lacks == ()
    out = {"announce": PostedLink(id="5", url="https://x.com/acme_lv/status/5")}
    post = rendered(file, posted=out)
    assert post.parts[0].text == "Skaties: https://x.com/acme_lv/status/5"
    assert (post.parts[0].weight, post.awaits) == (len("Skaties: ") + 23, ())


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("{{ posts['anounce'].url }}", "unknown-post", "this campaign has no post `anounce`"),
        ("{{ posts.hello.url }}", "no-link", "a post has no link to itself"),
        ("{{ posts.share.url }}", "no-link", "`share` shares another post"),
        ("{{ posts['tip'].url }}", "no-link", "`tip` recurs, so there is no one link to it"),
    ],
)
def test_only_posts_with_one_link_can_be_linked_to(text: str, rule: str, message: str) -> None:
    every = {"days": ["mon"], "slots": ["noon"]}
    others = {
        "announce": {"at": AT, "text": "a"},
        "share": {"at": AT, "repost": "https://x.com/a/status/1"},
        "tip": {"every": every, "text": "a"},
    }
    file = campaign_file(CONTEST, ends="2026-12-24", posts={**others, **posts(text)})
    _, [problem] = show(file)
    assert problem.rule == rule
    assert problem.message.startswith(message)
    if rule == "unknown-post":
        assert problem.help == str(Suggestion("announce"))


def test_a_reply_waits_for_the_post_that_it_answers() -> None:
    announce = {"announce": {"at": AT, "text": "a"}}
    file = campaign_file(CONTEST, posts={**announce, **posts("b", **{"reply-to": "announce"})})
    post = rendered(file)
    assert (post.reply_to, post.reply_to_id, post.awaits) == (ANNOUNCE, None, (ANNOUNCE,))
    out = {"announce": PostedLink(id="5", url="https://x.com/acme_lv/status/5")}
    post = rendered(file, posted=out)
    assert (post.reply_to, post.reply_to_id, post.awaits) == (ANNOUNCE, "5", ())


def test_a_reply_to_a_post_that_does_not_exist_is_a_problem() -> None:
    announce = {"announce": {"at": AT, "text": "a"}}
    file = campaign_file(CONTEST, posts={**announce, **posts("b", **{"reply-to": "anounce"})})
    _, [problem] = show(file)
    assert (problem.rule, problem.help) == ("unknown-post", str(Suggestion("announce")))
    assert problem.place.route == ("posts", "hello", "reply-to")


def test_a_draw_that_was_not_held_is_shown_at_its_greatest_weight() -> None:
    text = "{{ draw.winners | mention }} {{ draw.digest }} {{ draw.round }} {{ drawn | date }}"
    post = rendered(campaign_file(CONTEST, posts=posts(text)))
    assert post.parts[0].text == (
        "@⟦winner 1⟧ @⟦winner 2⟧ @⟦winner 3⟧ ⟦digest of the draw⟧ ⟦round of the draw⟧ ⟦drawn⟧"
    )
    assert post.parts[0].weight == 3 * 17 + 65 + 11 + 30
    assert post.lacks == (
        *("winner 1", "winner 2", "winner 3"),
        *("digest of the draw", "round of the draw", "drawn"),
    )
    assert post.awaits == ()


def test_what_a_template_does_not_come_to_is_not_looked_at() -> None:
    text = "{% if partner %}{{ drawn | date }}{{ title }}{{ posts.a.url }}{% endif %}-"
    macros = {"m.j2": "{% macro a() %}{{ drawn }}{{ title }}{% endmacro %}"}
    more = {"title": {"es": "a"}, "posts": {"a": {"at": AT, "text": "a"}, **posts(text)}}
    post = rendered(campaign_file(CONTEST, **more))
    assert (post.parts[0].text, post.lacks, post.awaits) == ("-", (), ())
    more["posts"] = posts("{% import 'm.j2' as m %}-")
    post = rendered(campaign_file(CONTEST, **more), templates=macros)
    assert (post.parts[0].text, post.lacks) == ("-", ())


def test_a_name_can_be_set_anew() -> None:
    assert said("{% set prize = prize | upper %}{{ prize }}") == "TRĪS PĀRI DŽINSU"
    assert said("{% for prize in [prize] %}{{ prize }}{% endfor %}") == "trīs pāri džinsu"
    templates = {"m.j2": "{{ prize }}{{ greeting }}"}
    text = "{% set greeting = '!' %}{% include 'm.j2' %}"
    assert said(text, templates=templates) == "trīs pāri džinsu!"


def test_a_draw_that_was_held_is_shown() -> None:
    draw = Draw.model_validate(
        {"drawn": "2026-12-09 12:00", "round": 7, "digest": "ab" * 32, "winners": ["anna", "ilze"]}
    )
    text = "{{ draw.winners | mention }} {{ draw.digest }} {{ draw.round }} {{ drawn | date }}"
    anchors = {**ANCHORS, "drawn": datetime(2026, 12, 9, 12, 0, tzinfo=RIGA)}
    post = rendered(campaign_file(CONTEST, draw=draw, posts=posts(text)), anchors=anchors)
    assert post.parts[0].text == f"@anna @ilze {'ab' * 32} 7 9. decembris"
    assert post.lacks == ()


# --- Where the followers are


def abroad(zone: str = "Europe/Madrid") -> Project:
    """The project with its Spanish account in a zone of its own."""
    tienda = PROJECT.accounts["tienda"].model_copy(update={"timezone": ZoneInfo(zone)})
    return PROJECT.model_copy(update={"accounts": {**PROJECT.accounts, "tienda": tienda}})


def read_in_madrid(text: str, *, due: datetime, **anchors: datetime | date) -> str:
    """What the account in Madrid says of a launch that was planned in Riga."""
    file = campaign_file(LAUNCH, account="tienda", posts=posts(text))
    return rendered(file, project=abroad(), due=due, anchors=anchors).parts[0].text


def test_moments_are_told_in_the_zone_of_the_followers() -> None:
    launches = datetime(2026, 12, 10, 10, 0, tzinfo=RIGA)
    text = "{{ launches | time }} {{ launches.hour }} {{ at | time }} {{ at.day }}"
    due = datetime(2026, 12, 9, 10, 30, tzinfo=RIGA)
    assert read_in_madrid(text, due=due, launches=launches) == "9:00 9 9:30 9"


def test_an_offer_ends_in_the_zone_of_the_followers() -> None:
    ends = {"offer-ends": datetime(2026, 12, 18, 0, 30, tzinfo=RIGA)}
    text = "{{ offer.until | date }}, {{ offer.until | time }}; {{ offer_ends | date('EEEE') }}"
    assert read_in_madrid(text, due=DUE, **ends) == "17 de diciembre, 23:30; jueves"


def test_a_moment_about_midnight_is_on_the_followers_day() -> None:
    """Half past midnight in Riga is the evening before in Madrid: the date and the days until then
    are those of Madrid's calendar."""
    launches = datetime(2026, 12, 10, 0, 30, tzinfo=RIGA)
    text = "{{ launches | date }}, {{ launches | countdown }}"
    due = datetime(2026, 12, 8, 0, 15, tzinfo=RIGA)  # in Madrid the 7th
    assert read_in_madrid(text, due=due, launches=launches) == "9 de diciembre, dentro de 2 días"
    due = datetime(2026, 12, 8, 10, 0, tzinfo=RIGA)  # the 8th in both
    assert read_in_madrid(text, due=due, launches=launches) == "9 de diciembre, dentro de 1 día"


def test_a_countdown_of_hours_is_the_same_everywhere() -> None:
    launches = datetime(2026, 12, 10, 0, 30, tzinfo=RIGA)
    due = datetime(2026, 12, 9, 21, 30, tzinfo=RIGA)
    assert read_in_madrid("{{ launches | countdown }}", due=due, launches=launches) == (
        "dentro de 3 horas"
    )


def test_whole_days_are_whole_days_everywhere() -> None:
    due = datetime(2026, 12, 5, 0, 30, tzinfo=RIGA)  # in Madrid the 4th
    text = "{{ ends | date }}, {{ ends | countdown }}"
    assert read_in_madrid(text, due=due, ends=date(2026, 12, 24)) == (
        "24 de diciembre, dentro de 20 días"
    )


def test_the_zone_of_a_campaign_does_not_change_what_followers_read() -> None:
    launches = datetime(2026, 12, 10, 10, 0, tzinfo=RIGA)
    file = campaign_file(LAUNCH, timezone="Asia/Tokyo", posts=posts("{{ launches | time }}"))
    assert rendered(file, anchors={"launches": launches}).parts[0].text == "10:00"


# --- What is no template


@pytest.mark.parametrize(
    ("text", "more", "path", "route"),
    [
        ("{{ prize }}", {"prize": "{{ winners }} jeans"}, "campaigns/winter.yaml", ("prize",)),
        ("{{ title }}", {"title": {"lv": "{{ a }}"}}, "campaigns/winter.yaml", ("title", "lv")),
        ("{{ vars.a }}", {"vars": {"a": "{% if b %}"}}, "campaigns/winter.yaml", ("vars", "a")),
        (
            "{{ entry.phrase }}",
            {"entry": {"how": "reply", "phrase": "#{{ prize }}"}},
            "campaigns/winter.yaml",
            ("entry", "phrase"),
        ),
    ],
)
def test_a_tag_where_no_template_is_is_a_problem_that_says_so(
    text: str, more: dict[str, object], path: str, route: tuple[str, ...]
) -> None:
    [problem] = wrong(text, CONTEST, **more)
    assert problem.rule == "no-template-here"
    assert problem.message.endswith(
        "does nothing here: only the `text` of posts and items is a template"
    )
    assert problem.help == "write the words out, or move the tag into the text"
    assert (problem.place.path, problem.place.route) == (path, route)


def test_a_tag_in_the_name_of_a_product_or_in_what_a_picture_shows_is_a_problem() -> None:
    product = {**LAUNCH["product"], "name": "Slim {{ size }}"}
    [problem] = wrong("{{ product.name }}", LAUNCH, product=product)
    assert problem.place.route == ("product", "name")
    media = [{"file": "media/back.jpg", "alt": {"lv": "{{ product.name }}"}}]
    file = campaign_file(LAUNCH, posts=posts("a", media=media))
    _, [problem] = show(file, media=MEDIA)
    assert problem.place.route == ("posts", "hello", "media", 0, "alt", "lv")


def test_single_braces_are_only_braces() -> None:
    assert said("{{ prize }}", prize="{x} {#1}") == "{x} {#1}"


# --- Parts of lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ hashtags[:2] | join(',') }}", "a,b"),
        ("{{ hashtags[1:] | join(',') }}", "b,c"),
        ("{{ hashtags[-2:] | hashtag }}", "#b #c"),
        ("{{ hashtags[winners:] | length }}", "0"),
        ("{% for tag in hashtags[:2] %}{{ tag }}{% endfor %}", "ab"),
        ("{{ ['x', 'y', 'z'][:2] | join }}", "xy"),
        ("{{ 'abcdef'[2:4] }}", "cd"),
        ("{{ draw.winners[:2] | mention }}", "@⟦winner 1⟧ @⟦winner 2⟧"),
    ],
)
def test_a_part_of_a_list_or_a_text_can_be_taken(text: str, expected: str) -> None:
    assert said(text, hashtags=["a", "b", "c"]) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ partner[:2] }}", "`[a:b]` takes a part of a list, or of a text"),
        ("{{ winners[:2] }}", "`[a:b]` takes a part of a list, or of a text"),
        ("{{ prize['a':] }}", "`[a:b]` counts in whole numbers"),
        ("{{ prize[:1.5] }}", "`[a:b]` counts in whole numbers"),
        ("{{ hashtags[7] }}", "there is no `7` here"),
        ("{{ 'abc'[7] }}", "there is no `7` here"),
    ],
)
def test_a_part_of_anything_else_is_refused(text: str, message: str) -> None:
    [problem] = wrong(text)
    assert problem.message == message
    assert problem.help


# --- Macros


def each_says(template: str, macros: str) -> list[str]:
    """What posts of two accounts say with the same macros, one after the other and once again."""
    assets = RenderAssets(project=PROJECT, templates={"m.j2": macros, "n.j2": "", "a.j2": template})
    said = []
    for account in ("shop", "tienda", "shop"):
        file = campaign_file(CONTEST, account=account, posts={"a": {"at": AT, "template": "a.j2"}})
        said.append(rendered(file, post="a", assets=assets).parts[0].text)
    return said


HI = "{% macro hi(x) %}{{ prize }}, {{ account.id }}, {{ closes | date }}{{ x }}{% endmacro %}"


@pytest.mark.parametrize(
    "macros",
    [HI, "{% set mine = prize %}" + HI.replace("prize", "mine"), "{% import 'n.j2' as n %}" + HI],
    ids=["nothing but macros", "with a name of its own", "with macros of another"],
)
@pytest.mark.parametrize(
    "template",
    [
        "{% import 'm.j2' as m %}{{ m.hi('!') }}",
        "{% from 'm.j2' import hi %}{{ hi('!') }}",
        "{% from 'm.j2' import hi as ho %}{{ ho('!') }}",
        "{% if winners %}{% import 'm.j2' as m %}{{ m.hi('!') }}{% endif %}",
    ],
)
def test_macros_see_the_post_that_calls_them(template: str, macros: str) -> None:
    shop, tienda, again = each_says(template, macros)
    assert shop == again == "trīs pāri džinsu, shop, 8. decembris!"
    assert tienda == "tres vaqueros, tienda, 8 de diciembre!"


def test_macros_do_not_see_what_the_template_sets_that_imports_them() -> None:
    """They have arguments for it; so they are made once for all posts."""
    templates = {"m.j2": "{% macro hi() %}{{ mine }}{% endmacro %}"}
    text = "{% set mine = 1 %}{% import 'm.j2' as m %}{{ m.hi() }}"
    [problem] = wrong(text, templates=templates)
    assert (problem.rule, problem.message) == ("unknown-variable", "there is no `mine` here")


def test_a_macro_that_is_not_there_is_a_problem() -> None:
    templates = {"m.j2": "{% macro hi() %}a{% endmacro %}"}
    for text in ("{% from 'm.j2' import ho %}{{ ho() }}", "{% import 'm.j2' as m %}{{ m.ho() }}"):
        [problem] = wrong(text, templates=templates)
        assert (problem.rule, problem.message) == ("unknown-variable", "there is no `ho` here")


# --- Quotes


OTHERS = "https://x.com/a/status/12"


def test_a_quote_is_shown_below_the_text_and_is_part_of_what_goes_out() -> None:
    [part] = rendered(campaign_file(CONTEST, posts=posts("a", quote=OTHERS))).parts
    assert (part.text, part.quote, part.weight) == ("a", "12", 1)
    assert part.canonical()["quote"] == "12"
    plain = rendered(campaign_file(CONTEST, posts=posts("a")))
    quoting = rendered(campaign_file(CONTEST, posts=posts("a", quote=OTHERS)))
    assert plain.digest != quoting.digest


def test_an_item_may_quote_and_the_posts_own_quote_comes_first() -> None:
    one = ("i", item(text="b", quote=OTHERS))
    [part] = rendered(campaign_file(SERIES, posts=posts(None)), item=one).parts
    assert (part.text, part.quote) == ("b", "12")
    own = posts("a", quote="https://x.com/a/status/34")
    assert rendered(campaign_file(SERIES, posts=own), item=one).parts[0].quote == "34"


def test_a_quote_stands_in_place_of_the_products_picture() -> None:
    file = campaign_file(LAUNCH, posts={"launch": {"at": AT, "quote": OTHERS}})
    [part] = rendered(file, post="launch", templates={"launch/launch.j2": "a"}, media=MEDIA).parts
    assert (part.quote, part.media) == ("12", ())


def test_an_items_quote_leaves_no_room_for_media_or_a_poll() -> None:
    one = ("i", item(text="b", quote=OTHERS, media=[{"file": "media/back.jpg"}]))
    _, [problem] = show(campaign_file(SERIES, posts=posts(None)), item=one, media=MEDIA)
    assert (problem.rule, problem.message) == (
        "media-or-quote",
        "X takes a quote or media or a poll",
    )
    assert problem.place.route[-1] == "quote"
    one = ("i", item(text="b", quote=OTHERS))
    poll = posts("a", poll={"options": ["a", "b"], "open": "2d"})
    _, [problem] = show(campaign_file(SERIES, posts=poll), item=one)
    assert problem.rule == "media-or-quote"


# --- A template that makes a thread


def by_template(source: str) -> tuple[RenderedPost | None, tuple[Problem, ...]]:
    file = campaign_file(CONTEST, posts={"a": {"at": AT, "template": "t.j2"}})
    return show(file, post="a", templates={"t.j2": source})


def test_three_hyphens_alone_in_a_template_begin_the_next_part() -> None:
    post, problems = by_template("One\n---\nTwo\n\n---\n\nThree")
    assert post, problems
    assert [part.text for part in post.parts] == ["One", "Two", "Three"]


@pytest.mark.parametrize("text", ["One --- two", "One\n----\ntwo", "---\nOne", "One\n---"])
def test_other_hyphens_begin_nothing(text: str) -> None:
    post, problems = by_template(text)
    assert post, problems
    assert [part.text for part in post.parts] == [text]


def test_the_text_of_a_file_is_never_taken_apart() -> None:
    [part] = rendered(campaign_file(CONTEST, posts=posts("One\n---\nTwo"))).parts
    assert part.text == "One\n---\nTwo"


def test_a_template_makes_no_thread_that_x_has_no_room_for() -> None:
    post, problems = by_template("\n---\n".join("abcdefghijklmnopqrstuvwxy"))
    assert post, problems
    assert len(post.parts) == 25
    post, [problem] = by_template("\n---\n".join("abcdefghijklmnopqrstuvwxyz"))
    assert post is None
    assert problem.rule == "out-of-range"
    assert problem.message == "this is a thread of 26 posts, and one has at most 25"


def test_a_text_that_an_anchor_with_a_mistake_keeps_from_being_costs_its_work() -> None:
    text = "{% if closes %}Open{% endif %}"
    file = campaign_file(CONTEST, posts=posts(text))
    assets = RenderAssets(project=PROJECT)
    assert show(file, anchors={}, assets=assets) == (None, ())
    assert assets.work.used(file.path) > 400
