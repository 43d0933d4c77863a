"""A person decides by a form: what the three commands do, with the form's own words."""

import re
from pathlib import Path

import pytest
import yaml

from runner.cli.commands.decide import LABELS, Decision, decide
from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.ledger import Need, State
from runner.problems import BadUsage, LedgerUnusable, Refused, Stop
from tests.acceptance.doubts import a_link, in_doubt, ledger_of, standing_of
from tests.acceptance.test_resolve_looks import shown

NAME = "shop/winter-lois/announce"
EMPTY = dict.fromkeys((*LABELS, "because"), "")
HOSTILE = (
    "x\n::error::gotcha",
    "x\r\n##[warning]gotcha",
    "x\u2028::notice::gotcha",
    "<img src=x> @octocat ![x](https://example.com/2.png)",
    "\u202egnorts\u202c \x1b[2J",
    "--not-posted",
    "../../runner.yaml",
    "shop/*/announce",
    "x" * 60_000,
)


@pytest.fixture
def summary(desktop, tmp_path: Path) -> Path:
    """What the job's page shows."""
    path = tmp_path / "summary.md"
    desktop.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(path)}
    desktop.environ |= {"GITHUB_ACTOR": "anna", "GITHUB_TRIGGERING_ACTOR": "ben"}
    return path


def decided(desktop, decision: str, **fields: str) -> str:
    """With a reason, if no other is given."""
    context = desktop.outside()
    filled = {**EMPTY, "decision": decision, "because": "the price is wrong", **fields}
    assert decide(context, filled) == 0
    return context.out.getvalue()


def refusal(desktop, decision: str, kind: type[Stop] = BadUsage, **fields: str) -> str:
    with pytest.raises(kind) as refused:
        decided(desktop, decision, **fields)
    return f"{refused.value.message}\n{refused.value.help}"


def test_the_page_of_the_run_says_what_the_command_says(desktop, summary):
    said = decided(desktop, "hold")
    assert said.startswith("the project is on hold since ")
    assert "by ben: the price is wrong.\n" in said
    head, *lines = [line for line in summary.read_text().splitlines() if line]
    assert head == "## Decided"
    assert [line.replace("\\", "") for line in lines] == [f"- {line}" for line in said.splitlines()]


def test_a_hold_is_written_for_who_has_started_the_run_again(desktop, summary):
    decided(desktop, "hold", account="shop")
    (line,) = ledger_of(desktop).read(Need()).holds
    assert (line.what, line.by) == (("account", "shop"), "ben")


@pytest.mark.parametrize("scope", [{}, {"account": "shop"}, {"campaign": "winter-lois"}])
def test_what_is_held_is_released(desktop, summary, scope):
    hold(desktop.outside(), Scope(**scope), because="the price is wrong")
    assert "is no longer on hold" in decided(desktop, "release", **scope)
    assert ledger_of(desktop).read(Need()).holds == ()


def test_a_post_is_out_by_its_link(desktop, summary):
    in_doubt(desktop)
    assert f"{NAME} is out, says ben: {a_link(1)}" in decided(
        desktop, "posted", post=NAME, link=a_link(1)
    )
    assert standing_of(desktop).state is State.POSTED


def test_a_post_is_skipped(desktop, summary):
    in_doubt(desktop)
    decided(desktop, "skip", post=NAME)
    assert standing_of(desktop).last.state is State.SKIPPED


def test_what_x_shows_is_not_taken_for_absent_but_by_who_does_not_want_it_looked_for(
    desktop, summary
):
    in_doubt(desktop)
    url = shown(desktop, "Win jeans")
    assert url in refusal(desktop, "not posted", post=NAME, account="shop")
    assert summary.read_text().startswith("## The run stopped\n\n- shop/winter-lois/announce is ou")
    assert standing_of(desktop).last.state is State.UNKNOWN
    decided(desktop, "not posted, without looking", post=NAME)
    assert standing_of(desktop).last.state is State.RELEASED


def test_credentials_without_a_name_are_those_of_the_account_that_is_named(desktop, summary):
    project = (desktop.root / "runner.yaml").read_text()
    another = "  tienda: {handle: acme_es, locale: en}\n"
    desktop.write("runner.yaml", project.replace("ledger:", f"{another}ledger:"))
    in_doubt(desktop)
    decided(desktop, "not posted", post=NAME, account="shop")
    assert standing_of(desktop).last.state is State.RELEASED


def test_where_nobody_can_look_nothing_is_decided(desktop, summary):
    in_doubt(desktop)
    for name in desktop.sandbox.credentials("shop"):
        desktop.environ.pop(name)
    told = refusal(desktop, "not posted", Refused, post=NAME, account="shop")
    assert "X can't be asked whether" in told
    assert standing_of(desktop).last.state is State.UNKNOWN


@pytest.mark.parametrize(
    ("decision", "fields", "told"),
    [
        ("hold", {"post": NAME}, f"Post is `{NAME}`, and `hold` takes none\nleave Post empty"),
        ("hold", {"link": "x"}, "leave Link empty, or choose `posted`"),
        ("hold", {"account": "shop", "campaign": "tips"}, "a hold is on an account, or on a"),
        ("release", {"post": NAME}, "`release` takes none"),
        ("posted", {"post": NAME}, "`posted` needs Link\nopen the post on X, and copy its link"),
        ("posted", {"link": a_link(1)}, "`posted` needs Post\nfill in its name"),
        ("not posted", {"post": NAME}, "`not posted` needs Account\nfill in the post's account"),
        ("not posted", {"post": NAME, "account": "shop", "link": "x"}, "leave Link empty"),
        ("not posted", {"post": NAME, "account": "tienda"}, "the name says account `shop`"),
        ("skip", {"post": NAME, "campaign": "tips"}, "leave Campaign empty, or choose `hold`"),
        ("skip", {"post": "winter-lois/anounce"}, "neither the files nor the ledger know"),
        ("skip", {"post": NAME, "because": " \n"}, "the ledger has to know why\nfill in Why"),
        ("skipp", {"post": NAME}, "`skipp` is no decision"),
        ("", {}, "the form says no decision\nchoose `hold`, `release`"),
    ],
)
def test_a_form_that_is_filled_in_wrongly_is_refused_with_what_to_fill_in(
    desktop, summary, decision, fields, told
):
    in_doubt(desktop)
    assert told in refusal(desktop, decision, **fields)
    assert summary.read_text().startswith("## The run stopped\n")
    assert standing_of(desktop).last.state is State.UNKNOWN
    assert ledger_of(desktop).read(Need()).holds == ()


@pytest.mark.parametrize("name", ["decision", *LABELS])
def test_a_hostile_text_in_a_field_is_refused_on_one_line(desktop, summary, name):
    in_doubt(desktop)
    for text in HOSTILE:
        summary.unlink(missing_ok=True)
        filled = {"decision": "posted", "post": NAME, "link": a_link(1), name: text}
        said = refusal(desktop, **filled)
        assert len(said.splitlines()) == 2, text  # the message, and the help
        page = summary.read_text()
        assert len(page.splitlines()) == 3, text
        assert "@octocat" not in page
        assert "<img" not in page.replace("\\<", "")
        assert standing_of(desktop).last.state is State.UNKNOWN


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_reason_makes_no_line_and_no_markup(desktop, summary, text):
    benign = decided(desktop, "hold", account="shop").count("\n")
    assert decided(desktop, "hold", because=text).count("\n") == benign
    page = summary.read_text()
    assert "@octocat" not in page
    assert "<img" not in page.replace("\\<", "")
    assert all(line.startswith(("- ", "## ")) for line in page.splitlines() if line)


def test_a_folder_that_goes_with_the_jobs_machine_keeps_no_decision(desktop, summary):
    desktop.environ.pop("X_API_URL")
    told = refusal(desktop, "hold", LedgerUnusable)
    assert "the files store forgets what stands in it" in told
    assert not list(desktop.root.glob(".runner/**/holds*"))


@pytest.mark.parametrize("path", [".github/workflows/decide.yml", "docs/how-to/work-as-a-team.md"])
def test_the_form_offers_what_the_command_takes(path):
    text = (Path(__file__).parents[2] / path).read_text()
    (offered,) = re.findall(r" options: (\[.+\])", text)
    assert yaml.safe_load(offered) == [each.value for each in Decision]
