"""Reading a page of the documentation, and doing what it shows, in a folder of its own.

A comment above a block says what the block is:

    <!-- file: campaigns/tips.yaml -->   the whole file; it is written, and the project validated
    <!-- in: campaigns/tips.yaml -->     keys of that file; they are merged into it, and so on
    <!-- from: runner.yaml -->           lines that stand in that file of this repository
    <!-- wrong -->                       after `file` or `in`: a mistake, which `validate` refuses
    <!-- shown: runner validate -->     a block, or a quotation, of what that command prints
    <!-- not run: it needs X -->         a block that only people can do

and some comments stand by themselves:

    <!-- empty -->                       the page begins in an empty folder, without runner.yaml
    <!-- given: PATH … -->               a file that is there, with its text from the next line on
    <!-- copy: PATH -->                  a file of this repository that is there
    <!-- replace: PATH | old | new -->   an edit
    <!-- merged -->                      what is there is on `main` now; what follows is a branch
    <!-- made: NAME --> … <!-- end -->   a piece of the reference, made from the code

In `console` blocks each `$ ` line is run, and what it prints is compared with the lines below it; a
line of `…` stands for any lines. What is made by chance is the same each time the page is followed.
"""

import contextlib
import io
import os
import random
import re
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

import runner
from tests.acceptance import commits

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
RUNNER_YAML = (Path(__file__).parent / "runner.yaml").read_text(encoding="utf-8")
PROGRAMS = {"cat", "curl", "ls", "mkdir", "python3"}
_EXPORT = re.compile(r'export (\w+)="\$\(cat (\S+)\)"')
_PIECE = re.compile(
    r"^<!-- (?P<word>[a-z ]+?)(?:: (?P<argument>.*?))?\s*-->\n|"
    r"^```(?P<language>[a-z]*)\n(?P<body>.*?)^```\n|"
    r"(?P<quoted>(?:^>[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block, and the comments right above it."""

    language: str
    body: str
    line: int
    span: tuple[int, int]
    """Of the body, in the page's text."""
    says: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Note:
    """A comment that stands by itself."""

    word: str
    argument: str


ALONE = {"empty", "given", "copy", "replace", "merged", "made", "end"}
ABOVE = {"file", "in", "from", "wrong", "shown", "not run"}


def pieces(text: str) -> Iterator[Block | Note]:
    """The blocks and notes of a page, in order."""
    says: dict[str, str] = {}
    for found in _PIECE.finditer(text):
        word = found["word"]
        if word in ALONE:
            yield Note(word=word, argument=found["argument"] or "")
        elif word:
            assert word in ABOVE, f"no directive is called `{word}`"
            says[word] = found["argument"] or ""
        elif found["body"] is not None or "shown" in says:
            body = "body" if found["body"] is not None else "quoted"
            line = text.count("\n", 0, found.start()) + 1
            yield Block(
                language=found["language"] if body == "body" else body,
                body=found[body],
                line=line,
                span=found.span(body),
                says=says,
            )
            says = {}


@dataclass
class Reader:
    """Somebody who does what a page says, in `folder`."""

    folder: Path
    patch: pytest.MonkeyPatch
    code: int = 0
    ports: dict[str, str] = field(default_factory=dict)
    """The ports that the page names, and those that were free."""
    unchecked: Block | None = None
    """A file that was written before there was a campaign."""
    servers: list[subprocess.Popen[str]] = field(default_factory=list)
    typed: Counter[str] = field(default_factory=Counter)

    def begin(self, *, empty: bool) -> None:
        self.patch.chdir(self.folder)
        self.patch.setenv("COLUMNS", "80")
        self.patch.setenv("USER", "anna")
        if not empty:
            self.write("runner.yaml", RUNNER_YAML)

    def note(self, note: Note) -> None:
        match note.word:
            case "given":
                path, _, text = note.argument.partition("\n")
                self.write(path, text)
            case "copy":
                source = ROOT / note.argument
                assert source.is_file(), f"there is no {note.argument} to copy"
                self.path(note.argument).write_bytes(source.read_bytes())
            case "replace":
                path, old, new = re.split(r" \| ?", note.argument)
                text = self.path(path).read_text(encoding="utf-8")
                assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {path}"
                self.write(path, text.replace(old, new))
            case "merged":
                commits.begin(self.folder)

    def path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text, encoding="utf-8")

    def take(self, block: Block) -> None:
        """A block that is a file, or a part of one."""
        if name := block.says.get("file"):
            self.write(name, block.body)
        elif name := block.says.get("in"):
            before = self.path(name).read_text(encoding="utf-8")
            self.write(name, merged(before, block.body))
        if any(self.folder.glob("campaigns/*.yaml")):
            said = self.run("runner validate --strict")
            assert self.code == (1 if "wrong" in block.says else 0), said
            self.unchecked = None
        else:
            self.unchecked = block

    def run(self, command: str) -> str:
        """What a command prints. `self.code` becomes its exit code."""
        for shown, real in self.ports.items():
            command = command.replace(f":{shown}", f":{real}")
        if found := _EXPORT.fullmatch(command):
            self.patch.setenv(found[1], self.path(found[2]).read_text(encoding="utf-8"))
            return ""
        words = shlex.split(command)
        if words == ["runner", "sandbox"]:
            return self.serve()
        if words[0] == "runner":
            return self.runner(words[1:])
        if command == "echo $?":
            return f"{self.code}\n"
        assert words[0] in PROGRAMS, f"`{command}`: a block that is not run has to say so"
        if words[0] == "python3":
            words[0] = sys.executable
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, timeout=20)
        self.code = done.returncode
        return plain(done.stdout + done.stderr)

    def runner(self, words: list[str]) -> str:
        """The command in this process: starting Python for each takes most of the time."""
        from runner.cli import main

        out = io.StringIO()
        self.typed[said := shlex.join(words[:2])] += 1
        chance = random.Random(f"{said} {self.typed[said]}")
        self.patch.setattr("secrets.token_bytes", chance.randbytes)
        self.patch.setattr(sys, "argv", ["runner", *words])
        self.code = 0
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                main()
            except SystemExit as end:
                self.code = int(end.code or 0)
        return plain(out.getvalue())

    def serve(self) -> str:
        """The local X, on a port that is free; its credentials are in the environment from then on,
        as if the reader had pasted what it prints."""
        server = subprocess.Popen(
            [sys.executable, "-m", "runner", "sandbox", "--port", "0"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path(runner.__file__).parents[1])},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.servers.append(server)
        assert server.stdout
        said = ""
        while not said.endswith("runner post\n"):
            line = server.stdout.readline()
            assert line, "the local X did not start"
            said += line
            if line.startswith("export "):
                name, value = line.removeprefix("export ").strip().split("=", 1)
                self.patch.setenv(name, value)
        self.ports["8280"] = str(urlsplit(os.environ["X_API_URL"]).port)
        return plain(said)

    def end(self) -> None:
        assert self.unchecked is None, "the page has no campaign that uses this file"

    def close(self) -> None:
        for server in self.servers:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=20)


def plain(text: str) -> str:
    """Without what differs each time: ports, ids, secrets."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8280", text)
    text = re.sub(r"(x\.com/(?!i/)\w+/status/)\d+", r"\g<1>2093884301257482240", text)
    text = re.sub(r"^(export \w+_(?:KEY|SECRET|TOKEN))=.*$", r"\1=…", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)


def matches(shown: str, real: str) -> bool:
    """Whether a page shows what a command prints; a line of `…` stands for any lines."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) for line in shown.splitlines(True)
    ]
    return re.fullmatch("".join(lines), real) is not None


def merged(file: str, fragment: str) -> str:
    """A YAML file with the keys of a fragment in it; mappings are merged, all else is replaced."""
    base, more = (yaml.compose(each, Loader=yaml.BaseLoader) for each in (file, fragment))
    _merge(base, more)
    return yaml.serialize(base, Dumper=yaml.BaseDumper, allow_unicode=True, width=10_000)


def _merge(base: yaml.MappingNode, more: yaml.MappingNode) -> None:
    for key, value in more.value:
        for index, (own, old) in enumerate(base.value):
            if own.value == key.value:
                both = isinstance(old, yaml.MappingNode) and isinstance(value, yaml.MappingNode)
                if both and key.value in ("posts", "accounts", "partners", "rules", "slots"):
                    _merge(old, value)
                else:
                    base.value[index] = (own, value)
                break
        else:
            base.value.append((key, value))


def commands(body: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what is shown below it."""
    assert body.startswith("$ "), "a console block begins with a command"
    for each in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = each.partition("\n")
        yield command, shown


def replayed(body: str, reader: Reader) -> str:
    """A console block with what its commands print now; as it was, where that is so."""
    parts = []
    for command, shown in commands(body):
        real = reader.run(command)
        spaced = shown.endswith("\n\n") and not real.endswith("\n\n")
        if not matches(shown.rstrip("\n") + "\n" if shown.strip() else "", _ended(real)):
            shown = _ended(real) + ("\n" if spaced else "")
        parts.append(f"$ {command}\n{shown}")
    return "".join(parts)


def quoted(text: str) -> str:
    """Lines as a quotation in Markdown."""
    return "".join(f"> {line}".rstrip() + "\n" for line in _ended(text).splitlines())


def _ended(text: str) -> str:
    text = text.rstrip("\n")
    return f"{text}\n" if text else ""
