"""A team's repository on a GitHub of this machine, with the workflows as they stand here."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runner.local_x.server import Sandbox
from tests.workflows.acting import BIN, ROOT, Machine
from tests.workflows.hub import Hub, listening

PROJECT = """\
timezone: Africa/Abidjan
accounts:
  shop: {handle: acme_lv, locale: en}
ledger: {store: git}
"""


def campaign(text: str, *, due: timedelta) -> str:
    """A campaign with one post, due a while from now: the workflows run by the real clock."""
    at = (datetime.now(UTC) + due).strftime("%Y-%m-%d %H:%M")
    post = f'hello: {{at: {at}, text: "{text}"}}'
    return f"kind: series\naccount: shop\nposts: {{{post}}}\n"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    if not (BIN / "act").exists():
        pytest.skip("act is not installed: `make setup` brings it")
    made = Hub(tmp_path)
    made.create()
    shutil.copytree(ROOT / ".github/workflows", made.work / ".github/workflows")
    shutil.copy(ROOT / "action.yml", made.work)
    shutil.copytree(ROOT / "bin", made.work / "bin")
    made.commit({"runner.yaml": PROJECT, "campaigns/hello.yaml": campaign("Hi", due=timedelta(3))})
    with listening(made):
        yield made


def secrets(sandbox: Sandbox, account: str) -> dict[str, str]:
    """What the environment of an account holds: under the same names for each."""
    prefix = f"X_{account.upper()}_"
    found = sandbox.credentials(account).items()
    return {f"X_{name.removeprefix(prefix)}": value for name, value in found}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    accounts = {"shop": "acme_lv", "tienda": "acme_es"}
    with Sandbox.start(accounts, clock=lambda: datetime.now(UTC)) as started:
        yield started


@pytest.fixture
def machine(hub: Hub, sandbox: Sandbox) -> Machine:
    return Machine(hub, environ={"X_API_URL": sandbox.url}, secrets=secrets(sandbox, "shop"))
