"""decide.yml as teams copy it: what somebody fills in, and what stands in the ledger then."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from runner.cli.machine import MachineClock
from runner.ledger import Attempting, Closed, Facts, Key, Need, Record, State
from runner.local_x.server import Sandbox
from runner.publish.ports import Identity, Ledger, Receipt
from runner.render.rendered import RenderedPart
from runner.stores.project_store import git_ledger
from runner.value import replace
from runner.x.publisher import publisher_for
from tests.workflows.acting import ROOT, Acted, Machine
from tests.workflows.conftest import PROJECT, campaign, secrets
from tests.workflows.hostile import HOSTILE, MARK, nothing_of_it_was_done
from tests.workflows.hub import RUNNER

KEY = Key("shop", "hello", "hello")
SENT = timedelta(minutes=-20)
DUE = timedelta(minutes=-22)
POST = {"post": str(KEY)}


def fill_in(machine: Machine, decision: str, **fields: str) -> Acted:
    """Presses `Run workflow`, with the form filled in."""
    inputs = {"decision": decision, "because": "the price is wrong", **fields}
    return machine.run("decide.yml", "workflow_dispatch", {"inputs": inputs})


def ledger_of(machine: Machine) -> Ledger:
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(machine.hub.folder), **machine.hub.git_config}
    return git_ledger(
        machine.hub.work, environ, clock=MachineClock(), accounts=None, branch="runner-ledgers"
    )


def facts_of(machine: Machine) -> Facts:
    return ledger_of(machine).read(Need(periods=frozenset({("hello", "once")})))


def in_doubt(machine: Machine) -> None:
    """A run has sent the post, and got no answer; a person was asked about it."""
    machine.hub.commit({"campaigns/hello.yaml": campaign("Hello, world", due=DUE)})
    at = datetime.now(UTC) + SENT
    attempt = Attempting(
        key=KEY,
        at=at,
        run="1-1",
        attempt="a1",
        send_by=at + timedelta(seconds=60),
        due=at,
        digest="digest",
        parts=({"text": "Hello, world", "repost": None},),
        cost=Decimal("0.015"),
        costs=(Decimal("0.015"),),
    )
    unclear = Closed(
        key=KEY,
        at=at + timedelta(minutes=6),
        run="2-1",
        state=State.UNKNOWN,
        attempt="a1",
        because="X gave no answer",
        look="unclear",
    )
    ledger_of(machine).record(Record(entries=(attempt, unclear)))


def shown(sandbox: Sandbox, text: str) -> str:
    """The link of a post of the account's that no ledger knows."""
    publisher = publisher_for(
        "shop", "acme_lv", sandbox.environment(), only_account=False, sleep=lambda _: None
    )
    assert isinstance(publisher.identify(), Identity)
    part = RenderedPart(text=text, weight=len(text), cost=Decimal(0))
    answer = publisher.create(part, media=(), reply_to=None)
    assert isinstance(answer, Receipt)
    return answer.url


def test_who_holds_everything_stands_in_the_ledger_with_the_reason_and_nothing_goes_out(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = fill_in(machine, "hold")
    assert run.jobs == {"decide": "success"}, str(run)
    assert run.summary.startswith("## Decided\n\n- the project is on hold since ")
    assert run.summary.count("by marta: the price is wrong.") == 1
    (hold,) = facts_of(machine).holds
    assert (hold.what, hold.by, hold.because) == (("project", None), "marta", "the price is wrong")
    assert sandbox.requests() == {}


@pytest.mark.slow
def test_a_hold_of_an_account_ends_when_somebody_releases_it(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.commit({"campaigns/hello.yaml": campaign("Hello, world", due=DUE)})
    assert fill_in(machine, "hold", account="shop").jobs == {"decide": "success"}
    assert machine.run("post.yml", "schedule").jobs == {"accounts": "success"}
    assert sandbox.timeline() == []

    run = fill_in(machine, "release", account="shop", because="it is mended")
    assert run.jobs == {"decide": "success"}, str(run)
    assert "account \\`shop\\` is no longer on hold" in run.summary
    machine.run("post.yml", "schedule")
    assert [post.text for post in sandbox.timeline()] == ["Hello, world"]


@pytest.mark.slow
def test_what_is_not_out_is_looked_for_as_its_account_and_goes_out_with_the_next_run(
    machine: Machine, sandbox: Sandbox
) -> None:
    in_doubt(machine)
    run = fill_in(machine, "not posted", **POST, account="shop")
    assert run.jobs == {"look": "success"}, str(run)
    assert "- shop/hello/hello is not out, says marta." in run.summary
    assert sandbox.requests().keys() == {"me", "timeline"}
    assert facts_of(machine).standings[KEY].last.state is State.RELEASED

    assert machine.run("post.yml", "schedule").jobs["post-shop"] == "success"
    assert [post.text for post in sandbox.timeline()] == ["Hello, world"]


@pytest.mark.slow
def test_what_x_shows_is_not_taken_for_absent(machine: Machine, sandbox: Sandbox) -> None:
    in_doubt(machine)
    url = shown(sandbox, "Hello, world")
    run = fill_in(machine, "not posted", **POST, account="shop")
    assert run.jobs == {"look": "failure"}, str(run)
    assert run.summary.startswith("## The run stopped\n\n- shop/hello/hello is out: ")
    assert facts_of(machine).standings[KEY].last.state is State.UNKNOWN

    run = fill_in(machine, "posted", **POST, link=url)
    assert run.jobs == {"decide": "success"}, str(run)
    assert facts_of(machine).standings[KEY].posted[0].url == url


@pytest.mark.slow
def test_a_run_that_needs_a_person_leads_to_the_form_and_what_it_says_to_fill_in_is_right(
    machine: Machine, sandbox: Sandbox
) -> None:
    hello = campaign("Hello, world", due=DUE)
    poor = PROJECT + "budget: {usd-per-month: 0.01}\n"
    machine.hub.commit({"runner.yaml": poor, "campaigns/hello.yaml": hello})
    run = machine.run("post.yml", "schedule")
    assert run.jobs == {"accounts": "success", "post-shop": "failure"}, str(run)
    told = r"\[Decide\]\((\S+)\): Decision `(\S+)`, if .+; Post `(\S+)`\."
    ((url, decision, post),) = re.findall(told, run.summary)
    assert url == "https://github.com/acme/shop/actions/workflows/decide.yml"
    asked = sandbox.requests()

    run = fill_in(machine, decision, post=post)
    assert run.jobs == {"decide": "success"}, str(run)
    assert sandbox.requests() == asked
    assert machine.run("post.yml", "schedule").jobs == {"accounts": "success"}
    assert sandbox.timeline() == []


@pytest.mark.slow
def test_a_form_that_is_filled_in_wrongly_changes_nothing_and_says_what_to_fill_in(
    machine: Machine,
) -> None:
    in_doubt(machine)
    before = machine.hub.count("runner-ledgers/shop"), machine.hub.count("runner-ledgers/_project")
    run = fill_in(machine, "hold", **POST)
    assert run.jobs == {"decide": "failure"}, str(run)
    assert "Leave Post empty" in run.summary
    run = fill_in(machine, "not posted", **POST)
    assert run.jobs == {"decide": "failure"}, str(run)
    assert "\\`not posted\\` needs Account" in run.summary
    after = machine.hub.count("runner-ledgers/shop"), machine.hub.count("runner-ledgers/_project")
    assert after == before


FIELDS = ("post", "link", "account", "campaign", "because")


def all_in(texts: tuple[str, ...]) -> Mapping[str, str]:
    return dict(zip(FIELDS, texts, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(0, len(HOSTILE), 2))
def test_a_hostile_text_is_a_text_in_whichever_field(machine: Machine, turn: int) -> None:
    texts = (HOSTILE + HOSTILE)[turn : turn + len(FIELDS)]
    run = fill_in(machine, "posted", **all_in(texts))
    assert run.jobs == {"decide": "failure"}, str(run)
    assert run.summary.startswith("## The run stopped")
    nothing_of_it_was_done(machine, run)


@pytest.mark.slow
def test_a_hostile_reason_is_only_a_reason(machine: Machine) -> None:
    run = fill_in(machine, "hold", because=" ".join(HOSTILE))
    assert run.jobs == {"decide": "success"}, str(run)
    nothing_of_it_was_done(machine, run)
    (hold,) = facts_of(machine).holds
    assert hold.because.startswith(f'$(touch {MARK}) `touch {MARK}` "; touch {MARK}; "')


@pytest.mark.slow
def test_an_account_among_several_is_asked_with_the_secrets_of_its_environment(
    machine: Machine, sandbox: Sandbox
) -> None:
    project = PROJECT.replace("ledger:", "  tienda: {handle: acme_es, locale: es}\nledger:")
    machine.hub.commit({"runner.yaml": project})
    in_doubt(machine)
    of_another = replace(machine, secrets=secrets(sandbox, "tienda"))
    run = fill_in(of_another, "not posted", **POST, account="shop")
    assert run.jobs == {"look": "failure"}, str(run)
    assert "the credentials belong to" in run.summary
    run = fill_in(machine, "not posted", **POST, account="shop")
    assert run.jobs == {"look": "success"}, str(run)


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_calls_the_form_as_the_page_says(
    machine: Machine,
) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    (caller,) = re.findall(r"```text\n(name: Decide\n.*?)```", page, re.DOTALL)
    caller = caller.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    machine.hub.part()
    machine.hub.commit({".github/workflows/decide.yml": caller})
    run = fill_in(machine, "hold", campaign="hello")
    assert run.jobs == {"decide": "success"}, str(run)
    (hold,) = facts_of(machine).holds
    assert (hold.what, hold.by) == (("campaign", "hello"), "marta")
