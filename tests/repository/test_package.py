"""The wheel alone, as a person installs it: with its run-time dependencies, in an empty folder.

Only the installing may reach the package registry: the commands themselves may not.
"""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from runner import __version__

pytestmark = pytest.mark.sampled(1)  # both build the wheel
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(
    tracked: list[Path],
    tmp_path_factory: pytest.TempPathFactory,
    outside_environment: dict[str, str],
) -> Path:
    """Built from what git tracks, as a release is."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for path in tracked:
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    uv(
        outside_environment,
        "build",
        "--wheel",
        "--python",
        sys.executable,
        "--out-dir",
        built,
        source,
    )
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory, outside_environment: dict[str, str]
) -> Path:
    """The `bin` of an environment that holds the wheel and what it asks for, and nothing else."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    uv(outside_environment, "venv", "--python", sys.executable, place)
    uv(outside_environment, "pip", "install", "--python", place, wheel)
    return place / "bin"


def uv(environment: dict[str, str], *arguments: str | Path) -> None:
    found = shutil.which("uv", path=environment["PATH"]) or shutil.which(ROOT / ".tools/uv/bin/uv")
    assert found, "no uv: `make test` installs it"
    ours = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONPATH"}
    result = subprocess.run(
        [found, *map(str, arguments)],
        env={k: v for k, v in environment.items() if k not in ours},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


def runner(installed: Path, folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [installed / "runner", *arguments],
        cwd=folder,
        env={
            "PATH": f"{installed}:/usr/bin:/bin",
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        },
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_wheel_holds_the_package_its_templates_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "runner/py.typed" in names
    assert [name for name in names if name.startswith("runner/default_templates/contest/")]
    assert {name.split("/")[0] for name in names} == {"runner", "campaign_runner-0.1.0.dist-info"}


@pytest.mark.sampled(1)  # each time: it builds none
def test_the_source_says_its_own_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__


def test_a_first_campaign_is_made_and_valid_with_the_wheel_alone(
    installed: Path, tmp_path: Path
) -> None:
    assert "validate" in runner(installed, tmp_path, "--help")
    runner(installed, tmp_path, "new", "contest", "spring-giveaway")
    assert (tmp_path / "campaigns/spring-giveaway.yaml").is_file()
    runner(installed, tmp_path, "validate")
