"""A contest that was announced some days ago, by the real clock, in a team's repository."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.contests import KEYS
from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox
from tests.acceptance.contests import CONTEST
from tests.unit.contest.building import KEY
from tests.workflows.acting import Machine

ID = "winter-lois"


@dataclass
class Past:
    """A clock that stands days ago."""

    sandbox: Sandbox
    at: datetime

    def set(self, at: datetime) -> None:
        self.at = at
        self.sandbox.set_clock(at)

    def now(self) -> datetime:
        return self.at

    def boot(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.set(self.at + timedelta(seconds=seconds))


def announced_contest(
    machine: Machine, sandbox: Sandbox, *, opens: datetime, closes: datetime
) -> CommandContext:
    """Two people have entered it right after it opened, and then its clock stands."""
    text = CONTEST.format(key=KEY.fingerprint, user=sandbox.account("shop").person.user_id)
    text = text.replace("2023-09-10 10:00", f"{opens:%Y-%m-%d %H:%M}")
    text = text.replace("2023-09-13 11:00", f"{closes:%Y-%m-%d %H:%M}")
    machine.hub.commit({f"campaigns/{ID}.yaml": text})
    clock = Past(sandbox, opens)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(machine.hub.folder), **machine.hub.git_config}
    environ |= {**sandbox.environment(), KEYS: KEY.secret.hex()}
    context = CommandContext(root=machine.hub.work, environ=environ, clock=clock)
    clock.set(opens + timedelta(minutes=1))
    assert post(context, PostOptions()) == 0
    for handle in ("anna", "karlis"):
        clock.sleep(60)
        sandbox.seed(handle, "@acme_lv #ZiemasLois")
    return context


def a_minute() -> datetime:
    """The one that has begun."""
    return datetime.now(UTC).replace(second=0, microsecond=0)
