"""The processes that the bench measures: what each works on, and what it costs."""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fair_project import NOW, a_project

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".tools" / "peer"
STARTER = ROOT / "scripts" / "one_cost.py"
JS_YAML = "js-yaml@4.1.0"
FLOORS = 5
"""How often floor A is done in one process, so that more is measured than that it starts."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one process and all that it started: seconds of CPU and of the wall, MiB at its peak (that
    of the largest of them)."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """A process to measure. `before` makes things ready, and is not measured."""

    name: str
    words: tuple[str, ...]
    folder: Path
    environ: Mapping[str, str]
    before: Callable[[], object] = lambda: None
    codes: frozenset[int] = frozenset({0})
    cores: frozenset[int] | None = None

    def cost(self) -> Cost:
        self.before()
        if self.cores:
            os.sched_setaffinity(0, self.cores)
        output = self.folder / "output"
        words = (sys.executable, "-IS", str(STARTER), str(output), *self.words)
        found = subprocess.run(  # noqa: S603
            words, cwd=self.folder, env=self.environ, stdout=subprocess.PIPE, check=True
        )
        os.sched_setaffinity(0, ALL_CORES)
        code, cpu, wall, peak = map(float, found.stdout.split())
        if code not in self.codes:
            said = output.read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"{self.name} ended with {code:.0f}:\n{said[-2000:]}")
        return Cost(cpu=cpu, wall=wall, peak=peak / 1024)


ALL_CORES = os.sched_getaffinity(0)


def medians(runs: Iterable[Run], rounds: int) -> dict[str, Cost]:
    """Of each run, interleaved; a first round, which fills the disk's caches, does not count."""
    runs = tuple(runs)
    costs: dict[str, list[Cost]] = {run.name: [] for run in runs}
    for number in range(rounds + 1):
        for run in runs:
            _tell(f"round {number} of {rounds}: {run.name}")
            cost = run.cost()
            if number:
                costs[run.name].append(cost)
    _tell("")
    return {name: _median(each) for name, each in costs.items()}


def _tell(text: str) -> None:
    """In one line, where a person watches."""
    if sys.stderr.isatty():
        print(f"\r{text:<70}\r", end="", file=sys.stderr, flush=True)


def _median(costs: list[Cost]) -> Cost:
    cpu, wall, peak = (
        statistics.median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "peak")
    )
    return Cost(cpu=cpu, wall=wall, peak=peak)


# --- What is run


def peers(root: Path, sizes: Iterable[int], *, node: bool = False) -> Iterator[Run]:
    """`python -c pass`, floor A and the programs of others; with `node` those for Node, too."""
    environ = {"PATH": os.environ["PATH"], "NODE_PATH": str(PEER / "node_modules")}
    folder = _folder(root / "pass", 1)
    yield Run(name="pass", words=(sys.executable, "-c", "pass"), folder=folder, environ=environ)
    schema = str(ROOT / "schemas" / "campaign.schema.json")
    checker = str(Path(sys.executable).parent / "check-jsonschema")
    for size in sizes:
        folder = _folder(root / f"peers-{size}", size)
        times = str(FLOORS if size > 1 else 1)
        floor = (sys.executable, str(ROOT / "scripts" / "floor.py"), str(folder), times)
        yield Run(name=f"floor A {size}", words=floor, folder=folder, environ=environ)
        if size > 1:
            files = (str(path) for path in sorted((folder / "campaigns").glob("*.yaml")))
            words = (checker, "--schemafile", schema, *files)
            yield Run(name=f"check-jsonschema {size}", words=words, folder=folder, environ=environ)
        if size > 1 and node:
            words = ("node", str(ROOT / "scripts" / "peer_parser.js"), str(folder))
            yield Run(name=f"js-yaml {size}", words=words, folder=folder, environ=environ)


def commands(tree: Path, root: Path, files: int, large: int) -> Iterator[Run]:
    """The runner of a tree, on projects of its own."""
    one, cold, base = (
        _folder(root / name, size) for name, size in (("one", 1), ("cold", files), ("base", files))
    )
    make = _Maker(tree, root / "home")
    yield make.run("validate 1", one, "validate", before=_no_cache(one))
    yield make.run(f"validate {files}", cold, "validate", before=_no_cache(cold))
    yield make.run(f"preview {files}", cold, "preview", "--now", NOW, before=_no_cache(cold))
    yield make.run(f"post {files}", cold, "post", "--now", NOW, before=_no_cache(cold))
    _commit(base)
    _change(base, 1)
    words = ("preview", "--now", NOW, "--base", "HEAD")
    yield make.run(f"preview --base {files}", base, *words, before=_no_cache(base))
    for size in sorted({10, files, large} - {0}):
        kept = _folder(root / f"kept-{size}", size)
        yield make.run(f"unchanged {size}", kept, "validate")
        if size > 10:
            change = partial(_change, kept, 10)
            yield make.run(f"ten changed {size}", kept, "validate", before=change)
    if large:
        many = _folder(root / "large", large)
        yield make.run(f"validate {large}", many, "validate", before=_no_cache(many))
        yield _on_one_core(make, cold, files)
        yield _on_one_core(make, many, large)


def _on_one_core(make: "_Maker", folder: Path, size: int) -> Run:
    """Where one process has all of the memory."""
    return make.run(
        f"validate, one core {size}",
        folder,
        "validate",
        before=_no_cache(folder),
        cores=frozenset({min(ALL_CORES)}),
    )


def page_of_posts(folder: Path) -> str:
    """The address of this tree's page of 10,010 posts."""
    make = _Maker(ROOT, folder / "home")
    root = _folder(folder / "project", 715)
    words = ("preview", "--now", NOW, "--all", "--format", "html", "--output", "page.html")
    make.run("preview html", root, *words).cost()
    return (root / "page.html").as_uri()


class _Maker:
    """Makes runs of one tree's runner, in an environment of its own; `home` is where its cache has
    its key, since without one there is none."""

    def __init__(self, tree: Path, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.environ = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tree),
            "X_API_URL": "http://127.0.0.1:9",  # so that `--now` is taken; nobody asks it
        }

    def run(
        self,
        name: str,
        folder: Path,
        *words: str,
        before: Callable[[], object] = lambda: None,
        cores: frozenset[int] | None = None,
    ) -> Run:
        return Run(
            name=name,
            words=(sys.executable, "-m", "runner", *words),
            folder=folder,
            environ=self.environ,
            before=before,
            cores=cores,
        )


def _folder(folder: Path, size: int) -> Path:
    folder.mkdir(parents=True)
    a_project(folder, size)
    return folder


def _no_cache(folder: Path) -> Callable[[], object]:
    return partial(shutil.rmtree, folder / ".runner", ignore_errors=True)


def _change(folder: Path, count: int) -> None:
    """Adds a word to the first files, at each call."""
    for path in sorted((folder / "campaigns").glob("*.yaml"))[:count]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("benefit: ", "benefit: La ", 1), encoding="utf-8")


def _commit(folder: Path) -> None:
    who = ("-c", "user.name=bench", "-c", "user.email=bench@localhost")
    for words in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "-m", "all")):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S603, S607


def has_node() -> bool:
    """Whether the parser can be run, with js-yaml from npm."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    if not (PEER / "node_modules" / "js-yaml").is_dir():
        words = ["npm", "install", "--silent", "--no-audit", "--prefix", str(PEER), JS_YAML]
        subprocess.run(words, check=True)  # noqa: S603
    return True
