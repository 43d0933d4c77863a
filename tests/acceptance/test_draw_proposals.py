"""`runner draw --propose`: each step of a contest as a pull request, on a GitHub of our own."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from runner.cli.commands.accounts import accounts
from runner.cli.commands.collect import collect
from runner.cli.commands.draw import next_step
from runner.cli.commands.draw_proposal import Proposer
from runner.cli.commands.redraw import Because, redraw_step
from runner.cli.commands.status import status
from runner.cli.commands.validate import validate
from runner.cli.contest_results import check_results
from runner.cli.contests import KEYS, contest_of
from runner.cli.wanted_accounts import WantedAccounts
from runner.contest.states import is_step_due
from runner.public_web import DRAND_VARIABLE
from tests.acceptance.beacons import a_beacon
from tests.acceptance.clones import git
from tests.acceptance.contests import CONTEST, CROWD, ID, RESULTS, posted, said
from tests.unit.contest.building import KEY
from tests.workflows.hub import BRANCH, NAME, URL, WRITES, Hub, listening

pytestmark = pytest.mark.sampled(1)
LIST, DRAW = f"runner-results/{ID}-list", f"runner-results/{ID}-draw"


@pytest.fixture
def hub(tmp_path_factory) -> Iterator[Hub]:
    made = Hub(Path(tmp_path_factory.mktemp("github")))
    made.create()
    with listening(made):
        yield made


@pytest.fixture
def shop(desktop, hub):
    """A contest that has closed, in a clone of a repository on that GitHub."""
    project = (desktop.root / "runner.yaml").read_text().replace("store: files", "store: git")
    desktop.write("runner.yaml", project)
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ |= {**hub.git_config, KEYS: KEY.secret.hex(), "GITHUB_API_URL": hub.api}
    desktop.environ |= {"GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": WRITES}
    desktop.clock.set("2023-09-10T10:01+00:00")
    git(desktop.root, "init", "-q", "-b", BRANCH)
    git(desktop.root, "remote", "add", "origin", URL)
    push(desktop, hub)
    posted(desktop)
    for handle in CROWD:
        desktop.clock.sleep(60)
        desktop.sandbox.seed(handle, "@acme_lv #ZiemasLois")
    desktop.clock.set("2023-09-13T11:20+00:00")
    return desktop


def push(desktop, hub) -> None:
    git(desktop.root, "add", "runner.yaml", "campaigns")
    git(desktop.root, "commit", "-q", "-m", "Change")
    git(desktop.root, "push", "-q", str(hub.bare), f"HEAD:{BRANCH}")


def clean(desktop) -> None:
    git(desktop.root, "checkout", "-q", "--", "campaigns")
    git(desktop.root, "clean", "-q", "-f", "campaigns")


def proposed(desktop, *names: str) -> tuple[int, str]:
    """What a run of draw.yml comes to, which begins in a fresh checkout."""
    clean(desktop)

    def run(context) -> int:
        return Proposer(context=context, check="preview.yml").all_due(names, next_step)

    return said(desktop, run)


def merge(desktop, hub, branch: str) -> None:
    clean(desktop)
    git(desktop.root, "fetch", "-q", str(hub.bare), branch)
    git(desktop.root, "merge", "-q", "--ff-only", "FETCH_HEAD")
    git(desktop.root, "push", "-q", str(hub.bare), f"HEAD:{BRANCH}")
    hub.proposed[-1]["state"] = "closed"


def draws(desktop) -> bool:
    """Whether draw.yml has anything to do."""
    return (
        "shop  @acme_lv"
        in said(desktop, partial(accounts, wanted=WantedAccounts(contests=is_step_due)))[1]
    )


def test_a_contest_goes_on_by_merging_two_pull_requests(shop, hub):
    assert draws(shop)
    code, text = proposed(shop)
    assert (code, "have not been read since" in text) == (0, True)
    assert hub.proposed == []
    said(shop, collect, ID)
    code, text = proposed(shop)
    assert (code, f"{ID}: pull request 11 is open; merge it to go on." in text) == (0, True)
    (pull,) = hub.proposed
    assert (pull["head"]["ref"], pull["title"]) == (LIST, f"Fix the list of entries of {ID}")
    assert "Merge it before 2023-09-14 23:00 UTC" in pull["body"]
    assert hub.dispatched == [("preview.yml", {"ref": LIST, "inputs": {"pull": "11"}})]
    assert git(hub.bare, "diff", "--name-only", BRANCH, LIST).split() == [RESULTS]
    code, text = proposed(shop)
    assert (code, text) == (0, f"{ID}: pull request 11 waits to be merged.\n")

    assert "waits for the pull request with its list to be merged" in said(shop, status)[1]
    merge(shop, hub, LIST)
    assert not draws(shop)
    assert "`closed` is still to carry the digest" in said(shop, status)[1]
    assert len(posted(shop)) == 3
    shop.clock.set("2023-09-15T11:00:10+00:00")
    assert draws(shop)
    with a_beacon() as url:
        shop.environ[DRAND_VARIABLE] = url
        code, text = proposed(shop)
    assert (code, "pull request 12 is open" in text) == (0, True)
    assert "the pull request with its winners to be merged" in said(shop, status)[1]
    merge(shop, hub, DRAW)
    code, text = said(shop, validate)
    assert (code, f"{RESULTS} was not held against its list of entries" in text) == (0, True)
    code, text = said(shop, partial(validate, fetch_lists=True))
    assert (code, "was not held" in text) == (0, False)
    winners = contest_of(shop.outside(), ID).file.draw.winners
    assert all(f"`{winner}`" in hub.proposed[-1]["body"] for winner in winners)
    assert "@" not in hub.proposed[-1]["body"]
    assert not draws(shop)
    assert proposed(shop) == (0, "No contest is to be closed or drawn now.\n")


def test_what_a_person_has_closed_is_not_opened_again(shop, hub):
    said(shop, collect, ID)
    proposed(shop)
    hub.proposed[-1]["state"] = "closed"
    code, text = proposed(shop)
    assert (code, "pull request 11 was closed" in text, len(hub.proposed)) == (3, True, 1)
    git(hub.bare, "update-ref", "-d", f"refs/heads/{LIST}")
    assert proposed(shop)[0] == 0
    assert [each["state"] for each in hub.proposed] == ["closed", "open"]


def test_where_workflows_may_open_none_the_branch_stays_and_says_how(shop, hub):
    said(shop, collect, ID)
    hub.refuses_pulls = True
    code, text = proposed(shop)
    assert code == 4
    assert "Allow GitHub Actions to create" in text
    assert f"{URL}/compare/{BRANCH}...{LIST}" in text
    assert git(hub.bare, "rev-parse", "--verify", LIST)
    hub.refuses_pulls = False
    assert proposed(shop)[0] == 0
    assert len(hub.proposed) == 1


def test_no_other_account_is_drawn_for(shop, hub):
    said(shop, collect, ID)
    assert proposed(shop, "tienda") == (0, "No contest is to be closed or drawn now.\n")
    assert hub.proposed == []


def test_a_contest_in_trouble_is_told_with_the_cause(shop, hub):
    said(shop, collect, ID)
    shop.environ[KEYS] = ""
    code, text = proposed(shop)
    assert (code, "lacks the key" in text, hub.proposed) == (5, True, [])


def redrawn(desktop, handle: str, because: Because) -> tuple[int, str]:
    """What `redraw --propose` comes to in a fresh checkout."""
    clean(desktop)

    def run(context) -> int:
        contest = contest_of(context, ID)
        step = redraw_step(contest, handle, because)
        return Proposer(context=context, check="preview.yml").one(contest, step)

    return said(desktop, run)


def test_each_place_that_falls_has_a_pull_request_of_its_own(shop, hub):
    said(shop, collect, ID)
    proposed(shop)
    merge(shop, hub, LIST)
    posted(shop)
    shop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        shop.environ[DRAND_VARIABLE] = url
        proposed(shop)
    merge(shop, hub, DRAW)
    for number in (1, 2):
        winner = contest_of(shop.outside(), ID).file.draw.winners[0]
        shop.clock.sleep(3600)
        code, _ = redrawn(shop, winner, Because.WITHDRAWN)
        pull = hub.proposed[-1]
        assert (code, pull["head"]["ref"]) == (0, f"runner-results/{ID}-redraw-{number}")
        assert f"place {number} (withdrawn)" in pull["body"]
        assert redrawn(shop, winner, Because.WITHDRAWN)[1].endswith("waits to be merged.\n")
        merge(shop, hub, pull["head"]["ref"])
        draw_ = contest_of(shop.outside(), ID).file.draw
        assert f"until `{draw_.claim_by}`" in pull["body"]
    assert str(draw_.claim_by) == "2023-09-22 13:00"


def test_results_are_held_against_the_list_that_was_fetched_or_is_published(shop, hub):
    said(shop, collect, ID)
    proposed(shop)
    merge(shop, hub, LIST)
    honest = (shop.root / RESULTS).read_text()
    edited = honest.replace("entries: 7", "entries: 8").replace("seen: 7", "seen: 8")
    shop.write(RESULTS, edited)
    code, text = said(shop, validate)
    assert (code, "was not held against its list" in text) == (0, True)
    code, text = said(shop, partial(validate, fetch_lists=True))
    assert (code, "The list holds 7 entries, and the results name 8" in text) == (1, True)
    listed = f"runner-contests/{ID}"
    git(shop.root, "fetch", "-q", str(hub.bare), f"{listed}:refs/remotes/origin/{listed}")
    code, text = said(shop, validate)
    assert (code, "The list holds 7 entries, and the results name 8" in text) == (1, True)
    shop.write(RESULTS, honest)
    assert said(shop, validate)[0] == 0
    assert check_results(shop.outside(), fetch=False).is_lasting
    assert not check_results(shop.outside(), fetch=True).is_lasting
    pinned = re.sub(r"^commit: .*\n", "", honest, flags=re.MULTILINE)
    shop.write(RESULTS, pinned)
    assert not check_results(shop.outside(), fetch=False).is_lasting
    shop.environ["GIT_CONFIG_COUNT"] = "0"  # out of reach
    code, text = said(shop, partial(validate, fetch_lists=True))
    assert (code, "was not held against its list" in text) == (0, True)
