"""post.yml as teams copy it, run against a bare remote and a local X."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from runner.local_x.server import Sandbox
from runner.value import replace
from tests.workflows.acting import LONGEST, ROOT, Acted, Machine, acted
from tests.workflows.conftest import PROJECT, campaign, secrets
from tests.workflows.hub import BRANCH, RUNNER

pytestmark = pytest.mark.sampled(1)
DUE, SOON, FAR = timedelta(minutes=-1), timedelta(minutes=2), timedelta(days=2)
LEDGER = "runner-ledgers/shop"
HELLO = "campaigns/hello.yaml"


def texts(sandbox: Sandbox) -> list[str]:
    return [post.text for post in sandbox.timeline()]


def tick(machine: Machine) -> Acted:
    return machine.run("post.yml", "schedule", {"schedule": "11,41 * * * *"})


def test_what_is_due_goes_out_once_and_the_next_tick_starts_nobody(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.commit({HELLO: campaign("Hello, world", due=DUE)})
    run = tick(machine)
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert texts(sandbox) == ["Hello, world"]
    assert "## Sent 1 post for $0.015" in run.summary
    assert f"(https://x.com/acme_lv/status/{sandbox.timeline()[0].id})" in run.summary
    files = machine.hub.files(LEDGER)
    assert '"posted"' in files["campaigns/hello/once.jsonl"]
    commits = machine.hub.count(LEDGER)

    again = tick(machine)
    assert again.jobs == {"accounts": "success"}, str(again)
    assert texts(sandbox) == ["Hello, world"]
    assert machine.hub.count(LEDGER) == commits


def test_a_tick_with_nothing_due_sees_no_secret_asks_x_nothing_and_writes_nothing(
    machine: Machine, sandbox: Sandbox
) -> None:
    run = tick(machine)
    assert run.jobs == {"accounts": "success"}, str(run)
    assert run.summary.startswith("Nothing due. Next: shop/hello/hello")
    assert sandbox.requests() == {}
    assert machine.hub.count(LEDGER) == 0


@pytest.mark.slow
def test_two_runs_at_once_publish_it_once(machine: Machine, sandbox: Sandbox) -> None:
    machine.hub.commit({HELLO: campaign("Hello, world", due=DUE)})
    processes = [machine.start("post.yml", "schedule") for _ in range(2)]
    runs = [acted(each, each.communicate(timeout=LONGEST)[0]) for each in processes]
    assert [run.jobs["accounts"] for run in runs] == ["success", "success"], "\n".join(
        map(str, runs)
    )
    assert "failure" not in {result for run in runs for result in run.jobs.values()}
    assert texts(sandbox) == ["Hello, world"]


@pytest.mark.slow
def test_a_repository_of_campaigns_alone_calls_the_workflow_as_the_page_says(
    machine: Machine, sandbox: Sandbox
) -> None:
    page = (ROOT / "docs/how-to/work-as-a-team.md").read_text(encoding="utf-8")
    (caller,) = re.findall(r"```text\n(name: Post\n.*?)```", page, re.DOTALL)
    caller = caller.replace("OWNER/campaign-runner", RUNNER).replace("COMMIT", "ab" * 20)
    hub = machine.hub
    hub.part()
    fatal = dict.fromkeys(("runner/__init__.py", "sitecustomize.py", "yaml.py"), "1 / 0\n")
    hub.commit(
        {".github/workflows/post.yml": caller, HELLO: campaign("From afar", due=DUE), **fatal}
    )
    own = {".github/workflows/post.yml", HELLO, "runner.yaml"}
    assert hub.files(BRANCH).keys() == own | fatal.keys()
    run = tick(machine)
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert texts(sandbox) == ["From afar"]


@pytest.mark.slow
def test_a_merge_publishes_what_is_due_by_then(machine: Machine, sandbox: Sandbox) -> None:
    hub = machine.hub
    hub.commit({"campaigns/new.yaml": campaign("Merged words", due=DUE)}, branch="new")
    assert tick(machine).jobs == {"accounts": "success"}
    aside = machine.run("post.yml", "push", {"ref": "refs/heads/new"})
    assert set(aside.jobs.values()) <= {"skipped"}, str(aside)
    hub.merge("new")
    run = machine.run("post.yml", "push", {"ref": f"refs/heads/{BRANCH}"})
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert texts(sandbox) == ["Merged words"]


@pytest.mark.slow
def test_a_dry_run_shows_everything_and_sends_nothing(machine: Machine, sandbox: Sandbox) -> None:
    machine.hub.commit({HELLO: campaign("Not yet", due=DUE)})
    run = machine.run("post.yml", "workflow_dispatch", {"inputs": {"dry-run": "true"}})
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    assert "Not yet" in run.summary
    assert "`shop` posts as @acme_lv" in run.log
    assert (
        f"**To look at:** who may push can publish: no rule asks for a pull request before {BRANCH}"
        in run.summary.replace("\\`", "")
    )
    assert sandbox.requests().keys() == {"me"}
    assert machine.hub.count(LEDGER) == 0


@pytest.mark.slow
def test_a_copy_without_secrets_stays_green_and_says_what_is_missing(machine: Machine) -> None:
    machine.hub.commit({HELLO: campaign("Hello", due=DUE)})
    bare = replace(machine, secrets={})
    run = tick(bare)
    assert run.jobs == {"accounts": "success", "post-shop": "success"}, str(run)
    (warning,) = run.of("warning")
    assert "add X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN, X_ACCESS_SECRET" in warning["arg"]
    assert "x-shop" in run.summary
    assert machine.hub.count(LEDGER) == 0

    asked = bare.run("post.yml", "workflow_dispatch", {"inputs": {"dry-run": "true"}})
    assert asked.jobs == {"accounts": "success", "post-shop": "failure"}, str(asked)
    assert "Not in place" in asked.summary


@pytest.mark.slow
def test_a_campaign_with_a_mistake_fails_the_run_and_stops_no_other(
    machine: Machine, sandbox: Sandbox
) -> None:
    bad = "kind: series\naccount: shop\nposts: {a: {at: someday, text: Hi}}\n"
    machine.hub.commit({HELLO: campaign("All well", due=DUE), "campaigns/bad.yaml": bad})
    run = tick(machine)
    assert run.jobs == {"accounts": "success", "post-shop": "failure"}, str(run)
    assert texts(sandbox) == ["All well"]
    assert "campaigns/bad.yaml:3" in run.log


@pytest.mark.slow
def test_a_ledger_that_was_cut_back_stops_every_run_before_it_sends(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.commit({HELLO: campaign("Hello", due=DUE)})
    assert tick(machine).jobs == {"accounts": "success", "post-shop": "success"}
    machine.hub.git("branch", "--delete", "--force", LEDGER)
    run = tick(machine)
    assert run.jobs == {"accounts": "failure"}, str(run)
    assert run.summary.startswith("## The run stopped")
    assert texts(sandbox) == ["Hello"]


@pytest.mark.slow
def test_an_account_without_credit_fails_the_run_and_the_summary_says_what_to_do(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.commit({HELLO: campaign("Hello", due=DUE)})
    sandbox.fail({"route": "create", "status": 402})
    run = tick(machine)
    assert run.jobs == {"accounts": "success", "post-shop": "failure"}, str(run)
    assert "### A person has to look" in run.summary
    assert tick(machine).jobs == {"accounts": "success", "post-shop": "success"}
    assert texts(sandbox) == ["Hello"]


@pytest.mark.slow
def test_each_account_posts_with_the_secrets_of_its_own_environment(
    machine: Machine, sandbox: Sandbox
) -> None:
    project = PROJECT.replace("ledger:", "  tienda: {handle: acme_es, locale: en}\nledger:")
    hello = campaign("For both", due=DUE).replace("account: shop", "accounts: [shop, tienda]")
    machine.hub.commit({"runner.yaml": project, HELLO: hello})

    of_another = replace(machine, account="tienda")
    run = tick(of_another)
    assert run.jobs == {"accounts": "success", "post-tienda": "failure"}, str(run)
    assert "the credentials belong to" in run.summary
    assert texts(sandbox) == []

    for account in ("shop", "tienda"):
        one = replace(machine, account=account, secrets=secrets(sandbox, account))
        assert tick(one).jobs == {"accounts": "success", f"post-{account}": "success"}
        assert [post.text for post in sandbox.timeline(account)] == ["For both"]


@pytest.mark.slow
def test_a_run_that_is_ended_while_it_waits_leaves_its_post_to_the_next(
    machine: Machine, sandbox: Sandbox
) -> None:
    machine.hub.commit({HELLO: campaign("In a while", due=SOON)})
    began = datetime.now(UTC)
    run = machine.end_while("post.yml", "schedule", says="Waiting")
    assert run.jobs == {"accounts": "success", "post-shop": "failure"}, str(run)
    assert datetime.now(UTC) - began < SOON
    assert texts(sandbox) == []
    machine.hub.commit({HELLO: campaign("In a while", due=DUE)})
    assert tick(machine).jobs == {"accounts": "success", "post-shop": "success"}
    assert texts(sandbox) == ["In a while"]
