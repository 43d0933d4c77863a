"""What goes over the wire, both ways, where there are very many accounts."""

import json
from collections.abc import Iterator

import pytest

from runner.ledger import Need, Record
from runner.stores.git import GitLedger
from runner.stores.project_store import git_ledger
from tests.integration.stores.repositories import Repositories
from tests.unit.stores.building import a_key, attempting, posted
from tests.unit.stores.remotes import Clock
from tests.wire import Wire

ACCOUNTS = tuple(f"account-{number:03}" for number in range(500))
BORN = {"v": 1, "at": "2026-01-02T08:00:00Z", "run": "812345678-1"}
SAID = """Post {name}/tips/tip@2026-12-01.morning

Ledger: 2
Accounted: 2026-12-01T08:05:12.345678+00:00
Project: 1
Spent: 2026-11 1.{number:03}
Spent: 2026-12 0.015
"""
PROJECT_SAID = f"Begin\n\nLedger: 2\nProject: {len(ACCOUNTS)}\n"
OUT = "".join(
    f"{posted(a_key('tip', f'2026-12-01.{slot}', account='account-007')).model_dump_json()}\n"
    for slot in ("morning", "noon", "evening")
)


def history() -> Iterator[str]:
    """For `git fast-import`: a commit of each ledger, and both refs at it."""
    begun = [
        {**BORN, "users": {name: str(10**18 + 7919**4 * number)}, "accounts": [name]}
        for number, name in enumerate(ACCOUNTS)
    ]
    born = json.dumps(BORN) + "\n"
    ledgers = {name: {"born.jsonl": born, "open.jsonl": OUT} for name in ACCOUNTS}
    ledgers["_project"] = {"origin.jsonl": "".join(f"{json.dumps(line)}\n" for line in begun)}
    for number, (name, files) in enumerate(ledgers.items()):
        said = PROJECT_SAID if name == "_project" else SAID.format(name=name, number=number)
        branch = f"refs/heads/runner-ledgers/{name}"
        yield f"commit {branch}\ncommitter runner <runner> 0 +0000\ndata {len(said)}\n{said}\n"
        for path, text in files.items():
            yield f"M 100644 inline {path}\ndata {len(text)}\n{text}\n"
        yield f"reset refs/runner/heads/{name}\nfrom {branch}\n\n"


@pytest.fixture
def wire(repositories) -> Wire:
    text = "".join(history())
    repositories.git("fast-import", "--quiet", at=repositories.remote, stdin=text)
    repositories.clone("work")
    return Wire(repositories.folder / "wire", path=repositories.environ["PATH"])


def ledger_of_one(repositories: Repositories, wire: Wire) -> GitLedger:
    environ = {**repositories.environ, "PATH": wire.path}
    return git_ledger(
        repositories.folder / "work", environ, clock=Clock(), accounts=["account-007"]
    )


def test_an_account_of_very_many_reads_no_more_than_its_own(repositories, wire):
    ledger = ledger_of_one(repositories, wire)
    assert set(ledger.read(Need(origin=False)).accounted) == {"account-007"}
    assert 2_000 < wire.taken() <= 3.5 * 2**10, "as much is left for the tip of the branch"


def test_the_money_of_very_many_accounts_is_told_in_little(repositories, wire):
    ledger = ledger_of_one(repositories, wire)
    ledger.read(Need(origin=False))
    little, users = wire.taken(), 12 * 2**10
    assert len(ledger_of_one(repositories, wire).read(Need(purses=True)).purses) == len(ACCOUNTS)
    assert 100_000 < wire.taken() - little <= 250 * 2**10 + users


def test_a_push_is_told_all_refs_whoever_pushes(repositories, wire):
    """git knows no way around that: what is pushed to has to hide them."""
    ledger = ledger_of_one(repositories, wire)
    ledger.read(Need())
    wire.taken()
    ledger.claim(Record(entries=(attempting(a_key(account="account-007")),)))
    assert 60_000 < wire.taken("receive") <= 90_000
