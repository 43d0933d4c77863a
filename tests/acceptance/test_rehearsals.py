"""A contest is tried at home, by commands alone: on a local X, at the times that `--now` says."""

from datetime import datetime, timedelta

import pytest

from runner.cli.commands.validate import validate
from runner.cli.contests import KEYS, contest_of
from runner.local_x.crowd import crowd_acts
from tests.acceptance.conftest import Desktop
from tests.acceptance.contests import ID, RESULTS
from tests.acceptance.open_contests import contest_by
from tests.acceptance.typed import typed
from tests.unit.contest.building import KEY

pytestmark = pytest.mark.sampled(4)
OPENS = datetime.fromisoformat("2027-03-01T10:00+02:00")
CLOSES = datetime.fromisoformat("2027-03-08T20:00+02:00")


def ran(desktop: Desktop, *words: str) -> str:
    """What a command prints that goes well, typed in the project's folder."""
    done = typed(desktop.root, *words, environ=desktop.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def drawn(desktop: Desktop) -> Desktop:
    """A contest of 2027, from its announcement to its draw, and what a crowd did meanwhile."""
    contest_by(desktop, "mention")
    ran(desktop, "post", "--now", "2027-03-01T10:00+02:00")
    entries = crowd_acts(20, opens=OPENS, closes=CLOSES, text="@acme_lv #ZiemasLois")
    desktop.sandbox.play(entries)
    assert "posts read" in ran(desktop, "collect", ID, "--now", "2027-03-08T20:20+02:00")
    assert "entries are on the list" in ran(
        desktop, "contest", "commit", ID, "--now", "2027-03-08T20:30+02:00"
    )
    ran(desktop, "post", "--now", "2027-03-08T20:40+02:00")
    early = ran(desktop, "draw", ID, "--now", "2027-03-10T19:59+02:00")
    assert "Nothing is drawn yet" in early
    told = ran(desktop, "draw", ID, "--now", "2027-03-10T20:01+02:00")
    assert "A rehearsal: a key that everybody has signs the round" in told
    return desktop


def test_a_contest_of_any_time_is_drawn_checked_and_announced(drawn: Desktop) -> None:
    told = ran(drawn, "verify", ID)
    assert "rehearsal: everybody has the key that has signed its round" in told
    assert "verified: the draw was not steered" in told
    ran(drawn, "post", "--now", "2027-03-10T21:10+02:00")
    draw = contest_of(drawn.outside(), ID).file.draw
    assert draw
    (named, *_) = drawn.sandbox.timeline("acme_lv")
    assert all(f"@{winner}" in named.text for winner in draw.winners)
    assert validate(drawn.outside()) == 0


def test_nobody_but_who_rehearses_takes_it_for_a_draw(drawn: Desktop) -> None:
    entries = (drawn.root / ".runner/ledger-contests" / ID / "runner-contests/files").iterdir()
    (drawn.root / "list.txt").write_bytes(next(iter(entries)).read_bytes())
    words = ("verify", ID, "--list", "list.txt", "--offline")
    assert typed(drawn.root, *words, environ=drawn.environ).returncode == 0
    done = typed(drawn.root, *words, environ={})
    assert done.returncode == 1
    assert "signed with the key of rehearsals, which everybody has" in done.stdout
    done = typed(drawn.root, "validate", environ={})
    assert done.returncode == 1
    assert "error[contest-result]" in done.stdout
    assert "key of rehearsals" in done.stdout


def test_an_hour_between_two_looks_passes_at_once(drawn: Desktop) -> None:
    draw = contest_of(drawn.outside(), ID).file.draw
    assert draw
    drawn.sandbox.hide(draw.winners[0], "suspended")
    words = ("--fallen", draw.winners[0], "--because", "gone")
    ran(drawn, "redraw", ID, *words, "--now", "2027-03-11T12:00+02:00")
    assert drawn.sandbox.now() - OPENS > timedelta(days=10, hours=3)
    assert "fallen: gone" in (drawn.root / RESULTS).read_text()


@pytest.mark.parametrize(
    "words",
    [
        ("collect",),
        ("contest", "commit", ID),
        ("draw", ID),
        ("redraw", ID, "--fallen", "anna", "--because", "gone"),
        ("verify", ID),
        ("forget", ID),
    ],
    ids=lambda words: words[0],
)
def test_on_x_itself_no_command_about_contests_takes_another_time(
    desktop: Desktop, words: tuple[str, ...]
) -> None:
    contest_by(desktop, "mention")
    environ = {KEYS: KEY.secret.hex()}
    done = typed(desktop.root, *words, "--now", "2027-03-10T20:00+02:00", environ=environ)
    assert done.returncode == 2
    assert "set X_API_URL to a sandbox on this machine" in done.stderr
