"""The tables of what can go wrong are true: each row is played, or its test and its words exist."""

import ast
import re
from itertools import chain

import pytest

from tests.acceptance.conftest import Desktop
from tests.docs.pages import ROOT
from tests.docs.trouble import Trouble, shows
from tests.docs.troubles import GROUPS
from tests.parsed import modules, nodes

ROWS = [row for rows in GROUPS.values() for row in rows]
PLAYED = [row for row in ROWS if callable(row.by)]
TRIED = [row for row in ROWS if isinstance(row.by, str)]
BETWEEN = re.compile(r"…|, |shop/tips/hello")
"""What stands between two texts of the code."""


@pytest.mark.sampled(8)
@pytest.mark.parametrize("row", PLAYED, ids=lambda row: row.id)
def test_a_run_does_what_the_row_says(desktop: Desktop, row: Trouble) -> None:
    assert callable(row.by)
    code, printed = row.by(desktop)
    assert code == row.code, printed
    assert shows(row.says, printed), printed
    texts = [post.text for post in desktop.sandbox.timeline()]
    assert len(texts) == len(set(texts)), "nothing is out twice"


@pytest.mark.parametrize("row", TRIED, ids=lambda row: row.id)
def test_the_test_that_a_row_names_is_there(row: Trouble) -> None:
    path, _, name = str(row.by).partition("::")
    (module, *_) = nodes(ROOT / path)
    assert isinstance(module, ast.Module)
    assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}


def test_the_words_of_a_row_that_is_not_played_are_words_of_the_runner() -> None:
    all = chain.from_iterable(modules().values())
    texts = {str(node.value) for node in all if isinstance(node, ast.Constant)}
    said = {piece.strip() for row in TRIED for piece in BETWEEN.split(row.says)} - {""}
    assert {piece for piece in said if not any(piece in text for text in texts)} == set()
    assert len(said) >= 15


def test_every_row_has_a_name_of_its_own_and_most_are_played() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS) >= 50
    assert len(PLAYED) > len(TRIED)
