"""The git program: bounded in time, never asking, its errors told to whom can mend them."""

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from runner.stores.refs import RemoteFailed

# `git rev-parse --local-env-vars`, but for the configuration: inside of a hook they lead elsewhere
_LEADS_ELSEWHERE = re.compile(
    r"GIT_(ALTERNATE_OBJECT_DIRECTORIES|OBJECT_DIRECTORY|DIR|WORK_TREE|IMPLICIT_WORK_TREE|GRAFT_FILE"
    r"|INDEX_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|PREFIX|SHALLOW_FILE|COMMON_DIR|NAMESPACE"
    r"|AUTHOR_\w+|COMMITTER_\w+|TRACE\w*|CURL_VERBOSE)"
)
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
}
SECONDS = 60.0


class Git:
    """git in one folder, with one environment; `config` goes above all files of configuration."""

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        *,
        config: Iterable[tuple[str, str]] = (),
        **more: str,
    ) -> None:
        clean = {k: v for k, v in environ.items() if not _LEADS_ELSEWHERE.fullmatch(k)}
        self._folder = folder
        self._environ = {**clean, **_QUIET, **_configured(clean, config), **more}

    def __call__(
        self,
        *words: str,
        stdin: bytes = b"",
        into: BinaryIO | None = None,
        seconds: float = SECONDS,
    ) -> bytes:
        """What it writes; nothing where it writes `into` a file. Raises RemoteFailed."""
        try:
            process = subprocess.Popen(  # noqa: S603
                ["git", *words],  # noqa: S607
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=into or subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl+C ends no push half-way, and a kill reaches ssh
            )
        except OSError as error:
            raise RemoteFailed(
                f"git can't be started: {error.strerror}", help="install git", final=True
            ) from None
        with process:
            try:
                out, errors = process.communicate(stdin, timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise RemoteFailed(f"git {words[0]} took longer than {seconds:.0f} s") from None
        if process.returncode:
            raise _explained(errors.decode(errors="replace"), words[0])
        return out or b""


def _configured(environ: Mapping[str, str], config: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Configuration by environment, which no list of processes shows."""
    number = int(environ.get("GIT_CONFIG_COUNT") or 0)
    added: dict[str, str] = {}
    for name, value in config:
        added |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        number += 1
    return {**added, "GIT_CONFIG_COUNT": str(number)}


_RIGHTS = (
    "let it write: in a workflow `permissions: {contents: write}`, elsewhere a key or a token that "
    "may push"
)
_KNOWN = (
    (
        r"GH0\d\d|protected branch|hook declined|repository rule",
        "a rule of the repository forbids the push",
        "exclude the ledger's branch and refs/runner/head from the rulesets and protected branches",
    ),
    (r"ermission to .* denied|Write access .* not granted|error: 403", "git may not push", _RIGHTS),
    (
        r"Authentication failed|could not read (Username|Password)|Permission denied|error: 401",
        "the repository does not know us",
        _RIGHTS,
    ),
    (
        r"epository .*not found|does not appear to be a git repository|does not exist",
        "there is no such repository, or not for us",
        "see where `git remote get-url origin` leads",
    ),
)


def _explained(errors: str, word: str) -> RemoteFailed:
    errors = re.sub(r"//[^/@\s]+@", "//", errors)
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"fatal|error|rejected|GH0", line)] or lines
    said = telling[0] if telling else f"git {word} failed"
    for pattern, message, help in _KNOWN:
        if re.search(pattern, errors):
            return RemoteFailed(f"{message} ({said})", help=help, final=True)
    return RemoteFailed(said)
