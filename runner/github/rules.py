"""What GitHub holds a branch to: rulesets, and the older branch protection."""

from urllib.parse import quote

from runner.github.api import Api
from runner.problems import Refused


def rules_of(api: Api, branch: str) -> frozenset[str]:
    """The kinds of the rules in force for a branch, also for one that is not there yet
    (https://docs.github.com/rest/repos/rules, read 2026-11-29). Raises Refused."""
    found = api.list(f"/rules/branches/{quote(branch, safe='')}")
    return frozenset(str(rule.get("type")) for rule in found)


def is_protected(api: Api, branch: str) -> bool:
    """Whether anything protects a branch, older branch protection included. It forbids to delete
    and to rewrite unless somebody has allowed that. False where there is no such branch."""
    try:
        found = api.call("GET", f"/branches/{quote(branch, safe='')}")
    except Refused:
        return False
    return isinstance(found, dict) and found.get("protected") is True


def default_branch(api: Api) -> str:
    """The name of the repository's default branch. Raises Refused."""
    found = api.call("GET", "")
    name = found.get("default_branch") if isinstance(found, dict) else None
    if not isinstance(name, str):
        raise Refused("GitHub does not tell which branch is the default one")
    return name


def is_private(api: Api) -> bool:
    """Whether only who was invited can read the repository. Raises Refused."""
    found = api.call("GET", "")
    return isinstance(found, dict) and found.get("private") is True
