"""What git gets to know of the environment: what it needs to work and to reach the remote.

A list of what is allowed, since hooks, filters, helpers and ssh inherit it: no secret of X, of a
workflow or of a message's address is theirs to read. Left out on purpose, though git would heed it:
where the repository, its index and its objects are, and what `git -c` said, since within a hook
they are another command's; what traces, as traces hold headers; and what asks a person.
"""

import re
from collections.abc import Iterable, Mapping

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
