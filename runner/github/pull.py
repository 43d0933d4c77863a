"""The pull requests that are open."""

from runner.github.api import Api


def is_open(api: Api, number: int, *, head: str) -> bool:
    """Whether pull request `number` is open, and the commit `head` is what it proposes now. Raises
    Refused."""
    for pull in api.list("/pulls"):
        if pull.get("number") == number:
            at = pull.get("head")
            return isinstance(at, dict) and at.get("sha") == head
    return False
