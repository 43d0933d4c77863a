"""G9: what needs a person is so for `post` and for `status`, by name and with one reason."""

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.status import status
from runner.value import replace
from tests.docs import played_around_it as around
from tests.docs import played_in_sending as sending
from tests.docs.playing import HELLO, given, now, said

WORD = "needs a person  "


def asked(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(WORD)]


def same_words_elsewhere(desktop):
    given(desktop)
    said(desktop)
    text = "kind: series\naccount: shop\nposts: {bye: {at: 2027-03-01 09:05, text: Hello}}\n"
    desktop.write("campaigns/tips.yaml", text)
    now(desktop, "09:06")
    return said(desktop)


ASKING = (
    around.many_overdue,
    around.over_budget,
    around.renamed,
    same_words_elsewhere,
    sending.edited_in_doubt,
    sending.renamed_in_doubt,
    sending.reworded_in_doubt,
    sending.twice_in_doubt,
    sending.thread_refused,
    sending.thread_reworded,
)
"""What leads to a post that needs a person."""


@pytest.mark.parametrize("played", ASKING, ids=lambda played: played.__name__)
def test_g9_status_names_what_post_asks_about_with_the_same_reason(desktop, played):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    code, told = played(desktop)
    outside = desktop.outside()
    assert (code, status(outside)) == (3, 3)
    shown = outside.out.getvalue()
    assert asked(shown) == asked(told) != []
    assert shown.count("needs a person") - shown.count("post needs a person") == len(asked(told))


def test_g9_what_the_next_runs_look_for_needs_no_person_in_any_sum(desktop):
    """It was counted among those that do, with an exit code that said otherwise."""
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    given(desktop)
    desktop.sandbox.fail({"route": "create", "drop": True, "applied": False})
    said(desktop)
    (desktop.root / "campaigns/tips.yaml").unlink()
    outside = desktop.outside()
    assert (status(outside), post(outside, PostOptions(dry_run=True))) == (0, 0)
    told = outside.out.getvalue()
    assert told.count("Notice: shop/tips/hello: ") == told.count("; the next runs look for it") == 2
    assert "a person." not in told


def test_g9_what_only_a_look_on_x_can_tell_is_said_to_be_looked_for(desktop, tmp_path):
    """`status` and a dry run ask X nothing; a late post may be out, or beside one like it."""
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    given(desktop, HELLO.replace("}}", "}, bye: {at: 2027-03-03 10:00, text: Bye}}"))
    assert said(desktop)[0] == 0
    summary = tmp_path / "summary.md"

    def looked_for(time: str) -> bool:
        desktop.clock.set(f"2027-03-03T{time}+02:00")
        outside = desktop.outside()
        job = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
        outside = replace(outside, environ={**outside.environ, **job})
        summary.write_text("")
        assert (status(outside), post(outside, PostOptions(dry_run=True))) == (0, 0)
        told = "on X first, and may need a person then: shop/tips/bye."
        times = (outside.out.getvalue() + summary.read_text()).count(told)
        assert times in (0, 3), "by the status, by a dry run, and in its summary"
        return bool(times)

    assert not looked_for("10:01"), "what is punctual goes out without a look"
    assert looked_for("10:05")
    assert said(desktop)[0] == 0
    assert not looked_for("10:06")
