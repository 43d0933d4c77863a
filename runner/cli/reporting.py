"""What a report is made of: the ledger, the files, and what was measured."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from runner.cli.context import CommandContext
from runner.cli.inboxes import answered_within, conversations_of
from runner.cli.measurements import all_imported, measurements_of
from runner.cli.planning import facts_ahead
from runner.cli.reading_tallies import spent_on_contests
from runner.cli.report_part import ReportPart
from runner.cli.rivals import seen_rivals
from runner.cli.stores import ledger_of
from runner.inbox import Conversations, HeardMention, MentionState
from runner.ledger import Facts, Standing
from runner.measure import Imported
from runner.models import Project
from runner.plan import PlanInputs
from runner.report import (
    AccountNumbers,
    AnswerTimes,
    ExportedDays,
    Followers,
    HeardInPeriod,
    Period,
    PromotionBound,
    ReportMaterial,
    RivalMaterial,
    SentPosts,
)
from runner.rivals import RivalLooks
from runner.value import Value

_ZONES = timedelta(days=1)
"""So much earlier than in UTC a day begins somewhere, at the most."""


class _Measured(Value, kw_only=True):
    """What a report takes of all that was measured of an account: the rest goes, since there may be
    very much of it."""

    numbers: AccountNumbers
    spent: Decimal
    """USD, in the period."""
    followers: Mapping[date, int]
    """By day."""
    is_begun: bool


class ReportSources(Value, kw_only=True):
    """A project, and where what is known of it stands. `campaigns` are those that are looked at;
    without any, all are, and what the runner did not make."""

    context: CommandContext
    inputs: PlanInputs
    campaigns: Collection[str] = ()

    def material(self, period: Period) -> ReportMaterial:
        """All that a report of this period tells of. Raises LedgerUnusable where the ledger, or
        what was measured, can't be read."""
        project, days = self.inputs.project, (period.since, period.until)
        part = ReportPart(inputs=self.inputs, campaigns=self.campaigns)
        accounts = tuple(each for each in project.accounts if each in self.inputs.accounts)
        imported = all_imported(self.context, project)
        counted = {each: self._measured_account(each, imported, period) for each in accounts}
        facts = self._facts(period)
        standings = [each for each in facts.standings.values() if self._is_asked_for(each)]
        sent = SentPosts(
            project=project,
            campaigns={each.id: each.campaign for each in self.inputs.dated},
            numbers={each: found.numbers for each, found in counted.items()},
        )
        looks = seen_rivals(self.context, project)
        talks = {each: self._conversations(each) for each in accounts if project.inbox}
        heard = {each: self._mentions_in(each, talk, period) for each, talk in talks.items()}
        spent = list(self._spent_on_contests(period))
        if not self.campaigns:  # what else is read is of an account, and of no campaign
            spent += [each.spent for each in counted.values()]
            spent += [talk.inbox.spent(*days) for talk in talks.values()]
            spent.append(looks.spent(*days, but=part.rivals_of_others))
        return ReportMaterial(
            period=period,
            accounts=accounts,
            posts=sent.of(standings, period, others=not self.campaigns),
            missed=sent.missed(standings, period),
            bound=_bound(project),
            goals=part.goals,
            orders=part.orders(imported, period),
            answers=self._answers(heard),
            heard=tuple(_heard_in(heard)),
            answering=self._answering(facts, period),
            reading=sum(spent, Decimal(0)),
            followers=tuple(_followers(counted, period)),
            exported=None if self.campaigns else _exported(project, imported, period),
            rivals=() if self.campaigns else tuple(_rivals(project, counted, looks)),
            notices=(*self._notices(facts, counted), *part.orders_of_several(imported, period)),
        )

    def _spent_on_contests(self, period: Period) -> Iterator[Decimal]:
        by_contest = spent_on_contests(self.context, self.inputs, period.since, period.until)
        for contest, usd in by_contest.items():
            if not self.campaigns or contest in self.campaigns:
                yield usd

    def _measured_account(self, account: str, imported: Imported, period: Period) -> _Measured:
        found = measurements_of(self.context, self.inputs.project, account)
        return _Measured(
            numbers=AccountNumbers(found, imported.posts),
            spent=found.spent(period.since, period.until),
            followers=found.followers,
            is_begun=found.last is not None,
        )

    def _conversations(self, account: str) -> Conversations:
        """What others said to this account, and its answers. Raises LedgerUnusable."""
        return conversations_of(self.context, self.inputs.project, account)

    def _mentions_in(
        self, account: str, talk: Conversations, period: Period
    ) -> Sequence[HeardMention]:
        """What others have said to an account in the period."""
        zone = self.inputs.project.zone_of(account)
        return [each for each in talk.heard if period.holds(each.at.astimezone(zone))]

    def _answering(self, facts: Facts, period: Period) -> Decimal:
        """USD that went into answers; nothing where one looks at campaigns, of which they are
        none."""
        project, sent = self.inputs.project, facts.journal if not self.campaigns else ()
        return sum(
            (
                each.cost
                for each in sent
                if each.key.is_answer
                and each.key.account in self.inputs.accounts
                and period.holds(each.at.astimezone(project.zone_of(each.key.account)))
            ),
            Decimal(0),
        )

    def _answers(self, heard: Mapping[str, Sequence[HeardMention]]) -> AnswerTimes | None:
        """Where there is an inbox, and `goals.answered-within` is about it."""
        within, now = answered_within(self.inputs.project), self.context.clock.now()
        if within is None or not heard:
            return None
        judged = [each.is_in_time(within, now) for said in heard.values() for each in said]
        return AnswerTimes(in_time=judged.count(True), late=judged.count(False))

    def _facts(self, period: Period) -> Facts:
        now = self.context.clock.now()
        begins = datetime.combine(period.since, time(), UTC) - _ZONES
        ledger = ledger_of(self.context, self.inputs.project)
        facts, _ = facts_ahead(self.inputs, ledger, now, now, back=max(now - begins, _ZONES))
        return facts

    def _is_asked_for(self, standing: Standing) -> bool:
        """Whether the report is about it; answers are no posts, and are counted by themselves."""
        key = standing.key
        is_asked = not self.campaigns or key.campaign in self.campaigns
        return is_asked and not key.is_answer and key.account in self.inputs.accounts

    def _notices(self, facts: Facts, counted: dict[str, _Measured]) -> Iterator[str]:
        yield from facts.notices
        for name in facts.damaged:
            yield f"the ledger of {name} can't be read, so that its posts are not in here"
        for name, found in counted.items():
            if not found.is_begun:
                yield f"nothing of {name} was measured yet: `runner measure`, or listen.yml"


def _bound(project: Project) -> PromotionBound:
    share = project.rules.promotional_share
    return PromotionBound(at_most=share.at_most, of_last=share.of_last)


def _heard_in(heard: Mapping[str, Sequence[HeardMention]]) -> Iterator[HeardInPeriod]:
    for account, said in heard.items():
        states = Counter(each.state for each in said)
        if states:
            yield HeardInPeriod(
                account=account,
                answered=states[MentionState.ANSWERED],
                skipped=Conversations.skipped(said),
                open=states[MentionState.OPEN],
                deleted=states[MentionState.GONE],
            )


def _exported(project: Project, imported: Imported, period: Period) -> ExportedDays | None:
    """None where no days of the period were imported, or they may be of any of several accounts."""
    told = [each for day, each in imported.days.items() if period.since <= day <= period.until]
    if not told or len(project.accounts) > 1:
        return None
    return ExportedDays(
        follows=sum(each.follows or 0 for each in told),
        unfollows=sum(each.unfollows or 0 for each in told),
        profile_visits=sum(each.profile_clicks or 0 for each in told),
    )


def _followers(counted: dict[str, _Measured], period: Period) -> Iterator[Followers]:
    for account, found in counted.items():
        days = sorted(day for day in found.followers if period.since <= day <= period.until)
        if days:
            first, last = ((day, found.followers[day]) for day in (days[0], days[-1]))
            yield Followers(account=account, first=first, last=last)


def _rivals(
    project: Project, counted: dict[str, _Measured], looks: RivalLooks
) -> Iterator[RivalMaterial]:
    """The rivals that are held against one of these accounts."""
    for account, found in counted.items():
        for rival in project.rivals_of(account):
            yield RivalMaterial(
                rival=rival,
                account=account,
                looks=looks.of(rival.handle),
                followers=found.followers,
            )
