"""The errors of git, in words for whoever can mend what is wrong."""

import re

_RIGHTS = (
    "let it write: in a workflow `permissions: {contents: write}`, elsewhere a key or a token that "
    "may push"
)
_KNOWN = (
    (
        r"[Cc]ertificate (problem|verif)|unable to get local issuer certificate",
        "git does not trust the certificate of the remote",
        "where a proxy has a certificate of its own: `git config --global http.sslCAInfo FILE`",
    ),
    (
        r"GH0\d\d|protected branch|hook declined|repository rule",
        "a rule of the repository forbids the push",
        "exclude the ledger's branches from the rulesets and protected branches",
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
    (
        r"(?m)^(error|fatal): (object file .* empty|.*object .* corrupt|inflate: |bad tree object)",
        "this clone is damaged",
        "clone the repository anew; `git fsck` says what is damaged here",
    ),
    (
        r"dubious ownership",
        "git trusts no repository that belongs to somebody else",
        "`git config --global --add safe.directory` and its folder, if you do",
    ),
)


class GitFailed(Exception):
    """git could not be asked, or did not do as asked, for all that is known: a push that raises it
    may have been applied. `final`: trying again will not mend it. `silent`: git did not say why.
    `slow`: it was ended."""

    def __init__(
        self,
        message: str,
        *,
        help: str | None = None,
        final: bool = False,
        silent: bool = False,
        slow: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.final = final
        self.silent = silent
        self.slow = slow

    @property
    def brings_nothing(self) -> bool:
        """Whether a fetch failed for there is nothing of what it asks for, of which git says
        little."""
        return self.silent or "couldn't find remote ref" in self.message


def failure_of(errors: str, word: str) -> GitFailed:
    """The error of the command `git word`, by what it wrote to `errors`; addresses in it lose their
    passwords."""
    errors = re.sub(r"//[^/\s]+@", "//", errors)
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"fatal|error|rejected|GH0", line)] or lines
    said = telling[0] if telling else f"git {word} failed"
    for pattern, message, help in _KNOWN:
        if re.search(pattern, errors):
            return GitFailed(f"{message} ({said})", help=help, final=True)
    return GitFailed(said, silent=not lines)
