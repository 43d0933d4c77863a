"""What others say to us: each mention once, and whether it waits, was answered or was skipped.

It knows what is kept of a mention, which words make it a complaint, and which answer is one to it.
It knows neither X nor files nor the clock: mentions come in through `ports`, and lines go out. What
others have said stands in issues of a private repository alone, and who they are nowhere.

Its words:

mention, conversation: a post of somebody else that names us or answers us; what answers it, what
    answers that, and so on: an answer of ours settles all that was said in it before.
answer: what somebody has written below the issue of a conversation, as a post; its key is
    `account/_inbox/MENTION`, and it stands in no file.
sibling: another account of ours; what names several waits at the first that has heard it.
helper: the sibling below `answers-from`, which answers for the others whoever has named it.
"""

from runner.inbox.account_inbox import AccountInbox, account_inbox
from runner.inbox.answer_commands import (
    AnswerCommand,
    AnswerWords,
    HideReply,
    OwnAnswer,
    ReadyAnswer,
    SendAnswer,
    SkipMention,
    command_in,
)
from runner.inbox.conversations import (
    Conversations,
    EnteredByMention,
    HeardMention,
    MentionState,
    Siblings,
    SkipCause,
)
from runner.inbox.issue_keeping import IssueKeepingRun, Thread
from runner.inbox.labels import Label, LabelWords
from runner.inbox.listening import Listened, ListeningRun
from runner.inbox.ports import (
    FoundIssue,
    MentionsPage,
    PersonsComment,
    RepliesPage,
    ReplyHider,
    SpokenMention,
)
from runner.inbox.record import (
    HeardStretch,
    InboxRecord,
    Mention,
    OwnReply,
    SkippedMention,
    record_as_bytes,
)

__all__ = [
    "AccountInbox",
    "AnswerCommand",
    "AnswerWords",
    "Conversations",
    "EnteredByMention",
    "FoundIssue",
    "HeardMention",
    "HeardStretch",
    "HideReply",
    "InboxRecord",
    "IssueKeepingRun",
    "Label",
    "LabelWords",
    "Listened",
    "ListeningRun",
    "Mention",
    "MentionState",
    "MentionsPage",
    "OwnAnswer",
    "OwnReply",
    "PersonsComment",
    "ReadyAnswer",
    "RepliesPage",
    "ReplyHider",
    "SendAnswer",
    "Siblings",
    "SkipCause",
    "SkipMention",
    "SkippedMention",
    "SpokenMention",
    "Thread",
    "account_inbox",
    "command_in",
    "record_as_bytes",
]
