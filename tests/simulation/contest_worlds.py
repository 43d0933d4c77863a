"""Contests in which everything that can go wrong does, played with the real commands: runs that die
between list and post, closing posts in doubt, lost ticks, and who tampers."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.cli.context import CommandContext
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.local_x.server import Sandbox
from runner.models import Draw
from runner.problems import Stop
from runner.public_web import DRAND_VARIABLE
from runner.value import replace
from tests.acceptance.conftest import PROJECT, Desktop, TestClock
from tests.acceptance.contests import CONTEST, ID, RESULTS
from tests.integration.contest.second_program import entrant_and_entry, places
from tests.unit.contest.building import CHARTER, CLOSES, DRAWS, KEY, OPENS, OTHER_KEY, ROUNDS

ROUND: Final = 657413
START: Final = datetime(2023, 9, 7, 10, tzinfo=UTC)
COMES: Final = datetime(2023, 9, 15, 11, 0, 3, tzinfo=UTC)
TAMPERINGS: Final = ("none", "none", "plant", "second", "second after", "cut", "key", "rules")
_LATEST_IN_TIME: Final = timedelta(hours=12)
"""Before the round: a closing post that comes later leads to the next day's."""
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")
_GAPS: Final = (timedelta(minutes=20), timedelta(hours=1), timedelta(hours=3), timedelta(hours=9))


@dataclass
class ContestWorld:
    """One contest, whose seed says all that happens in it. `calm` is one in which nothing goes
    wrong."""

    seed: int
    desktop: Desktop
    calm: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    """What has happened, to be counted over many worlds."""
    entered: dict[str, str] = field(default_factory=dict)
    """The first post in time of each entrant, by user id."""
    handles: dict[str, str] = field(default_factory=dict)
    drawn_at: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.tampering = "none" if self.calm else self.chance.choice(TAMPERINGS)
        self.opens, self.closes = OPENS - self.late, CLOSES - self.late

    @property
    def late(self) -> timedelta:
        """How many days late its list is closed: then the one known round decides it, too."""
        return timedelta(days=self.seed % 4 if self.seed % 8 >= 4 else 0)

    def play(self) -> None:
        """From the announcement to two days after the draw."""
        self._announce()
        self._enter()
        clock = self.desktop.clock
        clock.set(self.closes - timedelta(hours=1))
        while clock.now() < DRAWS + timedelta(days=2):
            self._tick()
            clock.sleep((timedelta(hours=7) if self.calm else self._gap()).total_seconds())

    def _gap(self) -> timedelta:
        return self.chance.choice(_GAPS)

    def _happens(self, share: float) -> bool:
        return not self.calm and self.chance.random() < share

    def _announce(self) -> None:
        self.desktop.clock.set(self.opens + timedelta(minutes=1))
        self._post()

    def _enter(self) -> None:
        for number in range(10):
            length = self.closes - self.opens
            self.desktop.clock.set(self.opens + length * self.chance.random())
            self._one_enters(f"person_{number}")
        self.desktop.clock.set(self.closes + timedelta(minutes=2))
        self.desktop.sandbox.seed("person_late", "@acme_lv #ZiemasLois")

    def _one_enters(self, handle: str) -> None:
        made = self.desktop.sandbox.seed(handle, "@acme_lv #ZiemasLois")
        self.entered[made.author], self.handles[made.author] = made.id, handle

    def _tick(self) -> None:
        """What the workflows do, as far as GitHub starts them."""
        for act in (self._collect, self._commit, self._post, self._draw):
            if not self._happens(0.3):
                act()
            self._tamper()

    def _run(self, name: str, command: Callable[[CommandContext], int]) -> int:
        outside = self.desktop.outside()
        try:
            code = command(outside)
        except Stop as stop:
            code = stop.exit_code
        self.seen[f"{name} {code}"] += 1
        return code

    def _collect(self) -> None:
        if self._happens(0.2):
            self.desktop.sandbox.fail({"route": "mentions", "drop": True})
        self._run("collect", lambda context: collect(context, ID))

    def _commit(self) -> None:
        if self.late and self.desktop.clock.now() < DRAWS - _LATEST_IN_TIME - timedelta(days=1):
            return
        self._merged_or_lost("list", lambda context: commit_entries(context, ID))

    def _draw(self) -> None:
        def drawn(context: CommandContext) -> int:
            code = draw(context, ID)
            if (found := self.results()) and found.drawn:
                self.drawn_at.append(context.clock.now())
            return code

        self._merged_or_lost("draw", drawn)

    def _merged_or_lost(self, name: str, command: Callable[[CommandContext], int]) -> None:
        """What a command writes is merged, or the run dies before anybody sees it."""
        file = self.desktop.root / RESULTS
        before = file.read_text() if file.exists() else None
        self._run(name, command)
        if self._happens(0.3) and (file.read_text() if file.exists() else None) != before:
            self.seen[f"{name} lost"] += 1
            if before is None:
                file.unlink()
            else:
                file.write_text(before)

    def _post(self) -> None:
        if self._happens(0.15):
            applied = self.chance.random() < 0.5
            self.desktop.sandbox.fail({"route": "create", "drop": True, "applied": applied})
            self.seen["in doubt"] += 1
        self._run("post", lambda context: post(context, PostOptions()))

    def _tamper(self) -> None:
        """What somebody does who may push, and merge, but has no key."""
        if self.tampering in ("none", "done"):
            return
        list, results = self._list_file(), self.results()
        match self.tampering:
            case "plant" if list and results is None:
                self._shorten(list)
            case "second" if list and results and not self.digests():
                self._merge_shortened(list, results)
            case "second after" if list and results and self.digests() and not results.drawn:
                self._merge_shortened(list, results)
            case "cut" if list and self.digests():
                list.unlink()
            case "key":
                self.desktop.environ[KEYS] = OTHER_KEY.secret.hex()
            case "rules" if self.desktop.clock.now() > self.closes:
                file = self.desktop.root / f"campaigns/{ID}.yaml"
                file.write_text(file.read_text().replace("winners: 2", "winners: 1"))
            case _:
                return
        self.seen[f"tampered: {self.tampering}"] += 1
        self.tampering = "done"

    def _shorten(self, list: Path) -> str:
        honest = EntryList.read({LIST_FILE: list.read_bytes()})
        shorter = replace(honest, commitments=honest.commitments[1:])
        list.write_bytes(dict(shorter.files())[LIST_FILE])
        return shorter.digest

    def _merge_shortened(self, list: Path, results: Draw) -> None:
        digest = self._shorten(list)
        file = self.desktop.root / RESULTS
        text = file.read_text().replace(str(results.digest), digest)
        text = text.replace("entries: 10", "entries: 9")
        file.write_text(re.sub(r"^coverage: .*\n", "", text, flags=re.MULTILINE))

    def _list_file(self) -> Path | None:
        folder = self.desktop.root / f".runner/ledger-contests/{ID}/runner-contests/files"
        return next(folder.iterdir(), None) if folder.is_dir() else None

    def results(self) -> Draw | None:
        return contest_of(self.desktop.outside(), ID).file.draw

    def digests(self) -> list[str]:
        """Those that the account has posted."""
        texts = [each.text for each in self.desktop.sandbox.timeline("acme_lv")]
        return [digest for text in texts for digest in _DIGEST.findall(text)]


def world(
    seed: int, sandbox: Sandbox, root: Path, beacon: str, *, calm: bool = False
) -> ContestWorld:
    """A contest that is about to be announced."""
    clock = TestClock(START, sandbox)
    environ = {**sandbox.environment(), KEYS: KEY.secret.hex(), DRAND_VARIABLE: beacon}
    desktop = Desktop(root=root, sandbox=sandbox, clock=clock, environ=environ)
    desktop.write("runner.yaml", PROJECT)
    user = sandbox.account("shop").person.user_id
    made = ContestWorld(seed=seed, desktop=desktop, calm=calm)
    text = CONTEST.format(key=KEY.fingerprint, user=user)
    for announced, meant in ((OPENS, made.opens), (CLOSES, made.closes)):
        text = text.replace(f"{announced:%Y-%m-%d %H:%M}", f"{meant:%Y-%m-%d %H:%M}")
    desktop.write(f"campaigns/{ID}.yaml", text)
    return made


def broken_promise(played: ContestWorld) -> str | None:
    """What must never be so after whatever has happened."""
    digests = played.digests()
    if len(digests) > 1:
        return f"{len(digests)} lists were committed to"
    if any(at < COMES for at in played.drawn_at):
        return "it was drawn before its round"
    draw_, shown = played.results(), played.desktop.sandbox.timeline("acme_lv")
    named = {found for each in shown for found in re.findall(r"@(person_\w+)", each.text)}
    code = played._run("verify", lambda context: check_draw(context, ID, offline=True))
    if draw_ is None or not draw_.drawn or code != 0:
        return f"{named} were named, of a draw that does not hold" if named else None
    played.seen["verified"] += 1
    played.seen["verified late"] += bool(played.late)
    if timedelta(days=draw_.days_late or 0) != played.late:
        return f"it is {played.late.days} days late, and the results say {draw_.days_late}"
    if digests != [draw_.digest]:
        return "a draw is verified whose digest was never posted"
    winners = expected_winners(played)
    if list(draw_.winners) != winners:
        return f"{draw_.winners} won, and {winners} should have"
    played.seen["named"] += bool(named)
    return None if named <= set(winners) else f"{named} were named, and {winners} have won"


def expected_winners(played: ContestWorld) -> list[str]:
    """Who wins by the page of the proof alone: all who entered in time are on the list."""
    account = played.desktop.sandbox.account("shop").person.user_id
    tickets = {
        user: KEY.ticket(replace(CHARTER, account=account, contest=ID), user)
        for user in played.entered
    }
    pairs = {
        entrant_and_entry(ticket, user, played.entered[user]): user
        for user, ticket in tickets.items()
    }
    drawn = sha256(bytes.fromhex(ROUNDS[ROUND])).digest()
    by_c = {c: user for (c, _), user in pairs.items()}
    return [played.handles[by_c[c]] for c in places(ID, drawn, list(pairs), 2)]
