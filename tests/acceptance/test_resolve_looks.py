"""G3: who says that a post is not out is not believed where the timeline shows it."""

from decimal import Decimal

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.ledger import State
from runner.problems import BadUsage, Refused
from runner.publish.ports import Identity, Receipt
from runner.render.rendered import RenderedPart
from runner.value import replace
from runner.x.publisher import publisher_for
from tests.acceptance.doubts import (
    THREAD,
    an_attempt,
    an_end,
    half_a_thread,
    in_doubt,
    refusal,
    say,
    standing_of,
)
from tests.acceptance.typed import typed


def shown(desktop, text: str, at: str = "2027-03-01T10:01+02:00", now="2027-03-01T10:30+02:00"):
    """What X shows since then."""
    desktop.clock.set(at)
    desktop.sandbox.set_clock(desktop.clock.now())
    publisher = publisher_for(
        "shop", "acme_lv", desktop.environ, only_account=True, sleep=lambda _: None
    )
    assert isinstance(publisher.identify(), Identity)
    part = RenderedPart(text=text, weight=len(text), cost=Decimal(0))
    answer = publisher.create(part, media=(), reply_to=None)
    assert isinstance(answer, Receipt)
    desktop.clock.set(now)
    desktop.sandbox.set_clock(desktop.clock.now())
    return answer.url


def test_g3_a_post_that_the_timeline_shows_is_not_taken_for_absent(desktop):
    in_doubt(desktop)
    url = shown(desktop, "Win jeans")
    told = refusal(desktop, not_posted=True)
    assert f"shop/winter-lois/announce is out: {url}" in told
    assert f"`--posted {url}`" in told


def test_g3_so_is_a_part_of_a_thread(desktop):
    half_a_thread(desktop)
    url = shown(desktop, "Two")
    assert f"part 2 of {THREAD} is out: {url}" in refusal(desktop, "fit/fit", not_posted=True)


def test_g3_so_is_what_x_refused_as_said_before(desktop):
    attempt = an_attempt()
    in_doubt(desktop, attempt, an_end(attempt, State.REJECTED))
    shown(desktop, "Win jeans")
    assert "is out: " in refusal(desktop, not_posted=True)


def test_another_post_hinders_nobody(desktop):
    in_doubt(desktop)
    shown(desktop, "Win jeans", at="2027-03-01T09:30+02:00")
    shown(desktop, "Something else")
    assert "is not out, says anna" in say(desktop, not_posted=True)
    assert standing_of(desktop).state is State.RELEASED


def test_what_x_shows_only_after_a_word_is_found_and_not_sent_again(desktop):
    """The world of seed 541639509478 forgot what it had sent at a person's word, while X lagged."""
    in_doubt(desktop)
    say(desktop, not_posted=True)
    url = shown(desktop, "Win jeans")
    assert post(desktop.outside(), PostOptions()) == 0
    (posted,) = standing_of(desktop).posted
    assert posted.url == url
    assert len(desktop.sandbox.timeline("acme_lv")) == 1


def test_a_local_x_goes_along_to_the_time_of_who_tries_it_out(desktop):
    in_doubt(desktop)
    url = shown(desktop, "Win jeans", now="2027-03-01T10:02+02:00")
    words = ("winter-lois/announce", "--not-posted", "--because=so", "--now=2027-03-01T10:30+02:00")
    refused = typed(desktop.root, "resolve", *words, environ=desktop.environ)
    assert f"shop/winter-lois/announce is out: {url}" in refused.stderr


def test_who_knows_better_says_it_without_looking(desktop):
    in_doubt(desktop)
    shown(desktop, "Win jeans")
    assert "is not out, says anna" in say(desktop, not_posted=True, without_looking=True)


def test_who_can_not_look_says_so(desktop):
    in_doubt(desktop)
    desktop = replace(desktop, environ={"X_API_URL": desktop.sandbox.url, "USER": "anna"})
    with pytest.raises(Refused) as refused:
        resolve(
            desktop.outside(),
            ResolveOptions(name="winter-lois/announce", because="I looked", not_posted=True),
        )
    assert "the credentials of `shop` are incomplete" in refused.value.message
    assert "--without-looking" in str(refused.value.help)
    assert standing_of(desktop).doubtful
    say(desktop, not_posted=True, without_looking=True)
    assert standing_of(desktop).state is State.RELEASED


def test_a_timeline_that_can_not_be_read_says_nothing(desktop):
    in_doubt(desktop)
    desktop.sandbox.set_clock(desktop.clock.now())
    desktop.sandbox.fail({"route": "timeline", "answer": "unavailable", "times": 9})
    with pytest.raises(Refused, match="the timeline can't be read"):
        resolve(
            desktop.outside(),
            ResolveOptions(name="winter-lois/announce", because="I looked", not_posted=True),
        )


def test_the_flag_is_for_one_word_only(desktop):
    in_doubt(desktop)
    with pytest.raises(BadUsage, match="says how --not-posted is to be taken"):
        resolve(
            desktop.outside(),
            ResolveOptions(
                name="winter-lois/announce", because="so", skip=True, without_looking=True
            ),
        )
