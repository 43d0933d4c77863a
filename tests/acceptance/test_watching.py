"""A bar is shown where work is long and a person watches, and nowhere else."""

import io

from runner.cli.context import LONG_WORK, CommandContext


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(tmp_path, talk: io.StringIO, length: int) -> str:
    outside = CommandContext(root=tmp_path, environ={}, out=io.StringIO(), talk=talk)
    work = list(range(length))
    assert list(outside.watched(work, "rendering")) == work
    return talk.getvalue()


def test_long_work_shows_how_far_it_is_to_a_person(tmp_path):
    assert "rendering …" in watched(tmp_path, Terminal(), LONG_WORK)


def test_short_work_shows_nothing(tmp_path):
    assert watched(tmp_path, Terminal(), LONG_WORK - 1) == ""


def test_a_log_gets_no_bar(tmp_path):
    assert watched(tmp_path, io.StringIO(), LONG_WORK) == ""
