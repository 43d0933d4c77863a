"""The context of a command: clock, environment, terminal. The only place that reads them."""

import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from runner.cli.machine import MachineClock, Signals
from runner.cli.streams import unbreakable
from runner.confidential import Confidential
from runner.git import Git
from runner.problems import BadUsage

if TYPE_CHECKING:
    # its room imports the templates' engine, which `runner schema` and others start without
    from runner.publish import Clock

T = TypeVar("T")
PATIENCE = 1.0
"""Seconds of work from which on a person wants to see how far it is."""


@dataclass(frozen=True, kw_only=True)
class CommandContext:
    """What a command may know of the world. The demo and the tests bring their own."""

    root: Path
    signals: Signals = field(default_factory=Signals)
    clock: "Clock" = field(default_factory=MachineClock)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    out: TextIO = field(default_factory=lambda: sys.stdout)
    talk: TextIO = field(default_factory=lambda: sys.stderr)
    ledger: Path | None = None
    """The folder of the files store, in place of the one that runner.yaml names."""

    def __post_init__(self) -> None:
        talk = unbreakable(self.talk)
        object.__setattr__(self, "talk", talk)
        object.__setattr__(self, "out", unbreakable(self.out, talk.write))

    @cached_property
    def confidential(self) -> Confidential:
        """What nobody may read of the environment."""
        return Confidential.of(self.environ)

    def say(self, text: str, *, openly: bool = False) -> str:
        """Data, on standard output; as it was written. `openly` is for what only looks like a
        secret."""
        return _write_line(self.out, text if openly else self.confidential.without_secrets(text))

    def tell(self, text: str) -> str:
        """Talk, on standard error; as it was written."""
        return _write_line(self.talk, self.confidential.without_secrets(text))

    def watched(self, work: Sequence[T], what: str) -> Iterable[T]:
        """The same work, with a bar of how far it is where it takes long and a person watches."""
        if self.environ.get("CI") or not self.talk.isatty():
            return work
        return self._with_a_bar(work, what)

    def _with_a_bar(self, work: Sequence[T], what: str) -> Iterator[T]:
        done, began = 0, self.clock.boot()
        while done < len(work) and self.clock.boot() - began < PATIENCE:
            yield work[done]
            done += 1
        if rest := work[done:]:
            from rich.console import Console
            from rich.progress import track

            console = Console(file=self.talk)
            total, words = len(work), f"{what} …"
            yield from track(rest, words, total, done, console=console, transient=True)

    def colored(self, stream: TextIO) -> bool:
        """Whether a person reads it in colour: a terminal, and no NO_COLOR (https://no-color.org)."""
        if self.environ.get("NO_COLOR"):
            return False
        return bool(self.environ.get("FORCE_COLOR")) or stream.isatty()

    @property
    def repository(self) -> Path:
        """The top of the repository that the project lies in, or its own folder where there is
        none."""
        above = (self.root, *self.root.parents)
        return next((each for each in above if (each / ".git").exists()), self.root)

    @property
    def on_actions(self) -> bool:
        return self.environ.get("GITHUB_ACTIONS") == "true"

    def today(self) -> date:
        """The day, in UTC."""
        return self.clock.now().astimezone(UTC).date()

    @property
    def run_id(self) -> str:
        """The id of this run, for the ledger."""
        run, attempt = (self.environ.get(f"GITHUB_RUN_{name}") for name in ("ID", "ATTEMPT"))
        return f"{run}-{attempt or 1}" if run else f"local-{secrets.token_hex(6)}"

    def commit(self) -> str | None:
        """The commit of the files, or None outside of git."""
        return Git(self.root, self.environ).answer("rev-parse", "--verify", "HEAD") or None


def _write_line(stream: TextIO, text: str) -> str:
    whole = text if text.endswith("\n") else f"{text}\n"
    stream.write(whole)
    stream.flush()
    return whole


def here() -> CommandContext:
    """The real world, in the folder where runner.yaml is: this one, or the nearest above."""
    folder = Path.cwd()
    for candidate in (folder, *folder.parents):
        if (candidate / "runner.yaml").is_file():
            return CommandContext(root=candidate)
    return CommandContext(root=folder)


def person_name(context: CommandContext) -> str:
    """The name of who runs the command, as far as this machine knows. Raises BadUsage when nothing
    tells."""
    environ = context.environ
    signed = Git(context.root, environ).answer("config", "user.name")
    users = (environ.get(name) for name in ("USER", "LOGNAME", "USERNAME"))
    # who started the workflow, or has started it again
    actors = (environ.get(f"GITHUB_{name}") for name in ("TRIGGERING_ACTOR", "ACTOR"))
    names = (*actors, signed, *users)
    for name in names:
        if name and name.strip():
            return " ".join(name.split())
    raise BadUsage(
        "the ledger has to know who says so", help='git config user.name "Your Name", then again'
    )
