"""What holds of every ledger, of a folder and of a model of a remote."""

from collections.abc import Callable

import pytest

from runner.stores.files import FilesLedger
from tests.unit.stores.folders import MemoryFolder
from tests.unit.stores.ledger_contract import *  # noqa: F403
from tests.unit.stores.ledger_contract import Kept
from tests.unit.stores.remotes import OURS, Remote, Runner


def in_folder() -> Kept:
    folder = MemoryFolder()
    start = "ledgers/"

    def write(name: str, data: bytes) -> None:
        folder.files[f"{start}{name}"] = data

    def project() -> Callable[[], None]:
        before = {n: data for n, data in folder.files.items() if n.startswith(f"{start}_project/")}

        def back() -> None:
            for name in [name for name in folder.files if name.startswith(f"{start}_project/")]:
                del folder.files[name]
            folder.files.update(before)

        return back

    return Kept(
        lambda accounts=None: FilesLedger(folder.path, folder=folder, accounts=accounts),
        lambda: {
            name.removeprefix(start): data
            for name, data in folder.files.items()
            if name.startswith(start)
        },
        write,
        project,
        None,
    )


def on_branch() -> Kept:
    remote = Remote()

    def write(name: str, data: bytes) -> None:
        account, _, path = name.partition("/")
        remote.commits[remote.branches[account]].files[path] = data

    def project() -> Callable[[], None]:
        at = remote.branches["_project"]

        def back() -> None:
            remote.branches["_project"] = remote.witnesses["_project"] = at

        return back

    return Kept(
        lambda accounts=None: Runner(remote, accounts=accounts).ledger,
        remote.files,
        write,
        project,
        OURS,
    )


@pytest.fixture(params=[in_folder, on_branch])
def another(request) -> Kept:
    return request.param()
