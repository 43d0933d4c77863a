"""The work of a whole run, counted by the files that ask for it. A template has bounds of its own;
these are for many of them, and for whatever else a pull request may bring a lot of.

A step is about a microsecond. Nothing is timed, so the same files always get the same answer.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from runner.problems import Place, Problem

VALUE_STEPS: Final = 30
"""Steps of reading a key or a value of a file, and of judging it."""
PROBLEM_STEPS: Final = 100
"""Steps of telling a problem."""
OCCURRENCE_STEPS: Final = 300
"""Steps of a date on which a post goes out: its timetable, its rules, its row in the preview."""
POST: Final = 400
"""Steps of rendering a post, beside those of its template."""
CHARACTER: Final = 6
"""Steps of a character of a text: what it weighs, and what is clickable in it."""
BYTES_A_STEP: Final = 1_000
"""Bytes of a picture or a film that cost one step."""
OF_A_CAMPAIGN: Final = 20_000_000
"""Steps that the files of one campaign may ask for; a small project as a whole, too."""
FOR_EACH: Final = 40_000
"""Steps that a project may ask for beside those, for each of its campaigns."""
RULE: Final = "too-much-work"
_WORST: Final = 3


class WorkDone(NamedTuple):
    """Steps that a file has cost: to be read, itself and what it names, and to be rendered."""

    read: int
    named: tuple[tuple[str, int], ...]
    rendered: int


NO_WORK: Final = WorkDone(0, (), 0)


@dataclass(slots=True, kw_only=True)
class RunBudget:
    """Counts the steps of a run by file. With `shared`, all campaigns together have a bound, and
    the run stops at it; without, one that is past its own stops only itself."""

    shared: bool = True
    campaigns: int = 0
    stopped: bool = False
    _read: Counter[str] = field(default_factory=Counter)
    _asked: Counter[str] = field(default_factory=Counter)
    _named: defaultdict[str, list[tuple[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """By file, what it names that others may name, too."""
    _paid: set[str] = field(default_factory=set)
    _again: int = 0
    """Of what is read, steps that somebody else has paid."""
    _total: int = 0
    _times: int = 1

    @property
    def most(self) -> int:
        """Steps of all campaigns together."""
        return self._times * (OF_A_CAMPAIGN + FOR_EACH * self.campaigns)

    def read(self, path: str, steps: int) -> None:
        """What a file costs before anything is rendered."""
        self._read[path] += steps
        self.take(path, steps)

    def read_once(self, path: str, steps: int, *, of: str) -> None:
        """What a file costs that several campaigns may name: each pays for itself, and all together
        once."""
        self._named[path].append((of, steps))
        if of not in self._paid:
            self._paid.add(of)
            self.read(path, steps)
            return
        self._again += steps
        self._read[path] += steps
        self._asked[path] += steps

    def done(self, path: str) -> WorkDone:
        """What a file has cost by now."""
        named = tuple(self._named.get(path, ()))
        own = self._read[path] - sum(steps for _, steps in named)
        return WorkDone(own, named, self._asked[path] - self._read[path])

    def repeat(self, path: str, done: WorkDone) -> None:
        """Counts what a file has cost when it was last looked at."""
        self.read(path, done.read)
        for of, steps in done.named:
            self.read_once(path, steps, of=of)
        self.take(path, done.rendered)

    def take(self, path: str, steps: int) -> None:
        """Counts steps of a file; where all together take too many, nothing more is done."""
        self._asked[path] += steps
        self._total += steps
        self.stopped = self.stopped or (self.shared and self._total > self.most)

    def render(self, path: str, steps: int, characters: int) -> None:
        """What a post of a file has cost: the steps of its templates, and what it says."""
        self.take(path, POST + steps + CHARACTER * characters)

    def begin_round(self, times: int = 1) -> None:
        """Everything is rendered once more; only what was read stays counted. A plan renders what
        is not looked at when the files are checked, and has the bound several `times`."""
        self._asked, self._times = Counter(self._read), times
        self._total = self._read.total() - self._again

    def used(self, path: str) -> int:
        """The steps that a file has cost in this round."""
        return self._asked[path]

    def is_over(self, path: str) -> bool:
        """Whether nothing more is done for a file."""
        return self.stopped or self._asked[path] > OF_A_CAMPAIGN

    def refusals(self, path: str) -> tuple[Problem, ...]:
        """Why nothing more is done for a file, if so: itself, or the files that stopped the run."""
        if not self.is_over(path):
            return ()
        return (self._of_all() if self.stopped else self._of_one(path),)

    def problems(self) -> tuple[Problem, ...]:
        """The bounds that were passed, each with who passed it."""
        if self.stopped:
            return (self._of_all(),)
        over = sorted(path for path, steps in self._asked.items() if steps > OF_A_CAMPAIGN)
        return tuple(self._of_one(path) for path in over)

    def _of_one(self, path: str) -> Problem:
        return Problem(
            rule=RULE,
            message=f"this file asks for more than {OF_A_CAMPAIGN:,} steps of work",
            place=Place(path=path),
            help="divide it into several campaigns, or take out what repeats; "
            "what else is wrong in it may not be told yet",
        )

    def _of_all(self) -> Problem:
        worst = self._asked.most_common(_WORST)
        shares = (f"{path} ({steps * 100 // self._total} %)" for path, steps in worst)
        return Problem(
            rule=RULE,
            message=f"all files together ask for more than {self.most:,} steps of work, most of "
            f"all {', '.join(shares)}",
            place=Place(path=worst[0][0]),
            help="make these smaller, or bring fewer at once; the run stopped here, and what is "
            "wrong in other files may not be told yet",
        )
