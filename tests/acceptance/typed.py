"""The command line as a person types it, in this process: a start of Python takes longer than most
commands. What signals, streams and the end of a process do is tried on real ones."""

import os
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryFile
from typing import IO
from unittest.mock import patch

from runner.cli import main


def typed(root: Path, *words: str, environ: Mapping[str, str]) -> CompletedProcess[str]:
    """What `runner WORDS` does in a folder, with this environment and no terminal."""
    with (
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as talk,
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
        return CompletedProcess(words, code, _written_to(out), _written_to(talk))


def _written_to(file: IO[str]) -> str:
    file.seek(0)
    return file.read()
