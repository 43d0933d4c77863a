"""Who has something to do, without credentials and without asking X."""

import json
from datetime import timedelta

from runner.cli.commands.accounts import JOBS, AccountsFormat, accounts
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from tests.acceptance.typed import typed

TWO = "  tienda: {handle: acme_es, locale: en}\n"
SOON = timedelta(minutes=10)


def named(desktop, within: timedelta | None = SOON, *only_these: str) -> list[str]:
    outside = desktop.without_credentials().outside()
    before = desktop.sandbox.requests()
    assert accounts(outside, within=within, only_these=only_these, format=AccountsFormat.JSON) == 0
    assert desktop.sandbox.requests() == before
    return json.loads(outside.out.getvalue())


def with_two_accounts(desktop) -> None:
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("ledger:", f"{TWO}ledger:"))


def test_all_accounts_are_named_in_the_order_of_runner_yaml(desktop):
    with_two_accounts(desktop)
    assert named(desktop, None) == ["shop", "tienda"]
    assert named(desktop, None, "tienda") == ["tienda"]


def test_the_account_of_a_campaign_is_found_by_what_somebody_typed(desktop):
    with_two_accounts(desktop)
    words = ("accounts", "--format", "json", "--campaign")
    done = typed(desktop.root, *words, "winter-lois\n", environ=desktop.environ)
    assert (done.returncode, done.stdout) == (0, '["shop"]\n')
    done = typed(desktop.root, *words, "x\n::error::gotcha", environ=desktop.environ)
    assert done.returncode == 2
    assert "there is no campaign `x ::error::gotcha`" in done.stderr
    desktop.write("campaigns/winter-lois.yaml", "kind: contest\n")
    done = typed(desktop.root, *words, "winter-lois", environ=desktop.environ)
    assert (done.returncode, "winter-lois can't be read" in done.stderr) == (1, True)


def test_an_account_is_busy_from_the_moment_at_which_a_run_would_wait_for_its_post(desktop):
    with_two_accounts(desktop)
    desktop.clock.set("2027-03-01T09:49+02:00")
    assert named(desktop) == []
    desktop.clock.set("2027-03-01T09:50+02:00")
    assert named(desktop) == ["shop"]
    assert named(desktop, SOON, "tienda") == []


def test_an_account_that_has_to_record_what_it_missed_is_busy(desktop):
    desktop.clock.set("2027-03-01T15:00+02:00")
    assert named(desktop) == ["shop"]


def test_errors_in_the_files_concern_every_account(desktop):
    with_two_accounts(desktop)
    desktop.write("campaigns/bad.yaml", "kind: contest\n")
    assert named(desktop) == ["shop", "tienda"]


def test_who_has_something_to_do_comes_before_who_only_hears_of_an_error(desktop):
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("accounts:\n", f"accounts:\n{TWO}"))
    desktop.write("campaigns/bad.yaml", "kind: contest\n")
    assert named(desktop) == ["tienda", "shop"]
    desktop.clock.set("2027-03-01T09:50+02:00")
    assert named(desktop) == ["shop", "tienda"]


def test_a_run_of_github_is_given_no_more_accounts_than_it_can_start_jobs_for(desktop, tmp_path):
    many = "".join(f"  shop-{n}: {{handle: acme_{n}, locale: en}}\n" for n in range(JOBS))
    text = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", text.replace("accounts:\n", f"accounts:\n{many}"))
    desktop.write("campaigns/bad.yaml", "kind: contest\n")
    desktop.clock.set("2027-03-01T09:50+02:00")
    everybody = named(desktop)
    assert len(everybody) == JOBS + 1
    summary = tmp_path / "summary.md"
    desktop.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    outside = desktop.outside()
    accounts(outside, within=SOON, format=AccountsFormat.JSON)
    assert json.loads(outside.out.getvalue()) == everybody[:JOBS]
    assert everybody[0] == "shop"
    told = "257 accounts would get a job, and a run of GitHub has 256 at most"
    assert told in summary.read_text()


def test_an_account_is_busy_while_one_of_its_posts_is_in_doubt(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    desktop.sandbox.fail({"route": "create", "status": 503, "applied": True})
    post(desktop.outside(), PostOptions())
    assert len(desktop.sandbox.timeline()) == 1
    assert named(desktop) == ["shop"]
