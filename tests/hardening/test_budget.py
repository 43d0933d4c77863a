"""A run has a budget of work: many heavy campaigns are refused by name, and where posts go out one
heavy campaign stops only itself."""

import io
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_project import OpenedProject, open_project
from runner.ledger import Facts
from runner.plan import Verb, plan
from runner.templating.run_budget import FOR_EACH, OF_A_CAMPAIGN, RunBudget

NOW = datetime.fromisoformat("2027-02-01T10:05+02:00")
RUNNER = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts: {shop: {handle: acme_lv, locale: en, premium: true}}
ledger: {store: files}
"""
HEAD = "kind: launch\naccount: shop\nproduct: {name: x}\nlaunches: 2027-02-01 10:00\nposts:\n"
KEYS = "".join(f"  k{number}: v\n" for number in range(9_000))
POST = "  a: {at: launches, text: x}\n"


def opened(
    root: Path, files: dict[str, str], *, shared: bool = True, checked: bool = False
) -> OpenedProject:
    for name, text in {"runner.yaml": RUNNER, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    return open_project(outside, shared=shared, checked=checked)


def test_all_campaigns_together_have_a_bound_and_the_worst_is_named() -> None:
    work = RunBudget(campaigns=2)
    work.read("campaigns/light.yaml", 10)
    work.take("campaigns/heavy.yaml", OF_A_CAMPAIGN)
    assert not work.stopped
    assert work.problems() == ()
    work.take("campaigns/worst.yaml", 2 * FOR_EACH + OF_A_CAMPAIGN)
    assert work.is_over("campaigns/light.yaml")
    (problem,) = work.problems()
    assert problem.place.path == "campaigns/worst.yaml"
    assert "campaigns/worst.yaml (50 %), campaigns/heavy.yaml (49 %)" in problem.message
    assert "may not be told yet" in (problem.help or "")


def test_where_posts_go_out_a_heavy_campaign_stops_only_itself() -> None:
    work = RunBudget(shared=False, campaigns=2)
    work.take("campaigns/heavy.yaml", OF_A_CAMPAIGN + 1)
    work.take("campaigns/other.yaml", OF_A_CAMPAIGN)
    assert work.is_over("campaigns/heavy.yaml")
    assert not work.is_over("campaigns/other.yaml")
    work.begin_round()
    assert not work.is_over("campaigns/heavy.yaml")


@pytest.mark.slow
def test_a_pull_request_of_many_keys_is_refused_by_name(tmp_path: Path) -> None:
    many = {f"campaigns/c{n:02}.yaml": f"{HEAD}{POST}vars:\n{KEYS}" for n in range(3)}
    project = opened(tmp_path, many, checked=True)
    assert project.inputs
    work = project.inputs.assets.work
    work.campaigns = 0
    for path in many:  # what they cost, as often as it takes
        work.read(path, OF_A_CAMPAIGN // 3)
    found = [p for p in all_problems(project) if p.rule == "too-much-work"]
    assert len(found) == 1
    assert "campaigns/c0" in found[0].message


def test_a_campaign_that_loops_too_much_is_refused_and_the_others_are_looked_at(
    tmp_path: Path,
) -> None:
    files = {f"campaigns/c{n}.yaml": HEAD + POST.replace("x}", f"x{n}}}") for n in range(3)}
    project = opened(tmp_path, files, shared=False)
    assert project.inputs
    work = project.inputs.assets.work
    work.read("campaigns/c1.yaml", OF_A_CAMPAIGN)
    occurrences = project.inputs.occurrences(now=NOW, until=NOW)
    done = plan(project.inputs, occurrences, Facts(), now=NOW)
    verbs = {action.key.campaign: action.verb for action in done.actions}
    # the third waits for the gap between two posts of an account
    assert verbs == {"c0": Verb.PUBLISH, "c1": Verb.ASK, "c2": Verb.WAIT}


def test_a_campaign_of_too_many_days_is_refused_before_they_are_counted(tmp_path: Path) -> None:
    days = "every: {days: [mon, tue, wed, thu, fri, sat, sun], slots: [morning, noon]}"
    ring = "kind: series\naccount: shop\nstarts: 2027-02-01\nends: 2028-01-31\nposts:\n"
    ring += "".join(f"  p{n}: {{{days}, text: x{n}}}\n" for n in range(900))
    began = process_time()
    project = opened(tmp_path, {"campaigns/ring.yaml": ring})
    assert [p.rule for p in project.problems] == ["too-many-occurrences"]
    assert process_time() - began < 5


@pytest.mark.slow
def test_five_hundred_heavy_campaigns_are_answered(tmp_path: Path) -> None:
    letters = "x" * 60, "y" * 60
    loops = "{{% for a in '{}' | list %}}{{% for b in '{}' | list %}}{{{{ '' }}}}".format(*letters)
    text = f"{loops}{{% endfor %}}{{% endfor %}}"
    posts = "".join(f'  p{n}: {{at: launches + {n}d, text: "{n} {text}"}}\n' for n in range(25))
    began = process_time()
    files = {f"campaigns/c{n}.yaml": HEAD + posts for n in range(500)}
    project = opened(tmp_path, files, checked=True)
    rules = [problem.rule for problem in all_problems(project)]
    assert rules.count("too-much-work") == 1
    assert process_time() - began < 90


def test_an_ordinary_project_stays_far_below(tmp_path: Path) -> None:
    text = HEAD + "".join(
        f"  p{n}: {{at: launches + {n}d, text: 'Sveiki {n} – {{{{ product.name }}}}'}}\n"
        for n in range(10)
    )
    files = {f"campaigns/c{n}.yaml": text for n in range(10)}
    project = opened(tmp_path, files, checked=True)
    assert project.inputs
    work = project.inputs.assets.work
    assert all(work.used(f"campaigns/c{n}.yaml") < FOR_EACH / 2 for n in range(10))
