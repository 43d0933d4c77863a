"""The life of a workflow: when it last succeeded, and keeping GitHub from switching it off."""

from datetime import datetime

from runner.github.api import Api


def last_success(api: Api, file: str) -> datetime | None:
    """When the last run of a workflow's file that succeeded began. Raises Refused."""
    route = f"/actions/workflows/{file}/runs"
    found = api.call("GET", route, params={"status": "success", "per_page": 1})
    runs = found.get("workflow_runs") if isinstance(found, dict) else None
    last = runs[0] if isinstance(runs, list) and runs else None
    began = last.get("run_started_at") if isinstance(last, dict) else None
    return datetime.fromisoformat(began) if isinstance(began, str) else None


def enable(api: Api, file: str) -> None:
    """Says that a workflow is wanted, so that the 60 days begin anew after which GitHub switches
    off the schedules of a public repository in which nothing happens. Raises Refused."""
    api.call("PUT", f"/actions/workflows/{file}/enable")
