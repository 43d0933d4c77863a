"""What the commits of the ledger say, and when there is none."""

import pytest

from runner.ledger import Hold, Need, Origin, Record, State
from runner.problems import LedgerUnusable
from tests.unit.stores.building import a_key, at, attempting, closed, posted
from tests.unit.stores.remotes import Commit, Remote, Runner

KEY, TIP = a_key(), a_key("tip", "2026-12-01.morning")
OPENED = Record(entries=(attempting(KEY),))


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def runner(remote) -> Runner:
    """One that has read."""
    runner = Runner(remote)
    runner.ledger.read(Need())
    return runner


def test_each_record_is_a_commit_that_says_what_happened(runner, remote):
    by = at("2026-12-01 10:05")
    runner.ledger.claim(OPENED)
    runner.ledger.record(
        Record(entries=(posted(KEY), attempting(TIP)), accounted={"tienda": by, "shop": by})
    )
    runner.ledger.record(Record(entries=(closed(TIP, State.REJECTED),)))
    accounted = "".join(
        f"Accounted: {account} 2026-12-01T08:05:00+00:00\n" for account in ("shop", "tienda")
    )
    assert [commit.message for commit in reversed(remote.history())] == [
        "Attempt shop/slim/launch\n",
        f"Post shop/slim/launch and 1 more\n\n{accounted}",
        f"Note the refusal of shop/slim/tip@2026-12-01.morning\n\n{accounted}",
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
    assert remote.history()[0].message.splitlines()[0] == subject


def test_when_nothing_happened_there_is_no_commit(runner, remote):
    runner.ledger.claim(OPENED)
    for record in (Record(), OPENED, Record(accounted={})):
        runner.ledger.record(record)
    assert len(remote.history()) == 1


def test_a_message_that_cannot_be_read_stops(runner, remote):
    runner.ledger.record(Record(accounted={"shop": at("2026-12-01")}))
    remote.commits["bad"] = Commit(None, {}, "By hand\n\nAccounted: shop yesterday\n")
    remote.branch = remote.witness = "bad"
    with pytest.raises(LedgerUnusable, match="Accounted: shop yesterday"):
        runner.ledger.read(Need())
