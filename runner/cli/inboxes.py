"""What was heard of the accounts of a project, as the commands need it."""

from runner.cli.context import CommandContext
from runner.cli.ledger_store import kept_files
from runner.inbox import AccountInbox, Conversations, Label, LabelWords, account_inbox
from runner.kept_files import BadReadings, KeptFiles
from runner.models.inbox import InboxSettings
from runner.models.project import Project
from runner.problems import LedgerUnusable
from runner.stores.kept_files import KeptBranch


def inbox_files(context: CommandContext, project: Project, account: str) -> KeptFiles:
    """Where the mentions of an account are kept: beside the ledger. Raises LedgerUnusable."""
    return kept_files(context, project, KeptBranch.INBOX, account)


def inbox_of(context: CommandContext, project: Project, account: str) -> AccountInbox:
    """All that was heard of an account. Raises LedgerUnusable."""
    try:
        return account_inbox(inbox_files(context, project, account).read())
    except BadReadings as bad:
        raise unreadable_inbox(account, bad) from None


def helpers_of(context: CommandContext, project: Project, account: str) -> tuple[AccountInbox, ...]:
    """The inboxes of those who answer for an account, beside its own. Raises LedgerUnusable."""
    helper = project.inbox.answers_from if project.inbox else None
    return (inbox_of(context, project, helper),) if helper and helper != account else ()


def conversations_of(context: CommandContext, project: Project, account: str) -> Conversations:
    """Where all that was heard of an account stands. Raises LedgerUnusable."""
    return Conversations(
        inbox=inbox_of(context, project, account), helpers=helpers_of(context, project, account)
    )


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


def unreadable_inbox(account: str, bad: BadReadings) -> LedgerUnusable:
    """Why nothing is told of an account's mentions, and no more are read."""
    return LedgerUnusable(
        f"the mentions of `{account}` that were kept can't be read: {bad}",
        help=f"look at who has changed {KeptBranch.INBOX}/{account}; posts go out all the same",
    )
