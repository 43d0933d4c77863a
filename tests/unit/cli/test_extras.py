"""Where an extra is not installed, the commands that need it say how to get it."""

import subprocess
import sys

import pytest

from runner.cli.app import COMMANDS, EXTRAS, UNLISTED

OF_CONTESTS = ("contest", "collect", "draw", "forget", "prove", "redraw", "verify")
EXTRA_OF = {**dict.fromkeys(OF_CONTESTS, "contest"), "report": "report"}
LOADED = """\
import sys
sys.modules.update(dict.fromkeys({extras!r}))
from runner.cli.app import load
from runner.problems import BadUsage
for name in {commands!r}:
    try:
        load(name)
    except BadUsage as refused:
        print(name, refused.message, refused.help, sep="|")
"""


@pytest.mark.thorough
def test_a_missing_extra_is_no_bug_and_hinders_no_other_command() -> None:
    program = LOADED.format(extras=sorted(EXTRAS), commands=sorted(COMMANDS.keys() - UNLISTED))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == ""
    refused = [line.split("|") for line in done.stdout.splitlines()]
    assert {name for name, *_ in refused} == EXTRA_OF.keys()
    for name, message, help in refused:
        assert message == f"`{name}` needs more than is installed"
        assert help == f'pip install "campaign-runner[{EXTRA_OF[name]}]"'
