"""A bar is shown where work takes long and a person watches, and nowhere else."""

import io

import pytest

from runner.cli.commands.validate import validate
from runner.cli.context import CommandContext
from runner.cli.machine import MachineClock
from scripts.fair_project import a_project


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Slow(MachineClock):
    """Each look at it comes 0.4 seconds later."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def boot(self) -> float:
        self.at += 0.4
        return self.at


def watched(tmp_path, talk: io.StringIO, length: int, **environ: str) -> str:
    outside = CommandContext(
        root=tmp_path, environ=environ, out=io.StringIO(), talk=talk, clock=Slow()
    )
    work = list(range(length))
    assert list(outside.watched(work, "rendering")) == work
    return talk.getvalue()


def test_work_of_more_than_a_second_shows_how_far_it_is_to_a_person(tmp_path):
    assert "rendering …" in watched(tmp_path, Terminal(), 3)


@pytest.mark.parametrize("length", [0, 1, 2])
def test_work_of_a_second_shows_nothing(tmp_path, length):
    assert watched(tmp_path, Terminal(), length) == ""


def test_a_log_gets_no_bar(tmp_path):
    assert watched(tmp_path, io.StringIO(), 200) == ""


def test_ci_gets_no_bar_even_on_a_terminal(tmp_path):
    assert watched(tmp_path, Terminal(), 200, CI="true") == ""


def test_a_long_check_is_shown_and_leaves_nothing_on_the_terminal_but_what_it_says(tmp_path):
    a_project(tmp_path, 5)
    out, talk = io.StringIO(), Terminal()
    outside = CommandContext(root=tmp_path, environ={}, out=out, talk=talk, clock=Slow())
    assert validate(outside) == 0
    assert "checking …" in talk.getvalue()
    assert out.getvalue() == "5 campaigns with 50 posts: all well.\n"
