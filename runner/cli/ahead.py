"""Looking ahead and back: what the ledger knows of a stretch of time."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runner.cli.ledger import Readable
    from runner.ledger import Facts, Need
    from runner.plan import Desk, Plan
    from runner.schedule import Occurrence


def facts_ahead(
    desk: "Desk",
    ledger: "Readable",
    now: datetime,
    until: datetime,
    *,
    back: timedelta = timedelta(0),
    besides: "tuple[Occurrence, ...]" = (),
) -> "tuple[Facts, tuple[Occurrence, ...]]":
    """The facts of all that was missed since the last look, may still go out, or is to come; and
    of what was due or went out up to `back` ago, even where no file declares it any more; and of
    what there is `besides`."""
    from runner.ledger import tellable
    from runner.plan import need_of, with_journals, with_what_is_gone

    accounts, since = desk.project.accounts, now - back
    asked: list[tuple[Need, tuple[Occurrence, ...]]] = []

    def ask(glance: "Facts") -> "Need":
        glance = tellable(glance)
        ahead = desk.occurrences(now=now, until=until, accounted=glance.accounted)
        past = (each for table in desk.timetables for each in table.occurrences(since, now))
        need = need_of((*past, *besides, *ahead), glance, accounts=accounts, now=now)
        asked.append((with_journals(need, accounts=accounts, since=since, now=now), ahead))
        return asked[-1][0]

    facts = tellable(ledger.read(ask))
    need, ahead = asked[-1]
    whole = with_what_is_gone(need, facts, since=since)
    return facts if whole == need else tellable(ledger.read(whole)), ahead


def plan_now(desk: "Desk", ledger: "Readable", now: datetime) -> "Plan":
    """The plan of what is due now and soon, without a look at X."""
    from runner.apply.running import NEAR
    from runner.plan import as_post_would, plan

    facts, near = facts_ahead(desk, ledger, now, now + NEAR)
    planned = plan(desk, near, facts, now=now, texts="due")
    return as_post_would(planned, desk.project, facts)
