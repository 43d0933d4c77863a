"""Worlds of answers: people write to the account and to each other below issues, while runs die,
race, and lose what X, GitHub and the remote say."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Final

from runner.bugs import noting
from runner.cli.answer_issue import issue_asked_in
from runner.cli.answer_ports import AnswerPorts
from runner.cli.answering import Answering
from runner.cli.inboxes import conversations_in, siblings_in
from runner.github import IssueBoard
from runner.inbox import Conversations, LabelWords
from runner.inbox.issue_keeping import IssueKeepingRun
from runner.inbox.listening import ListeningRun
from runner.ledger import Record
from runner.problems import Stop
from runner.publish import Run, RunPorts
from runner.reading import FilesRaced, ReadingBudget, ReadingStopped
from runner.render import RenderAssets
from runner.stores.git import GitLedger
from runner.stores.kept_files import BranchKeptFiles, KeptBranch
from runner.value import replace
from runner.views.markdown.inbox import InboxIssueTexts
from runner.x.client import Evidence
from runner.x.mentions import XMentions
from runner.x.publisher import XPublisher
from tests.simulation.answer_judge import AnswerJudge
from tests.simulation.answer_people import AnswerPeople
from tests.simulation.answer_world import BEGINS, CALM, ENDS, AnswerWorld
from tests.simulation.keeping import RefsOf, TamperedRemote
from tests.simulation.model_github import GitHubLine, ModelGitHub
from tests.simulation.model_x import Post
from tests.simulation.noting import Noting
from tests.simulation.process import Blow, Fate, Process
from tests.simulation.scheduler import Killed, Scheduler
from tests.simulation.sometimes import ANSWER_FOUND, ANSWERS_BACK, FOUND, INBOX_RACED, TWO_EARS
from tests.simulation.talking_x import OURS, TalkingX
from tests.simulation.vaults import Observer
from tests.simulation.weather import Line, Weather
from tests.turns import OwnTurn
from tests.unit.plan.building import a_project

HANDLING: Final = tuple(CALM + timedelta(hours=each, minutes=10) for each in range(2, 8))
"""When people see to what still waits: between two rounds of listening, as nobody is kept from
looking at an issue that somebody closes just now; the issues are judged after the next round."""
WRITERS: Final = ("marta", "janis")
STRANGER: Final = "nobody"
_UNBOUND: Final = ReadingBudget(usd=None, spent=lambda: Decimal(0), turn=OwnTurn())
_PEOPLE: Final = dict.fromkeys(WRITERS, "write") | {STRANGER: "read"}
_TEMPLATES: Final = {
    "answers/thanks.en.j2": "Thank you!",
    "answers/apology.en.j2": "We are sorry.",
}


def assets_of(world: AnswerWorld) -> RenderAssets:
    """What its project says, and its ready answers."""
    accounts = {name: {"handle": OURS[name], "locale": "en"} for name in world.accounts}
    inbox = {"answers-from": "support"} if world.helps else {}
    return RenderAssets(project=a_project(accounts=accounts, inbox=inbox), templates=_TEMPLATES)


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
        self.assets = assets_of(world)
        self._processes = 0
        self._listening: Counter[str] = Counter()

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
        self._ledger_of(Observer()).record(Record(born=dict.fromkeys(OURS, weeks_ago)))
        for moment in self._ticks():
            self.scheduler.at(moment, self._listen)
        self.people.begin()
        for moment in HANDLING:
            self.scheduler.at(moment - timedelta(minutes=5), self.judge.of_issues)
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
        """A run of each account, one soon after the other."""
        for number, account in enumerate(self.world.accounts):
            seconds = number * self.chance.uniform(1, 120)
            self.scheduler.after(seconds, partial(self._listen_as, account))

    def _listen_as(self, account: str) -> None:
        process = self.process("listen")
        process.start(lambda: self._guarded(process, lambda: self._hear(process, account)))

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

    def _hear(self, process: Process, account: str) -> None:
        """What `runner inbox` does for one account in a job."""
        self.happened[TWO_EARS] += self._listening[account] > 0
        self._listening[account] += 1
        try:
            self._listen_and_keep(process, account)
        except FilesRaced:
            self.happened[INBOX_RACED] += 1
        except ReadingStopped:
            self.happened["X not read"] += 1
        finally:
            self._listening[account] -= 1

    def _listen_and_keep(self, process: Process, account: str) -> None:
        reader, files = self._x_of(process, account), self._files_of(process, account)
        found = ListeningRun(
            files=files,
            reader=reader,
            words=LabelWords(more={}, do_not_feed=()),
            contests=(),
            siblings=siblings_in(partial(self._files_of, process), self.assets.project, account),
            others={OURS[name]: name for name in self.world.accounts if name != account},
            now=process.now,
            turn=OwnTurn(),
            is_owned=True,
            left=None,
        ).run()
        self.happened["X not read"] += found.stopped is not None
        IssueKeepingRun(
            account=account,
            files=files,
            conversations=found.conversations,
            board=IssueBoard(self._api_of(process)),
            texts=InboxIssueTexts(account=account),
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
            assets=self.assets,
            api=self._api_of(process),
            clock=process,
            files=partial(self._files_of, process),
            sending=partial(self._sending, process),
            hider=partial(self._x_of, process),
            reading=lambda: nullcontext(_UNBOUND),
            say=lambda text: self.tell(f"{process.name}: {text}"),
            tell=lambda text: self.tell(f"{process.name}: {text}"),
            is_again=False,
        )

    def _sending(self, process: Process, account: str) -> RunPorts:
        ledger = Noting(
            self._ledger_of(process, account),
            process,
            {},
            {},
            self.happened,
            forbidden=lambda: None,
        )
        ids = Random(f"attempts {process.name} {self.world.seed}")
        return RunPorts(
            publisher_for=lambda _: XPublisher(
                self._line(process, account), OURS[account], sleep=process.sleep
            ),
            ledger=ledger,
            clock=process,
            read_media=lambda _: b"",
            run=Run(id=process.name, commit=None, new_id=lambda: f"{ids.getrandbits(96):024x}"),
            stopped=lambda: process.stopped,
            jitter=lambda: process.chance.uniform(0.2, 2),
        )

    def _line(self, process: Process, account: str) -> Line:
        return Line(
            process=process,
            handle=OURS[account],
            x=self.x,
            weather=self.weather,
            chance=self.chance,
            proof=Evidence(),
        )

    def _x_of(self, process: Process, account: str) -> XMentions:
        return XMentions(self._line(process, account), OURS[account], None)

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

    def _files_of(self, process: Process, account: str) -> BranchKeptFiles:
        return BranchKeptFiles(self._refs(self.inbox, process), KeptBranch.INBOX, account)

    def _ledger_of(self, process: Process, *accounts: str) -> GitLedger:
        return GitLedger(
            self._refs(TamperedRemote() if self._forgetful else self.ledger, process),
            clock=process,
            accounts=accounts or self.world.accounts,
            repository="here",
            jitter=process.chance.random,
        )

    # --- what a judge sees

    def conversations(self, account: str) -> Conversations:
        """What is kept of an account."""
        files = partial(self._files_of, Observer())
        return conversations_in(files, self.assets.project, account)
