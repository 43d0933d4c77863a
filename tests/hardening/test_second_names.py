"""What is renamed and edited is never a second post, and what a problem advises settles it."""

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.cli.commands.status import status
from runner.ledger import Key, State
from runner.plan import Verb, plan
from runner.value import replace
from tests.acceptance.conftest import Desktop, desktop
from tests.unit.plan.building import a_file, action_of, facts_of, plan_of, some_inputs
from tests.unit.stores.building import at, attempting, closed, posted, sent

__all__ = ["desktop"]


# --- Which occurrences are asked about


def went_out(key: Key, moment: str = "2026-12-01 09:14", due: str = "2026-12-01 10:00"):
    """In words that no file has any more."""
    opening = attempting(key, moment, due=at(due))
    return facts_of([opening, posted(key, moment)], [sent(key, moment, text="Old words")])


NEW = a_file({"launch": {"text": "New words"}}, id="new")
LATER = a_file({"launch": {"text": "New words", "at": "2026-12-01 10:04"}}, id="new")
OTHER = a_file({"hello": {"text": "New words"}}, id="new")
OTHER_LATER = a_file({"hello": {"text": "New words", "at": "2026-12-01 10:04"}}, id="new")
IN_FILE = a_file({"hello": {"text": "New words"}}, id="old")
KEPT = a_file({"launch": {"at": "2026-12-01 09:00"}}, id="old")
RHYTHM = a_file({"launch": {"every": {"slots": ["morning"]}, "text": "New words"}}, id="new")
OLD = Key("shop", "old", "launch")

ASKED = {
    "A8-file-renamed-and-edited": (went_out(OLD), NEW),
    "A8-file-renamed-edited-and-moved": (went_out(OLD), LATER),
    "A8-file-and-post-renamed-at-its-instant": (went_out(OLD), OTHER),
    "A8-post-renamed-in-its-file": (went_out(OLD), IN_FILE),
    "A8-went-out-a-day-before": (went_out(OLD, "2026-11-30 10:00:01", "2026-11-30 10:00"), NEW),
    "A8-came-to-recur": (went_out(OLD, "2026-12-01 08:59:59", "2026-12-01 08:00"), RHYTHM),
}
NOT_ASKED = {
    "A8-last-years-contest-is-deleted": (
        went_out(OLD, "2025-12-01 10:00", "2025-12-01 10:00"),
        [NEW],
    ),
    "A8-a-day-lies-between": (went_out(OLD, "2026-11-30 10:00", "2026-11-30 09:00"), [NEW]),
    "A8-deleted-beside-an-unrelated-campaign": (went_out(OLD), [OTHER_LATER]),
    "A8-the-older-is-kept": (went_out(OLD, due="2026-12-01 09:00"), [LATER, KEPT]),
    "A8-on-another-account": (went_out(Key("tienda", "old", "launch")), [NEW]),
    "A8-it-begins": (facts_of(), [NEW]),
}


@pytest.mark.parametrize("case", ASKED)
def test_an_occurrence_that_may_be_out_is_asked_about(case):
    facts, file = ASKED[case]
    (action,) = [each for each in plan_of(file, facts=facts).actions if each.standing is None][:1]
    assert action.verb is Verb.ASK, action.because
    assert "`shop/old/launch` went out, and no file has it any more" in action.because


@pytest.mark.parametrize("case", NOT_ASKED)
def test_an_honest_case_is_not_asked_about(case):
    facts, files = NOT_ASKED[case]
    planned = plan_of(*files, facts=facts)
    (action,) = [each for each in planned.actions if each.key.campaign == "new"]
    assert (action.verb, action.renamed) == (Verb.PUBLISH, None)


def test_a_day_that_a_rhythm_loses_does_not_stop_the_next_one():
    tuesdays = {"tip": {"every": {"days": ["tue"], "slots": ["morning"]}, "text": "New words"}}
    facts = went_out(Key("shop", "old", "tip", "2026-11-30.morning"), "2026-11-30 09:00:05")
    planned = plan_of(a_file(tuesdays, id="old"), now="2026-12-01 09:05", facts=facts)
    assert action_of(planned, "tip@2026-12-01.morning").verb is Verb.PUBLISH


def test_what_is_in_doubt_under_its_old_name_is_looked_for_first():
    opening = attempting(OLD, texts=["Old words"])
    action = action_of(
        plan_of(NEW, facts=facts_of([opening, closed(OLD, State.UNKNOWN)])), "launch"
    )
    assert (action.verb, action.renamed.former) == (Verb.WAIT, OLD)
    released = facts_of([opening, closed(OLD, State.RELEASED)])
    assert action_of(plan_of(NEW, facts=released), "launch").verb is Verb.PUBLISH


def test_a_journal_of_an_older_runner_tells_by_when_it_went_out():
    moments = {"2026-12-01 10:01": Verb.ASK, "2026-12-01 09:59": Verb.PUBLISH}
    for moment, verb in moments.items():
        facts = facts_of(sent=[sent(OLD, moment, text="Old words")])
        assert action_of(plan_of(OTHER, facts=facts), "hello").verb is verb, moment


def test_a_file_that_cannot_be_read_has_not_vanished():
    inputs = replace(some_inputs(LATER), unread=frozenset({"old"}))
    now = at("2026-12-01 10:05")
    planned = plan(inputs, inputs.occurrences(now=now, until=now), went_out(OLD), now=now)
    assert action_of(planned, "launch").verb is Verb.PUBLISH


# --- What people read, and what comes of doing it

FILE = "campaigns/winter-lois.yaml"
OPEN = "2027-03-01T10:02+02:00"
LATE = "2027-03-01T10:46+02:00"
EDITED = 'announce: {at: opens, text: "Win slim jeans: answer with #WinterLois"}'
"""In other words, of what the contest promises nothing."""


def announced(desktop: Desktop) -> None:
    desktop.environ["USER"] = "anna"
    desktop.clock.set(OPEN)
    assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 1
    desktop.clock.set(LATE)


def edited(desktop: Desktop, path: str = "campaigns/jeans.yaml", **more: str) -> None:
    text = (desktop.root / FILE).read_text().replace("announce: {at: opens}", EDITED)
    for old, new in more.items():
        text = text.replace(old, new)
    (desktop.root / FILE).unlink()
    desktop.write(path, text)


def seen(desktop: Desktop) -> tuple[int, str]:
    outside = desktop.outside()
    code = preview(outside)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def sent_by(desktop: Desktop) -> tuple[int, int]:
    """How `post` ends, and how many posts X shows then."""
    return post(desktop.outside(), PostOptions()), len(desktop.sandbox.timeline())


def test_the_id_that_the_error_names_settles_it(desktop):
    """A8"""
    announced(desktop)
    edited(desktop)
    code, said = seen(desktop)
    assert code == 1
    assert "error[renamed-post]" in said
    assert "write `id: winter-lois` in campaigns/jeans.yaml" in said
    assert sent_by(desktop) == (3, 1)

    text = (desktop.root / "campaigns/jeans.yaml").read_text()
    desktop.write("campaigns/jeans.yaml", f"id: winter-lois\n{text}")
    code, said = seen(desktop)
    assert (code, "renamed-post" in said) == (0, False)
    assert sent_by(desktop) == (0, 1)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("moved", [False, True], ids=["A8-due", "A8-moved-ahead"])
def test_the_word_that_the_error_names_settles_it(desktop, moved):
    announced(desktop)
    edited(desktop, **({"{at: opens, text": "{at: opens + 2h, text"} if moved else {}))
    code, said = seen(desktop)
    assert code == 1
    name = "shop/jeans/announce"
    assert f"`runner resolve {name} --not-posted" in said
    said = ResolveOptions(name=name, because="another contest", not_posted=True)
    assert resolve(desktop.outside(), said) == 0
    assert seen(desktop)[0] == 0
    desktop.clock.set("2027-03-01T12:01+02:00" if moved else LATE)
    assert sent_by(desktop) == (0, 2)


def test_the_name_that_the_error_names_settles_it(desktop):
    """A8, in one file"""
    announced(desktop)
    edited(desktop, FILE, **{EDITED: "hello:\n    text: Win jeans\n    at: opens"})
    text = (desktop.root / FILE).read_text()
    code, said = seen(desktop)
    assert code == 1
    assert "name it `announce` again" in said
    assert sent_by(desktop) == (3, 1)
    desktop.write(FILE, text.replace("hello:", "announce:"))
    assert seen(desktop)[0] == 0
    assert sent_by(desktop) == (0, 1)


LEFT = {  # what is left of the old file, beside a copy of it with one word changed
    "A8-a-draft": lambda text: f"{text}draft: true\n",
    "A8-unreadable": lambda text: text.replace("kind: contest", "kind: contst"),
    "A8-moved-by-a-month": lambda text: text.replace("{at: opens}", "{at: opens + 30d}"),
    "A8-as-it-was": lambda text: text,
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("left", LEFT)
def test_a_copy_of_what_is_out_is_no_second_post(desktop, left):
    announced(desktop)
    text = (desktop.root / FILE).read_text()
    desktop.write("campaigns/jeans.yaml", text.replace("skinny jeans", "slim jeans"))
    desktop.write(FILE, LEFT[left](text))
    code, said = seen(desktop)
    assert code == 1
    assert "error[renamed-post]" in said
    ended, shown = sent_by(desktop)
    assert (ended in (1, 3), shown) == (True, 1)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "asked", [PostOptions(), PostOptions(campaigns=("winter-lois",))], ids=["all", "one"]
)
def test_campaigns_that_are_not_looked_at_have_not_vanished(desktop, asked):
    desktop.write(
        "campaigns/other.yaml",
        "kind: series\naccount: shop\nposts: {announce: {at: 2027-03-01 09:50, text: Before}}\n",
    )
    desktop.clock.set("2027-03-01T09:50+02:00")
    assert post(desktop.outside(), PostOptions()) == 0
    desktop.clock.set("2027-03-01T10:05+02:00")
    assert post(desktop.outside(), asked) == 0
    assert len(desktop.sandbox.timeline()) == 2


def test_a_renamed_account_is_shown_as_post_treats_it(desktop):
    """A9"""
    announced(desktop)
    for path in ("runner.yaml", FILE):
        text = (desktop.root / path).read_text()
        desktop.write(path, text.replace("shop:", "store:").replace(" shop\n", " store\n"))
    code, said = seen(desktop)
    known = "the ledger knows the user of account `store` as account `shop`"
    assert code == 1
    assert "error[renamed-account]" in said
    assert said.count(known) > 2, "at the account, and at each post"
    assert status(desktop.outside()) == 3
    outside = desktop.outside()
    assert post(outside, PostOptions(dry_run=True)) == 3
    assert known in outside.out.getvalue()
    outside = desktop.outside()
    assert post(outside, PostOptions()) == 4
    assert known in outside.out.getvalue()
    assert len(desktop.sandbox.timeline()) == 1
