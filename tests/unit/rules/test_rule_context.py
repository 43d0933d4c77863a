"""What a scene says of mentions is what X links."""

from hypothesis import given
from hypothesis import strategies as st

from runner.rules import RuleContext
from runner.text import handles_like, mentions
from tests.unit.rules.building import a_project

PIECES = [
    "@",
    "＠",
    "ann",
    "bob_1",
    "/",
    ".",
    "x.com",
    "https://",
    " ",
    "\n",
    "#",
    "é",
    "!",
    "RT",
    "-",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_mentions_are_found_where_x_finds_them(text: str) -> None:
    context = RuleContext(project=a_project(), files=(), proofs=())
    found = tuple(each.text[1:].partition("/")[0] for each in mentions(text))
    assert context.handles_in(text) == found
    assert {handle.casefold() for handle in found} <= handles_like(text)
