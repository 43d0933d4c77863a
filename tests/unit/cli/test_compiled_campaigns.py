"""What a run remembers changes its time, and nothing else."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runner.cache.folder import cache_folder
from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.compiled_campaigns import CampaignSource, compiled_campaigns
from runner.cli.context import CommandContext
from runner.cli.file_problems import check_files
from runner.compile import CampaignCompiler
from runner.render import RenderAssets
from runner.templating.run_budget import RunBudget
from runner.workspace import ProjectReader, RecordedFiles
from tests.unit.cli.building import EDITS, HEAD, a_campaign, a_copy, a_user, home_of, root

__all__ = ["root"]
pytestmark = pytest.mark.thorough
CACHE = Path(".runner/cache/campaigns")


def told(root: Path) -> str:
    """What `validate` says."""
    context = CommandContext(root=root, environ=a_user(root), out=io.StringIO(), talk=io.StringIO())
    code = validate(context, format=ProblemFormat.JSON)
    return f"{code} {context.out.getvalue()}"  # type: ignore[attr-defined]


def told_anew(root: Path) -> str:
    """The same of a project that nobody has looked at before."""
    with a_copy(root, ".runner") as fresh:
        return told(fresh)


def kept(root: Path) -> dict[str, bytes]:
    lines = (root / CACHE).read_bytes().splitlines()
    return {line.split(b"\t")[1].decode(): line for line in lines}


def test_what_did_not_change_is_compiled_once(root: Path) -> None:
    first = told(root)
    before = kept(root)
    assert len(before) == 4
    (root / "campaigns/a.yaml").write_text(a_campaign("a", 5, "Cits"))
    told(root)
    after = kept(root)
    assert {name for name in after if after[name] != before[name]} == {'"campaigns/a.yaml"'}
    (root / "campaigns/a.yaml").write_text(a_campaign("a", 2, "Pirmais no visiem tekstiem"))
    assert told(root) == first


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_whatever_a_campaign_rests_on_is_seen(root: Path, name: str) -> None:
    before = told(root)
    EDITS[name](root)
    after = told(root)
    assert after == told_anew(root)
    assert after != before


@settings(
    max_examples=min(settings().max_examples // 4, 15),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(sorted(EDITS)), max_size=5))
def test_any_edits_one_after_another_are_seen(root: Path, names: list[str]) -> None:
    with a_copy(root) as edited:
        for name in names:
            with suppress(FileNotFoundError):  # what is gone already
                EDITS[name](edited)
            assert told(edited) == told_anew(edited)


@pytest.fixture
def honest(root: Path) -> str:
    """What is told of the project, which is kept by now."""
    return told(root)


@settings(
    max_examples=min(settings().max_examples, 60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_corrupt_cache_changes_nothing(root: Path, honest: str, data: st.DataObject) -> None:
    written = bytearray((root / CACHE).read_bytes())
    way = data.draw(st.sampled_from(["flip", "cut", "insert", "double", "garbage"]))
    at = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(written))
    match way:
        case "flip":
            written[at] ^= 1 << data.draw(st.integers(0, 7))
        case "cut":
            del written[at:]
        case "insert":
            written[at:at] = data.draw(st.binary(min_size=1, max_size=20))
        case "double":
            written += written[at:]
        case "garbage":
            written = bytearray(data.draw(st.binary(max_size=200)))
    with a_copy(root) as corrupt:
        (corrupt / CACHE).write_bytes(written)
        assert told(corrupt) == honest


def test_a_cache_with_a_name_of_very_many_brackets_changes_nothing(root: Path, honest: str) -> None:
    with a_copy(root) as corrupt:
        (corrupt / CACHE).write_bytes(b"x\t" + b"[" * 5_000 + b"\t1\n")
        assert told(corrupt) == honest


def test_a_cache_of_another_project_changes_nothing(root: Path) -> None:
    told(root)
    with a_copy(root) as other:
        (other / "runner.yaml").write_text(HEAD.replace("locale: lv", "locale: es"))
        assert told(other) == told_anew(other)


def test_a_cache_that_came_with_an_archive_or_a_commit_is_not_believed(root: Path) -> None:
    told(root)
    home_of(root).rename(root.parent / f"{root.name}-of-somebody-else")
    before = kept(root)
    told(root)
    after = kept(root)
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in after), "all were made anew"


def test_a_run_that_is_stopped_leaves_what_was_kept(root: Path) -> None:
    told(root)
    before = sorted((root / CACHE).parent.iterdir()), (root / CACHE).read_bytes()
    (root / "campaigns/a.yaml").write_text(a_campaign("a", 5, "Cits"))

    def stopped(paths: Sequence[str]) -> Iterator[str]:
        yield from paths[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_files(root, stopped, cache=cache_folder(str(root), a_user(root)))
    assert (sorted((root / CACHE).parent.iterdir()), (root / CACHE).read_bytes()) == before


def test_a_write_that_is_stopped_leaves_what_was_there(tmp_path: Path) -> None:
    folder = cache_folder(str(tmp_path), a_user(tmp_path))
    assert folder
    folder.write("campaigns", [b"whole"])

    def lines() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        folder.write("campaigns", lines())
    assert folder.read("campaigns") == b"whole"
    assert sorted(path.name for path in Path(folder.path).iterdir()) == [".gitignore", "campaigns"]


def test_the_key_is_for_its_user_alone_and_stays_the_same(tmp_path: Path) -> None:
    first = cache_folder("here", a_user(tmp_path))
    assert first == cache_folder("here", a_user(tmp_path))
    (key,) = home_of(tmp_path).rglob("key")
    assert os.name == "nt" or key.stat().st_mode & 0o77 == 0
    key.write_bytes(b"cut")
    other = cache_folder("here", a_user(tmp_path))
    assert other
    assert first
    assert other.key != first.key


def test_a_job_may_name_a_folder_outside_which_has_its_key(tmp_path: Path) -> None:
    outside = str(tmp_path / "outside")
    named = cache_folder("here", {"CAMPAIGN_RUNNER_CACHE": outside, **a_user(tmp_path)})
    assert named
    assert named.path == outside
    assert (tmp_path / "outside/key").read_bytes() == named.key
    within = cache_folder("here", {"CAMPAIGN_RUNNER_CACHE": "checkout", **a_user(tmp_path)})
    assert within == cache_folder("here", a_user(tmp_path)), "a folder of the checkout is not"


def test_where_nobody_can_keep_a_key_nothing_is_kept(tmp_path: Path) -> None:
    home_of(tmp_path).write_text("a file")
    assert cache_folder("here", a_user(tmp_path)) is None
    assert cache_folder("here", {}) is None
    assert cache_folder("here", {"XDG_CACHE_HOME": "within/the/project"}) is None


def test_a_folder_that_nobody_may_write_to_harms_nothing(root: Path) -> None:
    (root / ".runner").write_text("a file")
    assert told(root).startswith("0 ")


def checked_on_one(root: Path) -> str:
    cache = cache_folder(str(root), a_user(root))
    assert cache
    return f"{check_files(root, cores=1, cache=cache).problems}\n"


def checked_on_two(root: Path, *, cached: bool = True) -> str:
    """All that is found by a process of its own: those that it forks have no threads of ours."""
    program = (
        "from pathlib import Path\nimport os, resource\n"
        "from runner.cache.folder import cache_folder\n"
        "from runner.cli.file_problems import check_files\n"
        f"cache = cache_folder('.', os.environ) if {cached} else None\n"
        f"assert bool(cache) is {cached}\n"
        "print(check_files(Path(), cores=2, cache=cache).problems)\n"
        "assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > 0, 'nobody helped'\n"
    )
    words = [sys.executable, "-c", program]
    environ = {**os.environ, **a_user(root)}
    return subprocess.run(
        words, cwd=root, env=environ, capture_output=True, text=True, check=True
    ).stdout


def test_two_cores_find_what_one_finds(root: Path) -> None:
    for day in range(10, 19):
        text = "Tas pats" if day % 3 else "'{{ nobody }}'"
        (root / f"campaigns/more{day}.yaml").write_text(a_campaign(f"m{day}", day, text))
    one = checked_on_one(root)
    shutil.rmtree(root / ".runner")
    two = checked_on_two(root)
    assert one.count("there is no `nobody`") == 3
    assert two == one
    assert checked_on_two(root, cached=False) == one, "where nothing can be kept"
    assert checked_on_one(root) == one, "from what two cores have kept"


def test_what_a_stopped_run_did_not_look_at_is_looked_at_by_the_next(root: Path) -> None:
    (root / "campaigns/a.yaml").write_text(a_campaign("a", 3, "'{{ nobody }}'"))
    files = RecordedFiles(root)
    reader = ProjectReader(files, work=RunBudget())
    project = reader.project()
    assert project
    assets = RenderAssets(project=project, templates=reader.templates, work=reader.work)
    source = CampaignSource(files=files, reader=reader, compiler=CampaignCompiler(assets))
    reader.work.take("campaigns/heavy.yaml", 10**9)  # as if it had been read before all others
    reader.work.stopped = False
    cache = cache_folder(str(root), a_user(root))
    assert cache
    list(compiled_campaigns(source, cache))
    assert reader.work.stopped
    assert "nobody" in told(root)
