"""What a ledger is and holds, in a terminal."""

from collections.abc import Iterator

from runner.ledger import Facts, Origin, Record, standings_of
from runner.models.project import Project
from runner.views.holds import hold_as_text
from runner.views.phrases import count, moment
from runner.views.safe_text import unhidden


def ledger_as_text(project: Project, facts: Facts, record: Record) -> str:
    """`record` is all of it."""
    settings = project.ledger
    kind = "below the branch" if settings.on_branches else "in the folder"
    where = f"{kind} {settings.place}"
    if facts.origin is None or record.origin is None:
        return f"There is no ledger {where} yet: the first run that posts begins one."
    since = moment(record.origin.at.astimezone(project.timezone))
    lines = [f"The ledger {where}, {origin_as_text(facts.origin)}, since {since}."]
    lines += _accounts(project, facts)
    standings = standings_of(record.entries).values()
    out = sum(bool(standing.posted) for standing in standings)
    lines.append(
        f"{count(len(record.entries), 'entry', 'entries')} about"
        f" {count(len(standings), 'post')}; {out} out, {len(facts.unsettled)} unsettled."
    )
    lines += [f"Notice: {notice}" for notice in facts.notices]
    lines += [f"Notice: {hold_as_text(hold)}" for hold in facts.holds]
    return "\n".join(lines)


def origin_as_text(origin: Origin) -> str:
    """`of github.com/acme/posts, adopted by Anna`."""
    whose = f"of {origin.repository}" if origin.repository else "of this machine"
    return unhidden(f"{whose}, adopted by {origin.by}" if origin.by else whose)


def _accounts(project: Project, facts: Facts) -> Iterator[str]:
    users = facts.origin.users if facts.origin else {}
    for account in sorted({*users, *facts.accounted}):
        zone = project.zone_of(account) if account in project.accounts else project.timezone
        said = [f"X's user {users[account]}"] if account in users else []
        if account in facts.accounted:
            said.append(f"accounted for up to {moment(facts.accounted[account].astimezone(zone))}")
        yield f"  {account}: {', '.join(said)}"
