"""One comment below the issue of a conversation: whether it counts, and what is done about it."""

import random
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Final, assert_never

from runner.cli.context import CommandContext
from runner.cli.github_job import api_of
from runner.cli.inboxes import conversations_of, inbox_files
from runner.cli.ledger_store import ledger_of, refuse_to_forget
from runner.cli.opened_project import OpenedProject, inputs_of
from runner.cli.published_project import open_published
from runner.cli.publisher import asking_ports
from runner.github import Api, IssueAnswerDesk, IssueBoard, is_private
from runner.inbox import (
    AnswerCommand,
    AnswerWords,
    Conversations,
    HeardMention,
    MentionState,
    OwnAnswer,
    ReadyAnswer,
    SendAnswer,
    SkipMention,
    command_in,
)
from runner.inbox.composing import AnswerComposer, ComposedAnswer
from runner.inbox.mention import OwnReply
from runner.inbox.ports import PersonsComment
from runner.inbox.record import InboxRecord, SkippedMention, as_bytes
from runner.kept_files import FilesRaced, file_name
from runner.models.inbox import InboxSettings
from runner.models.project import Project
from runner.plan import Verb
from runner.problems import Message
from runner.publish import RunPorts, send_answer
from runner.views.markdown.answer_comment import (
    message_as_markdown,
    preview_as_markdown,
    sent_as_markdown,
    skipped_as_markdown,
)

JITTER: Final = (0.2, 2.0)
"""Seconds after a lost race."""
_FRESH: Final = timedelta(hours=24)
"""How long after it was written `/send` sends: nobody may send by starting an old run again."""
_NAME: Final = re.compile(r"inbox ([a-z0-9-]+)/([0-9]+)")
_NOT_SHOWN: Final = Message(
    "unknown-digest",
    "no answer that stands here has this digest now: its words, its template, or what they say was "
    "changed since it was shown",
    "read it once more with `/answer`, and send that",
)
_NOTHING_WAITS: Final = Message(
    "nothing-waits",
    "nothing waits for an answer here",
    "it was answered, or is deleted; answer on X where you want to say more",
)
_TOO_OLD: Final = Message(
    "old-comment", "this `/send` is more than a day old", "write it once more"
)


def opened_answering(context: CommandContext, issue: int, comment: int) -> "Answering | str":
    """What is to be done about a comment, or why nothing is. Raises Stop."""
    opened = open_published(context, shared=False)
    project = inputs_of(opened, context).project
    if project.inbox is None:
        return "runner.yaml has no `inbox`"
    api = api_of(context)
    if not is_private(api):
        return "this repository is public, and X's terms forbid to show here what others say"
    desk = IssueAnswerDesk(api)
    comments = desk.comments(issue)
    mine = next((each for each in comments if each.id == comment), None)
    if mine is None:
        return "below this issue no person has written that comment, or it is gone"
    asked = command_in(mine.text)
    if asked is None:
        return "the comment begins with no command"
    found = _NAME.fullmatch(desk.name(issue) or "")
    if found is None or found[1] not in project.accounts:
        return "the issue is no conversation of the inbox"
    if not desk.may_write(mine.author):
        return "who has written the comment may not write into this repository"
    return Answering(
        context=context,
        opened=opened,
        api=api,
        issue=issue,
        comments=comments,
        mine=mine,
        asked=asked,
        account=found[1],
        began=found[2],
        settings=project.inbox,
    )


@dataclass(frozen=True, kw_only=True)
class Answering:
    """A comment of somebody who may write, below the issue of a conversation."""

    context: CommandContext
    opened: OpenedProject
    api: Api
    issue: int
    comments: Sequence[PersonsComment]
    """What people have written below the issue."""
    mine: PersonsComment
    asked: AnswerCommand | Message
    account: str
    began: str
    """The mention that the conversation began with."""
    settings: InboxSettings

    @property
    def asks_x(self) -> bool:
        """Whether it needs the account's credentials."""
        return isinstance(self.asked, SendAnswer)

    def carry_out(self) -> int:
        """Does it, and says so below the issue; the exit code. Raises Stop."""
        match self.asked:
            case Message() as wrong:
                return self._refuse(wrong)
            case ReadyAnswer() | OwnAnswer() as words:
                return self._show(words)
            case SendAnswer(digest):
                return self._send(digest)
            case SkipMention(because):
                return self._skip(because)
            case _:
                assert_never(self.asked)

    # What is asked for

    def _show(self, words: AnswerWords) -> int:
        heard = self._to_answer
        if heard is None:
            return self._refuse(_NOTHING_WAITS, again=False)
        self._reply(preview_as_markdown(self._composed(heard, words)))
        return 0

    def _send(self, digest: str) -> int:
        heard = self._to_answer
        if heard is None:
            return self._refuse(_NOTHING_WAITS, again=False)
        if self.context.clock.now() - self.mine.at > _FRESH:
            return self._refuse(_TOO_OLD)
        answer = self._approved(heard, digest)
        if answer is None or answer.post is None:
            return self._refuse(_NOT_SHOWN)
        sent = send_answer(
            answer.occurrence, answer.post, project=self._project, ports=self._ports()
        )
        self._reply(sent_as_markdown(sent))
        self.context.say(f"{sent.action.key}: {sent.url or sent.because}")
        if sent.url:
            self._close(heard, sent.url)
            return 0
        return 3 if sent.action.verb is Verb.ASK or sent.outcome.needs_a_person else 4

    def _skip(self, because: str) -> int:
        waiting = [each for each in self._thread if each.state is MentionState.OPEN]
        if not waiting:
            return self._refuse(_NOTHING_WAITS, again=False)
        skipped = (
            SkippedMention(post=each.mention.post, by=self.mine.author, because=because)
            for each in waiting
        )
        self._record(InboxRecord(at=self.context.clock.now(), skipped=tuple(skipped)))
        self._reply(skipped_as_markdown(because))
        IssueBoard(self.api).close(self.issue)
        return 0

    # What it is about

    @cached_property
    def _conversations(self) -> Conversations:
        return conversations_of(self.context, self._project, self.account)

    @cached_property
    def _thread(self) -> Sequence[HeardMention]:
        """The mentions of the conversation, oldest first."""
        threads = self._conversations.threads
        return next((each for each in threads if each[0].began == self.began), ())

    @property
    def _to_answer(self) -> HeardMention | None:
        """The newest mention, which an answer is an answer to, where it waits for one."""
        alive = [each for each in self._thread if each.state is not MentionState.GONE]
        newest = alive[-1] if alive else None
        return None if newest is None or newest.state is MentionState.ANSWERED else newest

    def _composed(self, heard: HeardMention, words: AnswerWords) -> ComposedAnswer:
        assets = inputs_of(self.opened, self.context).assets
        composer = AnswerComposer(account=self.account, assets=assets, vars=self.settings.vars)
        return composer.compose(heard.mention, words, now=self.context.clock.now())

    def _approved(self, heard: HeardMention, digest: str) -> ComposedAnswer | None:
        """The answer of this digest that stands below the issue, by somebody who may write."""
        for each in reversed(self.comments):
            words = command_in(each.text)
            if isinstance(words, ReadyAnswer | OwnAnswer):
                answer = self._composed(heard, words)
                if answer.digest == digest and self._desk.may_write(each.author):
                    return answer
        return None

    # What is done

    @property
    def _desk(self) -> IssueAnswerDesk:
        return IssueAnswerDesk(self.api)

    @property
    def _project(self) -> Project:
        return inputs_of(self.opened, self.context).project

    def _ports(self) -> RunPorts:
        """Raises LedgerUnusable."""
        context = self.context
        refuse_to_forget(context, self._project)
        ledger = ledger_of(context, self._project, accounts=(self.account,), tip=self.opened.tip)
        return replace(
            asking_ports(context, self.opened, ledger, alone=True),
            stopped=context.signals.stopped,
            jitter=lambda: random.uniform(*JITTER),  # noqa: S311 — to part two runs, not to hide
        )

    def _refuse(self, message: Message, *, again: bool = True) -> int:
        """Says why nothing is done; unless `again`, only where nothing was said yet."""
        if again or not self._desk.has_replied(self.issue, self._name):
            self._reply(message_as_markdown(message))
        self.context.tell(f"{message.text}.")
        return 0

    def _reply(self, text: str) -> None:
        """Raises Refused."""
        self._desk.reply(self.issue, self._name, text)

    @property
    def _name(self) -> str:
        """Of what is said back."""
        return f"on {self.mine.id}"

    def _close(self, heard: HeardMention, url: str) -> None:
        """Notes the answer as heard, and closes the issue; who reads the inbox next does it too."""
        reply = OwnReply(post=url.rpartition("/")[2], answers=heard.mention.newest)
        with suppress(FilesRaced):
            self._record(InboxRecord(at=self.context.clock.now(), replies=(reply,)))
        IssueBoard(self.api).close(self.issue)

    def _record(self, record: InboxRecord) -> None:
        """Adds to what is kept now. Raises FilesRaced and LedgerUnusable."""
        files = inbox_files(self.context, self._project, self.account)
        files.add(file_name(len(files.read()) + 1), as_bytes(record))
