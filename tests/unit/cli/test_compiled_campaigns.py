"""What a run remembers changes its time, and nothing else."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.compiled_campaigns import CampaignSource, compiled_campaigns
from runner.cli.context import CommandContext
from runner.compile import CampaignCompiler
from runner.render import RenderAssets
from runner.templating.run_budget import RunBudget
from runner.workspace import ProjectReader, RecordedFiles

pytestmark = pytest.mark.thorough
HEAD = "timezone: Europe/Riga\naccounts:\n  shop: {handle: acme_lv, locale: lv}\n"
CACHE = Path(".runner/cache/campaigns")
PNG = Path(__file__).parents[3] / "campaigns/media"


def a_campaign(name: str, day: int, text: str) -> str:
    return (
        f"kind: series\naccount: shop\nstarts: 2027-03-01\nends: 2027-03-31\nposts:\n"
        f"  {name}: {{at: 2027-03-{day:02} 10:00, text: {text}}}\n"
        f"  tip: {{every: {{days: [mon], slots: [s{name}]}}, items: data/tips.yaml}}\n"
        f"slots: {{s{name}: '1{day % 10}:{day:02}'}}\n"
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three campaigns with a picture, a template, items and the results of a draw."""
    (tmp_path / "campaigns/data").mkdir(parents=True)
    (tmp_path / "campaigns/media").mkdir()
    (tmp_path / "campaigns/results").mkdir()
    (tmp_path / "templates").mkdir()
    picture = next(PNG.glob("*.jpg"))
    shutil.copy(picture, tmp_path / "campaigns/media/a.jpg")
    shutil.copy(picture, tmp_path / "campaigns/media/b.jpg")
    write = {
        "runner.yaml": HEAD,
        "templates/own.j2": "Skaisti bikses mēnesim un gadam\n",
        "campaigns/data/tips.yaml": "- {text: Mazgā aukstā ūdenī}\n- {text: Žāvē ēnā}\n",
        "campaigns/a.yaml": a_campaign("a", 2, "Pirmais no visiem tekstiem"),
        "campaigns/b.yaml": a_campaign("b", 3, "Otrais teksts nav kā citi") + "vars: {x: y}\n",
        "campaigns/c.yaml": "kind: series\naccount: shop\nends: 2027-04-30\nposts:\n"
        "  own: {at: 2027-03-09 10:00, template: own}\n"
        "  picture: {at: 2027-03-10 10:00, text: Skaties šo, "
        "media: [{file: media/a.jpg, alt: Bikses}]}\n",
        "campaigns/win.yaml": "kind: contest\naccount: shop\nprize: bikses\n"
        "opens: 2027-03-01 10:00\ncloses: 2027-03-08 20:00\nentry: {how: reply}\n"
        "posts: {announce: {at: opens}, winners: {at: drawn + 1h}}\n",
    }
    for path, text in write.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def told(root: Path) -> str:
    """What `validate` says."""
    context = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    code = validate(context, format=ProblemFormat.JSON)
    return f"{code} {context.out.getvalue()}"  # type: ignore[attr-defined]


@contextmanager
def a_copy(root: Path, *without: str) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(shutil.copytree(root, f"{folder}/x", ignore=shutil.ignore_patterns(*without)))


def told_anew(root: Path) -> str:
    """The same of a project that nobody has looked at before."""
    with a_copy(root, ".runner") as fresh:
        return told(fresh)


def kept(root: Path) -> dict[str, bytes]:
    lines = (root / CACHE).read_bytes().splitlines()
    return {line.split(b"\t")[1].decode(): line for line in lines}


EDITS: dict[str, Callable[[Path], object]] = {
    "campaign": lambda root: (root / "campaigns/a.yaml").write_text(a_campaign("a", 4, "Cits")),
    "items": lambda root: (root / "campaigns/data/tips.yaml").write_text(
        "- {text: Viens}\n- {text: '{{ x }}'}\n"
    ),
    "items-gone": lambda root: (root / "campaigns/data/tips.yaml").unlink(),
    "picture": lambda root: (root / "campaigns/media/a.jpg").write_bytes(b"no picture"),
    "picture-gone": lambda root: (root / "campaigns/media/a.jpg").unlink(),
    "template": lambda root: (root / "templates/own.j2").write_text("x" * 300),
    "template-new": lambda root: (
        (root / "templates/series").mkdir(exist_ok=True)
        or (root / "templates/series/x.j2").write_text("{{ nobody }}")
    ),
    "project": lambda root: (root / "runner.yaml").write_text(
        HEAD + "rules: {min-gap: 3h, duplicate-text: {within: 60d}}\n"
    ),
    "results": lambda root: (root / "campaigns/results/win.yaml").write_text(
        "drawn: 2027-03-09 10:00\nwinners: [anna, bob]\n"
    ),
    "campaign-new": lambda root: shutil.copy(root / "campaigns/b.yaml", root / "campaigns/d.yaml"),
    "campaign-gone": lambda root: (root / "campaigns/b.yaml").unlink(),
    "same-id": lambda root: (root / "campaigns/e.yaml").write_text(
        "id: a\n" + a_campaign("e", 9, "Pavisam cits stāsts par to pašu")
    ),
    "broken": lambda root: (root / "campaigns/a.yaml").write_text("kind: [\n"),
}


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


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_whatever_a_campaign_rests_on_is_seen(root: Path, name: str) -> None:
    before = told(root)
    EDITS[name](root)
    after = told(root)
    assert after == told_anew(root)
    assert after != before


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(st.sampled_from(sorted(EDITS)), max_size=5))
def test_any_edits_one_after_another_are_seen(root: Path, names: list[str]) -> None:
    with a_copy(root) as edited:
        for name in names:
            with suppress(FileNotFoundError):  # what is gone already
                EDITS[name](edited)
            assert told(edited) == told_anew(edited)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_corrupt_cache_changes_nothing(root: Path, data: st.DataObject) -> None:
    told(root)
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
        assert told(corrupt) == told(root)


def test_a_cache_of_another_project_changes_nothing(root: Path, tmp_path: Path) -> None:
    told(root)
    other = tmp_path / "other"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("other"))
    (other / "runner.yaml").write_text(HEAD.replace("locale: lv", "locale: es"))
    assert told(other) == told_anew(other)


def test_a_cache_that_came_with_a_commit_is_not_read(root: Path) -> None:
    told(root)
    git = root / ".git"
    git.mkdir()
    (git / "index").write_bytes(b"DIRC\0\0\0\2" + b"\0" * 60 + b".runner/cache/campaigns\0")
    before = (root / CACHE).stat().st_mtime_ns
    told(root)
    assert (root / CACHE).stat().st_mtime_ns != before, "it was made anew"


def test_a_folder_that_nobody_may_write_to_harms_nothing(root: Path) -> None:
    (root / ".runner").write_text("a file")
    assert told(root).startswith("0 ")


def checked_on(cores: int, root: Path) -> str:
    """All that is found by a process of its own: those that it forks have no threads of ours."""
    program = "from pathlib import Path\nfrom runner.cli.file_problems import check_files\n"
    program += f"print(check_files(Path(), cores={cores or None}).problems)\n"
    words = [sys.executable, "-c", program]
    return subprocess.run(words, cwd=root, capture_output=True, text=True, check=True).stdout


def test_two_cores_find_what_one_finds(root: Path) -> None:
    for day in range(10, 28):
        text = "Tas pats" if day % 3 else "'{{ nobody }}'"
        (root / f"campaigns/more{day}.yaml").write_text(a_campaign(f"m{day}", day, text))
    one = checked_on(1, root)
    shutil.rmtree(root / ".runner")
    two = checked_on(2, root)
    assert one.count("there is no `nobody`") == 6
    assert two == one
    assert checked_on(1, root) == one, "from what two cores have kept"


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
    list(compiled_campaigns(source))
    assert reader.work.stopped
    assert "nobody" in told(root)
