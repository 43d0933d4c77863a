"""Worlds of several accounts that share a budget and no lock, each in a process of its own."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from runner.ledger import (
    Attempting,
    Closed,
    Facts,
    Key,
    Need,
    Posted,
    Record,
    Sent,
    Standing,
    State,
    month_of,
)
from runner.problems import LedgerUnusable
from runner.publish.before_request import OVER
from runner.publish.claiming import Confirmation
from runner.publish.ports import Raced
from runner.stores.git import GitLedger
from tests.simulation.keeping import RefsOf, TamperedRemote
from tests.simulation.process import Blow, Fate, Process
from tests.simulation.scheduler import Killed, Scheduler
from tests.simulation.sometimes import FOUND, LOST_SWAP, OVER_BUDGET
from tests.simulation.vaults import Observer
from tests.unit.stores.building import at

CAMPAIGN: Final = "slim"
SENDS_WITHIN: Final = timedelta(seconds=60)
SETTLED: Final = timedelta(seconds=150)
"""After its attempt a look tells what became of a post."""
LONGEST: Final = 30.0
"""Seconds of a request."""
ROUNDS, QUIET = 8, 14
"""Rounds in which things go wrong, and after which nothing does."""
PRICES: Final = (15, 15, 20, 100)  # thousandths of USD
STARTS: Final = ("2026-12-10 10:00", "2027-01-01 01:52", "2027-01-01 01:56", "2026-12-31 20:00")
"""In Riga; the second and third are right before a month ends in UTC."""


@dataclass(frozen=True, kw_only=True)
class BudgetWorld:
    """`costs`: USD of the posts of each account, in order. A `removed` account has no run after the
    first rounds. `campaign`: the budget of the campaign that all posts are of."""

    seed: int
    begins: datetime
    costs: dict[str, tuple[Decimal, ...]]
    monthly: Decimal | None
    campaign: Decimal | None
    removed: frozenset[str]
    kills: float
    failing: float


def budget_world(seed: int) -> BudgetWorld:
    chance = Random(f"budget {seed}")
    names = [f"brand-{number}" for number in range(chance.randint(2, 8))]
    costs = {
        name: tuple(Decimal(chance.choice(PRICES)) / 1000 for _ in range(chance.randint(1, 3)))
        for name in names
    }
    total = sum((cost for each in costs.values() for cost in each), Decimal(0))
    share = Decimal(chance.choice([20, 40, 60, 80, 99, 100])) / 100
    which = chance.choice(["month", "month", "campaign", "both"])
    return BudgetWorld(
        seed=seed,
        begins=at(chance.choice(STARTS)),
        costs=costs,
        monthly=total * share if which != "campaign" else None,
        campaign=total * Decimal(chance.choice([30, 50, 70])) / 100 if which != "month" else None,
        removed=frozenset(chance.sample(names, chance.choice([0, 0, 1]))),
        kills=chance.choice([0.0, 0.2, 0.5]),
        failing=chance.choice([0.0, 0.0, 0.1]),
    )


@dataclass
class BudgetSimulation:
    """One while it runs. `lonely`: without the look after the claim. `young`: none has begun."""

    world: BudgetWorld
    lonely: bool = False
    young: bool = False
    sent: dict[str, tuple[datetime, Decimal]] = field(default_factory=dict)
    """By attempt."""
    happened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self.world.begins)
        self.chance = Random(f"budget chance {self.world.seed}")
        self.remote = TamperedRemote()
        self.trace: list[str] = []
        self._calm = False

    @property
    def kept(self) -> object:
        """All that the ledger says."""
        return self.remote.kept()

    def run(self) -> None:
        """Raises AssertionError when a budget is passed, or when money is left and nobody sends."""
        if not self.young:
            weeks_ago = self.world.begins - timedelta(days=14)
            self._outside().record(Record(born=dict.fromkeys(self.world.costs, weeks_ago)))
        for number in range(ROUNDS + QUIET):
            after = timedelta(seconds=75 * min(number, ROUNDS) + 240 * max(number - ROUNDS, 0))
            moment = self.world.begins + after
            self.scheduler.at(moment, lambda number=number: self._round(number))  # type: ignore[misc]
        self.scheduler.run()
        self._at_the_end()

    def _round(self, number: int) -> None:
        self._calm = number >= ROUNDS
        for name in self.world.costs:
            if name in self.world.removed and number > 2:
                continue
            process = Process(
                name=f"{name}-{number}",
                scheduler=self.scheduler,
                chance=Random(f"{self.world.seed} {name} {number}"),
                fates=tuple(self._fates()),
                fenced=False,
                tell=self._tell,
            )
            process.start(lambda name=name, process=process: self._work(name, process))  # type: ignore[misc]

    def _fates(self) -> Iterator[Fate]:
        if not self._calm and self.chance.random() < self.world.kills:
            blow: Blow = self.chance.choice(["kill", "kill", "freeze"])
            step = self.chance.randint(1, 12)
            yield Fate(blow=blow, step=step, seconds=self.chance.choice([20, 50, 100]))

    def _tell(self, what: str) -> None:
        self.trace.append(f"{self.scheduler.now:%d %H:%M:%S} {what}")

    def _work(self, name: str, process: Process) -> None:
        refs = RefsOf(
            remote=self.remote,
            process=process,
            failing=lambda: 0.0 if self._calm else self.world.failing,
            chance=process.chance,
        )
        ledger = GitLedger(
            refs, clock=process, accounts={name}, repository="here", jitter=process.chance.random
        )
        try:
            while self._post_one(name, ledger, process):
                pass
        except LedgerUnusable as unusable:
            self.happened["ledger unusable"] += 1
            self._tell(f"{process.name}: {unusable.message}")
        except Killed:
            self.happened["killed"] += 1

    def _post_one(self, name: str, ledger: GitLedger, process: Process) -> bool:
        """Whether there may be more to do at once."""
        world, whole = self.world, frozenset({CAMPAIGN})
        facts = ledger.read(Need(purses=True, whole=whole))
        mine = [each for key, each in facts.standings.items() if key.account == name]
        if any(each.doubtful for each in mine):
            return self._look(mine, ledger, process)
        done = sum(each.state is State.POSTED for each in mine)
        if done == len(world.costs[name]):
            return False
        cost = world.costs[name][done]
        if self._hindered(facts, cost, process.now()):
            self.happened["waits for the budget"] += 1
            return False
        attempt = self._attempt(Key(name, CAMPAIGN, f"post-{done}"), cost, process)
        try:
            ledger.claim(Record(entries=(attempt,)))
        except Raced:
            self.happened[LOST_SWAP] += 1
            return False
        confirmation = Confirmation(
            ledger=ledger,
            clock=process,
            monthly=world.monthly,
            campaign=world.campaign,
            stopped=lambda: process.stopped,
        )
        refusal = None if self.lonely else confirmation.refusal(attempt, begins=True)
        if refusal or process.now() >= attempt.send_by:
            self.happened[OVER_BUDGET if refusal is OVER else "too late"] += 1
            self._tell(f"{process.name} lets go of {attempt.attempt}")
            ledger.record(Record(entries=(self._end(attempt, process),)))
            return False
        process.effect(
            "POST /2/tweets", lambda: self._send(attempt), takes=process.chance.uniform(0, LONGEST)
        )
        ledger.record(self._result(attempt))
        return True

    def _hindered(self, facts: Facts, cost: Decimal, now: datetime) -> bool:
        month = sum(
            (purse.spent_or_reserved(month_of(now)) for purse in facts.purses.values()), Decimal(0)
        )
        spent = (entry.cost for each in facts.standings.values() for entry in each.posted)
        reserved = (each.reserved for each in facts.standings.values())
        campaign = sum(spent, Decimal(0)) + sum(reserved, Decimal(0))
        limits = ((self.world.monthly, month), (self.world.campaign, campaign))
        return any(limit is not None and taken + cost > limit for limit, taken in limits)

    def _attempt(self, key: Key, cost: Decimal, process: Process) -> Attempting:
        now = process.now()
        return Attempting(
            key=key,
            at=now,
            run=process.name,
            attempt=f"{process.chance.getrandbits(64):016x}",
            send_by=now + SENDS_WITHIN,
            due=now,
            digest="d",
            parts=({"text": str(key)},),
            cost=cost,
            costs=(cost,),
        )

    def _look(self, mine: list[Standing], ledger: GitLedger, process: Process) -> bool:
        """What X shows of what is in doubt, once a look tells."""
        for standing in mine:
            for attempt in standing.open(1):
                if process.now() < attempt.send_by + SETTLED:
                    return False
                there = attempt.attempt in self.sent
                self.happened[FOUND if there else "absent"] += 1
                end = self._result(attempt) if there else self._gone(attempt, process)
                ledger.record(end)
        return True

    def _gone(self, attempt: Attempting, process: Process) -> Record:
        return Record(entries=(self._end(attempt, process),))

    def _end(self, attempt: Attempting, process: Process) -> Closed:
        return Closed(
            key=attempt.key,
            at=process.now(),
            run=process.name,
            state=State.RELEASED,
            attempt=attempt.attempt,
            because="it was not sent",
        )

    def _result(self, attempt: Attempting) -> Record:
        moment, cost = self.sent[attempt.attempt]
        id = str(int(attempt.attempt, 16) % 10**18 + 1)
        posted = Posted(
            key=attempt.key,
            at=moment,
            run=attempt.run,
            attempt=attempt.attempt,
            id=id,
            url="",
            cost=cost,
        )
        line = Sent(at=moment, key=attempt.key, id=id, digest="d", text="d", cost=cost)
        return Record(entries=(posted,), sent=(line,))

    def _send(self, attempt: Attempting) -> None:
        self.sent[attempt.attempt] = (self.scheduler.now, attempt.cost)
        self.happened["sent"] += 1
        self._tell(f"{attempt.key} goes out for {attempt.cost}")
        months: Counter[str] = Counter()
        for moment, cost in self.sent.values():
            months[month_of(moment)] += cost  # type: ignore[assignment]
        limits = (
            (self.world.monthly, max(months.values())),
            (self.world.campaign, sum(months.values())),
        )
        for limit, spent in limits:
            if limit is not None and spent > limit:
                raise AssertionError(f"{spent} USD were spent, of {limit}")

    def _outside(self) -> GitLedger:
        """For a reader, and a writer, whom nothing befalls."""
        observer = Observer()
        refs = RefsOf(remote=self.remote, process=observer, failing=lambda: 0, chance=Random(0))
        return GitLedger(refs, clock=observer, repository="here")

    def _at_the_end(self) -> None:
        """Of what did not go out nothing fits."""
        ledger = self._outside()
        facts = ledger.read(Need(purses=True, whole=frozenset({CAMPAIGN})))
        for name, costs in self.world.costs.items():
            mine = [each for key, each in facts.standings.items() if key.account == name]
            done = sum(each.state is State.POSTED for each in mine)
            alive = name not in self.world.removed
            if alive and done < len(costs):
                self.happened["did not fit"] += 1
                if not self._hindered(facts, costs[done], self.scheduler.now):
                    raise AssertionError(f"{name} is stuck with money left")
