"""Each row of the table of X's answers is what a real run does."""

import shutil

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.ledger import Key, State
from tests.acceptance.conftest import Desktop
from tests.acceptance.doubts import standing_of
from tests.docs.answers_of_x import Case, cases
from tests.docs.trouble import shows

KEY = Key("shop", "tips", "hello")
HELLO = "kind: series\naccount: shop\nposts: {hello: {at: 2027-03-01 09:00, text: Hello}}\n"
SHARED = "https://x.com/anna/status/1995412345678901234"


def run(desktop: Desktop) -> tuple[int, str]:
    outside = desktop.outside()
    code = post(outside, PostOptions(campaigns=("tips",)))
    return code, outside.out.getvalue()


@pytest.mark.sampled(8)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.answer[:30])
def test_a_run_does_what_the_table_says(desktop: Desktop, case: Case) -> None:
    text = HELLO.replace("text: Hello", f"repost: {SHARED}") if case.repost else HELLO
    desktop.write("campaigns/tips.yaml", text)
    for number, fault in enumerate(case.plays):
        desktop.clock.set(f"2027-03-01T09:{number:02}+02:00")
        route = "repost" if case.repost else "create"
        desktop.sandbox.fail({"route": route, **fault})
        code, said = run(desktop)
        assert (standing_of(desktop, KEY).state, code) == (case.state, case.code), said
        assert case.repost or (shows(case.says, said) and f": {case.help}\n" in said), said
        assert run(desktop)[0] == (3 if case.state is State.REJECTED else 0)
        assert len(desktop.sandbox.timeline()) == (1 if case.state is State.RELEASED else 0)
        shutil.rmtree(desktop.root / ".runner")
        desktop.sandbox.reset()


def test_every_kind_of_answer_has_its_row() -> None:
    assert len(cases()) >= 28
    assert len({case.answer for case in cases()}) == len(cases())
