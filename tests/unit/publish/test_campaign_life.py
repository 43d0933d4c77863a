"""Lives of a campaign: whatever X answers and wherever a run dies, no follower sees a post twice.

A life is a row of runs. Between two of them some time goes by; in each, X answers as it likes, and
the machine may die before or after a call, or at any change of the ledger's files.
"""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import count, pairwise

import pytest
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from runner.ledger import Key, Need, Record, State
from runner.plan import PlanInputs, Verb
from runner.problems import LedgerUnusable
from runner.stores.files import FilesLedger
from tests.unit.plan.building import a_file, a_project, some_inputs
from tests.unit.publish.building import (
    GONE,
    NOT_NOW,
    OUT,
    REFUSED,
    SILENCE,
    STOP,
    Machine,
    Watched,
    a_machine,
)
from tests.unit.stores.folders import Died, FailingFolder

pytestmark = pytest.mark.thorough
BUDGET = Decimal("0.40")
END = timedelta(days=12)
"""After it nothing of the campaign may go out any more."""


@cache
def campaign(budget: Decimal = BUDGET) -> PlanInputs:
    """Something of everything, on two accounts. All texts differ, so that a copy can be seen."""
    day = "{{ at | date }} {{ at | time }}"
    posts = {
        "announce": {"at": "2026-12-02 10:00"},
        "echo": {"at": "2026-12-02 12:00", "reply-to": "announce", "text": "This is echo"},
        "story": {"at": "2026-12-02 10:00", "thread": ["Story, 1", "Story, 2", "Story, 3"]},
        "link": {"at": "2026-12-03 15:00", "text": "See https://acme.lv"},
        "later": {"at": "2026-12-05 10:00", "text": 'After {{ posts["story"].url }}'},
        "tip": {
            "every": {"slots": ["morning", "evening"], "except": ["2026-12-04"]},
            "items": [{"id": "a", "text": f"A {day}"}, {"text": f"B {day}"}, {"text": f"C {day}"}],
        },
    }
    file = a_file(
        posts, accounts=["shop", "tienda"], starts="2026-12-01", ends="2026-12-05", grace="10h"
    )
    project = a_project(rules={"min-gap": "20m"}, budget={"usd-per-month": budget})
    return some_inputs(file, project=project)


ANSWERS = st.sampled_from(
    [None, None, None, GONE, NOT_NOW, STOP, REFUSED, SILENCE, (OUT, SILENCE), Died(), (OUT, Died())]
)
RUNS = st.fixed_dictionaries(
    {
        "pause": st.sampled_from([1, 25, 60, 180, 600, 1500]),
        "answers": st.lists(ANSWERS, max_size=5),
        "dies": st.none() | st.integers(0, 25),
        "whole": st.booleans(),
        "full": st.booleans(),
    }
)


def live(machine: Machine, runs: list[dict]) -> None:
    """One run after another, each looked at before the next."""
    for run in runs:
        machine.clock.go(timedelta(minutes=run["pause"]))
        for x in machine.x.values():
            x.script = list(run["answers"])
        folder = machine.folder
        if run["dies"] is not None:
            failing = FailingFolder(
                folder.files, after=run["dies"], whole=run["whole"], full=run["full"]
            )
            machine.ledger = ledger_in(machine, failing)
        ended_well = survives(machine)
        machine.ledger = ledger_in(machine, folder)
        look(machine)
        if ended_well:
            does_nothing_more(machine)


def ledger_in(machine: Machine, folder) -> Watched:
    return Watched(FilesLedger(folder.path, folder=folder), machine.records)


def survives(machine: Machine) -> bool:
    """Whether the run came to its end, and sent all that it meant to."""
    try:
        outcome = machine.run_out()
    except (Died, LedgerUnusable):
        return False
    return not outcome.unsent and not outcome.refusals


def does_nothing_more(machine: Machine) -> None:
    """A second run right after; unless it finds what was in doubt."""
    if any(each.doubtful for each in machine.standings().values()):
        return
    shown, files = timelines(machine), dict(machine.folder.files)
    for x in machine.x.values():
        x.script = []
    machine.run_out()
    assert timelines(machine) == shown
    assert machine.folder.files == files


def timelines(machine: Machine) -> dict[str, list[str]]:
    return {account: list(x.texts) for account, x in machine.x.items()}


def look(machine: Machine) -> None:
    """What must be true at any time."""
    standings = machine.standings()  # it can be read
    spent = Decimal(0)
    for account, x in machine.x.items():
        copies = {text: n for text, n in Counter(x.texts).items() if n > 1}
        assert not copies, account
        parts = [shown for shown in x.out if shown.text.startswith("Story")]
        assert [part.text for part in parts] == [f"Story, {n}" for n in range(1, len(parts) + 1)]
        assert all(after.reply_to == before.id for before, after in pairwise(parts))
        spent += sum((cost_of(text) for text in x.texts), Decimal(0))
    assert spent <= BUDGET
    assert machine.plan(texts="due").spent - spent_on_looks(machine) <= BUDGET
    assert standings or not any(x.texts for x in machine.x.values())


def spent_on_looks(machine: Machine) -> Decimal:
    """USD for reading before what is late: it keeps no budget, which is of posts."""
    purses = machine.ledger.read(Need(purses=True)).purses
    sent = machine.ledger.everything().sent
    looks = [
        purse.beside(line for line in sent if line.key.account == account)
        for account, purse in purses.items()
    ]
    return sum((usd for months in looks for usd in months.values()), Decimal(0))


def cost_of(text: str) -> Decimal:
    return Decimal("0.2" if "http" in text else "0.015")


def at_the_end(machine: Machine) -> set[State | None]:
    """Everything is out, or was missed, or waits visibly for a person; which of these there are."""
    for x in machine.x.values():
        x.script = []
    machine.clock.go(END)
    machine.run_out()
    plan = machine.plan(texts="due")
    visible = {action.key for action in plan.of(Verb.ASK)} | {each.key for each in plan.unsettled}
    folded = machine.ledger.read(Need(whole=frozenset({"slim"}))).standings
    (table,) = machine.inputs.timetables
    found: set[State | None] = set()
    keys: list[Key] = [occurrence.key for occurrence in table.all()]
    assert len(keys) == 2 * (5 + 8)
    for key in keys:
        state = folded[key].state if key in folded else None
        found.add(state)
        assert state in (State.POSTED, State.MISSED) or key in visible, (key, state)
        if state is State.POSTED:
            assert all(was_shown(machine, key, posted.id) for posted in folded[key].posted)
    assert not plan.of(Verb.PUBLISH)
    assert machine.run_out().missed == ()
    return found


def was_shown(machine: Machine, key: Key, id: str) -> bool:
    return any(shown.id == id for shown in machine.x[key.account].out)


@given(st.lists(RUNS, min_size=1, max_size=6))
@settings(phases=set(Phase) - {Phase.explain})
def test_whatever_happens_no_post_is_seen_twice(runs):
    machine = a_machine(campaign(), now="2026-12-01 08:00")
    accounted = dict.fromkeys(machine.inputs.accounts, machine.clock.now())
    machine.ledger.record(Record(accounted=accounted))
    live(machine, runs)
    for state in at_the_end(machine):
        event(f"some are {state}")


def test_when_nothing_goes_wrong_everything_goes_out():
    machine = a_machine(campaign(Decimal(5)), now="2026-12-01 08:55")
    for _ in range(12 * 5):
        machine.clock.go(timedelta(hours=2))
        machine.run_out()
    assert {len(x.texts) for x in machine.x.values()} == {5 + 2 + 8}
    assert set(machine.states().values()) == {"posted"}


def test_a_run_that_dies_at_any_change_of_a_file_sends_nothing_twice():
    """Every such change of a run, one after the other, and then a healthy run."""
    for point in count():
        machine = a_machine(campaign(), now="2026-12-02 10:30")
        folder = FailingFolder(machine.folder.files, after=point)
        machine.ledger = ledger_in(machine, folder)
        survives(machine)
        if not folder.failed:
            break
        live(machine, [{"pause": 30, "answers": [], "dies": None}])
    assert point > 20
