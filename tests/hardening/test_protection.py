"""`runner doctor` looks whether GitHub protects what a run believes, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.cli.commands.doctor_ledger import BARS, protection
from runner.cli.context import CommandContext
from tests.workflows.hub import BRANCH, NAME, READS, Hub, listening

PREFIX = "runner-ledgers"
LEDGER = f"{PREFIX}/*"
REFS = (f"{PREFIX}/_project", f"{PREFIX}/shop")
GUARDED = ["deletion", "non_fast_forward"]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path)
    with listening(made):
        yield made


def found(hub: Hub, *, token: str = READS, ledger: str = PREFIX) -> list[tuple[str, str | None]]:
    environ = {"GITHUB_API_URL": hub.api, "GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": token}
    outside = CommandContext(root=hub.folder, environ=environ)
    return [(each.what, each.help) for each in protection(outside, ledger, "shop")]


def test_f7_all_is_well_where_both_are_protected(hub: Hub) -> None:
    hub.rules = {BRANCH: ["pull_request"], **dict.fromkeys(REFS, GUARDED)}
    assert found(hub) == [
        (f"`{BRANCH}` is protected", None),
        (f"no push deletes or rewrites `{LEDGER}`", None),
    ]


@pytest.mark.parametrize(
    ("rules", "what", "todo"),
    [
        pytest.param([], "can delete or rewrite the ledger", "Restrict deletions", id="F7-none"),
        pytest.param(GUARDED[:1], "can delete or rewrite", "Block force pushes", id="F7-half"),
        pytest.param(GUARDED[1:], "can delete or rewrite", "Restrict deletions", id="F7-other"),
        pytest.param([*GUARDED, "pull_request"], "no run can do: pull_r", "exclude", id="F7-all"),
        pytest.param(["update"], "what no run can do: update", "exclude", id="F7-update"),
    ],
)
def test_what_the_ledgers_branch_lacks_is_told(
    hub: Hub, rules: list[str], what: str, todo: str
) -> None:
    hub.rules = {BRANCH: ["pull_request"], REFS[0]: GUARDED, REFS[1]: rules}
    _, (told, help) = found(hub)
    assert what in told
    assert todo in str(help)
    assert f"`{LEDGER}`" in told


def test_f7_rules_that_a_run_can_keep_are_no_bar(hub: Hub) -> None:
    rules = [*GUARDED, "required_linear_history", "creation"]
    hub.rules = dict.fromkeys(REFS, rules)
    assert not BARS & set(rules)
    assert found(hub)[1] == (f"no push deletes or rewrites `{LEDGER}`", None)


def test_f7_the_older_branch_protection_counts(hub: Hub) -> None:
    hub.protected = {BRANCH, "of/shop", "of/_project"}
    assert [todo for _, todo in found(hub, ledger="of")] == [None, None]


def test_f7_an_open_default_branch_is_told(hub: Hub) -> None:
    hub.rules, hub.protected = dict.fromkeys((BRANCH, *REFS), GUARDED), {BRANCH, *REFS}
    (told, help), _ = found(hub)
    assert told == f"who may push can publish: no rule asks for a pull request before `{BRANCH}`"
    assert "require a pull request" in str(help)


def test_f7_a_no_of_github_is_told_and_is_no_failure(hub: Hub) -> None:
    ((told, help),) = found(hub, token="expired")
    assert "could not be asked: GitHub answered 401" in told
    assert "Settings, Rules" in str(help)


def test_f7_elsewhere_nobody_is_asked(hub: Hub) -> None:
    outside = CommandContext(root=hub.folder, environ={"GITHUB_API_URL": hub.api})
    assert list(protection(outside, PREFIX, "shop")) == []
    assert hub.calls == []
