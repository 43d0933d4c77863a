"""A repository of campaigns that wants to run something in the job that posts.

The job is the one of post.yml: its folders, and the commands of action.yml as they stand, with the
real uv. Only installing reaches the package registry.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.hardening.pull_requests import write

ROOT = Path(__file__).parents[2]
PROGRAM = ("action.yml", "bin", "pyproject.toml", "runner", "templates", "uv.lock")
"""What a checkout of the runner has that setting it up, or starting it, may look at."""
LEAVES_A_MARK = "import os; open(os.path.join({marks!r}, {name!r}), 'w').close()\n"
BACKEND = """\
{mark}
def build_wheel(wheel_directory, *ignored):
    import zipfile
    name, information = "pyyaml-99-py3-none-any.whl", "pyyaml-99.dist-info"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        said = "Metadata-Version: 2.1\\nName: pyyaml\\nVersion: 99\\n"
        wheel.writestr(f"{{information}}/METADATA", said)
        wheel.writestr(f"{{information}}/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr(f"{{information}}/RECORD", "")
    return name
"""
WORKSPACE = """\
[project]
name = "campaigns"
version = "1"
requires-python = ">=3.11"

[tool.uv.workspace]
members = ["{inside}"]

[tool.uv.sources]
pyyaml = {{path = "evil"}}
hatchling = {{path = "evil"}}
"""
"""Takes the runner for a part of its own, and says where a dependency of it comes from."""
EVIL = """\
[project]
name = "pyyaml"
version = "99"

[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
RUNNER_YAML = "timezone: Europe/Riga\naccounts: {shop: {handle: acme_lv, locale: en}}\n"
FIRST = "kind: series\naccount: shop\nposts: {hello: {at: 2027-02-01 10:00, text: Hello}}\n"
MODULES = ("sitecustomize", "usercustomize", "yaml", "requests", "conftest", "typing")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job's workspace. `marks` has a file for each thing of the campaigns that was run."""

    workspace: Path
    project: Path
    runner: Path
    environment: dict[str, str]

    @property
    def marks(self) -> Path:
        return self.workspace.with_name("marks")

    def does(self, script: str, *, within: Path) -> str:
        """What a step prints, started as GitHub starts one."""
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=within,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ran(self) -> set[str]:
        return {each.name for each in self.marks.iterdir()}


def uv() -> Path:
    found = shutil.which("uv") or shutil.which(ROOT / ".tools/uv/bin/uv")
    assert found, "no uv: `make test` installs it"
    return Path(found)


def job(folder: Path, outside: dict[str, str], *, project: str, runner: str) -> Job:
    """An empty workspace, with the folders named as a workflow names them."""
    workspace = folder / "workspace"
    made = Job(
        workspace=workspace,
        project=workspace / project,
        runner=workspace / runner,
        environment={
            **{name: value for name, value in outside.items() if not name.startswith("PYTHON")},
            "PATH": f"{uv().parent}:{Path(sys.executable).resolve().parent}:/usr/bin:/bin",
            "GITHUB_ACTION_PATH": str(workspace / runner),
            "GITHUB_PATH": str(folder / "path"),
        },
    )
    for each in (made.project, made.runner, made.marks):
        each.mkdir(parents=True, exist_ok=True)
    return made


def takes_over(job: Job) -> dict[str, str]:
    """What makes a workspace of both, of which the campaigns are the root."""
    return {
        "pyproject.toml": WORKSPACE.format(inside=os.path.relpath(job.runner, job.project)),
        "evil/pyproject.toml": EVIL,
        "evil/backend.py": BACKEND.format(mark=mark(job, "backend")),
    }


def leads_astray(job: Job) -> dict[str, str]:
    """What an installer or Python may take for settings or for code of the runner."""
    return {
        "uv.toml": 'required-version = "==0.0.1"\n',
        ".python-version": "3.99\n",
        "pip.conf": "[global]\nindex-url = http://127.0.0.1:9/\n",
        ".env": "UV_INDEX_URL=http://127.0.0.1:9/\nPYTHONPATH=.\n",
        "runner/__init__.py": mark(job, "runner"),
        "runner/__main__.py": mark(job, "runner"),
        **{f"{name}.py": mark(job, name) for name in MODULES},
    }


def mark(job: Job, name: str) -> str:
    return f"import os; open(os.path.join({str(job.marks)!r}, {name!r}), 'w').close()\n"


# --- The attack, where the runner lies inside of the campaigns and is no root


UNGUARDED = """
uv sync --quiet --locked --no-default-groups --project "$GITHUB_ACTION_PATH"
PYTHONPATH=. python3 -m runner
"""


def test_f1_the_attack_works_on_a_runner_inside_of_the_campaigns(
    tmp_path: Path, outside_environment: dict[str, str]
) -> None:
    attacked = job(tmp_path, outside_environment, project=".", runner=".campaign-runner")
    small = '[project]\nname = "small"\nversion = "1"\nrequires-python = ">=3.11"\n'
    write(attacked.runner, {"pyproject.toml": f'{small}dependencies = ["pyyaml"]\n'})
    write(attacked.project, takes_over(attacked))
    attacked.does("uv lock --quiet --offline", within=attacked.project)  # at home, and commits it
    write(
        attacked.project,
        {f"{name}.py": mark(attacked, name) for name in ("sitecustomize", "runner")},
    )
    for each in attacked.marks.iterdir():
        each.unlink()
    attacked.does(UNGUARDED, within=attacked.workspace)
    assert attacked.ran() == {"backend", "sitecustomize", "runner"}


# --- The job as it is


def posting() -> dict:
    workflow = yaml.safe_load((ROOT / ".github/workflows/post.yml").read_text())
    return workflow["jobs"]["post"]


def install() -> str:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (script,) = (step["run"] for step in steps if "run" in step)
    return script


def folders() -> list[str]:
    """Where post.yml puts the campaigns, and the runner."""
    steps = [step for step in posting()["steps"] if "checkout" in step.get("uses", "")]
    return [step["with"]["path"] for step in steps]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(folders(), id="as-it-is"),
        pytest.param([".", "inside"], id="inside", marks=pytest.mark.slow),
    ],
)
def attacked(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    outside_environment: dict[str, str],
) -> Job:
    """post.yml's job with everything tried on it, after it has set the runner up."""
    project, runner = request.param
    made = job(tmp_path_factory.mktemp("job"), outside_environment, project=project, runner=runner)
    for name in PROGRAM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, made.runner / name)
    own = {"runner.yaml": RUNNER_YAML, "campaigns/first.yaml": FIRST}
    write(made.project, own | takes_over(made) | leads_astray(made))
    made.does(install(), within=made.workspace)
    return made


def test_f1_the_job_sets_up_among_all_that(attacked: Job) -> None:
    (path,) = Path(attacked.environment["GITHUB_PATH"]).read_text().splitlines()
    assert path == f"{attacked.runner}/bin"
    start = f"PYTHONPATH=. PATH={path}:$PATH runner --version"
    assert attacked.does(start, within=attacked.project).startswith("runner ")


def test_f1_the_runner_reads_the_campaigns_and_starts_nothing_of_them(attacked: Job) -> None:
    here = attacked.workspace.with_name("compiled")  # by the packages that the tests run with
    here.mkdir()
    shutil.copytree(ROOT / "bin", here / "bin")
    (here / ".venv").symlink_to(sys.prefix)
    validate = f"PYTHONPATH=. {here}/bin/runner validate"
    assert attacked.does(validate, within=attacked.project) == "1 campaign with 1 post: all well.\n"


@pytest.mark.parametrize("name", ["backend", "runner", *MODULES])
def test_f1_nothing_that_stands_among_the_campaigns_was_run(attacked: Job, name: str) -> None:
    assert name not in attacked.ran()


def test_f1_only_what_the_lock_names_is_installed(attacked: Job) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    named = {f"{each['name'].replace('-', '_')}-{each['version']}" for each in lock}
    (packages,) = attacked.runner.glob(".venv/lib/python3*/site-packages")
    found = {each.name.removesuffix(".dist-info").lower() for each in packages.glob("*.dist-info")}
    assert len(found) >= 20
    assert found <= named


# --- What holds by the letter of the files


@pytest.mark.parametrize(
    ("name", "jobs"), [("post.yml", 2), ("decide.yml", 2), ("draw.yml", 3), ("listen.yml", 2)]
)
def test_f1_runner_and_campaigns_are_siblings(name: str, jobs: int) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows" / name).read_text())
    assert len(workflow["jobs"]) == jobs
    for job in workflow["jobs"].values():
        out = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
        project, runner = (Path(step["with"]["path"]) for step in out)
        assert not project.is_relative_to(runner)
        assert not runner.is_relative_to(project)
        (set_up,) = (step["uses"] for step in job["steps"] if step.get("uses", "").startswith("./"))
        assert set_up == f"./{runner}"
        assert job["defaults"] == {"run": {"working-directory": str(project)}}


def test_f1_one_release_of_uv_is_named_and_compared_by_its_bytes() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (given,) = (step["with"] for step in steps if "setup-uv" in step.get("uses", ""))
    assert re.fullmatch(r"\d+\.\d+\.\d+", given["version"])
    assert len(re.findall(r"'[0-9a-f]{64}'", given["checksum"])) == 2
    assert given["working-directory"] == "${{ github.action_path }}"
    assert given["enable-cache"] is False


def test_f1_make_installs_that_release_too_by_its_hashes() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (version,) = (each["with"]["version"] for each in steps if "setup-uv" in each.get("uses", ""))
    named = (ROOT / ".ci/uv.txt").read_text()
    assert re.findall(r"^\w+==(\S+)", named, re.MULTILINE) == [version]
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", named)) >= 10
    assert (
        "--require-hashes --no-deps --only-binary :all: -r .ci/uv.txt"
        in (ROOT / "Makefile").read_text()
    )


@pytest.mark.parametrize(
    "said",
    ["--no-build", "--no-install-project", "--locked", "--no-config", "--no-python-downloads"],
)
def test_f1_nothing_is_built_and_nothing_else_configures(said: str) -> None:
    assert f" {said} " in install()
