"""What the commits of the ledger say, and when there is none."""

import re

import pytest

from runner.ledger import Hold, Need, Origin, Record, State
from runner.problems import LedgerUnusable
from tests.unit.stores.building import KEY, OPENED, TIP, at, attempting, closed, posted, sent
from tests.unit.stores.remotes import OURS, Commit, Remote


def test_each_record_is_a_commit_that_says_what_happened(runner, remote):
    by = at("2026-12-01 10:05")
    runner.ledger.claim(OPENED)
    runner.ledger.record(
        Record(
            entries=(posted(KEY), attempting(TIP, cost="0.020")),
            sent=(sent(KEY),),
            accounted={"tienda": by, "shop": by},
        )
    )
    runner.ledger.record(Record(entries=(closed(TIP, State.REJECTED),)))
    assert [commit.message for commit in reversed(remote.history())] == [
        (
            "Attempt shop/slim/launch\n\nLedger: 2\n"
            "Project: 1\n"
            "Reserved: 0.015 until 2026-12-02T08:01:00+00:00\n"
            "Claim: attempt-1 until 2026-12-01T08:01:00+00:00\n"
        ),
        (
            "Post shop/slim/launch and 1 more\n\nLedger: 2\n"
            "Accounted: 2026-12-01T08:05:00+00:00\n"
            "Project: 2\n"
            "Spent: 2026-12 0.015\n"
            "Reserved: 0.020 until 2026-12-02T08:01:00+00:00\n"
            "Claim: attempt-1 until 2026-12-01T08:01:00+00:00\n"
        ),
        (
            "Note the refusal of shop/slim/tip@2026-12-01.morning\n\nLedger: 2\n"
            "Accounted: 2026-12-01T08:05:00+00:00\n"
            "Project: 2\n"
            "Spent: 2026-12 0.015\n"
        ),
    ]
    assert [commit.message for commit in reversed(remote.history("tienda"))] == [
        "Account for tienda\n\nLedger: 2\nAccounted: 2026-12-01T08:05:00+00:00\nProject: 2\n"
    ]
    assert [commit.message for commit in reversed(remote.history("_project"))] == [
        f"Begin shop\n\nLedger: 2\nProject: 1\nRepository: {OURS}\n",
        f"Begin tienda\n\nLedger: 2\nProject: 2\nRepository: {OURS}\n",
    ]


def a_hold(**more) -> Hold:
    given = {"level": "campaign", "name": "slim", "held": True, "by": "anna", "because": "news"}
    return Hold.model_validate({"at": at("2026-12-01"), "run": "run", **given, **more})


@pytest.mark.parametrize(
    ("record", "subject"),
    [
        (Record(holds=(a_hold(),)), "Hold campaign slim"),
        (Record(holds=(a_hold(level="project", name=None, held=False),)), "Release everything"),
        (Record(accounted={"shop": at("2026-12-01")}), "Account for shop"),
        (Record(origin=Origin(at=at("2026-12-01"), run="run")), "Say whose ledger it is"),
        (Record(origin=Origin(at=at("2026-12-01"), run="run", by="anna")), "Adopt the ledger"),
        (Record(entries=(posted(KEY, part=2),)), "Post shop/slim/launch, part 2"),
        (Record(entries=(closed(KEY, State.SKIPPED),)), "Skip shop/slim/launch"),
    ],
)
def test_a_subject_names_the_deed(runner, remote, record, subject):
    runner.ledger.record(record)
    (name,) = record.names or {"_project"}
    assert remote.history(name)[0].message.splitlines()[0] == subject


def test_when_nothing_happened_there_is_no_commit(runner, remote):
    runner.ledger.claim(OPENED)
    for record in (Record(), OPENED, Record(accounted={})):
        runner.ledger.record(record)
    assert len(remote.history()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Accounted: yesterday",
        "Spent: 2026-12 -1",
        "Spent: 2026-12 NaN",
        "Spent: much",
        "Reserved: 1 until 9999-01-01T00:00:00+00:00",
        "Claim: a until then",
    ],
)
def test_a_message_that_cannot_be_read_stops(runner, remote, line):
    runner.ledger.record(Record(accounted={"shop": at("2026-12-01")}))
    by_hand(remote, f"By hand\n\nLedger: 2\n{line}\n")
    with pytest.raises(LedgerUnusable, match=re.escape(line)):
        runner.ledger.read(Need())


def test_a_commit_by_hand_that_does_not_say_what_was_spent_stops(runner, remote):
    runner.ledger.record(OPENED)
    by_hand(remote, "Mend a line\n")
    with pytest.raises(LedgerUnusable, match="was not made by the runner") as caught:
        runner.ledger.read(Need())
    assert "git commit --allow-empty -C" in caught.value.help


def by_hand(remote: Remote, message: str) -> None:
    files = remote.commits[remote.branches["shop"]].files
    remote.commits["bad"] = Commit(remote.branches["shop"], files, message)
    remote.branches["shop"] = remote.witnesses["shop"] = "bad"
