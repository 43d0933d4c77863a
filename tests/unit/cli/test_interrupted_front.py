"""Who stops a command while its last answer is looked for sees no traceback."""

import io
import os
import sys

import pytest

from runner.cache.last_answer import OTHERS
from runner.cli import main


class Stopped(io.StringIO):
    """A stream at whose first look a person presses Ctrl-C."""

    @property
    def encoding(self) -> str:
        raise KeyboardInterrupt


def test_ctrl_c_before_anything_is_known_ends_the_command_as_a_signal_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in os.environ if name.startswith(OTHERS)]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "stdout", Stopped())
    monkeypatch.setattr(sys, "argv", ["runner", "validate"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
