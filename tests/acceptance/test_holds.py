"""A person stops publishing, and lets it go on."""

from subprocess import CompletedProcess

import pytest

from runner.cli.commands.hold import hold, show
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.release import release
from runner.cli.commands.status import status
from runner.ledger import Need
from runner.problems import BadUsage, Suggestion
from runner.stores.files import FilesLedger
from tests.acceptance.conftest import output_of
from tests.acceptance.typed import typed

DUE = "2027-03-01T10:02+02:00"
EVERYTHING = Scope()
ACCOUNT = Scope(account="shop")
CAMPAIGN = Scope(campaign="winter-lois")


@pytest.fixture(autouse=True)
def anna(desktop):
    desktop.environ["USER"] = "anna"


def holds(desktop):
    return FilesLedger(desktop.root / ".runner/ledger").read(Need()).holds


@pytest.mark.parametrize(
    ("scope", "named", "options"),
    [
        (EVERYTHING, "the project", "runner release"),
        (ACCOUNT, "account `shop`", "runner release --account shop"),
        (CAMPAIGN, "campaign `winter-lois`", "runner release --campaign winter-lois"),
    ],
)
def test_nothing_that_is_held_goes_out_until_it_is_released(desktop, scope, named, options):
    told = output_of(desktop, hold, scope, because="the price is wrong")
    assert told.startswith(
        f"{named} is on hold since Sun 28 Feb 2027 12:00 +02:00, by anna: the price is wrong.\n"
    )
    assert f"`{options}`" in told

    desktop.clock.set(DUE)
    assert post(desktop.outside(), PostOptions()) == 0
    assert desktop.sandbox.timeline() == []

    told = output_of(desktop, release, scope, because="mended")
    assert told.startswith(f"{named} is no longer on hold; it was since Sun 28 Feb 2027 12:00")
    assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 1


def test_a_hold_on_another_campaign_stops_nothing_here(desktop):
    desktop.write(
        "campaigns/other.yaml",
        "kind: series\naccount: shop\nposts: {hello: {at: 2027-03-02 10:01, text: Hello}}\n",
    )
    output_of(desktop, hold, Scope(campaign="other"), because="not yet")
    desktop.clock.set(DUE)
    assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 1


def test_holding_twice_says_who_was_first_and_writes_nothing(desktop):
    output_of(desktop, hold, EVERYTHING, because="the price is wrong")
    desktop.environ["USER"] = "bella"
    told = output_of(desktop, hold, EVERYTHING, because="stop!")
    assert "It was already: the project is on hold since" in told
    assert "by anna: the price is wrong" in told
    assert [each.by for each in holds(desktop)] == ["anna"]


def test_releasing_what_is_not_held_says_what_is(desktop):
    output_of(desktop, hold, CAMPAIGN, because="the price is wrong")
    told = output_of(desktop, release, EVERYTHING, because="go on")
    assert "`runner hold` does not hold the project, so nothing has changed." in told
    assert "Still: campaign `winter-lois` is on hold since" in told
    assert len(holds(desktop)) == 1


def test_what_is_held_is_listed(desktop):
    assert output_of(desktop, show) == "Nothing is on hold by `runner hold`.\n"
    output_of(desktop, hold, CAMPAIGN, because="the price is wrong")
    output_of(desktop, hold, ACCOUNT, because="the shop is closed")
    first, second = output_of(desktop, show).splitlines()
    assert first.startswith("account `shop` is on hold since")
    assert first.endswith("by anna: the shop is closed")
    assert second.startswith("campaign `winter-lois` is on hold since")


@pytest.mark.parametrize("command", [status, preview])
def test_who_holds_what_and_why_is_shown_with_every_plan(desktop, command):
    output_of(desktop, hold, CAMPAIGN, because="the price is wrong")
    assert (
        "campaign `winter-lois` is on hold since Sun 28 Feb 2027 12:00 +02:00, by anna:"
        " the price is wrong" in output_of(desktop, command)
    )


@pytest.mark.parametrize(
    ("scope", "help"),
    [
        (Scope(account="shpo"), str(Suggestion("shop"))),
        (Scope(campaign="spring"), "there are `winter-lois`"),
    ],
)
@pytest.mark.parametrize("command", [hold, release])
def test_a_name_that_nothing_has_is_refused(desktop, command, scope, help):
    with pytest.raises(BadUsage) as refused:
        command(desktop.outside(), scope, because="wrong")
    assert refused.value.help == help
    assert holds(desktop) == ()


def test_what_is_held_can_be_released_after_its_file_is_gone(desktop):
    output_of(desktop, hold, CAMPAIGN, because="the price is wrong")
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    output_of(desktop, release, CAMPAIGN, because="over")
    assert holds(desktop) == ()


def run(desktop, *words: str) -> CompletedProcess[str]:
    return typed(desktop.root, *words, environ={"USER": "anna"})


def test_a_person_types_it(desktop):
    why = ("--because", "the price is wrong")
    assert run(desktop, "hold", "--campaign", "winter-lois", *why).returncode == 0
    assert "by anna: the price is wrong" in run(desktop, "hold", "--list").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("hold",), '--because "…"'),
        (("release",), '--because "…"'),
        (("hold", "--account", "shop", "--campaign", "winter-lois", "--because", "x"), "leave out"),
    ],
)
def test_what_is_missing_or_too_much_is_said(desktop, words, told):
    done = run(desktop, *words)
    assert done.returncode == 2
    assert told in done.stderr
