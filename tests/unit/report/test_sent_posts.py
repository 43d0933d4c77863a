"""What the ledger, the files and the measurements tell of each post, together."""

from datetime import date
from decimal import Decimal

from runner.ledger import Entry, State, standings_of
from runner.measure import MeasuredAccount, Measurement, PostTraits, Window
from runner.report import AccountNumbers, MeasuredPost, Missed, Period, SentPosts
from runner.report.dimensions import DIMENSIONS, grouped
from runner.schedule import declared_campaign
from tests.unit.measure.building import measurement, record
from tests.unit.plan.building import a_file, a_project
from tests.unit.stores.building import a_key, at, attempting, closed, posted

DECEMBER = Period(since=date(2026, 12, 1), until=date(2026, 12, 31))


def sources(*measurements: Measurement, posts: dict[str, dict[str, object]]) -> SentPosts:
    campaign = declared_campaign(a_file(posts))
    return SentPosts(
        project=a_project(),
        campaigns={campaign.id: campaign},
        numbers={"shop": AccountNumbers(MeasuredAccount([record(*measurements)]))},
    )


def posts_of(*entries: Entry, found: SentPosts | None = None) -> tuple[MeasuredPost, ...]:
    found = found or sources(posts={"launch": {}})
    return found.of(standings_of(entries).values(), DECEMBER, others=True)


def test_a_post_is_told_by_what_was_sent() -> None:
    key = a_key(nominal="2026-12-01.morning")
    text = "Slim 27 are here: https://acme.lv/slim #Jeans #jeans"
    media = {"text": text, "media": [{"path": "a.jpg"}]}
    sent = (attempting(key, parts=(media,)), posted(key, "2026-12-01 10:07", cost="0.215"))
    (post,) = posts_of(*sent)
    assert (post.has_picture, post.has_link, post.hashtags) == (True, True, ("jeans",))
    assert (post.kind, post.slot, post.language) == ("series", "morning", "lv")
    assert f"{post.at:%H:%M}" == "10:07"
    assert f"{post.late}" == "0:07:00"
    assert (post.cost, post.parts, post.is_promotional) == (Decimal("0.215"), 1, False)
    assert post.excerpt == text


def test_a_thread_costs_what_all_its_parts_cost() -> None:
    key = a_key()
    (post,) = posts_of(
        attempting(key, texts=("One", "Two"), cost="0.03"),
        posted(key),
        attempting(key, part=2),
        posted(key, part=2, cost="0.20"),
    )
    assert (post.parts, post.cost, post.excerpt) == (2, Decimal("0.215"), "One")


def test_of_a_campaign_that_no_file_declares_the_kind_is_not_known() -> None:
    sent = (attempting(a_key()), posted(a_key()))
    found = SentPosts(project=a_project(), campaigns={}, numbers={})
    (post,) = posts_of(*sent, found=found)
    assert (post.kind, post.is_promotional, post.campaign) == (None, None, "slim")


def test_the_word_of_a_post_about_its_language_and_its_promotion_counts() -> None:
    found = sources(posts={"launch": {"locale": "es", "promotional": True}})
    (post,) = posts_of(attempting(a_key()), posted(a_key()), found=found)
    assert (post.language, post.is_promotional) == ("es", True)


def test_numbers_stand_by_their_post_and_what_was_made_by_hand_beside_it() -> None:
    ours = measurement(at("2026-12-02 10:00"), key=a_key())
    out = posted(a_key(), "2026-12-02 10:00").model_copy(update={"id": ours.post})
    by_hand = measurement(at("2026-12-03 11:30"), traits=PostTraits(has_link=True, language="lv"))
    found = sources(ours, by_hand, posts={"launch": {}})
    first, second = posts_of(attempting(a_key()), out, found=found)
    assert first.is_ours
    assert first.numbers[Window.TWO_DAYS].likes == 3
    assert (second.is_ours, second.language, second.has_link) == (False, "lv", True)
    assert f"{second.at:%H:%M}" == "11:30"


def test_a_post_by_hand_with_hashtags_counts_as_none_without() -> None:
    some = PostTraits(hashtags=2), PostTraits()
    by_hand = [
        measurement(at(f"2026-12-03 1{n}:30"), traits=traits) for n, traits in enumerate(some)
    ]
    posts = posts_of(found=sources(*by_hand, posts={"launch": {}}))
    (dimension,) = (each for each in DIMENSIONS if each.name == "hashtag")
    assert grouped(posts, dimension) == {"without a hashtag": (1,)}


def test_days_are_those_of_the_account() -> None:
    """At half past midnight of the first of December in Riga it is November in UTC."""
    early = (attempting(a_key()), posted(a_key(), "2026-12-01 00:30"))
    before = (attempting(a_key("old")), posted(a_key("old"), "2026-11-30 23:59"))
    assert [each.name for each in posts_of(*early, *before)] == ["shop/slim/launch"]


def test_what_never_went_out_is_no_post_but_is_missed() -> None:
    due = at("2026-12-05 10:00")
    missed = closed(a_key(), State.MISSED, "2026-12-05 22:00", due=due)
    skipped = closed(a_key("other"), State.SKIPPED, due=due)
    standings = standings_of([missed, skipped]).values()
    found = sources(posts={"launch": {}})
    assert found.of(standings, DECEMBER, others=True) == ()
    assert found.missed(standings, DECEMBER) == (Missed(key=a_key(), due=due),)


def test_a_post_that_was_deleted_is_told_as_such() -> None:
    gone = (attempting(a_key()), posted(a_key()), closed(a_key(), State.DELETED))
    (post,) = posts_of(*gone)
    assert post.is_deleted
