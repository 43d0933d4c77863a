"""The ledger of an older release is taken over: killed at any step, it goes on."""

from decimal import Decimal
from pathlib import Path

import pytest

from runner.git import GitFailed
from runner.ledger import ENTRY, Hold, Need, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Ledger
from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from runner.stores.refs import BRANCH, OldHeads
from runner.stores.upgrade import GitUpgrade, Upgrade, upgrade_folder
from runner.value import replace
from tests.unit.stores.building import a_key, attempting, posted
from tests.unit.stores.old_ledgers import (
    BORN,
    ES,
    KEY,
    ORIGIN,
    TIP,
    WAS,
    an_old_remote,
    old_files_of,
)
from tests.unit.stores.remotes import Commit, ModelRefs, Remote, Runner, fails

NAMES = ("kaup", "quiet", "shop", "tienda")
NEXT = a_key("next")
ALL = Need(whole=frozenset({"slim"}), purses=True)


def upgrade(
    remote: Remote, refs: ModelRefs | None = None, *, dry_run: bool = False
) -> Upgrade | None:
    return GitUpgrade(refs or ModelRefs(remote), branch=BRANCH).upgrade(dry_run=dry_run)


def everything(remote: Remote) -> Record:
    return Runner(remote).ledger.everything()


def is_taken_over(record: Record) -> bool:
    key = lambda entry: (str(entry.key), entry.at, entry.state)  # noqa: E731
    return (
        sorted(record.entries, key=key) == sorted(WAS.entries, key=key)
        and sorted(record.sent, key=str) == sorted(WAS.sent, key=str)
        and record.accounted == WAS.accounted
        and record.born == dict.fromkeys(NAMES, BORN)
    )


def test_each_account_gets_a_ledger_of_its_own():
    remote = an_old_remote()
    done = upgrade(remote)
    assert done is not None
    assert set(remote.branches) == {"_project", *NAMES}
    assert remote.branches == remote.witnesses
    assert is_taken_over(everything(remote))
    facts = Runner(remote, accounts={"shop"}).ledger.read(ALL)
    assert [each.key for each in facts.unsettled] == [TIP, ES]
    assert facts.purses["shop"].spent == {"2026-11": Decimal("0.2"), "2026-12": Decimal("0.015")}
    assert facts.purses["shop"].reserved("2026-12") == Decimal("0.015")
    assert facts.purses["tienda"].reserved("2026-12") == Decimal("0.030")
    assert facts.origin is not None
    assert facts.origin.users == ORIGIN.users


def test_no_account_turns_young_and_life_goes_on():
    remote = an_old_remote()
    upgrade(remote)
    runner = Runner(remote, accounts={"shop"})
    assert runner.ledger.read(Need()).born == {"shop": BORN}
    runner.ledger.claim(Record(entries=(posted(TIP, attempt="tip"), attempting(NEXT))))
    assert Runner(remote).ledger.read(Need()).standings[NEXT].state is State.ATTEMPTING


def test_what_stood_there_stays_and_no_older_release_reads_past_its_end():
    remote = an_old_remote()
    upgrade(remote)
    assert remote.old is not None
    assert remote.old.branch == remote.old.witness
    closing = remote.commits[remote.old.branch or ""]
    closed = remote.commits[closing.parent or ""]
    assert closed.parent == "old-2"
    for commit in (closing, closed):
        *kept, last = commit.files["open.jsonl"].splitlines()
        assert kept == remote.commits["old-2"].files["open.jsonl"].splitlines()
        assert b"this runner is too old" in last
        with pytest.raises(ValueError, match="does not match any of the expected tags"):
            ENTRY.validate_json(last)


def test_a_dry_run_changes_nothing_and_tells_the_same():
    remote = an_old_remote()
    before = remote.old
    told = upgrade(remote, dry_run=True)
    assert told is not None
    assert (remote.old, remote.branches, len(remote.commits)) == (before, {}, 2)
    assert told == upgrade(remote)


def test_once_it_is_done_there_is_nothing_to_do():
    remote = an_old_remote()
    upgrade(remote)
    before = dict(remote.branches)
    assert upgrade(remote) is None
    assert upgrade(Remote()) is None
    assert remote.branches == before


PUSHES = 3
"""Closing the old ledger, the accounts, the project."""


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("step", range(PUSHES))
def test_killed_at_any_push_it_goes_on(step, applied):
    remote = killed_in_an_upgrade(step, applied=applied)
    if "_project" not in remote.branches:
        assert_nothing_is_used(Runner(remote).ledger, match="runner-ledger")
        assert upgrade(remote, dry_run=True) is not None
        upgrade(remote)
    assert files_of(remote) == files_of(an_upgraded_remote())
    assert remote.old is not None
    assert remote.old.branch == remote.old.witness


def test_there_is_no_other_push():
    remote = an_old_remote()
    assert upgrade(remote, dying_refs(remote, PUSHES, applied=False)) is not None


def killed_in_an_upgrade(step: int, *, applied: bool) -> Remote:
    """An old remote whose upgrade died at a push: before it, or once it was `applied`."""
    remote = an_old_remote()
    with pytest.raises(GitFailed, match="killed"):
        upgrade(remote, dying_refs(remote, step, applied=applied))
    return remote


def dying_refs(remote: Remote, step: int, *, applied: bool) -> ModelRefs:
    refs, dies = ModelRefs(remote), [*[None] * step, fails("killed")]
    if applied:
        refs.after_push = dies
    else:
        refs.steps["push"] = dies
    return refs


def an_upgraded_remote() -> Remote:
    remote = an_old_remote()
    upgrade(remote)
    return remote


def files_of(remote: Remote) -> dict[str, object]:
    return {name: remote.commits[id].files for name, id in remote.branches.items()}


def assert_nothing_is_used(ledger: Ledger, *, match: str) -> None:
    """Whoever reads or writes a ledger that is taken over half-way is stopped."""
    for use in (lambda: ledger.read(Need()), lambda: ledger.record(WAS)):
        with pytest.raises(LedgerUnusable, match=match):
            use()


def test_few_refs_go_in_a_push():
    keys = [replace(KEY, account=f"brand-{number:02}") for number in range(23)]
    many = replace(WAS, entries=tuple(attempting(key, attempt=key.account) for key in keys))
    remote = an_old_remote(many)
    refs = ModelRefs(remote)
    upgrade(remote, refs)
    assert refs.calls.count("push") == 1 + 6 + 1
    assert len(remote.branches) == 23 + 3 + 1


def test_two_that_upgrade_at_once_make_one_ledger():
    remote = an_old_remote()
    first, second = ModelRefs(remote), ModelRefs(remote)
    first.steps["push"] = [None, lambda: upgrade(remote, second) and None]
    with pytest.raises(GitFailed):
        upgrade(remote, first)
    assert is_taken_over(everything(remote))
    assert upgrade(remote) is None


def test_what_an_older_runner_records_before_the_end_is_taken_over():
    remote = an_old_remote()
    files = old_files_of(replace(WAS, holds=(A_HOLD,)))
    refs = ModelRefs(remote)

    def somebody_is_faster() -> None:
        remote.commits["old-3"] = Commit("old-2", files, remote.commits["old-2"].message)
        remote.old = OldHeads(name="runner-ledger", branch="old-3", witness="old-3")

    refs.steps["push"] = [somebody_is_faster]
    with pytest.raises(GitFailed):
        upgrade(remote, refs)
    upgrade(remote)
    assert Runner(remote).ledger.read(Need()).holds == (A_HOLD,)


A_HOLD = Hold(at=BORN, run="r", level="project", held=True, by="anna", because="news")


def test_an_upgrade_is_not_done_twice_over_what_was_deleted_since():
    """Else all that went out since would be forgotten, and go out again."""
    remote = an_old_remote()
    upgrade(remote)
    remote.branches.clear()
    remote.witnesses.clear()
    with pytest.raises(LedgerUnusable, match="was taken over, and the ledgers below") as caught:
        upgrade(remote)
    assert "looks on X" in (caught.value.help or "")
    with pytest.raises(LedgerUnusable):
        Runner(remote).ledger.read(Need())


def test_an_old_ledger_that_was_cut_back_is_not_taken_over():
    remote = an_old_remote()
    remote.old = OldHeads(name="runner-ledger", branch="old-1", witness="old-2")
    with pytest.raises(LedgerUnusable, match="cut back: runner-ledger is not where"):
        upgrade(remote)


def test_an_old_ledger_without_its_witness_gets_it_back_only_by_who_knows_it():
    remote = an_old_remote()
    remote.old = OldHeads(name="runner-ledger", branch="old-2", witness=None)
    with pytest.raises(LedgerUnusable, match="its witness refs/runner/head is not") as caught:
        upgrade(remote)
    assert "fetch origin refs/heads/runner-ledger &&" in (caught.value.help or "")


@pytest.mark.parametrize(
    ("there", "folder"), [("branches", "heads/runner-ledgers"), ("witnesses", "runner/heads")]
)
def test_half_of_a_new_ledger_that_somebody_made_is_named_and_can_be_made_anew(there, folder):
    """Each push of it failed, and it said that it would go on."""
    remote = an_old_remote()
    remote.commits["by hand"] = Commit(None, {"born.jsonl": b"{}\n"}, "By hand\n")
    getattr(remote, there)["shop"] = "by hand"
    with pytest.raises(LedgerUnusable, match="not at the same commit") as caught:
        upgrade(remote)
    assert f"git push origin --delete refs/{folder}/shop, then" in caught.value.help
    del getattr(remote, there)["shop"]
    upgrade(remote)
    assert is_taken_over(everything(remote))


@pytest.mark.parametrize("line", ["shop never", "../../x 2026-12-01T00:00:00+00:00"])
def test_a_commit_of_the_old_one_that_cannot_be_read_is_told_as_that(line):
    remote = an_old_remote()
    remote.commits["old-2"] = replace(
        remote.commits["old-2"], message=f"By hand\n\nAccounted: {line}\n"
    )
    with pytest.raises(LedgerUnusable, match="the ledger's last commit says `Accounted: "):
        upgrade(remote)


def test_a_branch_in_the_way_is_named_with_what_to_write_instead():
    with pytest.raises(LedgerUnusable, match="git keeps no") as caught:
        upgrade(an_old_remote(name=BRANCH))
    assert f"`branch: {BRANCH}s`" in (caught.value.help or "")


def test_it_is_named_when_all_was_taken_over_too():
    remote = an_old_remote()
    upgrade(remote)
    remote.branches.clear()
    assert remote.old is not None
    remote.old = replace(remote.old, name=BRANCH)
    with pytest.raises(LedgerUnusable, match="git keeps no"):
        upgrade(remote)


def test_lines_that_cannot_be_read_stop_it_before_anything_is_changed():
    remote = an_old_remote()
    remote.commits["old-2"].files["campaigns/slim/once.jsonl"] += b"{}\n"
    with pytest.raises(LedgerUnusable, match=r"runner-ledger:campaigns/slim/once.jsonl, line"):
        upgrade(remote)
    assert remote.old == OldHeads(name="runner-ledger", branch="old-2", witness="old-2")


# --- A folder


def an_old_folder(path: Path) -> Path:
    folder = Folder(path)
    for name, data in old_files_of(WAS).items():
        folder.replace(name, data)
    folder.replace("version", b"6")
    folder.replace(
        "accounted.json", b'{"shop":"2026-12-01T08:05:00Z","tienda":"2026-12-01T08:01:00Z"}'
    )
    return path


class Dying(Folder):
    """Works for so many writes."""

    left = 0

    def replace(self, name: str, data: bytes) -> None:
        Dying.left -= 1
        if Dying.left < 0:
            raise OSError("killed")
        super().replace(name, data)


@pytest.mark.thorough
def test_a_folder_is_taken_over_wherever_it_is_killed(tmp_path):
    path, number = an_old_folder(tmp_path / "0"), 0
    while dies_in_an_upgrade(path, after=number):
        assert_nothing_is_used(FilesLedger(path), match="as older releases kept it")
        upgrade_folder(path)
        assert is_taken_over(FilesLedger(path).everything()), number
        number += 1
        path = an_old_folder(tmp_path / str(number))
    assert number > 10
    assert upgrade_folder(path) is None
    assert FilesLedger(path).read(Need()).born == dict.fromkeys(NAMES, BORN)
    assert b"this runner is too old" in (path / "open.jsonl").read_bytes()


def dies_in_an_upgrade(path: Path, *, after: int) -> bool:
    """Whether an upgrade is killed that may write so many files."""
    Dying.left = after
    try:
        upgrade_folder(path, folder=Dying(path))
    except OSError:
        return True
    return False


def test_a_dry_run_leaves_a_folder_as_it_is(tmp_path):
    path = an_old_folder(tmp_path)
    before = {each: each.read_bytes() for each in path.rglob("*.json*")}
    assert upgrade_folder(path, dry_run=True) is not None
    assert {each: each.read_bytes() for each in path.rglob("*.json*")} == before


def test_a_folder_is_not_taken_over_twice_over_what_was_deleted_since(tmp_path):
    path = an_old_folder(tmp_path)
    upgrade_folder(path)
    FilesLedger(path).record(Record(entries=(posted(TIP, attempt="tip"),)))
    for each in (path / "ledgers/_project").iterdir():
        each.unlink()
    for use in (lambda: upgrade_folder(path), lambda: FilesLedger(path).read(Need())):
        with pytest.raises(LedgerUnusable, match="was cut back"):
            use()


def test_what_a_crash_of_an_older_runner_left_half_written_is_taken_over(tmp_path):
    path = an_old_folder(tmp_path)
    entry = posted(TIP, attempt="tip").model_dump_json(exclude_none=True)
    Folder(path).replace(
        "writing.json", f'{{"number":7,"record":{{"entries":[{entry}]}}}}'.encode()
    )
    upgrade_folder(path)
    assert FilesLedger(path).read(ALL).standings[TIP].state is State.POSTED
