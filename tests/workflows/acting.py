"""Runs a workflow of the repository as it stands, with act, on this machine.

Only the actions that a workflow uses are replaced, by those in the folder `actions`, so nothing is
downloaded. act knows no permissions, environments and concurrency: other tests look at those.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import runner
from tests.workflows.hub import BRANCH, NAME, RUNNER, WRITES, Hub

ROOT = Path(__file__).parents[2]
BIN = Path(sys.prefix) / "bin"
ACTIONS = Path(__file__).parent / "actions"
ACTOR = "marta"
"""Who starts the workflows."""
LONGEST = 50
"""Seconds that a run may take."""


@dataclass(frozen=True, kw_only=True)
class Acted:
    """What a run of a workflow did."""

    code: int
    records: tuple[dict, ...]

    @property
    def jobs(self) -> dict[str, str]:
        """The result of each job that ran, by its id, and by its account where it has one."""
        ended = (each for each in self.records if "jobResult" in each)
        return {_job(each): each["jobResult"] for each in ended}

    @property
    def log(self) -> str:
        """What the steps printed."""
        return "".join(each["msg"] for each in self.records if each.get("raw_output"))

    @property
    def summary(self) -> str:
        """The job summaries, one after the other."""
        return "".join(each["content"] for each in self.of("summary"))

    def of(self, command: str) -> list[dict]:
        """The workflow commands of a name: `summary`, `error`, `warning`, `notice`."""
        return [each for each in self.records if each.get("command") == command]

    def __str__(self) -> str:
        return "\n".join(each.get("msg", "").rstrip() for each in self.records)


def _job(record: dict) -> str:
    account = record.get("matrix", {}).get("account")
    return f"{record['jobID']}-{account}" if account else record["jobID"]


@dataclass
class Machine:
    """What starts workflows of a hub. `environ` is seen by every step, `secrets` are the
    environment's."""

    hub: Hub
    account: str | None = None
    """Only its job of a matrix: act has no environments, which would give each job its secrets."""
    environ: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def artifacts(self) -> Path:
        return self.hub.artifacts

    @property
    def caches(self) -> Path:
        """What actions/cache has saved, by its keys."""
        return self.hub.folder / "caches"

    def run(
        self,
        workflow: str,
        event: str,
        payload: Mapping[str, object] | None = None,
        *,
        token: str = WRITES,
    ) -> Acted:
        process = self.start(workflow, event, payload, token=token)
        try:
            out, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
            raise AssertionError(f"{workflow} took too long:\n{acted(process, out)}") from None
        return acted(process, out)

    def end_while(self, workflow: str, event: str, *, says: str) -> Acted:
        """Asks the runner to end, as a cancelled job does, once it has said something."""
        process = self.start(workflow, event)
        assert process.stdout
        out = ""
        while says not in out:
            line = process.stdout.readline()
            assert line, out
            out += line
        with process:
            try:
                os.kill(_posting(process.pid), signal.SIGTERM)
                rest, _ = process.communicate(timeout=LONGEST)
            finally:
                process.kill()
        return acted(process, out + rest)

    def start(
        self,
        workflow: str,
        event: str,
        payload: Mapping[str, object] | None = None,
        *,
        token: str = WRITES,
    ) -> "subprocess.Popen[str]":
        file = self.hub.work / ".github/workflows" / workflow
        event_file = self.hub.folder / "event.json"
        event_file.write_text(json.dumps({**REPOSITORY, **(payload or {})}))
        command = [
            BIN / "act",
            event,
            "--actor",
            ACTOR,
            "--json",
            "--action-offline-mode",
            "--no-cache-server",
        ]
        command += ["--no-skip-checkout", "-P", "ubuntu-latest=-self-hosted"]
        command += ["-C", self.hub.work, "-W", file, "-e", event_file]
        command += [f"--local-repository={each}" for each in replaced(file, self.hub.runner)]
        command += [f"--matrix=account:{self.account}"] if self.account else []
        secrets = {**self.secrets, "GITHUB_TOKEN": token}
        command += [f"--secret={name}={value}" for name, value in secrets.items()]
        command += [f"--env={name}={value}" for name, value in self._environ().items()]
        return subprocess.Popen(
            [str(word) for word in command],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.hub.folder), **self.hub.git_config},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _environ(self) -> dict[str, str]:
        return {
            "HOME": str(self.hub.folder),
            "GITHUB_API_URL": self.hub.api,
            "NO_COLOR": "1",
            "PYTHONPATH": str(Path(runner.__file__).parents[1]),
            "TESTS_VENV": sys.prefix,
            "TESTS_ARTIFACTS": str(self.artifacts),
            "TESTS_CACHES": str(self.caches),
            "TESTS_RUNNER": NAME if self.hub.runner == self.hub.work else RUNNER,
            **self.hub.git_config,
            **self.environ,
        }


REPOSITORY = {
    "repository": {
        "name": NAME.partition("/")[2],
        "full_name": NAME,
        "default_branch": BRANCH,
        "owner": {"login": NAME.partition("/")[0]},
    }
}


def replaced(workflow: Path, own: Path) -> set[str]:
    """Each action that a workflow may use, and the folder that stands in for it. Those of the
    runner, which is in the folder `own`, are real."""
    files = {workflow, own / "action.yml", *(own / ".github/workflows").iterdir()}
    text = "\n".join(file.read_text() for file in files)
    uses = re.findall(r"uses: ([\w-]+/[\w-]+)(?:/\S+)?@([0-9a-f]{40})\b", text)
    assert len(uses) == len(re.findall(r"^ +uses: (?!\./)", text, re.MULTILINE))
    return {
        f"{name}@{commit}={own if name == RUNNER else ACTIONS / name.partition('/')[2]}"
        for name, commit in uses
    }


def _posting(act: int) -> int:
    """The process of `runner post`, which is a child of act because the step `exec`s it."""
    listed = subprocess.run(
        ["ps", "-axwwo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    for line in listed.splitlines():
        process, parent, command = line.split(None, 2)
        if int(parent) == act and "/bin/python -I -c" in command and " post " in command:
            return int(process)
    raise AssertionError("nothing posts")


def acted(process: "subprocess.Popen[str]", out: str) -> Acted:
    lines = (
        line if line.startswith("{") else json.dumps({"msg": line}) for line in out.split("\n")
    )
    return Acted(code=process.returncode, records=tuple(json.loads(line) for line in lines))
