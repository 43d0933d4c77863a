"""What was heard of the accounts of a project, as the commands need it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache, partial

from runner.cli.context import CommandContext
from runner.cli.stores import kept_files
from runner.compile import DatedCampaign
from runner.inbox import (
    AccountInbox,
    Conversations,
    EnteredByMention,
    Label,
    LabelWords,
    Siblings,
    account_inbox,
)
from runner.measure.measuring import SentPart
from runner.models import InboxSettings, Project
from runner.plan import PlanInputs
from runner.problems import LedgerUnusable
from runner.reading import BadReadings, KeptFiles
from runner.stores import KeptBranch
from runner.text import Phrase

FilesOf = Callable[[str], KeptFiles]
"""What is kept of what was said to an account."""


def inbox_files(context: CommandContext, project: Project, account: str) -> KeptFiles:
    """Where the mentions of an account are kept: beside the ledger. Raises LedgerUnusable."""
    return kept_files(context, project, KeptBranch.INBOX, account)


def inbox_of(context: CommandContext, project: Project, account: str) -> AccountInbox:
    """All that was heard of an account. Raises LedgerUnusable."""
    return _inbox_in(partial(inbox_files, context, project), account)


def conversations_of(context: CommandContext, project: Project, account: str) -> Conversations:
    """What was said to an account, as conversations, with where each stands. Raises
    LedgerUnusable."""
    return conversations_in(partial(inbox_files, context, project), project, account)


def conversations_in(files: FilesOf, project: Project, account: str) -> Conversations:
    """The conversations of an account, by what these files say."""
    return siblings_in(files, project, account).conversations_in(_inbox_in(files, account))


def _inbox_in(files: FilesOf, account: str) -> AccountInbox:
    try:
        return account_inbox(files(account).read())
    except BadReadings as bad:
        raise unreadable_inbox(account, bad) from None


def siblings_in(files: FilesOf, project: Project, account: str) -> Siblings:
    """The other accounts: they come in the order of runner.yaml, and who answers for others last.
    The inbox of one is read once, where it is needed; that raises LedgerUnusable."""
    helper = project.inbox.answers_from if project.inbox else None
    order = sorted(project.accounts, key=lambda name: name == helper)

    @cache
    def inbox_of(name: str) -> AccountInbox:
        return _inbox_in(files, name) if name in project.accounts else AccountInbox()

    return Siblings(
        helper=helper if helper != account else None,
        before=frozenset(order[: order.index(account)]),
        inbox_of=inbox_of,
    )


def answered_within(project: Project) -> timedelta | None:
    """How long a mention waits at the most, where that is a goal."""
    return project.goals.answered_within if project.goals else None


def label_words(settings: InboxSettings) -> LabelWords:
    """The words that label mentions, of all languages: nobody says in which one a mention is."""
    declared = {
        Label.COMPLAINT: settings.complaint,
        Label.QUESTION: settings.question,
        Label.PRAISE: settings.praise,
    }
    return LabelWords(
        more={
            label: tuple(word for listed in words.values() for word in listed)
            for label, words in declared.items()
        },
        do_not_feed=settings.do_not_feed,
    )


def contests_entered(
    inputs: PlanInputs, account: str, sent: Mapping[str, SentPart]
) -> tuple[EnteredByMention, ...]:
    """The contests that people may enter by a mention of this account, which has sent so much."""
    own = (each for each in inputs.dated if account in each.campaign.accounts)
    return tuple(filter(None, (_entered_by_mention(each, sent) for each in own)))


def _entered_by_mention(
    dated: DatedCampaign, sent: Mapping[str, SentPart]
) -> EnteredByMention | None:
    contest = dated.campaign.contest
    opens, closes = dated.anchors.get("opens"), dated.anchors.get("closes")
    if contest is None or contest.how == "repost":
        return None
    if not (isinstance(opens, datetime) and isinstance(closes, datetime)):
        return None
    post = dated.id, contest.announcement
    return EnteredByMention(
        opens=opens,
        closes=closes,
        phrase=Phrase(contest.phrase) if contest.phrase else None,
        announced=frozenset(
            id for id, part in sent.items() if (part.key.campaign, part.key.post) == post
        ),
    )


def unreadable_inbox(account: str, bad: BadReadings) -> LedgerUnusable:
    """Why nothing is told of an account's mentions, and no more are read."""
    return LedgerUnusable(
        f"the mentions of `{account}` that were kept can't be read: {bad}",
        help=f"look at who has changed {KeptBranch.INBOX.places(account)}; posts go out all the "
        "same",
    )
