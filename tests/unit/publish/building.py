"""A clock, an X and a ledger that do as a test says; all satisfy the ports."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Literal

from runner.cli.planning import facts_ahead
from runner.ledger import Ask, Facts, Need, Origin, Record, Standing
from runner.plan import Plan, PlanInputs, plan
from runner.problems import LedgerUnusable, Refused
from runner.publish import Outcome, Result, Run, RunPorts, RunReport, apply, run
from runner.publish.ports import (
    AnswerOfX,
    Clock,
    Doubt,
    Identity,
    Ledger,
    Publisher,
    Receipt,
    Rejection,
    Release,
    Unreadable,
    Uploaded,
)
from runner.reconcile import TimelinePost
from runner.render import RenderedMedia, RenderedPart
from runner.schedule import Occurrence
from runner.stores.files import FilesLedger
from runner.value import replace
from tests.unit.plan.building import AHEAD, a_file, some_inputs
from tests.unit.stores.building import at
from tests.unit.stores.folders import MemoryFolder

OUT, ABSENT = "out", "absent"
LAUNCH = some_inputs(a_file({"launch": {}}))
THREAD = some_inputs(a_file({"launch": {"thread": ["One", "Two", "Three"]}}))
BOTH = some_inputs(a_file({"a": {}, "b": {}}, accounts=["shop", "tienda"]))
TWICE = Rejection(because="the account has posted the same lately", duplicate=True)


class FakeClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime) -> None:
        self.wall = now
        self.running = 1000.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.wall

    def boot(self) -> float:
        return self.running

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.go(timedelta(seconds=seconds))

    def go(self, time: timedelta) -> None:
        self.wall += time
        self.running += time.total_seconds()


Step = AnswerOfX | Exception | Callable[[], AnswerOfX | None] | tuple[str, Any] | None


class FakeX:
    """One account on X. Each call takes the next step of the script, and a receipt after the last.

    A step is an answer; or (OUT, step): it is on the timeline whatever the answer says; or an
    exception, or something to do before a receipt.
    """

    def __init__(
        self, clock: FakeClock, handle: str = "acme_lv", script: Iterable[Step] = ()
    ) -> None:
        self.clock = clock
        self.handle = handle
        self.script = list(script)
        self.out: list[TimelinePost] = []
        self.unreadable: Unreadable | None = None
        self.looks = 0
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens elsewhere while the timeline is read."""
        self.lag = timedelta(0)
        self.puts_handles = False
        """Whether it puts the account's handle before an answer, as X may."""
        self.uploads: list[str] = []
        self.calls = 0
        self.identities = 0
        self.skew = timedelta(0)
        self.identity: Identity | Release | None = None
        self.upload_answers: list[Uploaded | Release | Rejection] = []
        self.ids = count(1)

    def identify(self) -> Identity | Release:
        self.identities += 1
        return self.identity or Identity(
            user_id=f"user-{self.handle.casefold()}",
            handle=self.handle,
            server_time=self.clock.now() + self.skew,
        )

    def upload(self, media: RenderedMedia, data: bytes) -> Uploaded | Release | Rejection:
        self.uploads.append(media.path)
        if self.upload_answers:
            return self.upload_answers.pop(0)
        return Uploaded(id=f"media-{len(self.uploads)}", key=f"3_{len(self.uploads)}")

    def create(
        self, part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        quoted = f" https://x.com/i/status/{part.quote}" if part.quote else ""
        handle = f"@{self.handle} " if reply_to and self.puts_handles else ""
        text = f"{handle}{part.text}{quoted}"
        return self._answer(text, tuple(each.id for each in media), reply_to)

    def repost(self, post_id: str) -> AnswerOfX:
        return self._answer("", (), None, repost_of=post_id)

    def timeline(self, since: datetime) -> tuple[TimelinePost, ...] | Unreadable:
        self.looks += 1
        now = self.clock.now()
        seen = tuple(each for each in self.out if since <= each.at <= now - self.lag)
        self.meanwhile()
        return self.unreadable or seen

    def deleted_ids(self, ids: Collection[str]) -> frozenset[str] | Unreadable:
        there = {each.id for each in self.out}
        return self.unreadable or frozenset(set(ids) - there)

    def _answer(
        self, text: str, media: tuple[str, ...], reply_to: str | None, repost_of: str | None = None
    ) -> AnswerOfX:
        self.calls += 1
        step = self.script.pop(0) if self.script else None
        if isinstance(step, tuple):
            self._show(text, media, reply_to, repost_of)
            step = step[1]
        if isinstance(step, BaseException):
            raise step
        if callable(step):
            step = step()
        return self._show(text, media, reply_to, repost_of) if step is None else step

    def _show(
        self, text: str, media: tuple[str, ...], reply_to: str | None, repost_of: str | None
    ) -> Receipt:
        id, now = str(next(self.ids)), self.clock.now()
        url = f"https://x.com/{self.handle}/status/{id}"
        self.out.append(
            TimelinePost(
                id=id,
                url=url,
                at=now,
                text=text,
                reply_to=reply_to,
                repost_of=repost_of,
                media=tuple(name.replace("media-", "3_") for name in media),
            )
        )
        return Receipt(id=id, url=url, at=now)

    def say(self, text: str, at: datetime) -> None:
        """What a person posts by hand."""
        id = f"9{next(self.ids)}"
        self.out.append(
            TimelinePost(id=id, url=f"https://x.com/{self.handle}/status/{id}", at=at, text=text)
        )

    @property
    def texts(self) -> list[str]:
        return [shown.text or f"repost of {shown.repost_of}" for shown in self.out]


class Watched:
    """A ledger that notes what was recorded; after `refuse` more records its disk is full."""

    def __init__(self, inner: FilesLedger, log: list[object]) -> None:
        self.inner = inner
        self.log = log
        self.refuse: int | None = None
        self.moved = False
        """Whether the default branch has moved on."""

    def read(self, need: Need | Ask) -> Facts:
        return self.inner.read(need)

    def claim(self, record: Record) -> None:
        self._refuse()
        self.inner.claim(record)
        self.log.append(record)

    def confirm(self, need: Need) -> Facts:
        return replace(self.inner.confirm(need), stale=self.moved)

    def record(self, record: Record) -> None:
        self._refuse()
        self.inner.record(record)
        self.log.append(record)

    def stale(self) -> bool:
        return self.moved

    def everything(self) -> Record:
        return self.inner.everything()

    def origin(self) -> Origin | None:
        return self.inner.origin()

    def _refuse(self) -> None:
        if self.refuse is not None:
            self.refuse -= 1
            if self.refuse < 0:
                raise LedgerUnusable("the disk is full", help="make room")


@dataclass(kw_only=True)
class Machine:
    """A project on a machine: its desk, clock, ledger, and an X for each account."""

    inputs: PlanInputs
    clock: FakeClock
    folder: MemoryFolder = field(default_factory=MemoryFolder)
    media: dict[str, bytes] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Accounts without credentials, and why."""
    deadline: datetime | None = None
    seen: list[Result] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    stopped: Callable[[], bool] = lambda: False
    name: str = "run-1"
    ran: RunReport = field(init=False)
    """What the last `run_out` did."""

    def __post_init__(self) -> None:
        accounts = self.inputs.project.accounts
        self.x = {name: FakeX(self.clock, account.handle) for name, account in accounts.items()}
        for number, x in enumerate(self.x.values()):
            x.ids = count(number * 1000 + 1)  # no two posts of X have the same
        self.ledger = Watched(FilesLedger(self.folder.path, folder=self.folder), self.records)
        self._ids = count(1)

    @property
    def shop(self) -> FakeX:
        return self.x["shop"]

    def plan(self, texts: Literal["all", "due"] = "all") -> Plan:
        """As a preview shows it."""
        facts, occurrences = self._ahead()
        return plan(self.inputs, occurrences, facts, now=self.clock.now(), texts=texts)

    def run(self) -> Outcome:
        """One plan, done once, without a look at X."""
        facts, occurrences = self._ahead()
        planned = plan(self.inputs, occurrences, facts, now=self.clock.now(), texts="due")
        project, accounts = self.inputs.project, self.inputs.accounts
        return apply(planned, facts, project=project, ports=self.ports, accounts=accounts)

    def run_out(self, wait: timedelta = timedelta(0)) -> Outcome:
        """As `runner post` does it: with looks, and until nothing more goes out."""
        self.ran = run(lambda: (self.inputs, self.ports), wait=wait)
        return self.ran.outcome

    def _ahead(self) -> tuple[Facts, tuple[Occurrence, ...]]:
        return facts_ahead(self.inputs, self.ledger, self.clock.now(), self.clock.now() + AHEAD)

    @property
    def ports(self) -> RunPorts:
        return RunPorts(
            publisher_for=self._publisher,
            ledger=self.ledger,
            clock=self.clock,
            read_media=self._read,
            run=Run(id=self.name, commit="c0ffee", new_id=lambda: f"attempt-{next(self._ids)}"),
            deadline=self.deadline,
            watch=self.seen.append,
            stopped=self.stopped,
            jitter=lambda: 1.0,
        )

    def standings(self) -> dict[str, Standing]:
        """Of every campaign of the desk, by short key."""
        need = Need(whole=frozenset(table.campaign.id for table in self.inputs.timetables))
        standings = self.ledger.read(need).standings.values()
        return {standing.key.short: standing for standing in standings}

    def states(self) -> dict[str, str]:
        return {short: standing.state.value for short, standing in self.standings().items()}

    def _publisher(self, account: str) -> Publisher:
        if account in self.missing:
            raise Refused(self.missing[account], help="add the secret")
        return self.x[account]

    def _read(self, path: str) -> bytes:
        try:
            return self.media[path]
        except KeyError:
            raise FileNotFoundError(2, "No such file or directory", path) from None


def a_machine(inputs: PlanInputs, now: str = "2026-12-01 10:05", **more: Any) -> Machine:
    return Machine(inputs=inputs, clock=FakeClock(at(now)), **more)


def satisfied(machine: Machine) -> tuple[Publisher, Clock, Ledger]:
    """For the type checker, and for readers: these are the ports."""
    return machine.shop, machine.clock, machine.ledger


NOT_NOW = Release(because="X takes no more for now", retry_at=datetime(2026, 12, 1, 9, tzinfo=UTC))
GONE = Release(because="X could not be reached, so nothing was sent")
STOP = Release(because="X has no credit left", stop=True, help="add credit")
REFUSED = Rejection(because="X refused the text", help="change it")
SILENCE = Doubt(because="X did not answer in time, so the post may be out")


GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
PATH = "campaigns/jeans.gif"


def another_run(machine: Machine) -> Machine:
    """The same project and the same X, on another machine."""
    other = Machine(inputs=machine.inputs, clock=machine.clock, folder=machine.folder)
    other.x = machine.x
    return other
