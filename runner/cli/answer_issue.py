"""The issue of a conversation: which comment below it counts, what it is about, and answering it
there."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from runner.cli.answer_ports import AnswerPorts
from runner.cli.inboxes import conversations_in
from runner.github import IssueAnswerDesk, IssueBoard, is_private
from runner.inbox import (
    AnswerCommand,
    HeardMention,
    InboxRecord,
    MentionState,
    PersonsComment,
    SkippedMention,
    command_in,
    record_as_bytes,
)
from runner.problems import LedgerUnusable, Message
from runner.reading import FilesRaced, file_name
from runner.value import Value, replace

_ROUNDS: Final = 10
"""Races that a record loses before it is given up."""
_NAME: Final = re.compile(r"inbox ([a-z0-9-]+)/([0-9]+)")


def issue_asked_in(ports: AnswerPorts, issue: int, comment: int) -> "AnswerIssue | str":
    """What a comment asks for, or why it counts for nothing. Raises Stop."""
    project = ports.project
    if project.inbox is None:
        return "runner.yaml has no `inbox`"
    if not is_private(ports.api):
        return "this repository is public, and X's terms forbid to show here what others say"
    desk = IssueAnswerDesk(ports.api)
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
    named = [each.casefold() for each in project.inbox.answered_by]
    if named and mine.author.casefold() not in named:
        return "who has written the comment does not stand below `answered-by`"
    return AnswerIssue(
        ports=ports,
        number=issue,
        comments=comments,
        mine=mine,
        asked=asked,
        account=found[1],
        began=found[2],
    )


class AnswerIssue(Value, kw_only=True):
    """An issue, and a comment below it of somebody who may write."""

    ports: AnswerPorts
    number: int
    comments: Sequence[PersonsComment]
    """What people have written below it."""
    mine: PersonsComment
    asked: AnswerCommand | Message
    """What that comment asks for, or what is wrong with it."""
    account: str
    began: str
    """The mention that the conversation began with."""

    @property
    def desk(self) -> IssueAnswerDesk:
        return IssueAnswerDesk(self.ports.api)

    # What it is about

    @property
    def thread(self) -> Sequence[HeardMention]:
        """The mentions of the conversation as they are kept now, oldest first."""
        threads = conversations_in(self.ports.files, self.ports.project, self.account).threads
        is_mine = (each for each in threads if self.began in (said.mention.post for said in each))
        return next(is_mine, ())

    @property
    def waiting(self) -> Sequence[HeardMention]:
        """The mentions that wait for an answer."""
        return [each for each in self.thread if each.state is MentionState.OPEN]

    @property
    def to_answer(self) -> HeardMention | None:
        """The mention that was written last of those that wait, to which an answer is an answer to
        all; where none waits, the last one, unless it is answered, deleted, or another account's.
        """
        thread = self.thread
        waiting = [each for each in thread if each.state is MentionState.OPEN]
        alive = [each for each in thread if each.state is not MentionState.GONE]
        last = max(waiting or alive, key=lambda each: int(each.mention.newest), default=None)
        is_settled = last and (last.state is MentionState.ANSWERED or last.is_of_a_sibling)
        return None if is_settled else last

    # What is done

    def reply(self, text: str, *, again: bool = True) -> None:
        """Writes a text below the issue; unless `again`, only where nothing was. Raises Refused."""
        name = f"on {self.mine.id}"
        if again or not self.desk.has_replied(self.number, name):
            self.desk.reply(self.number, name, text)

    def skip(self, mentions: Sequence[HeardMention], because: str, **more: object) -> None:
        """Notes that nobody is to answer these. Raises LedgerUnusable."""
        skipped = (
            SkippedMention(post=each.mention.post, by=self.mine.author, because=because)
            for each in mentions
        )
        record = InboxRecord(at=self.ports.clock.now(), skipped=tuple(skipped))
        self._record(replace(record, **more), self.account)  # type: ignore[arg-type]

    def close(self, record: InboxRecord | None = None, *, of: str | None = None) -> None:
        """Closes the issue, once a record was added that settles it, to the inbox of the account
        that has answered. Raises LedgerUnusable and Refused."""
        if record is not None:
            self._record(record, of or self.account)
        IssueBoard(self.ports.api).close(self.number)

    def _record(self, record: InboxRecord, account: str) -> None:
        """Adds to what is kept of an account, whoever else adds to it meanwhile. Raises
        LedgerUnusable."""
        for _ in range(_ROUNDS):
            files = self.ports.files(account)
            with suppress(FilesRaced):
                files.add(file_name(len(files.read()) + 1), record_as_bytes(record))
                return
        raise LedgerUnusable(
            f"others write of `{account}` all the time", help="write the comment once more"
        )
