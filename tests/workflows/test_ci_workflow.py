"""ci.yml as it stands, with another `.ci/run`: this test is a part of what that one runs."""

import pytest

from tests.workflows.acting import Machine
from tests.workflows.hub import BRANCH


@pytest.mark.slow
@pytest.mark.parametrize(("code", "result"), [(0, "success"), (3, "failure")])
@pytest.mark.parametrize("event", ["push", "pull_request"])
def test_the_check_is_what_ci_run_says(
    machine: Machine, event: str, code: int, result: str
) -> None:
    machine.hub.commit({".ci/run": f"echo ran in $(basename $PWD); exit {code}\n"})
    machine.hub.open_pull(BRANCH)
    payload = {"ref": f"refs/heads/{BRANCH}"} if event == "push" else {"number": 7}
    run = machine.run("ci.yml", event, payload)
    assert run.jobs == {"test": result}, str(run)
    assert run.log.startswith("ran in ")
