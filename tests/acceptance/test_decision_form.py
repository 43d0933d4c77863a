"""What needs a person says which form to open, and what to fill in; and that is right."""

import re
from pathlib import Path

import pytest

from runner.cli.commands.decide import decide
from runner.cli.commands.status import status
from runner.cli.github_job import decision_form
from tests.acceptance.commits import begin, git
from tests.acceptance.test_decide import EMPTY
from tests.acceptance.test_one_judgement import ASKING, asked
from tests.docs.played_in_sending import twice_in_doubt

FORM = ".github/workflows/decide.yml"
ADDRESS = "https://github.com/acme/shop/actions/workflows/decide.yml"
LINE = re.compile(rf"  = form: {ADDRESS}: Decision (.+); Post `(\S+)`")


@pytest.fixture
def on_github(desktop):
    desktop.write(FORM, "name: Decide\n")
    desktop.environ |= {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/shop"}
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    return desktop


def told(desktop) -> str:
    outside = desktop.outside()
    assert status(outside) in (0, 3)
    return outside.out.getvalue()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("played", ASKING, ids=lambda played: played.__name__)
def test_each_post_that_needs_a_person_has_the_form_below_it_and_what_it_says_settles_it(
    on_github, played, tmp_path
):
    summary = tmp_path / "summary.md"
    on_github.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    _, printed = played(on_github)
    shown = told(on_github)
    named = asked(shown)
    forms = LINE.findall(shown)
    assert len(forms) == len(named) > 0
    assert LINE.findall(printed) == forms
    for name, (decision, post) in zip(named, forms, strict=True):
        assert f"  {post}: " in name
        assert f"[Decide]({ADDRESS}): Decision {decision}; Post `{post}`." in summary.read_text()
        not_out = "not posted, without looking" if "`not posted`" in decision else None
        filled = {"decision": not_out or "skip", "post": post, "because": "I have looked"}
        decide(on_github.outside(), EMPTY | filled)
        assert not [line for line in asked(told(on_github)) if f"  {post}: " in line]


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/shop",
        "https://github.com/acme/shop.git",
        "https://marta:token@github.com/acme/shop.git/",
        "git@github.com:acme/shop.git",
        "ssh://git@github.com/acme/shop.git",
    ],
)
def test_on_a_persons_machine_the_remote_says_where_the_form_is(on_github, url):
    without_a_job(on_github, url)
    assert decision_form(on_github.outside()) == ADDRESS


@pytest.mark.parametrize(
    "url", ["https://git.example.com/acme/shop", "https://github.com.evil.example/a/b", "/srv/shop"]
)
def test_elsewhere_than_on_github_no_form_is_named(on_github, url):
    without_a_job(on_github, url)
    assert decision_form(on_github.outside()) is None


def without_a_job(desktop, url: str) -> None:
    for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY"):
        desktop.environ.pop(name)
    begin(desktop.root)
    git(desktop.root, "remote", "add", "origin", url)


def test_where_the_repository_has_no_form_none_is_named(on_github):
    Path(on_github.root, FORM).unlink()
    twice_in_doubt(on_github)
    assert asked(told(on_github))
    assert "form" not in told(on_github)
