"""What a run leaves: what is still due and why it did not go out, or what comes next."""

from runner.plan import Plan
from runner.publish import Outcome
from runner.publish.run import NEAR
from runner.views.terminal.plan import next_of


def rest_of(outcome: Outcome, plan: Plan) -> str:
    """In one line. `plan` is what the run left."""
    stopped = {each.account: each.because for each in outcome.refusals}
    stopped |= {each.key.account: each.because for each in outcome.results if each.stops}
    for account, because in stopped.items():
        plan = plan.without({account}, because)
    return next_of(plan, ahead=NEAR)
