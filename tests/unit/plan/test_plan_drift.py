"""What came to differ after a post went out is found from the ledger and the files alone."""

from datetime import timedelta

import pytest

from runner.ledger import Closed, Entry, Facts, Need, State
from runner.plan import Drift, drifts, with_journals
from runner.plan.declared import Declared
from runner.schedule import timetable
from tests.unit.plan.building import a_file, a_project, action_of, facts_of, plan_of, some_inputs
from tests.unit.stores.building import a_key, at, attempting, closed, posted

NOW = "2026-12-01 10:05"
EVERY = {"days": ["tue"], "slots": ["morning"]}


def went_out(file, short: str = "launch", now: str = NOW, **given: object) -> tuple[Entry, ...]:
    """The entries of a post that went out as `file` has it."""
    action = action_of(plan_of(file, now=now, **given), short)
    post = action.post
    opening = attempting(
        action.key,
        now,
        parts=tuple(part.canonical() for part in post.parts),
        digest=post.digest,
        due=post.due,
        item=post.item,
        reply_to=post.reply_to_id,
        cost=str(post.cost),
    )
    numbers = range(1, len(post.parts) + 1)
    return (opening, *(posted(action.key, now, part=number) for number in numbers))


def drift_of(
    *files, entries: tuple[Entry, ...], days: int = 7, every_campaign: bool = True, **inputs: object
) -> Drift | None:
    """Of the one post that is out."""
    since = at(NOW) - timedelta(days=days)
    found = drifts(
        some_inputs(*files, **inputs), facts_of(entries), since=since, every_campaign=every_campaign
    )
    assert len(found) < 2
    return next(iter(found.values()), None)


def edit_of(was, now) -> tuple[object, ...]:
    edit = drift_of(now, entries=went_out(was)).edited
    return edit.part, edit.name, edit.old, edit.new


def test_what_is_as_it_went_out_has_no_drift():
    file = a_file({"launch": {"text": "Slim 27 is here"}})
    assert drift_of(file, entries=went_out(file)) is None


def test_another_text_is_an_edit():
    was, now = (a_file({"launch": {"text": text}}) for text in ("Slim 27", "Slim 28"))
    assert edit_of(was, now) == (0, "text", "Slim 27", "Slim 28")


def test_of_a_thread_the_first_part_that_differs_is_told():
    was = a_file({"launch": {"thread": ["One", "Two", "Three"]}})
    assert edit_of(was, a_file({"launch": {"thread": ["One", "2", "3"]}}))[0] == 2
    longer = a_file({"launch": {"thread": ["One", "Two", "Three", "Four"]}})
    assert edit_of(was, longer) == (4, "text", None, "Four")
    assert edit_of(longer, was) == (4, "text", "Four", None)


def test_labels_and_polls_are_edits_too():
    was = a_file({"launch": {"poll": {"options": ["indigo", "black"], "open": "24h"}}})
    now = a_file({"launch": {"poll": {"options": ["indigo", "grey"], "open": "24h"}}})
    assert edit_of(was, now) == (
        0,
        "poll",
        "indigo / black, open for 1 day",
        "indigo / grey, open for 1 day",
    )
    labelled = a_file({"launch": {"made-with-ai": True}})
    assert edit_of(a_file({"launch": {}}), labelled) == (0, "made-with-ai", "no", "yes")


def test_a_part_that_has_more_to_say_by_now_than_it_had_is_no_edit():
    """An older version froze fewer things; the digest alone tells nothing."""
    file = a_file({"launch": {"text": "Slim 27"}})
    opening, *rest = went_out(file)
    older = opening.model_copy(update={"digest": "older", "parts": ({"text": "Slim 27"},)})
    assert drift_of(file, entries=(older, *rest)) is None


def test_another_time_is_told_in_its_own_zone():
    was = a_file({"launch": {}})
    now = a_file({"launch": {"at": "2026-12-03 11:00"}})
    drift = drift_of(now, entries=went_out(was))
    assert drift.edited is None
    assert drift.was_due.isoformat() == "2026-12-01T10:00:00+02:00"
    assert drift.moved_to.isoformat() == "2026-12-03T11:00:00+02:00"


def test_the_hour_of_a_slot_moves_what_was_posted_at_it():
    file = a_file({"tip": {"every": EVERY, "text": "Tip"}})
    entries = went_out(file, "tip@2026-12-01.morning")
    later = a_project(slots={"morning": "09:45", "noon": "13:00", "evening": "18:30"})
    assert drift_of(file, entries=entries) is None
    drift = drift_of(file, entries=entries, project=later)
    assert drift.moved_to.isoformat() == "2026-12-01T09:45:00+02:00"


GONE = {
    "the campaign": (None, "there is no campaign `slim`"),
    "the post": ({"posts": {"other": {}}}, "`launch` is not in campaigns/slim.yaml"),
    "the account": (
        {"posts": {"launch": {}}, "account": "tienda"},
        "campaigns/slim.yaml is not for `shop`",
    ),
    "its one date": (
        {"posts": {"launch": {"every": {"days": ["tue"], "slots": ["noon"]}, "text": "x"}}},
        "`launch` recurs now",
    ),
}


@pytest.mark.parametrize(("now", "why"), GONE.values(), ids=GONE)
def test_what_no_file_declares_any_more_was_removed(now, why):
    entries = went_out(a_file({"launch": {}}))
    files = [a_file(**now)] if now else []
    assert drift_of(*files, entries=entries).removed == why


@pytest.mark.parametrize(
    ("post", "why"),
    [
        ({"every": {"days": ["tue"], "slots": ["noon"]}}, "`tip` has no 2026-12-01.morning"),
        ({"every": {"days": ["wed"], "slots": ["morning"]}}, "`tip` has no 2026-12-01.morning"),
        ({"at": "2026-12-01 10:00"}, "`tip` does not recur any more"),
    ],
)
def test_a_slot_or_a_day_that_is_gone_was_removed(post, why):
    was = a_file({"tip": {"every": EVERY, "text": "Tip"}})
    entries = went_out(was, "tip@2026-12-01.morning")
    assert drift_of(a_file({"tip": {"text": "Tip", **post}}), entries=entries).removed == why


def test_of_files_that_can_not_all_be_read_no_campaign_is_said_to_be_gone():
    entries = went_out(a_file({"launch": {}}))
    assert drift_of(entries=entries, every_campaign=False) is None


def test_a_draw_that_is_taken_back_removes_nothing():
    posts = {"winners": {"at": "drawn + 1h", "text": "They won"}}
    contest = {
        "kind": "contest",
        "prize": "jeans",
        "opens": "2026-11-20 10:00",
        "closes": "2026-11-30 20:00",
        "entry": {"how": "reply"},
        "winners": 1,
        "ends": None,
    }
    was = a_file(posts, drawn="2026-12-01 08:30", **contest)
    entries = went_out(was, "winners")
    assert drift_of(a_file(posts, **contest), entries=entries) is None


def test_whose_turn_it_is_now_does_not_matter_but_the_item_that_it_carried():
    def file(*texts):
        items = [{"id": text.casefold(), "text": text} for text in texts]
        return a_file({"tip": {"at": None, "items": items, "every": EVERY}})

    entries = went_out(file("Wash", "Dry"), "tip@2026-12-01.morning")
    assert drift_of(file("Steam", "Dry", "Wash"), entries=entries) is None
    edit = drift_of(file("Dry", "Steam"), entries=entries).edited
    assert (edit.name, edit.old) == ("item", "Wash")


def test_a_link_to_a_post_that_was_deleted_since_is_no_edit():
    file = a_file(
        {
            "announce": {"at": "2026-12-01 09:00"},
            "launch": {"text": 'See {{ posts["announce"].url }}'},
        }
    )
    announce = a_key("announce")
    out = (attempting(announce, "2026-12-01 09:00", texts=["This is announce"]), posted(announce))
    entries = went_out(file, facts=facts_of(out))
    gone = closed(announce, State.DELETED, "2026-12-01 10:03")
    assert drift_of(file, entries=(*out, gone, *entries)) is None


def test_an_answer_that_answers_another_post_now_is_an_edit():
    def file(to):
        return a_file(
            {
                "first": {"at": "2026-12-01 09:00"},
                "second": {"at": "2026-12-01 09:00"},
                "launch": {"reply-to": to},
            }
        )

    said = [
        entry
        for name in ("first", "second")
        for entry in (
            attempting(a_key(name), due=at("2026-12-01 09:00"), texts=[f"This is {name}"]),
            posted(a_key(name)),
        )
    ]
    entries = (*said, *went_out(file("first"), facts=facts_of(said)))
    edit = drift_of(file("second"), entries=entries).edited
    assert (edit.name, edit.old, edit.new) == ("reply-to", said[1].id, said[3].id)


def test_only_what_went_out_within_the_window_is_looked_at():
    entries = went_out(a_file({"launch": {}}))
    edited = a_file({"launch": {"text": "Other words"}})
    assert drift_of(edited, entries=entries, days=1)
    assert drift_of(edited, entries=entries, days=0) is None


@pytest.mark.parametrize("state", [State.DELETED, State.SKIPPED])
def test_what_is_not_out_has_no_drift(state):
    entries = (*went_out(a_file({"launch": {}})), closed(a_key(), state))
    assert drift_of(a_file({"launch": {"text": "Other words"}}), entries=entries) is None


def test_an_account_that_is_not_looked_at_has_no_drift():
    entries = went_out(a_file({"launch": {}}))
    edited = a_file({"launch": {"text": "Other words"}})
    assert drift_of(edited, entries=entries, accounts=["tienda"]) is None


def test_what_is_only_known_by_a_persons_word_is_compared_with_nothing_but_missed_when_removed():
    word = posted(a_key())
    assert drift_of(a_file({"launch": {}}), entries=(word,)) is None
    assert drift_of(entries=(word,)).removed == "there is no campaign `slim`"


def test_a_post_that_links_to_a_deleted_one_needs_a_person():
    file = a_file(
        {
            "announce": {"at": "2026-12-01 09:00"},
            "echo": {"text": 'See {{ posts["announce"].url }}'},
            "answer": {"reply-to": "announce"},
        }
    )
    announce = a_key("announce")
    out = (attempting(announce, "2026-12-01 09:00", texts=["This is announce"]), posted(announce))
    gone = Closed(
        key=announce, at=at(NOW), run="run", state=State.DELETED, because="X does not have it"
    )

    def verbs(*entries):
        plan = plan_of(file, facts=facts_of(entries), now=NOW)
        return {name: action_of(plan, name) for name in ("echo", "answer")}

    assert {action.verb.value for action in verbs(*out).values()} == {"publish"}
    for action in verbs(*out, gone).values():
        assert (action.verb.value, action.because) == ("ask", "it needs `announce`: deleted")


@pytest.mark.parametrize(
    ("since", "now", "months"),
    [
        ("2026-11-24 12:00", "2026-12-01 09:00", ["2026-11", "2026-12"]),
        ("2026-12-01 01:00", "2026-12-02 09:00", ["2026-11", "2026-12"]),
        ("2026-01-31 12:00", "2026-03-01 12:00", ["2026-01", "2026-02", "2026-03"]),
        ("2026-12-05 12:00", "2026-12-06 12:00", ["2026-12"]),
    ],
)
def test_the_journals_of_the_whole_window_are_read(since, now, months):
    need = with_journals(Need(), accounts=["shop"], since=at(since), now=at(now))
    assert sorted(need.months) == [("shop", month) for month in months]


def test_nothing_is_read_of_an_empty_ledger():
    assert drifts(some_inputs(a_file({"launch": {}})), Facts(), since=at(NOW)) == {}


def test_a_part_that_another_version_wrote_otherwise_is_compared_by_what_it_says():
    file = a_file({"launch": {"text": "Slim 28"}})
    opening, *rest = went_out(file)
    odd = {"text": "Slim 27", "reply_settings": "friends", "poll": ["a", "b"]}
    other = opening.model_copy(update={"digest": "other", "parts": (odd,)})
    edit = drift_of(file, entries=(other, *rest)).edited
    assert (edit.name, edit.old, edit.new) == ("text", "Slim 27", "Slim 28")


def test_only_where_dates_can_be_told_does_a_file_lack_one():
    shop = {"handle": "acme_lv", "locale": "lv", "slots": {"morning": "09:00"}}
    tienda = {"handle": "acme_es", "locale": "es"}
    project = a_project(slots={}, accounts={"shop": shop, "tienda": tienda})
    file = a_file({"tip": {"every": EVERY}}, accounts=["shop", "tienda"], starts="2026-12-01")
    table, (problem,) = timetable(file, project)
    assert problem.rule == "unknown-slot", "on one of the two accounts"
    declared = Declared(tables={"slim": table})
    tuesday, wednesday = (f"2026-12-0{day}.morning" for day in (1, 2))
    assert [declared.lacks(a_key("tip", day)) for day in (tuesday, wednesday)] == [False, True]
    assert not declared.lacks(a_key("tip", tuesday, account="tienda"))
