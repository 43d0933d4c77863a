"""A local X: the calls that Campaign Runner makes, answered on loopback as X answers them.

It owns what X does with a request, what it refuses and what its timelines show; it knows nothing of
campaigns, plans or the ledger. Accounts, a clock, a crowd and an audience come in; a `Sandbox` that
is running goes out. It needs the extra `sandbox`: nobody imports it before that is known to be
there.
"""

from runner.local_x.accounts import Accounts, LocalAccount, environment, user_id
from runner.local_x.audience import Audience, Effect
from runner.local_x.crowd import Act, brand_acts, crowd_acts
from runner.local_x.server import Sandbox, serve

__all__ = [
    "Accounts",
    "Act",
    "Audience",
    "Effect",
    "LocalAccount",
    "Sandbox",
    "brand_acts",
    "crowd_acts",
    "environment",
    "serve",
    "user_id",
]
