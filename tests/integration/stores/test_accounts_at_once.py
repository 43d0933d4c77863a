"""Accounts whose posts fall due at one instant, on one git ledger: each as if it were alone.

With a network's delays, and fifty of them, `scripts/bench_accounts.py` measures it.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.context import CommandContext
from runner.local_x.server import Sandbox
from scripts.bench_accounts import Team
from tests.acceptance.conftest import TestClock

HANDLES = {"shop": "acme_lv", "tienda": "acme_es"}
FIRST = datetime.fromisoformat("2027-03-01T10:00+00:00")
HOUR = timedelta(hours=1)
OVERLAP = 0.3
"""Seconds that a push takes, so that the other account's falls into it."""


def test_two_accounts_at_once_push_and_fetch_as_often_as_one_alone_and_no_push_is_lost(tmp_path):
    with Sandbox.start(HANDLES, clock=lambda: FIRST, rate_limits=False) as sandbox:
        team, clock = Team(tmp_path, sandbox, HANDLES), TestClock(FIRST, sandbox)
        team.plan("begin", FIRST)
        team.plan("alone", FIRST + HOUR, ("shop",))
        team.plan("together", FIRST + 2 * HOUR)

        def posted(name: str, *accounts: str) -> dict[str, int]:
            called = "-".join((name, *accounts))
            environ = team.environ(called, push=OVERLAP)
            out = io.StringIO()
            context = CommandContext(
                root=team.work, clock=clock, environ=environ, out=out, talk=out
            )
            assert post(context, PostOptions(accounts=accounts)) == 0, out.getvalue()
            return dict(team.calls(called))

        posted("begin", *HANDLES)
        clock.set(FIRST + HOUR)
        alone = posted("alone", "shop")
        clock.set(FIRST + 2 * HOUR)
        with ThreadPoolExecutor(2) as pool:
            both = list(pool.map(posted, ["together"] * 2, HANDLES))
        assert both == [alone] * 2
        assert alone["push"] == 2
        texts = [[post.text for post in sandbox.timeline(each)] for each in HANDLES.values()]
        assert texts == [["together", "alone", "begin"], ["together", "begin"]]
