"""What others say to us: in a job's summary as counts and links, which anybody may see; as the
issue of a conversation with what we know of it, and in comments what they say, as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from runner.durations import in_words
from runner.inbox import HeardMention, Listened, MentionState, Thread
from runner.value import Value
from runner.views.markdown.escaping import fenced, plain
from runner.views.phrases import moment
from runner.views.terminal.inbox import (
    SHOWN,
    more_waiting,
    name_of,
    read_lines,
    standing_of,
)
from runner.x_facts import post_address

_LONGEST: Final = 4000
"""Characters of a mention, so that its comment fits however many of them have to be made visible:
GitHub takes 65,536."""
_OWN_WORDS: Final = (
    "`/answer` and your own words shows these as X gets them, and the line that sends them"
)
_LEAVES: Final = (
    "`/skip` and a reason leaves it unanswered, and so does closing this",
    "`/hide` hides what they say on X",
)
_AFTERWARDS: Final = (
    "Once *Listen* has seen an answer, this issue is closed; it is opened again when they write "
    "again. What they say stands in the comments below, each of which is deleted once *Listen* "
    "sees that its mention is."
)


def inbox_as_markdown(
    account: str, found: Listened, *, now: datetime, within: timedelta | None = None
) -> str:
    """What was read, where all that was heard stands, and links to what waits."""
    waiting = found.conversations.waiting
    lines = [plain(" ".join(line.split())) for line in read_lines(account, found)]
    told = [*lines, plain(standing_of(found.conversations, now, within))]
    links = [
        f"[{name_of(each)}]({post_address(each.mention.newest)}), {in_words(now - each.at)}"
        for each in waiting[:SHOWN]
    ]
    return "".join(
        [f"- {' '.join(told)}\n", *(f"  - {each}\n" for each in (*links, *more_waiting(waiting)))]
    )


class InboxIssueTexts(Value, kw_only=True):
    """Satisfies `runner.inbox.issue_keeping.IssueTexts`. Nothing of what others write stands in a
    title or a body, whose history stays."""

    account: str
    zone: tzinfo = UTC
    ready: tuple[str, ...] = ()
    """The names of the ready answers."""
    on_duty: tuple[str, ...] = ()
    """Names on GitHub."""
    helper: str | None = None
    """The account that answers for others, by id."""

    def title(self, thread: Thread) -> str:
        """The title of an issue: for which account it is, what kind of mention, and since when it
        waits."""
        first = _first_waiting(thread)
        return f"{self.account}: {name_of(first)} of {self._moment(first)}"

    def body(self, thread: Thread) -> str:
        """Links to both sides, the language, who is on duty, and what to do."""
        facts, commands = (
            [f"- {line}" for line in listed] for listed in (self._facts(thread), self._commands())
        )
        how = "Answer on X, or from here, with a comment that begins with one of these:"
        return "\n".join([*facts, "", how, "", *commands, "", _AFTERWARDS])

    def comment(self, heard: HeardMention, words: str | None) -> str:
        """A mention as it was written, in a fence that nothing in it ends."""
        head = f"[{name_of(heard)}]({post_address(heard.mention.newest)}), {self._moment(heard)}"
        if words is None:
            return f"{head}\n\nX shows it no more."
        rest = "\n\nThe rest stands on X." if len(words) > _LONGEST else ""
        return f"{head}\n\n{fenced(words[:_LONGEST])}{rest}"

    def _facts(self, thread: Thread) -> Iterator[str]:
        first = _first_waiting(thread)
        said = post_address(first.mention.newest)
        yield f"[What they say on X]({said}), since {self._moment(first)}"
        if first.mention.answers_us and first.mention.answers:
            yield f"It answers [this post of yours]({post_address(first.mention.answers)})"
        if first.mention.language != "und":
            yield f"Language, as X says it: {first.mention.language}"
        for name in first.mention.names:
            does = "answers from here" if name == self.helper else "has no issue of its own for it"
            yield f"They have named `{name}`, too, which {does}"
        if self.on_duty:
            yield f"On duty: {', '.join(f'@{name}' for name in self.on_duty)}"

    def _commands(self) -> Iterator[str]:
        yield _OWN_WORDS
        if self.ready:
            names = ", ".join(f"`{name}`" for name in self.ready)
            yield f"`/answer {self.ready[0]}` does the same with a ready answer: {names}"
        yield from _LEAVES

    def _moment(self, heard: HeardMention) -> str:
        return " ".join(moment(heard.at.astimezone(self.zone)).split())


def _first_waiting(thread: Thread) -> HeardMention:
    """The first one that waits."""
    return next((each for each in thread if each.state is MentionState.OPEN), thread[0])
