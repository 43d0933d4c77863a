"""Starting git: bounded in time, never asking, reading no more of a repository than it must, and
knowing of the environment what it needs to work and to reach the remote.

That is a list of what is allowed, since hooks, filters, helpers and ssh inherit it: no secret of X,
of a workflow or of a message's address is theirs to read. Left out on purpose, though git would
heed it: where the repository, its index and its objects are, and what `git -c` said, since within a
hook they are another command's; what traces, as traces hold headers; and what asks a person.
"""

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from runner.git.failure import GitFailed, failure_of

_KEPT = re.compile(
    r"""
    # the system's: where programs and files are, in which language
      PATH | HOME | USER | LOGNAME | SHELL | TMPDIR | TZ | LANG | LC_\w+ | LOCALE_ARCHIVE
    | XDG_(CONFIG|CACHE|DATA)_HOME | XDG_RUNTIME_DIR | DEVELOPER_DIR
    # Windows'
    | SYSTEMROOT | SYSTEMDRIVE | WINDIR | COMSPEC | PATHEXT | TEMP | TMP | OS
    | USERNAME | USERDOMAIN | USERPROFILE | HOMEDRIVE | HOMEPATH | APPDATA | LOCALAPPDATA
    | ALLUSERSPROFILE | PROGRAMDATA | PROGRAMFILES(\(X86\))? | PROGRAMW6432 | COMMONPROGRAMFILES
    # the way to the remote
    | (HTTP|HTTPS|ALL|NO|FTP)_PROXY
    | SSH_AUTH_SOCK | SSH_AGENT_PID | GIT_SSH(_COMMAND|_VARIANT)? | GIT_PROXY_COMMAND
    | GIT_ASKPASS | GIT_HTTP_\w+ | GIT_ALLOW_PROTOCOL | GIT_PROTOCOL_FROM_USER
    | SSL_CERT_(FILE|DIR) | CURL_CA_BUNDLE | NIX_SSL_CERT_FILE | GIT_(PROXY_)?SSL_\w+
    # what helpers of credentials keep theirs in
    | DBUS_SESSION_BUS_ADDRESS | GNUPGHOME | PASSWORD_STORE_DIR | GH_CONFIG_DIR | KRB5CCNAME
    | GCM_CREDENTIAL_STORE
    # its configuration, and where it is installed
    | GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|(KEY|VALUE)_[0-9]+)
    | GIT_EXEC_PATH | GIT_DISCOVERY_ACROSS_FILESYSTEM
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
}
SAFE = (
    # programs that a repository's configuration names, and that reading does not need
    ("core.fsmonitor", "false"),
    ("core.hooksPath", "/dev/null"),
    ("core.alternateRefsCommand", "true"),
    ("credential.interactive", "false"),
    ("protocol.ext.allow", "never"),
    ("fetch.recurseSubmodules", "false"),
    # work that nobody waits for
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    # a folder of a pull request that looks like a repository is none
    ("safe.bareRepository", "explicit"),
)
"""Holds for every command, whatever the files of configuration say."""


SECONDS = 60.0


def environment(
    environ: Mapping[str, str], config: Iterable[tuple[str, str]], more: Mapping[str, str]
) -> dict[str, str]:
    """The environment of one git: what is kept of `environ`, `config` above all files of
    configuration, `more`."""
    kept = {name: value for name, value in environ.items() if _KEPT.fullmatch(name)}
    return {**kept, **_QUIET, **_configuration(kept, (*config, *SAFE)), **more}


def _configuration(kept: Mapping[str, str], config: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Configuration by environment, which no list of processes shows."""
    count = kept.get("GIT_CONFIG_COUNT", "")
    number = int(count) if count.isdecimal() else 0
    added: dict[str, str] = {}
    for name, value in config:
        added |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
        number += 1
    return {**added, "GIT_CONFIG_COUNT": str(number)}


class Git:
    """git in one folder, with one environment; `config` goes above all files of configuration, and
    `more` are variables that lead it elsewhere than to the repository of the folder."""

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        *,
        config: Iterable[tuple[str, str]] = (),
        **more: str,
    ) -> None:
        self._folder = folder
        self._environ = environment(environ, config, more)

    def __call__(
        self,
        *words: str,
        stdin: bytes = b"",
        into: BinaryIO | None = None,
        seconds: float = SECONDS,
    ) -> bytes:
        """What it writes; nothing where it writes `into` a file. Raises GitFailed."""
        process = self.started(*words, stdout=into, stderr=subprocess.PIPE)
        with process:
            try:
                out, errors = process.communicate(stdin, timeout=seconds)
            except subprocess.TimeoutExpired:
                _kill(process)
                raise GitFailed(
                    f"git {_command(words)} took longer than {seconds:.0f} s", slow=True
                ) from None
        if process.returncode:
            raise failure_of(errors.decode(errors="replace"), _command(words))
        return out or b""

    def started(
        self, *words: str, stdout: BinaryIO | None = None, stderr: int = subprocess.DEVNULL
    ) -> "subprocess.Popen[bytes]":
        """The process, to be talked with and ended. Raises GitFailed."""
        try:
            return subprocess.Popen(  # noqa: S603
                ["git", *words],  # noqa: S607
                cwd=self._folder,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=stdout or subprocess.PIPE,
                stderr=stderr,
                # Ctrl+C ends no push half-way, and a kill reaches ssh; Windows has the second word
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise GitFailed(
                f"git can't be started: {error.strerror}", help="install git", final=True
            ) from None

    def answer(self, *words: str, seconds: float = SECONDS) -> str | None:
        """What it says, without the white space around; None where it refuses."""
        try:
            return self(*words, seconds=seconds).decode(errors="replace").strip()
        except GitFailed:
            return None


def _command(words: tuple[str, ...]) -> str:
    """What git is told to do, behind what it is configured with."""
    return words[2] if words[0] == "-c" else words[0]


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Ends git with all that it has started, where the system knows groups of processes."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
