"""A repository on GitHub: what it holds a branch to, by rulesets and the older branch protection;
its workflows: when one last succeeded, starting one, keeping GitHub from switching it off, and what
a finished run left: files, by whoever changed the workflow."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import quote

from pydantic import JsonValue

from runner.github.api import PAGE, Api, NotOnGitHub, moment
from runner.problems import Refused
from runner.value import Value


def last_success(api: Api, file: str) -> datetime | None:
    """When the last run of a workflow's file that succeeded began. Raises Refused."""
    route = f"/actions/workflows/{file}/runs"
    found = api.call("GET", route, params={"status": "success", "per_page": 1})
    runs = found.get("workflow_runs") if isinstance(found, dict) else None
    last = runs[0] if isinstance(runs, list) and runs else None
    began = last.get("run_started_at") if isinstance(last, dict) else None
    return moment(began)


def enable(api: Api, file: str) -> None:
    """Tells GitHub that a workflow is wanted, so that the 60 days begin anew after which GitHub
    switches off the schedules of a public repository in which nothing happens. Raises Refused."""
    api.call("PUT", f"/actions/workflows/{file}/enable")


def start(api: Api, file: str, *, branch: str, inputs: Mapping[str, str]) -> None:
    """Starts a workflow on a branch, as who presses *Run workflow*. Raises Refused."""
    body: dict[str, JsonValue] = {"ref": branch, "inputs": dict(inputs)}
    api.call("POST", f"/actions/workflows/{file}/dispatches", body=body)


class Artifact(Value, kw_only=True):
    """A file. Its name is the run's word; `id` and `size`, in bytes, are GitHub's."""

    id: int
    name: str
    size: int


def artifacts(api: Api, run: int) -> Iterator[Artifact]:
    """The files that a run has left; a hundred at most. Raises Refused."""
    found = api.call("GET", f"/actions/runs/{run}/artifacts", params={"per_page": PAGE})
    rows = found.get("artifacts") if isinstance(found, dict) else None
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            id, name, size = (row.get(key) for key in ("id", "name", "size_in_bytes"))
            if isinstance(id, int) and isinstance(name, str) and isinstance(size, int):
                yield Artifact(id=id, name=name, size=size)


def text_of(api: Api, artifact: Artifact, *, most: int) -> str | None:
    """What a file says that was left without an archive; None where it has more than `most` bytes.
    Raises Refused."""
    if artifact.size > most:
        return None
    data = api.download(f"/actions/artifacts/{artifact.id}/zip", most=most)
    return None if data is None else data.decode(errors="replace")


def rules_of(api: Api, branch: str) -> frozenset[str]:
    """The kinds of the rules in force for a branch, also for one that is not there yet
    (https://docs.github.com/rest/repos/rules, read 2026-11-29). Raises Refused."""
    found = api.list(f"/rules/branches/{quote(branch, safe='')}")
    return frozenset(str(rule.get("type")) for rule in found)


def is_protected(api: Api, branch: str) -> bool:
    """Whether anything protects a branch, older branch protection included. It forbids to delete
    and to rewrite unless somebody has allowed that. False where there is no such branch. Raises
    Refused."""
    try:
        found = api.call("GET", f"/branches/{quote(branch, safe='')}")
    except NotOnGitHub:
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
