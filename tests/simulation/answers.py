"""Worlds of answers: people write to the account and to each other below issues, while runs die,
race, and lose what X, GitHub and the remote say."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from runner.bugs import noting
from runner.cli.answer_issue import issue_asked_in
from runner.cli.answer_ports import AnswerPorts
from runner.cli.answering import Answering
from runner.github import IssueBoard
from runner.inbox import Conversations, LabelWords, account_inbox
from runner.inbox.issue_keeping import IssueKeepingRun
from runner.inbox.listening import ListeningRun
from runner.kept_files import FilesRaced
from runner.ledger import Record
from runner.problems import Stop
from runner.publish import Run, RunPorts
from runner.reading import ReadingStopped
from runner.render import RenderAssets
from runner.stores.git import GitLedger
from runner.stores.kept_files import BranchKeptFiles
from runner.views.markdown.inbox import InboxIssueTexts
from runner.x.call import Evidence
from runner.x.mentions import XMentions
from runner.x.publisher import XPublisher
from tests.simulation.answer_judge import AnswerJudge
from tests.simulation.answer_people import AnswerPeople
from tests.simulation.keeping import RefsOf, TamperedRemote
from tests.simulation.model_github import GitHubLine, ModelGitHub
from tests.simulation.model_x import Post
from tests.simulation.noting import Noting
from tests.simulation.process import Blow, Fate, Process
from tests.simulation.scheduler import Killed, Scheduler
from tests.simulation.sometimes import ANSWER_FOUND, ANSWERS_BACK, FOUND, INBOX_RACED, TWO_EARS
from tests.simulation.talking_x import SHOP, TalkingX
from tests.simulation.vaults import Observer
from tests.simulation.weather import LOST, OUTAGES, REFUSALS, Line, Storm, Weather
from tests.turns import OwnTurn
from tests.unit.plan.building import a_project
from tests.unit.stores.building import at

BEGINS: Final = at("2026-12-01 09:30")
CALM: Final = at("2026-12-01 15:30")
"""From then on nothing goes wrong, and nobody says anything more to the account."""
HANDLING: Final = tuple(CALM + timedelta(hours=each) for each in range(2, 8))
"""When people see to what still waits, after the issues were looked at."""
ENDS: Final = CALM + timedelta(days=1)
WRITERS: Final = ("marta", "janis")
STRANGER: Final = "nobody"
_PEOPLE: Final = dict.fromkeys(WRITERS, "write") | {STRANGER: "read"}
ASSETS: Final = RenderAssets(
    project=a_project(accounts={"shop": {"handle": SHOP, "locale": "en"}}, inbox={}),
    templates={"answers/thanks.en.j2": "Thank you!", "answers/apology.en.j2": "We are sorry."},
)


@dataclass(frozen=True, kw_only=True)
class AnswerWorld:
    """What is decided before it begins. Shares are of runs, of calls of GitHub, and of pushes."""

    seed: int
    kills: float
    github: float
    pushes: float
    twins: float
    """The share of comments that start two runs at once."""
    meddling: float
    """The share of deeds by hand that are unkind to the runner."""
    storms: tuple[Storm, ...]
    fence: bool
    rolled: bool
    """Somebody sets the ledger back."""


def answer_world(seed: int) -> AnswerWorld:
    chance = Random(f"answers {seed}")
    kinds = (*LOST, *LOST, "queued", *OUTAGES, *REFUSALS)
    storms = tuple(
        Storm(
            begins=BEGINS,
            ends=CALM,
            kinds=tuple(chance.sample(kinds, 3)),
            share=chance.choice([0.1, 0.3]),
            routes=chance.choice(["", "POST /2/tweets", "GET"]),
        )
        for _ in range(chance.choice([0, 1, 1, 2]))
    )
    return AnswerWorld(
        seed=seed,
        kills=chance.choice([0.0, 0.2, 0.5]),
        github=chance.choice([0.0, 0.03, 0.1]),
        pushes=chance.choice([0.0, 0.0, 0.1]),
        twins=chance.choice([0.0, 0.2, 0.5]),
        meddling=chance.choice([0.0, 0.3, 0.6]),
        storms=storms,
        fence=chance.random() < 0.5,
        rolled=chance.random() < 0.15,
    )


class AnswerSimulation:
    """One while it runs."""

    def __init__(self, world: AnswerWorld, *, forgetful: bool = False) -> None:
        """`forgetful`: no run knows what another has sent."""
        self.world, self._forgetful = world, forgetful
        self.scheduler = Scheduler(BEGINS)
        self.chance = Random(f"answers chance {world.seed}")
        self.trace: list[str] = []
        self.happened: Counter[str] = Counter()
        self.ledger, self.inbox = TamperedRemote(), TamperedRemote()
        self.github = ModelGitHub(clock=lambda: self.scheduler.now, people=_PEOPLE)
        self.x = TalkingX(
            clock=lambda: self.scheduler.now,
            fence=timedelta(hours=24) if world.fence else timedelta(0),
            born=self._born,
        )
        self.weather = Weather(world.storms, self.chance, self.scheduler)
        self.people = AnswerPeople(self)
        self.judge = AnswerJudge(self)
        self._processes = self._listening = 0

    @property
    def calm(self) -> bool:
        return self.scheduler.now >= CALM

    @property
    def kept(self) -> object:
        """All that the ledger, the inbox and GitHub hold."""
        return self.ledger.kept(), self.inbox.kept(), self.github.kept()

    def tell(self, what: str) -> None:
        self.trace.append(f"{self.scheduler.now:%d %H:%M:%S.%f}"[:-3] + f" {what}")

    def run(self) -> None:
        """Raises AssertionError when something that must hold does not."""
        weeks_ago = BEGINS - timedelta(days=14)
        self._ledger_of(Observer()).record(Record(born={"shop": weeks_ago}))
        for moment in self._ticks():
            self.scheduler.at(moment, self._listen)
        self.people.begin()
        for moment in HANDLING:
            self.scheduler.at(moment - timedelta(minutes=30), self.judge.of_issues)
            self.scheduler.at(moment, self.people.handle)
        if self.world.rolled:
            moment = BEGINS + (CALM - BEGINS) * self.chance.random()
            self.scheduler.at(moment, self._roll_back)
        self.scheduler.run()
        self.judge.at_the_end()

    def _ticks(self) -> Iterator[datetime]:
        moment = BEGINS
        while moment < CALM:
            moment += timedelta(minutes=self.chance.choice([1, 15, 30, 60]))
            yield moment
        yield from (CALM + timedelta(minutes=30) * each for each in range(1, 18))
        yield from (ENDS, ENDS + timedelta(minutes=30))

    def _roll_back(self) -> None:
        self.tell("the ledger is set back")
        self.ledger.back(self.chance.randint(1, 3))
        self.happened[ANSWERS_BACK] += 1
        self.people.again(3)

    def _born(self, post: Post) -> None:
        self.judge.of_a_post(post)

    # --- runs

    def process(self, name: str) -> Process:
        self._processes += 1
        return Process(
            name=f"{name}-{self._processes}",
            scheduler=self.scheduler,
            chance=Random(f"answers {self.world.seed} {self._processes}"),
            fates=tuple(self._fates()),
            fenced=self.world.fence,
            tell=self.tell,
        )

    def _fates(self) -> Iterator[Fate]:
        if not self.calm and self.chance.random() < self.world.kills:
            blow: Blow = self.chance.choice(["kill", "kill", "kill", "freeze", "stop"])
            seconds = self.chance.choice([20, 100, 900])
            yield Fate(blow=blow, step=self.chance.randint(1, 60), seconds=seconds)

    def _listen(self) -> None:
        process = self.process("listen")
        process.start(lambda: self._guarded(process, lambda: self._hear(process)))

    def answer(self, number: int, comment: int, *, is_again: bool) -> None:
        """The run that a comment starts, or somebody once more."""
        process = self.process("answer")
        ports = replace(self._ports(process), is_again=is_again)
        process.start(
            lambda: self._guarded(process, lambda: self._carry_out(process, ports, number, comment))
        )

    def _guarded(self, process: Process, work: Callable[[], None]) -> None:
        self.tell(f"{process.name} begins")
        with noting() as bugs:
            try:
                work()
            except Killed:
                self.happened["killed"] += 1
            except Stop as stop:
                self.happened["stopped"] += 1
                self.tell(f"{process.name} stops: {stop.message}")
                if self.calm and not process.hurt:
                    raise AssertionError(f"{process.name} stops, and nothing is wrong") from stop
        for bug in bugs:  # a run goes on in spite of it; a world must not hold in spite of it
            raise bug.error
        self.tell(f"{process.name} ends")

    def _hear(self, process: Process) -> None:
        """What `runner inbox` does for one account in a job."""
        self.happened[TWO_EARS] += self._listening > 0
        self._listening += 1
        try:
            self._listen_and_keep(process)
        except FilesRaced:
            self.happened[INBOX_RACED] += 1
        except ReadingStopped:
            self.happened["X not read"] += 1
        finally:
            self._listening -= 1

    def _listen_and_keep(self, process: Process) -> None:
        reader, files = self._x_of(process), self._files_of(process)
        found = ListeningRun(
            files=files,
            reader=reader,
            words=LabelWords(more={}, do_not_feed=()),
            contests=(),
            helpers=(),
            now=process.now,
            turn=OwnTurn(),
            is_owned=True,
            left=None,
        ).run()
        self.happened["X not read"] += found.stopped is not None
        IssueKeepingRun(
            account="shop",
            files=files,
            conversations=found.conversations,
            board=IssueBoard(self._api_of(process)),
            texts=InboxIssueTexts(account="shop"),
            words=found.words,
            reader=reader,
            now=process.now,
            turn=OwnTurn(),
            left=None,
        ).run()

    def _carry_out(self, process: Process, ports: AnswerPorts, number: int, comment: int) -> None:
        """What `runner answer` does."""
        found = issue_asked_in(ports, number, comment)
        if isinstance(found, str):
            self.tell(f"{process.name}: {found}")
            return
        before = self.happened[FOUND]
        code = Answering(found).carry_out()
        self.happened[ANSWER_FOUND] += self.happened[FOUND] - before
        self.happened[f"{type(found.asked).__name__} {code}"] += 1

    # --- what they do it with

    def _ports(self, process: Process) -> AnswerPorts:
        return AnswerPorts(
            assets=ASSETS,
            api=self._api_of(process),
            clock=process,
            files=lambda _: self._files_of(process),
            sending=lambda _: self._sending(process),
            hider=lambda _: self._x_of(process),
            say=lambda text: self.tell(f"{process.name}: {text}"),
            tell=lambda text: self.tell(f"{process.name}: {text}"),
            is_again=False,
        )

    def _sending(self, process: Process) -> RunPorts:
        ledger = Noting(
            self._ledger_of(process), process, {}, {}, self.happened, forbidden=lambda: None
        )
        ids = Random(f"attempts {process.name} {self.world.seed}")
        return RunPorts(
            publisher_for=lambda _: XPublisher(self._line(process), SHOP, sleep=process.sleep),
            ledger=ledger,
            clock=process,
            read_media=lambda _: b"",
            run=Run(id=process.name, commit=None, new_id=lambda: f"{ids.getrandbits(96):024x}"),
            stopped=lambda: process.stopped,
            jitter=lambda: process.chance.uniform(0.2, 2),
        )

    def _line(self, process: Process) -> Line:
        return Line(
            process=process,
            handle=SHOP,
            x=self.x,
            weather=self.weather,
            chance=self.chance,
            proof=Evidence(),
        )

    def _x_of(self, process: Process) -> XMentions:
        return XMentions(self._line(process), SHOP, None)

    def _api_of(self, process: Process) -> GitHubLine:
        def note(fault: str) -> None:
            self.happened[f"GitHub: {fault}"] += 1

        return GitHubLine(
            url="https://github",
            repository="acme/shop",
            token="token",
            github=self.github,
            process=process,
            chance=self.chance,
            failing=lambda: 0.0 if self.calm else self.world.github,
            told=note,
        )

    def _refs(self, remote: TamperedRemote, process: Process) -> RefsOf:
        return RefsOf(
            remote=remote,
            process=process,
            failing=lambda: 0.0 if self.calm or process.name == "observer" else self.world.pushes,
            chance=self.chance,
        )

    def _files_of(self, process: Process) -> BranchKeptFiles:
        return BranchKeptFiles(self._refs(self.inbox, process), "shop")

    def _ledger_of(self, process: Process) -> GitLedger:
        return GitLedger(
            self._refs(TamperedRemote() if self._forgetful else self.ledger, process),
            clock=process,
            accounts={"shop"},
            repository="here",
            jitter=process.chance.random,
        )

    # --- what a judge sees

    @property
    def conversations(self) -> Conversations:
        return Conversations(inbox=account_inbox(self._files_of(Observer()).read()))
