"""The real stores over the models of what lies below them."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Protocol

from runner.ledger import Need, Origin, Record
from runner.local_x.accounts import user_id
from runner.problems import LedgerUnusable
from runner.publish.ports import Ledger
from runner.stores.files import FilesLedger
from runner.stores.git import GitLedger
from runner.stores.old_layout import is_old_layout
from runner.stores.refs import BRANCH, Refs
from runner.stores.upgrade import GitUpgrade, upgrade_folder
from tests.simulation.drafts import Draft
from tests.simulation.keeping import RefsOf, TamperedRemote
from tests.simulation.process import Process
from tests.simulation.scheduler import Scheduler
from tests.simulation.shared_folder import Kept
from tests.simulation.world import BEGINS, Cut, World
from tests.unit.stores.folders import MemoryFolder
from tests.unit.stores.old_ledgers import old_files_of, old_message_of

Accounts = frozenset[str] | None
PATH = Path("/ledger")


class Vault(Protocol):
    """Where a world's ledger is, and the versions of its files."""

    drafts: list[Draft]
    repository: str | None
    forgot: bool
    """All of it was deleted, or what came last."""

    @property
    def busy(self) -> bool:
        """Somebody is in the middle of writing it."""
        ...

    @property
    def damaged(self) -> bool:
        """Somebody cut it, in a way that can be seen."""
        ...

    def ledger_of(
        self, process: Process, version: int | None = None, accounts: Accounts = None
    ) -> Ledger:
        """The store as one process opens it, with the files of a version, for some accounts or for
        all."""
        ...

    def outside(self) -> Ledger:
        """For a reader whom nothing befalls."""
        ...

    def begin(self, record: Record) -> None:
        """What was recorded before the world began."""
        ...

    def state(self) -> object:
        """Another one when anything was written."""
        ...

    def kept(self) -> object:
        """All files and messages."""
        ...

    def cut(self, how: Cut) -> None: ...

    def mend(self) -> None: ...

    def back(self, writes: int) -> None:
        """All of it is as it was so many writes ago."""
        ...

    def grow_old(self) -> None:
        """All of it is, and always was, as an older release keeps it."""
        ...

    def upgrade(self, process: Process) -> None:
        """What an older release has kept is taken over."""
        ...


class FilesVault:
    """A folder on one machine. Nothing says what of it is gone, so only all of it is cut."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.repository = None
        self.forgot = False
        self._kept = Kept()

    @property
    def damaged(self) -> bool:
        """Somebody deleted it while a run was writing, which has left a part of it."""
        if is_old_layout(self._folder) and not FilesLedger(PATH, folder=self._folder).is_begun():
            return True
        if not self.forgot:
            return False
        try:
            return bool(self.outside().read(Need()).damaged)
        except LedgerUnusable:
            return True

    @property
    def busy(self) -> bool:
        return self._kept.holder is not None and not self._kept.holder.dead

    def ledger_of(
        self, process: Process, version: int | None = None, accounts: Accounts = None
    ) -> Ledger:
        folder = self._kept.folder_of(process)
        return FilesLedger(PATH, folder=folder, accounts=accounts)

    def outside(self) -> Ledger:
        return FilesLedger(PATH, folder=MemoryFolder(dict(self._kept.files)))

    def begin(self, record: Record) -> None:
        FilesLedger(PATH, folder=self._folder).record(record)

    @property
    def _folder(self) -> MemoryFolder:
        return MemoryFolder(self._kept.files)

    def grow_old(self) -> None:
        record = self.outside().everything()
        accounted = {name: at.isoformat() for name, at in record.accounted.items()}
        self._kept.files.clear()
        self._kept.files.update(old_files_of(record))
        self._kept.files["accounted.json"] = json.dumps(accounted).encode()

    def upgrade(self, process: Process) -> None:
        upgrade_folder(PATH, folder=self._kept.folder_of(process))

    def state(self) -> object:
        return tuple(self._kept.files.items())

    def kept(self) -> object:
        return sorted(self._kept.files.items())

    def cut(self, how: Cut) -> None:
        self.forgot = True
        self._kept.files.clear()

    def mend(self) -> None:
        """There is nothing left to mend it with."""

    def back(self, writes: int) -> None:
        self.forgot = True
        self._kept.back(writes)


class GitVault:
    """Branches of a remote repository, with their witnesses."""

    def __init__(
        self, failing: Callable[[], float], chance: Random, tampered: Callable[[Refs], Refs]
    ) -> None:
        self._remote = TamperedRemote()
        self._tampered = tampered
        self._failing, self._chance = failing, chance
        self.drafts = self._remote.drafts
        self.repository = REPOSITORY
        self.forgot = self.busy = False

    @property
    def damaged(self) -> bool:
        return self._remote.damaged

    def ledger_of(
        self, process: Process, version: int | None = None, accounts: Accounts = None
    ) -> Ledger:
        return GitLedger(
            self._tampered(self._refs_of(process)),
            clock=process,
            accounts=accounts,
            files=None if version is None else self._remote.declared_at(str(version)),
            repository=REPOSITORY,
            deadline=process.deadline,
            jitter=process.chance.random,
        )

    def _refs_of(self, process: Process) -> RefsOf:
        return RefsOf(
            remote=self._remote, process=process, failing=self._failing, chance=self._chance
        )

    def outside(self) -> Ledger:
        observer = Observer()
        refs = RefsOf(remote=self._remote, process=observer, failing=lambda: 0, chance=Random(0))
        return GitLedger(refs, clock=observer, repository=REPOSITORY)

    def begin(self, record: Record) -> None:
        self.outside().record(record)

    def state(self) -> object:
        remote = self._remote
        return tuple(remote.branches.items()), tuple(remote.witnesses.items()), remote.old

    def kept(self) -> object:
        return self._remote.kept()

    def cut(self, how: Cut) -> None:
        self.forgot |= how == "all"
        names = sorted(self._remote.branches)
        if names:
            self._remote.cut(how, self._chance.choice(names))

    def mend(self) -> None:
        """Somebody does what the runner's error says."""
        self._remote.mend()

    def back(self, writes: int) -> None:
        self.forgot = True
        self._remote.back(writes)

    def grow_old(self) -> None:
        record = self.outside().everything()
        self._remote.grow_old(old_files_of(record), old_message_of(record))

    def upgrade(self, process: Process) -> None:
        GitUpgrade(self._refs_of(process), branch=BRANCH).upgrade()


REPOSITORY = "github.com/acme/campaigns"


class Observer(Process):
    """Reads from outside of the world: no time passes, nothing befalls it."""

    def __init__(self) -> None:
        super().__init__("observer", Scheduler(BEGINS), Random(0))

    def _step(self, label: str, seconds: float) -> None:
        pass

    def breathe(self, seconds: float = 0) -> None:
        pass

    def sleep(self, seconds: float) -> None:
        pass


def vault_of(
    world: World,
    failing: Callable[[], float],
    chance: Random,
    *,
    root: Path | None = None,
    refs: Callable[[Refs], Refs],
) -> Vault:
    """`failing`: the share of pushes that fail now. With a `root` git is real."""
    from tests.simulation.real_git import RealGitVault

    vault: Vault = GitVault(failing, chance, refs) if world.store == "git" else FilesVault()
    if root:
        vault = RealGitVault(root, failing, chance)
    vault.drafts.append(world.draft)
    if world.old:
        users = {"shop": user_id("acme_lv"), "tienda": user_id("acme_es")}
        weeks_ago = BEGINS - timedelta(days=14)
        origin = Origin(at=weeks_ago, run="older", repository=vault.repository, users=users)
        vault.begin(Record(origin=origin, born=dict.fromkeys(users, weeks_ago)))
    return vault
