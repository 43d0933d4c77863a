"""What holds of every ledger, of branches of a real repository."""

from collections.abc import Callable

import pytest

from runner.git.checkout import Checkout
from runner.stores.project_store import git_ledger
from tests.integration.stores.repositories import Repositories
from tests.unit.stores.ledger_contract import *  # noqa: F403
from tests.unit.stores.ledger_contract import Kept
from tests.unit.stores.remotes import Clock

pytestmark = pytest.mark.sampled(3)
BRANCHES, WITNESSES = "refs/heads/runner-ledgers", "refs/runner/heads"


@pytest.fixture
def another(repositories: Repositories) -> Kept:
    project = repositories.clone("work")

    def git(*words: str, stdin: str = "") -> str:
        return repositories.git(*words, at=repositories.remote, stdin=stdin)

    def moved(account: str, commit: str) -> None:
        for folder in (BRANCHES, WITNESSES):
            git("update-ref", f"{folder}/{account}", commit)

    def files() -> dict[str, bytes]:
        found = {}
        for branch in git("for-each-ref", "--format=%(refname)", BRANCHES).splitlines():
            account = branch.rpartition("/")[2]
            for path in git("ls-tree", "-r", "--name-only", branch).splitlines():
                text = git("show", f"{branch}:{path}")
                found[f"{account}/{path}"] = f"{text}\n".encode() if text else b""
        return found

    def write(name: str, data: bytes) -> None:
        account, _, path = name.partition("/")
        branch = f"{BRANCHES}/{account}"
        said, text = git("log", "-1", "--format=%B", branch) + "\n", data.decode()
        stream = (
            f"commit refs/made\ncommitter anna <anna@example.com> now\ndata {len(said)}\n{said}\n"
            f"from {branch}^0\nM 100644 inline {path}\ndata {len(text)}\n{text}\n"
        )
        git("fast-import", "--quiet", "--date-format=now", stdin=stream)
        moved(account, git("rev-parse", "refs/made"))
        git("update-ref", "-d", "refs/made")

    def project_at() -> Callable[[], None]:
        commit = git("rev-parse", f"{BRANCHES}/_project")
        return lambda: moved("_project", commit)

    return Kept(
        lambda accounts=None: git_ledger(
            project, repositories.environ, clock=Clock(), accounts=accounts
        ),
        files,
        write,
        project_at,
        Checkout(project, repositories.environ).repository,
    )
