"""How long the ways of a value through `runner/` are: a post's text from YAML to the request, an
unknown key to the terminal, a *when* to its due instant, an answer of X to the ledger.

`python scripts/walks.py [TREE]` runs the real commands of a tree (this one, or another checkout)
against its local X, and counts, with LIST=1 in the environment also by name,

- functions that hold the value: one of the arguments, or something one level below it (an item, a
  field), is the value or has it in its text;
- the files that these functions stand in;
- how often two holders after one another, in the order of their calls, stand in different files.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import dropwhile, pairwise, takewhile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = """\
timezone: Europe/Riga
accounts:
  shop: {handle: acme_lv, locale: lv}
ledger: {store: files}
"""
CAMPAIGN = """\
kind: series
account: shop
posts:
  tip:
    at: 2027-03-09 10:07
    text: Zebra stripes never go out of fashion
%s"""
NOW = "2027-03-09T10:07:30+02:00"
ANSWERED = ("x/session.py", "x/client.py")
"""Where the answer of a request comes in, which repeats it."""
TRACED = r"""
import re, sys, threading
from datetime import datetime
from pathlib import Path

marks, package, out = re.compile(sys.argv[1]), sys.argv[2], sys.argv[3]
instant = sys.argv[4]
arguments = sys.argv[5:]
holders = []

def is_it(value):
    if isinstance(value, str):
        return bool(marks.search(value))
    if isinstance(value, bytes):
        return bool(marks.search(value.decode("utf-8", "replace")))
    if instant and isinstance(value, datetime):
        return value.isoformat().startswith(instant)
    return False

def below(value):
    if isinstance(value, dict):
        yield from list(value)[:500]
        yield from list(value.values())[:500]
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from list(value)[:500]
    elif type(value).__module__.startswith("runner"):
        yield from list(getattr(value, "__dict__", {}).values())
        for kind in type(value).__mro__:
            names = kind.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                try:
                    yield object.__getattribute__(value, name)
                except AttributeError:
                    pass

def holds(value):
    return is_it(value) or any(is_it(each) for each in below(value))

def called(frame, event, _):
    code = frame.f_code
    if event != "call" or not code.co_filename.startswith(package) or code.co_name[0] == "<":
        return
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    sys.setprofile(None)
    try:
        if any(holds(frame.f_locals[name]) for name in names if name in frame.f_locals):
            holders.append((code.co_filename, code.co_qualname))
    finally:
        sys.setprofile(called)

from runner.cli import main

sys.argv = ["runner", *arguments]
threading.setprofile(called)
sys.setprofile(called)
try:
    main()
except SystemExit:
    pass
finally:
    sys.setprofile(None)
    Path(out).write_text("\n".join(f"{file} {name}" for file, name in holders))
"""


Holders = list[tuple[str, str]]


def traced(
    tree: Path,
    marks: str,
    *,
    command: tuple[str, ...],
    more: str = "",
    instant: str = "",
    serve: bool = False,
) -> Holders:
    """The functions that held what matches `marks` while a command ran, call by call: each with
    its file below `runner/`."""
    package = f"{tree / 'runner'}/"
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "campaigns").mkdir()
        (folder / "runner.yaml").write_text(PROJECT)
        (folder / "campaigns/stripes.yaml").write_text(CAMPAIGN % more)
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "HOME": name}
        if serve:
            environ |= stack.enter_context(a_local_x(folder, environ))
        out = folder / "held.txt"
        subprocess.run(  # noqa: S603 — our own program
            [sys.executable, "-c", TRACED, marks, package, str(out), instant, *command],
            cwd=folder,
            env=environ,
            capture_output=True,
            check=True,
        )
        lines = out.read_text().splitlines()
    return [
        (file.removeprefix(package), name) for file, name in (line.split(" ", 1) for line in lines)
    ]


@contextmanager
def a_local_x(folder: Path, environ: dict[str, str]) -> Iterator[dict[str, str]]:
    """A local X for a project, and what it says to put into the environment."""
    command = [sys.executable, "-u", "-m", "runner", "sandbox", "--forget", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 — our own program
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, text=True
    ) as started:
        lines = started.stdout or ()
        said = takewhile(lambda line: not line.startswith("runner post"), lines)
        exports = filter(None, (re.match(r"export (\w+)=(\S+)", line) for line in said))
        try:
            yield {found[1]: found[2] for found in exports}
        finally:
            started.terminate()


def walks(tree: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each way by name, with its holders in the order of their calls."""
    posted = partial(traced, tree, command=("post", "--now", NOW), serve=True)
    validated = partial(traced, tree, command=("validate",))
    yield "a post's text: YAML → request", until(posted("Zebra stripes never"), *ANSWERED)
    answered = posted(r"\b[1-9][0-9]{18}\b")
    yield (
        "X's answer → ledger on disk",
        up_to(since(answered, *ANSWERED), "stores/"),
    )
    unknown = validated("zebrakey", more="    zebrakey: 1\n")
    yield "an unknown key → terminal", unknown
    when = validated("2027-03-09 10:07", instant="2027-03-09T10:07")
    yield "a when → due instant", until(when, "plan/", "render/", "compile/")


def until(held: Holders, *folders: str) -> Holders:
    """Up to where one of these is reached."""
    return list(takewhile(lambda each: not each[0].startswith(folders), held))


def since(held: Holders, *files: str) -> Holders:
    """From the first of these on, which holds the answer of a request."""
    return list(dropwhile(lambda each: each[0] not in files, held))


def up_to(held: Holders, folder: str) -> Holders:
    """Up to the last function of a folder that brings the value further, and does not read it."""
    writes = [
        at
        for at, (file, name) in enumerate(held)
        if file.startswith(folder) and name.endswith("replace")
    ]
    return held[: writes[-1] + 1]


def main() -> None:
    tree = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT
    print(f"{'way':<32} {'functions':>9} {'files':>6} {'changes of file':>16}")
    for name, held in walks(tree):
        files = [file for file, _ in held]
        changes = sum(one != other for one, other in pairwise(files))
        print(f"{name:<32} {len(set(held)):>9} {len(set(files)):>6} {changes:>16}")
        if os.environ.get("LIST"):
            for file, function in dict.fromkeys(held):
                print(f"    {file}: {function}")


if __name__ == "__main__":
    main()
