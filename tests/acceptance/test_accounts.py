"""Who has something to do, without credentials and without asking X."""

import json
from datetime import timedelta

from runner.cli.commands.accounts import AccountsFormat, accounts
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions

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


def test_an_account_is_busy_while_one_of_its_posts_is_in_doubt(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    desktop.sandbox.fail({"route": "create", "status": 503, "applied": True})
    post(desktop.outside(), PostOptions())
    assert len(desktop.sandbox.timeline()) == 1
    assert named(desktop) == ["shop"]
