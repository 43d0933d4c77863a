"""The command line as a person types it, in this process: a start of Python takes longer than most
commands. What signals, streams and the end of a process do is tried on real ones."""

import io
import os
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from runner.cli import main


def typed(root: Path, *words: str, environ: Mapping[str, str]) -> CompletedProcess[str]:
    """What `runner WORDS` does in a folder, with this environment and no terminal."""
    out, talk = io.StringIO(), io.StringIO()
    with (
        chdir(root),
        patch.dict(os.environ, {"PATH": os.environ["PATH"], **environ}, clear=True),
        patch.object(sys, "argv", ["runner", *words]),
        redirect_stdout(out),
        redirect_stderr(talk),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return CompletedProcess(words, code, out.getvalue(), talk.getvalue())
