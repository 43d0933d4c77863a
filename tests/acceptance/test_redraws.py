# ruff: noqa: F811 - fixtures of another module
"""A place that falls goes to the next in the order of the draw, and that is told."""

from functools import partial

import pytest

from runner.cli.commands.forget import forget
from runner.cli.commands.preview import preview
from runner.cli.commands.redraw import Because, redraw
from runner.cli.commands.status import status
from runner.cli.commands.terms import TermsFormat, print_terms
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_draw
from runner.cli.contests import contest_of
from runner.problems import BadUsage, Refused
from runner.public_web import OEMBED_VARIABLE
from runner.when import parse_when
from tests.acceptance.contests import ID, RESULTS, posted, rewritten, said
from tests.acceptance.test_whole_contest import drawn_contest  # noqa: F401 - a fixture

pytestmark = pytest.mark.sampled(4)
offline_check = partial(check_draw, offline=True)


def test_a_place_that_falls_is_taken_by_the_next_and_stays_told(drawn_contest):
    desktop = drawn_contest
    before = contest_of(desktop.outside(), ID).file.draw
    first, second = before.winners
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    with pytest.raises(BadUsage, match="can be claimed until Fri 22 Sep 2023 11:0"):
        said(desktop, redraw, ID, f"@{first}", Because.UNCLAIMED)
    desktop.clock.set("2023-09-22T12:00+00:00")
    code, text = said(desktop, redraw, ID, f"@{first}", Because.UNCLAIMED)
    after = contest_of(desktop.outside(), ID).file.draw
    assert (code, after.drawn) == (0, before.drawn)
    assert after.winners[0] == second
    assert after.winners[1] not in (first, second)
    assert f"@{after.winners[1]}" in text
    assert [place.fallen for place in after.proof.places] == ["unclaimed", None, None]
    assert after.claim_by == parse_when("2023-09-29 12:00")
    with pytest.raises(BadUsage, match="can be claimed until Fri 29 Sep 2023 12:00"):
        said(desktop, redraw, ID, after.winners[1], Because.UNCLAIMED)
    desktop.clock.set("2023-09-29T12:00+00:00")
    with pytest.raises(BadUsage, match=r"no post of `winter-lois` .* names"):
        said(desktop, redraw, ID, after.winners[1], Because.UNCLAIMED)
    assert validate(desktop.outside()) == 0
    assert "1 fell, which is the organiser's word" in said(desktop, offline_check, ID)[1]
    with pytest.raises(BadUsage, match="is no winner"):
        said(desktop, redraw, ID, first, Because.GONE)
    assert before.proof.places[0].user == after.proof.places[0].user


def with_a_post_at_redrawn(desktop, *more: str) -> None:
    posts = ("redrawn: {at: redrawn}", *more)
    added = "".join(f"  {each}\n" for each in posts)
    rewritten(desktop, f"campaigns/{ID}.yaml", "  winners: {at", f"{added}  winners: {{at")


def test_who_wins_in_the_place_of_another_is_named_once_the_redraw_is_merged(drawn_contest):
    desktop = drawn_contest
    with_a_post_at_redrawn(desktop)
    desktop.clock.set("2023-09-15T12:05+00:00")
    before = len(posted(desktop))
    desktop.clock.set("2023-09-15T14:00+00:00")
    first = contest_of(desktop.outside(), ID).file.draw.winners[0]
    code, text = said(desktop, redraw, ID, first, Because.WITHDRAWN)
    assert (code, "Once that is merged, `redrawn` names who wins now." in text) == (0, True)
    draw_ = contest_of(desktop.outside(), ID).file.draw
    (successor,) = draw_.successors(1)
    assert successor == draw_.winners[1]
    assert len(posted(desktop)) == before
    desktop.clock.sleep(120)
    named = posted(desktop)
    assert len(named) == before + 1
    assert f"the next in the order of the draw: @{successor}. Congratulations!" in named[0]
    assert f"@{draw_.winners[0]}" not in named[0]
    assert "by September 22" in named[0]
    assert posted(desktop) == named
    assert validate(desktop.outside()) == 0


def redrawn_twice(desktop) -> None:
    """Each is told in a post of its own; how to write the second, the command says."""
    with_a_post_at_redrawn(desktop)
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    for time in ("2023-09-16T12:00", "2023-09-17T12:00"):
        desktop.clock.set(f"{time}+00:00")
        text = withdrawn(desktop)
        desktop.clock.sleep(120)
        posted(desktop)
    assert "No post names who wins now." in text
    (line,) = (each for each in text.splitlines() if each.startswith("  redrawn-2: "))
    rewritten(desktop, f"campaigns/{ID}.yaml", "  winners: {at", f"{line}\n  winners: {{at")


def test_a_second_redraw_is_told_in_a_post_that_the_command_says_how_to_write(drawn_contest):
    desktop = drawn_contest
    redrawn_twice(desktop)
    assert validate(desktop.outside()) == 0
    assert said(desktop, preview)[0] == 0
    named = posted(desktop)[0]
    told, new = contest_of(desktop.outside(), ID).file.draw.winners
    assert (f"order of the draw: @{new}. " in named, f"@{told}" in named) == (True, False)


def test_nothing_is_said_of_posts_whose_names_are_forgotten(drawn_contest):
    """Without the names two redraws were told in the same words."""
    redrawn_twice(drawn_contest)
    posted(drawn_contest)
    drawn_contest.clock.set("2023-12-14T12:00+00:00")
    assert said(drawn_contest, forget, ID)[0] == 0
    assert said(drawn_contest, validate) == (0, "1 campaign with 5 posts: all well.\n")
    assert "4 already out" in said(drawn_contest, preview)[1]


def withdrawn(desktop, place: int = 0) -> str:
    """A winner does not want it; what the command says."""
    winner = contest_of(desktop.outside(), ID).file.draw.winners[place]
    code, text = said(desktop, redraw, ID, winner, Because.WITHDRAWN)
    assert code == 0
    return text


def test_two_redraws_of_which_nobody_was_told_are_told_together(drawn_contest):
    desktop = drawn_contest
    with_a_post_at_redrawn(desktop)
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    for _ in range(2):
        desktop.clock.sleep(3600)
        assert "Once that is merged, `redrawn` names who wins now." in withdrawn(desktop)
    desktop.clock.sleep(120)
    named = posted(desktop)[0]
    winners = contest_of(desktop.outside(), ID).file.draw.winners
    assert "Some of the prizes are free again, and go to the next" in named
    assert all(f"@{each}" in named for each in winners)


def test_who_is_told_of_and_falls_before_that_is_not_named(drawn_contest):
    desktop = drawn_contest
    with_a_post_at_redrawn(desktop)
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    desktop.clock.sleep(3600)
    withdrawn(desktop)
    fallen = contest_of(desktop.outside(), ID).file.draw.winners[1]
    withdrawn(desktop, place=1)
    desktop.clock.sleep(120)
    named = posted(desktop)[0]
    assert f"@{contest_of(desktop.outside(), ID).file.draw.winners[1]}. " in named
    assert f"@{fallen}" not in named


def test_a_redraw_is_no_edit_and_moves_nothing_in_vain(drawn_contest):
    """A post that is out at `claim-by` was due before a redraw put that off."""
    desktop = drawn_contest
    with_a_post_at_redrawn(desktop, 'after: {at: claim-by + 1h, text: "That was it"}')
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    desktop.clock.set("2023-09-22T12:30+00:00")
    posted(desktop)
    winner = contest_of(desktop.outside(), ID).file.draw.winners[0]
    assert said(desktop, redraw, ID, winner, Because.UNCLAIMED)[0] == 0
    assert said(desktop, preview)[0] == 0
    text = said(desktop, status)[1]
    assert "by September 22" in said(desktop, print_terms, ID, TermsFormat.MARKDOWN, "en")[1]
    assert "redrawn since: text: “…" in text
    assert "edited since" not in text
    assert "moved since" not in text


def test_who_was_named_in_time_is_late_though_another_winners_redraw_has_put_it_off(drawn_contest):
    desktop = drawn_contest
    desktop.clock.set("2023-09-15T12:05+00:00")
    posted(desktop)
    desktop.clock.set("2023-09-22T12:30+00:00")
    for winner in contest_of(desktop.outside(), ID).file.draw.winners:
        assert said(desktop, redraw, ID, winner, Because.UNCLAIMED)[0] == 0
    draw_ = contest_of(desktop.outside(), ID).file.draw
    assert [place.fallen for place in draw_.proof.places] == ["unclaimed", "unclaimed", None, None]
    rewritten(desktop, RESULTS, "redraw: 1", "redraw: 2")
    assert validate(desktop.outside()) == 1


def test_who_wins_in_the_place_of_somebody_never_named_has_no_post_of_their_own(drawn_contest):
    desktop = drawn_contest
    with_a_post_at_redrawn(desktop)
    first = contest_of(desktop.outside(), ID).file.draw.winners[0]
    text = said(desktop, redraw, ID, first, Because.WITHDRAWN)[1]
    assert "redrawn" not in text
    desktop.clock.set("2023-09-15T12:05+00:00")
    winners = contest_of(desktop.outside(), ID).file.draw.winners
    named = posted(desktop)
    assert all(f"@{each}" in named[0] for each in winners)
    desktop.clock.sleep(3600)
    assert posted(desktop) == named


def test_nobody_beyond_the_alternates_wins(drawn_contest):
    """Two winners and three alternates: after five have fallen nobody is left."""
    for _ in range(5):
        winner = contest_of(drawn_contest.outside(), ID).file.draw.winners[0]
        _, text = said(drawn_contest, redraw, ID, winner, Because.WITHDRAWN)
    draw_ = contest_of(drawn_contest.outside(), ID).file.draw
    assert (draw_.winners, len(draw_.proof.places)) == ((), 5)
    assert "Nobody is left" in text
    assert said(drawn_contest, offline_check, ID)[0] == 0
    assert validate(drawn_contest.outside()) == 0


class HidesMeanwhile:
    """The desktop's clock; while somebody sleeps, an account changes what it shows."""

    def __init__(self, desktop, handle: str, how: str | None) -> None:
        self.clock, self._change = desktop.clock, lambda: desktop.sandbox.hide(handle, how)

    def now(self):
        return self.clock.now()

    def boot(self) -> float:
        return self.clock.boot()

    def sleep(self, seconds: float) -> None:
        assert seconds == 3600
        self.clock.sleep(seconds)
        self._change()


def test_an_entry_is_gone_when_x_has_not_shown_it_twice_an_hour_apart(drawn_contest):
    desktop = drawn_contest
    winner = contest_of(desktop.outside(), ID).file.draw.winners[0]
    with pytest.raises(BadUsage, match="so that it is not gone"):
        said(desktop, redraw, ID, winner, Because.GONE)
    desktop.sandbox.hide(winner, "suspended")
    desktop.clock = HidesMeanwhile(desktop, winner, None)
    with pytest.raises(BadUsage, match="so that it is not gone"):
        said(desktop, redraw, ID, winner, Because.GONE)
    desktop.sandbox.hide(winner, "suspended")
    desktop.clock = HidesMeanwhile(desktop, winner, "suspended")
    assert said(desktop, redraw, ID, winner, Because.GONE)[0] == 0
    places = contest_of(desktop.outside(), ID).file.draw.proof.places
    assert [place.fallen for place in places] == ["gone", None, None]
    desktop.environ[OEMBED_VARIABLE] = "http://127.0.0.1:9"
    other = contest_of(desktop.outside(), ID).file.draw.winners[0]
    with pytest.raises(Refused, match="does not say whether it is gone"):
        said(desktop, redraw, ID, other, Because.GONE)
