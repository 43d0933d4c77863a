"""A world: its files, its weather, its ticks, and what people do in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tests.simulation.drafts import Draft
from tests.simulation.process import Fate
from tests.simulation.weather import Storm
from tests.unit.stores.building import at

BEGINS = at("2026-12-01 09:30")
ENDS = at("2026-12-01 15:00")
SETTLED = tuple(
    at(f"2026-12-{moment}")
    for moment in (
        *("01 22:30", "01 22:37", "01 23:30"),
        *("02 22:40", "02 22:47", "03 23:30"),
    )
)
"""After all processes have ended: soon, a day later, and another."""
Deed = Literal[
    "hold", "release", "cut", "mend", "back", "say", "resolve", "resolve wrongly", "upgrade"
]
Cut = Literal["branch", "back", "witness", "both", "project", "all"]


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A run of the runner. `behind`: of a commit so many edits ago."""

    at: datetime
    wait: timedelta = timedelta(0)
    behind: int = 0
    skew: timedelta = timedelta(0)
    job: timedelta | None = None
    """How long its job may take."""
    account: str | None = None
    """The only one that it is for."""
    fates: tuple[Fate, ...] = ()
    hides: bool = False
    """Its HTTP library hides that something has been sent."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A merge into the default branch."""

    at: datetime
    name: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that a person does: `hold`, `release`, `cut` or `mend` the ledger, or roll all of
    it `back` by so many writes, `say` something by hand, `resolve` what is in doubt, or say of all
    of that, without a look, that it is not out; or `upgrade` what an older release has kept up to
    then, and be killed after so many writes."""

    at: datetime
    what: Deed
    cut: Cut = "all"
    writes: int = 0


@dataclass(frozen=True, kw_only=True)
class World:
    """All that is decided before it begins; what happens by chance comes from the same seed."""

    seed: int
    store: Literal["git", "files"]
    draft: Draft
    ticks: tuple[Tick, ...]
    edits: tuple[Edit, ...] = ()
    acts: tuple[Act, ...] = ()
    storms: tuple[Storm, ...] = ()
    lags: tuple[tuple[datetime, datetime, timedelta], ...] = ()
    """From, to, and how far the view of the timeline is behind."""
    fence: bool = False
    """X refuses what was said before. Where it does, the view lags by hours, requests lie in queues
    for long, and processes freeze right before a request: there the runner counts on it."""
    old_names: bool = False
    meddling: float = 0.0
    """How likely somebody deletes or edits by hand a post whose answer got lost."""
    refused: float = 0.0
    """The share of pushes that fail, or seem to."""
    old: bool = False
    """Its ledger was begun weeks before, so that nothing is older than it."""
    rolled: bool = False
    """Its ledger is rolled back, so that nobody edits anything."""
    calm: bool = False
    """Nothing goes wrong and nobody changes anything, so that all has to go out."""
