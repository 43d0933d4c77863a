"""The house of the design: who imports whom, what lower floors may touch, how long is long.

The floors stand once, in `[tool.importlinter]` of pyproject.toml; this reads them there.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.parsed import PACKAGE, modules

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LINT_IMPORTS = (f"{sys.prefix}/bin/lint-imports", "--no-cache", "--no-logo")

# Rooms of the highest floors, which alone touch files, network, clock and environment.
EDGES = {
    "cli",
    "workspace",
    "cache",
    "stores",
    "x",
    "github",
    "public_web",
    "local_x",
    "git",
    "system",
    "__main__",
}
IO_MODULES = re.compile(
    r"(asyncio|builtins|concurrent|ctypes|dbm|fcntl|fileinput|ftplib|getpass|glob|http|imaplib"
    r"|importlib|io\.(open|open_code|FileIO)|linecache|locale|logging|mmap|multiprocessing|os"
    r"|platform|poplib|pty|random|runpy|secrets|select|selectors|shelve|shutil|signal|smtplib"
    r"|socket|socketserver|sqlite3|ssl|subprocess|sys|tarfile|tempfile|threading|time"
    r"|urllib\.request|uuid|webbrowser|xmlrpc|zipfile)(\..*)?"
)
IN_MEMORY = {"contest/seen_posts.py": {"sqlite3", "sqlite3.connect"}}
"""A database that is no file."""
CLOCK_OR_ENVIRONMENT = re.compile(
    r"(datetime\.)*(datetime|date)\.(now|utcnow|today)|time\.time|os\.(environ|getenv)"
)
IO_NAMES = {"breakpoint", "eval", "exec", "input", "open", "print"}
IO_CLASSES = {"pathlib": {"Path", "PosixPath", "WindowsPath"}}
IO_METHODS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob"),
    *("unlink", "exists", "stat", "lstat", "mkdir", "rmdir", "is_file", "is_dir", "is_symlink"),
    *("symlink_to", "hardlink_to", "expanduser", "chmod"),
}
"""Of paths. Some of their names are ours, too: `open` is an attempt's."""
CLOCK = {"now", "utcnow", "today"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def touches(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Where a module reaches for a file, the network, the clock, the environment or chance."""
    for node in nodes:
        match node:
            case ast.Import(names=names):
                found = {name.name for name in names if IO_MODULES.fullmatch(name.name)}
            case ast.ImportFrom(module=str(module), names=names):
                imported = {name.name for name in names}
                whole = {f"{module}.{name}" for name in imported}
                found = {name for name in (module, *whole) if IO_MODULES.fullmatch(name)}
                found |= imported & IO_CLASSES.get(module, set())
            case ast.Name(id=name, ctx=ast.Load()):
                found = {name} & IO_NAMES
            case ast.Attribute(attr="Path", value=ast.Name(id="pathlib")):
                found = {"pathlib.Path"}
            case ast.Attribute(attr=name, value=ast.Name(id="io")):
                found = {f"io.{name}"} if IO_MODULES.fullmatch(f"io.{name}") else set()
            case ast.Attribute(attr=name, value=ast.Name(id="datetime" | "date")):
                found = {name} & CLOCK
            case ast.Attribute(attr=name, value=ast.Attribute(attr="datetime" | "date")):
                found = {name} & CLOCK
            case ast.Attribute(attr=name):
                found = {name} & IO_METHODS
            case _:
                continue
        yield from ((node.lineno, name) for name in sorted(found))


def test_the_contracts_of_the_floors_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout
    analyzed = re.search(r"Analyzed (\d+) files", result.stdout)
    assert analyzed
    assert int(analyzed[1]) >= len(modules())  # it counts libraries too
    assert "Contracts: 3 kept, 0 broken" in result.stdout


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root)}
    return subprocess.run(LINT_IMPORTS, cwd=root, env=environment, capture_output=True, text=True)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            {"problems.py": "import runner.render"},
            "runner.problems is not allowed to import",
        ),
        ({"render/more.py": "import yaml"}, "runner.render is not allowed to import yaml"),
        ({"utils.py": ""}, "utils"),
        (
            {
                "render/one/a.py": "def late():\n    import runner.render.other.b",
                "render/other/b.py": "import typing\nif typing.TYPE_CHECKING:\n"
                "    import runner.render.one.c",
                "render/one/c.py": "",
            },
            "No cycles are allowed in runner.render",
        ),
    ],
    ids=["floor", "library", "room-without-a-floor", "folders-in-a-circle"],
)
def test_the_contracts_refuse(tmp_path: Path, lines: dict[str, str], said: str) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    plant(tmp_path, {"__init__.py": "", "problems.py": "", "render/__init__.py": "", **lines})
    result = lint_imports(tmp_path)
    assert result.returncode == 1, result.stdout
    assert said in result.stdout


def plant(folder: Path, lines: dict[str, str]) -> None:
    for module, line in lines.items():
        path = folder / "runner" / module
        for package in (path.parent, *path.parent.parents):
            if package.is_relative_to(folder / "runner"):
                package.mkdir(parents=True, exist_ok=True)
                (package / "__init__.py").touch()
        path.write_text(f"{line}\n")


def circle(package: Path) -> list[str]:
    """Modules that import each other in a circle, wherever the imports stand; empty without one.

    The contract is about what stands side by side; here a room and its modules count, too.
    """
    named = {module_name(path, package): nodes for path, nodes in modules(package).items()}
    known = frozenset(named)
    imports = {name: set(imported(nodes, known)) - {name} for name, nodes in named.items()}
    assert any(imports.values())
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def module_name(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imported(nodes: Iterable[ast.AST], known: frozenset[str]) -> Iterator[str]:
    """The known modules that it imports; in `from a import b` that is `a.b`, else `a`."""
    for node in nodes:
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name in known)
            case ast.ImportFrom(module=str(module), names=names):
                whole = {f"{module}.{each.name}" for each in names}
                yield from whole & known
                if module in known and not whole <= known:
                    yield module


def test_no_module_leads_back_to_itself() -> None:
    assert circle(PACKAGE) == []


@pytest.mark.parametrize(
    "lines",
    [
        {"x/a.py": "import runner.x.b", "x/b.py": "import runner.x.a"},
        {
            "x/a.py": "def late():\n    from runner.x import b",
            "x/b.py": "from runner.x.a import late",
        },
        {
            "x/a.py": "if typing.TYPE_CHECKING:\n    import runner.x.b",
            "x/b.py": "import runner.x.a",
        },
        {"x/__init__.py": "from runner.x.a import late", "x/a.py": "from runner.x import late"},
        {"x.py": "import runner.y", "y.py": "import runner.z", "z.py": "import runner.x"},
    ],
    ids=["top", "in-a-function", "for-types", "room-and-its-module", "three"],
)
def test_a_circle_of_modules_is_seen(tmp_path: Path, lines: dict[str, str]) -> None:
    plant(tmp_path, lines)
    assert len(circle(tmp_path / "runner")) > 2


def test_the_edges_are_the_top_of_the_contract() -> None:
    floors = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    top = {name for floor in floors[:4] for name in re.findall(r"\w+", floor)}
    assert top == EDGES


def test_the_table_of_the_architecture_is_the_contract() -> None:
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    contract = [set(re.findall(r"\((\w+)\)", layer)) for layer in reversed(layers)]
    page = (ROOT / "ARCHITECTURE.md").read_text()
    assert rooms_by_floor(page) == contract[:-1]  # `__main__` only calls `cli`


def rooms_by_floor(page: str) -> list[set[str]]:
    """What a table of floors says, from the ground up."""
    table: dict[int, set[str]] = {}
    for floor, rooms in re.findall(r"^\| (\d+) \| ([^|]+) \|", page, re.MULTILINE):
        table.setdefault(int(floor), set()).update(re.findall(r"`(\w+)(?:/|\.py)`", rooms))
    return [table[floor] for floor in sorted(table)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("| `rules/` |", "| `rule/` |"), ("| 7 |", "| 6 |"), ("| `github/` |", "|  |")],
    ids=["another-name", "another-floor", "no-room"],
)
def test_another_table_is_seen(old: str, new: str) -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    assert old in page
    assert rooms_by_floor(page) != rooms_by_floor(page.replace(old, new))


def test_the_lower_floors_touch_nothing_of_the_world() -> None:
    lower = {path: nodes for path, nodes in modules().items() if room(path) not in EDGES}
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, nodes in lower.items()
        for line, name in touches(nodes)
        if name not in IN_MEMORY.get(path.relative_to(PACKAGE).as_posix(), ())
    ]
    assert not found, "\n".join(found)
    assert len(lower) >= 20


def test_what_is_a_database_elsewhere_is_none_where_it_is_let_pass() -> None:
    (name,) = IN_MEMORY
    calls = [
        node
        for node in ast.walk(ast.parse((PACKAGE / name).read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "connect"
    ]
    assert [ast.unparse(call.args[0]) for call in calls] == ["':memory:'"]


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import os.path",
        "from os import environ",
        "from urllib import request",
        "from pathlib import Path",
        "import pathlib; pathlib.Path()",
        "open('x')",
        "path.read_text()",
        "print('x')",
        "datetime.now()",
        "datetime.datetime.now()",
        "date.today()",
        "import time",
        "import random",
        "from sqlite3 import connect",
        "from importlib import import_module",
        "from concurrent.futures import ThreadPoolExecutor",
        "from io import open",
        "io.open('x')",
        "import fileinput",
        "import zipfile",
        "import uuid",
        "path.unlink()",
        "path.exists()",
        "path.stat()",
    ],
)
def test_touching_the_world_is_seen(line: str) -> None:
    assert list(touches(ast.walk(ast.parse(line))))


@pytest.mark.parametrize(
    "line",
    [
        "from pathlib import PurePosixPath",
        "from urllib.parse import urlsplit",
        "from datetime import time",
        "import io",
        "plan.now",
        "from io import BytesIO",
        "class Poll:\n    open: int",
        "self.open()",
    ],
)
def test_what_is_pure_passes(line: str) -> None:
    assert not list(touches(ast.walk(ast.parse(line))))


def test_only_the_commands_read_the_clock_and_the_environment() -> None:
    """The other edges get both as arguments. How long a thing took they may measure."""
    rest = {path: nodes for path, nodes in modules().items() if room(path) in EDGES - {"cli"}}
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path, nodes in rest.items()
        for line, what in readings(nodes)
    ]
    assert not found, "\n".join(found)
    assert len(rest) >= 5


def readings(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Where a module reads the clock or the environment, or imports what reads it."""
    for node in nodes:
        match node:
            case ast.Attribute():
                names = [ast.unparse(node)]
            case ast.ImportFrom(module=str(module), names=imported):
                names = [f"{module}.{each.name}" for each in imported]
            case _:
                continue
        yield from ((node.lineno, each) for each in names if CLOCK_OR_ENVIRONMENT.fullmatch(each))


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "os.environ['HOME']",
        "os.getenv('HOME')",
        "from os import environ",
        "from time import time as now",
    ],
)
def test_reading_the_clock_or_the_environment_is_seen(line: str) -> None:
    assert list(readings(ast.walk(ast.parse(line))))


def test_functions_and_modules_stay_short() -> None:
    known = modules()
    long = [
        each
        for path, nodes in known.items()
        for each in too_long(str(path.relative_to(ROOT)), path.read_text(), nodes)
    ]
    assert not long, "\n".join(long)
    assert len(known) >= 30


def too_long(name: str, text: str, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """A module of more than 300 lines, and its functions of more than 40."""
    if (lines := len(text.splitlines())) > 300:
        yield f"{name}: {lines} lines"
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 40:
                yield f"{name}:{node.lineno} {node.name}: {lines} lines"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f():\n" + "    x\n" * 39, []),
        ("def f():\n" + "    x\n" * 40, ["m.py:1 f: 41 lines"]),
        ("class C:\n    async def f():\n" + "        x\n" * 40, ["m.py:2 f: 41 lines"]),
        ("x\n" * 300, []),
        ("x\n" * 301, ["m.py: 301 lines"]),
    ],
    ids=["40-lines", "41-lines", "method", "300-lines", "301-lines"],
)
def test_what_is_too_long_is_seen(text: str, found: list[str]) -> None:
    assert list(too_long("m.py", text, ast.walk(ast.parse(text)))) == found
