"""Carrying out what somebody asks for below the issue of a conversation."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Final, assert_never

from runner.cli.answer_issue import AnswerIssue
from runner.cli.reading_turns import NotItsTurn
from runner.inbox import (
    AnswerWords,
    HeardMention,
    HideReply,
    InboxRecord,
    Mention,
    OwnAnswer,
    OwnReply,
    ReadyAnswer,
    SendAnswer,
    SkipMention,
    command_in,
)
from runner.inbox.composing import AnswerComposer, ComposedAnswer
from runner.ledger import Key
from runner.plan import Verb
from runner.problems import Message
from runner.publish import answer_that_may_be_out, send_answer
from runner.reading import OUT_OF_BUDGET, NotRead, ReadingBudget, ReadingStopped
from runner.render import RenderedPost
from runner.value import Value, replace
from runner.views.markdown.answer_comment import (
    hidden_as_markdown,
    message_as_markdown,
    preview_as_markdown,
    sent_as_markdown,
    skipped_as_markdown,
)
from runner.x_facts import PRICES

_FRESH: Final = timedelta(hours=24)
"""How long after it was written `/send` sends: nobody may send by starting an old run again."""
_AT_ONCE: Final = timedelta(minutes=5)
"""Within which a comment is carried out for the first time."""
_NOT_SHOWN: Final = Message(
    "unknown-digest",
    "no answer that stands here has this digest now: its words, its template, or what they say was "
    "changed since it was shown",
    "read it once more with `/answer`, and send that",
)
_NOTHING_WAITS: Final = Message(
    "nothing-waits",
    "nothing waits for an answer here",
    "it was answered, is deleted, or has its issue at another account of yours; answer on X where "
    "you want to say more",
)
_HIDE_LATER: Final = "write `/hide` once more in some minutes"
_TOO_OLD: Final = Message(
    "old-comment", "this `/send` is more than a day old", "write it once more"
)


class Answering(Value):
    """What a comment asks for. Each method gives an exit code, and raises Stop."""

    issue: AnswerIssue

    @property
    def asks_x_as(self) -> str | None:
        """The account whose credentials it needs; None where it needs none."""
        match self.issue.asked:
            case SendAnswer():
                heard = self.issue.to_answer
                return self._composer.sender(heard.mention) if heard else self.issue.account
            case HideReply():
                return self.issue.account
            case _:
                return None

    def carry_out(self) -> int:
        """Does what is asked for below the issue, and answers there. Returns the exit code."""
        match self.issue.asked:
            case Message() as wrong:
                return self._refuse(wrong)
            case ReadyAnswer() | OwnAnswer() as words:
                return self._show(words)
            case SendAnswer(digest):
                return self._send(digest)
            case HideReply():
                return self._hide()
            case SkipMention(because):
                return self._skip(because)
            case _:
                assert_never(self.issue.asked)

    def _refuse(self, message: Message) -> int:
        """Says why nothing is done. What was said when it was done stays."""
        self.issue.reply(message_as_markdown(message), again=message is not _NOTHING_WAITS)
        self.issue.ports.tell(f"Nothing is done: {message.text}.")
        return 0

    def _show(self, words: AnswerWords) -> int:
        heard = self.issue.to_answer
        if heard is None:
            return self._refuse(_NOTHING_WAITS)
        self.issue.reply(preview_as_markdown(self._compose(heard, words)))
        return 0

    def _skip(self, because: str) -> int:
        waiting = self.issue.waiting
        if not waiting:
            return self._refuse(_NOTHING_WAITS)
        self.issue.skip(waiting, because)
        self.issue.reply(skipped_as_markdown(because))
        self.issue.close()
        return 0

    # Sending

    def _send(self, digest: str) -> int:
        heard, ports = self.issue.to_answer, self.issue.ports
        if heard is None:
            return self._refuse(_NOTHING_WAITS)
        if ports.clock.now() - self.issue.mine.at > _FRESH:
            return self._refuse(_TOO_OLD)
        answer = self._approved(heard, digest)
        if answer is None or answer.post is None:
            return self._refuse(_NOT_SHOWN)
        if other := self._answered_as(answer, answer.post, heard.mention):
            return self._refuse(_answered_by(other))
        sender = answer.occurrence.key.account
        sending = ports.sending(sender)
        sent = send_answer(
            answer.occurrence,
            answer.post,
            project=ports.project,
            ports=sending,
            asked_before=self._was_asked_before,
        )
        self.issue.reply(sent_as_markdown(sent))
        ports.say(f"{sent.action.key}: {sent.url or sent.because}")
        if sent.url:
            reply = OwnReply(post=sent.url.rpartition("/")[2], answers=heard.mention.newest)
            record = InboxRecord(at=ports.clock.now(), replies=(reply,))
            self.issue.close(record, of=sender)
            return 0
        return 3 if sent.action.verb is Verb.ASK or sent.outcome.needs_a_person else 4

    def _answered_as(
        self, answer: ComposedAnswer, post: RenderedPost, mention: Mention
    ) -> Key | None:
        """What may be out already as another account: one that they have named, too, or one that
        has answered until `answers-from` or what they say was changed. Raises LedgerUnusable."""
        ports, key = self.issue.ports, answer.occurrence.key
        asked = {self.issue.account, self._composer.helper or key.account, *mention.names}
        for name in sorted(asked & ports.project.accounts.keys() - {key.account}):
            other = replace(answer.occurrence, key=replace(key, account=name))
            sending = ports.sending(name)
            if out := answer_that_may_be_out(other, post, project=ports.project, ports=sending):
                return out
        return None

    @property
    def _was_asked_before(self) -> bool:
        """Whether a run may have sent it already: an earlier one of this comment, or of another."""
        mine, ports = self.issue.mine, self.issue.ports
        earlier = (each for each in self.issue.comments if each.id < mine.id)
        return (
            ports.is_again
            or ports.clock.now() - mine.at > _AT_ONCE
            or any(isinstance(command_in(each.text), SendAnswer) for each in earlier)
        )

    def _approved(self, heard: HeardMention, digest: str) -> ComposedAnswer | None:
        """The answer of this digest that stands below the issue, by somebody who may write."""
        for each in reversed(self.issue.comments):
            words = command_in(each.text)
            if isinstance(words, ReadyAnswer | OwnAnswer):
                answer = self._compose(heard, words)
                if answer.digest == digest and self.issue.desk.may_write(each.author):
                    return answer
        return None

    def _compose(self, heard: HeardMention, words: AnswerWords) -> ComposedAnswer:
        now = self.issue.ports.clock.now()
        return self._composer.compose(heard.mention, words, now=now)

    @property
    def _composer(self) -> AnswerComposer:
        ports, settings = self.issue.ports, self.issue.ports.project.inbox
        return AnswerComposer(
            account=self.issue.account,
            helper=settings.answers_from if settings else None,
            assets=ports.assets,
            vars=settings.vars if settings else {},
        )

    # Hiding

    def _hide(self) -> int:
        """Hides all that waits. Where this is cut off, it is hidden once more, which changes
        nothing."""
        waiting = self.issue.waiting
        if not waiting:
            return self._refuse(_NOTHING_WAITS)
        try:
            with self.issue.ports.reading() as budget:
                hidden, why_not = self._hide_each(waiting, budget)
        except NotItsTurn as barred:
            hidden, why_not = (), NotRead(because=str(barred), help=_HIDE_LATER)
        self.issue.reply(hidden_as_markdown(len(hidden), why_not))
        if why_not:
            return 3 if why_not is OUT_OF_BUDGET else 4
        self.issue.close()
        return 0

    def _hide_each(
        self, waiting: Sequence[HeardMention], budget: ReadingBudget
    ) -> tuple[Sequence[HeardMention], NotRead | None]:
        """What of it X has hidden and is recorded so, oldest first, and what has kept it from
        hiding the rest."""
        hider, hidden = self.issue.ports.hider(self.issue.account), list[HeardMention]()
        price, why_not = PRICES["hide"], None
        budget = replace(budget, spent=lambda: price * len(hidden))
        try:
            budget.ask(hider.greet, Decimal(0))
            for each in waiting:
                budget.ask(partial(hider.hide, each.mention.newest), price)
                hidden.append(each)
        except ReadingStopped as stopped:
            why_not = stopped.why
        if hidden:
            ids = tuple(each.mention.newest for each in hidden)
            self.issue.skip(hidden, "hidden on X", hidden=ids, usd=price * len(ids))
        return hidden, why_not


def _answered_by(other: Key) -> Message:
    return Message(
        "answered-already",
        f"`{other.account}` has answered this, or may have",
        f"look on X; if nothing is there, write it down with Decide: `{other}` is not posted",
    )
