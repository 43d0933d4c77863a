"""Twenty posts of three accounts, due at once, one of which comes upon an exception nobody foresaw.

It is brought in by what a run is given: a publisher, a ledger, a clock, filters, rules.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.context import CommandContext
from runner.cli.entry_point import exit_code_of
from runner.cli.opened_project import OpenedProject
from runner.media import inspect
from runner.plan import PlanInputs
from runner.problems import Problem
from runner.publish import RunPorts, RunReport, run
from runner.value import replace
from runner.views.terminal.outcome import result_as_text
from tests.unit.plan.building import a_file, a_project, some_inputs
from tests.unit.publish.building import Machine, a_machine

PICTURE = (Path(__file__).parents[2] / "campaigns/media/pocket.jpg").read_bytes()
PATH = "campaigns/j.jpg"
PROJECT = a_project(
    accounts={
        "shop": {"handle": "acme_lv", "locale": "lv"},
        "tienda": {"handle": "acme_es", "locale": "es"},
        "support": {"handle": "acme_support", "locale": "en"},
    },
    threshold=50,
)
THREAD = {
    "thread": [
        {"text": "This is j", "media": [{"file": "j.jpg", "alt": "Jeans"}]},
        {"text": "More of j"},
    ]
}
SHARED = {"repost": "https://x.com/denim_club/status/12345"}


class Unforeseen(Exception):
    """What nobody foresaw. It can't even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("not even its words")


@cache
def _others() -> tuple[Any, Any]:
    two = a_file({name: {} for name in "klmno"}, id="two", accounts=["tienda"])
    three = a_file({name: {} for name in "pqrst"}, id="three", accounts=["support"])
    return two, three


def twenty(victim: Mapping[str, Any] = THREAD) -> PlanInputs:
    """Ten posts on `shop`, five on each of the others. The victim is `j` of `one`."""
    one = a_file({**{name: {} for name in "abcdefghi"}, "j": victim}, id="one")
    return some_inputs(one, *_others(), project=PROJECT, media={PATH: inspect(PICTURE)})


NAMES = "abcdefghiklmnopqrst"
"""Of the nineteen others."""
OTHERS = tuple(f"This is {name}" for name in NAMES)


class Saboteur:
    """The same as what it stands for, but one method raises where it `hits`: before it has had its
    effect, or after. `then` is what it does in place of raising."""

    def __init__(
        self,
        inner: Any,
        method: str,
        *,
        after: bool = False,
        hits: Callable[..., bool] = lambda *_, **__: True,
        error: Callable[[], Exception] = Unforeseen,
    ) -> None:
        self._inner, self._method, self._after = inner, method, after
        self._hits, self._error = hits, error
        self.hit = 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._inner, name)
        if name != self._method:
            return real

        def sabotaged(*given: Any, **named: Any) -> Any:
            if not self._hits(*given, **named):
                return real(*given, **named)
            self.hit += 1
            if self._after:
                real(*given, **named)
            raise self._error()

        return sabotaged


@dataclass
class Run:
    """A run as `runner post` makes it, of a machine whose world was changed."""

    inputs: PlanInputs
    ports: RunPorts
    opened: OpenedProject

    def run(self) -> RunReport:
        return run(lambda: (self.inputs, self.ports))

    def dry_run(self) -> RunReport:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How it ended, and what it said."""

    code: int
    report: str
    talk: str


def posted(
    machine: Machine,
    change: Callable[[RunPorts], RunPorts] = lambda ports: ports,
    *,
    out: io.StringIO | None = None,
    talk: io.StringIO | None = None,
    run: Callable[[], RunReport] | None = None,
    problems: tuple[Problem, ...] = (),
    **environ: str,
) -> Ended:
    """`runner post`, with the machine's world changed; or as if a `run` had ended so."""
    out, talk = out or io.StringIO(), talk or io.StringIO()
    outside = CommandContext(root=Path(), clock=machine.clock, environ=environ, out=out, talk=talk)
    ports = replace(machine.ports, watch=lambda result: outside.say(result_as_text(result)))
    opened = OpenedProject(
        reader=None, project=machine.inputs.project, inputs=machine.inputs, problems=problems
    )
    made = Run(inputs=machine.inputs, ports=change(ports), opened=opened)
    made.run = run or made.run
    code = exit_code_of(lambda: post(outside, PostOptions(), made), outside.talk)
    return Ended(code=code, report=out.getvalue(), talk=talk.getvalue())


def on_x(machine: Machine) -> list[str]:
    """All that is out, on any account."""
    return sorted(text for x in machine.x.values() for text in x.texts)


def the_machine(inputs: PlanInputs | None = None) -> Machine:
    return a_machine(inputs or twenty(), media={PATH: PICTURE})


def later(machine: Machine) -> Ended:
    """The same twenty ten minutes later, when nothing is wrong any more."""
    machine.clock.go(timedelta(minutes=10))
    return posted(machine)


def with_publishers(ports: RunPorts, account: str, **how: Any) -> RunPorts:
    """With one account's publisher sabotaged."""

    def publisher_for(name: str) -> Any:
        real = ports.publisher_for(name)
        return Saboteur(real, **how) if name == account else real

    return replace(ports, publisher_for=publisher_for)
