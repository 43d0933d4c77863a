"""One run that keeps an issue for each conversation that waits, where people may read its words.

An issue is opened when somebody waits, gets a comment for each mention, is closed once all of it is
answered, and opened again when they write again. One that a person closes is not to be answered.
What was made is found again by its name, so that a run may die anywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Final, Protocol

from runner.inbox.account_inbox import AccountInbox
from runner.inbox.conversations import Conversations, HeardMention, MentionState
from runner.inbox.labels import Label
from runner.inbox.ports import Board, FoundIssue, MentionReader
from runner.inbox.record import InboxRecord, KeptIssue, record_as_bytes
from runner.problems import Refused
from runner.reading import PAGE, KeptFiles, ReadingBudget, ReadingTurn, file_name
from runner.x_facts import PRICES

MOST: Final = 25
"""Conversations of which something is written in one run: GitHub takes 80 new things a minute
(https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api)."""
_REFUSALS: Final = 3
"""Refusals in a row after which GitHub takes nothing at all."""
_MENTION: Final = "mention "
"""How the name of a comment begins that holds others' words."""
Thread = Sequence[HeardMention]
Found = Mapping[str, Sequence[FoundIssue]]


class IssueTexts(Protocol):
    """How an issue reads. What others say stands in comments alone, which can be deleted whole."""

    def title(self, thread: Thread) -> str: ...

    def body(self, thread: Thread) -> str: ...

    def comment(self, heard: HeardMention, words: str | None) -> str:
        """The comment about a mention; `words` are None where X does not show them any more."""
        ...


@dataclass(kw_only=True)
class IssueKeepingRun:
    """Keeps the issues of one account, once."""

    account: str
    files: KeptFiles
    conversations: Conversations
    board: Board
    texts: IssueTexts
    words: Mapping[str, str]
    """What mentions say, by the id of their newest version, where that was just read."""
    reader: MentionReader
    """Reads it again, where a run has died before it was written."""
    now: Callable[[], datetime]
    turn: ReadingTurn
    left: Decimal | None
    """USD that this may spend."""
    usd: Decimal = field(default=Decimal(0), init=False)
    left_over: int = field(default=0, init=False)
    """Conversations that are left to the next run."""

    def __post_init__(self) -> None:
        self._issues: dict[str, KeptIssue] = {}
        self._told: set[str] = set()
        self._untold: set[str] = set()
        self._dismissed: set[str] = set()

    def run(self) -> None:
        """Raises FilesRaced, LedgerUnusable, ReadingStopped and Refused; what was kept until then
        stays."""
        if not self.conversations.heard:
            return
        found = self.board.issues(min(self._unsettled, default=None))
        refusals: list[Refused] = []
        try:
            for thread in self.conversations.threads:
                try:
                    self._keep_thread(thread, found)
                except Refused as refused:  # what is wrong with one issue stops no other
                    refusals.append(refused)
                    if len(refusals) == _REFUSALS:
                        break
        finally:
            self._record()
        if refusals:
            raise refusals[0]

    @property
    def _inbox(self) -> AccountInbox:
        return self.conversations.inbox

    def _keep_thread(self, thread: Thread, found: Found) -> None:
        began = thread[0].began
        name = self._name(began)
        known, there = self._inbox.issues.get(began), found.get(name, ())
        # conversations turn out to be one once what links them is read
        apart, strays = self._apart(thread), self._strays(thread, found)
        shown = next((each for each in there if known and each.number == known.number), None)
        shown = shown or next(iter(there), None)
        issue = shown or (FoundIssue(number=known.number, is_open=known.is_open) if known else None)
        waiting = [each for each in thread if each.state is MentionState.OPEN]
        is_told = known and _is_the_same(shown, known) and not (apart or strays)
        told = self._inbox.told if is_told else ()
        untold = [each for each in waiting if each.mention.newest not in told]
        if untold:
            self._tell(name, thread, untold, issue, is_open=shown is not None and shown.is_open)
        elif waiting and issue and not issue.is_open:
            self._see_closed(thread, waiting, issue.number)
        elif not waiting and issue and issue.is_open:
            self.board.close(issue.number)
            self._note(began, issue.number, is_open=False)
        self._take_back(thread, issue.number if issue else None)
        if all(each.mention.newest in self._told for each in untold):
            self._close_doubles((*strays, *(each for each in there if each != shown)))
            if whole := self._issues.get(began, known):
                self._join(apart, whole)

    def _name(self, began: str) -> str:
        return f"inbox {self.account}/{began}"

    def _strays(self, thread: Thread, found: Found) -> Sequence[FoundIssue]:
        """Open issues of what was no conversation of its own."""
        names = (self._name(each.mention.post) for each in thread[1:])
        return [issue for name in names for issue in found.get(name, ()) if issue.is_open]

    def _apart(self, thread: Thread) -> Sequence[KeptIssue]:
        """What was told in an issue of its own, and may not stand in that of the conversation."""
        first, *more = (self._inbox.issues.get(each.mention.post) for each in thread)
        return [each for each in more if each and (first is None or each.number != first.number)]

    def _join(self, apart: Iterable[KeptIssue], whole: KeptIssue) -> None:
        """Takes the words out of what a person has closed before it was one with the others."""
        for each in apart:
            self._close_doubles([FoundIssue(number=each.number, is_open=True)])
            self._note(each.began, whole.number, is_open=whole.is_open)

    def _see_closed(self, thread: Thread, waiting: Thread, number: int) -> None:
        """Takes note of an issue that is closed. If a person has closed it, what waits is not to be
        answered; else it was closed by an answer, before they wrote again, and is reopened."""
        if self.board.was_closed_by_a_person(number):
            self._dismissed |= {each.mention.post for each in waiting}
            self._note(thread[0].began, number, is_open=False)
        else:
            self.board.reopen(number)
            self._note(thread[0].began, number, is_open=True)

    def _close_doubles(self, doubles: Iterable[FoundIssue]) -> None:
        """Closes further issues of a conversation, and takes the words in them back."""
        for each in doubles:
            if each.is_open:
                for name, ids in (self.board.comments(each.number) or {}).items():
                    self._remove(ids if name.startswith(_MENTION) else ())
                self.board.close(each.number)

    def _tell(
        self,
        name: str,
        thread: Thread,
        untold: Thread,
        issue: FoundIssue | None,
        *,
        is_open: bool,
    ) -> None:
        """Writes what waits into the issue, and opens that unless it is known to be open: what
        answers from below it closes it, too. A new one says all that waits."""
        if len(self._issues) >= MOST:
            self.left_over += 1
            return
        there = self.board.comments(issue.number) if issue else None
        if there is None:
            untold = [each for each in thread if each.state is MentionState.OPEN]
        untold = self._not_told_there(untold, there or {})
        others = _but(untold, thread)
        untold = self._told_at_once(untold, there or {})
        words = self._words_of([each.mention.newest for each in untold])
        if issue is None or there is None:
            texts, there = self.texts, {}
            title, body = texts.title(thread), texts.body(thread)
            number = self.board.open(name, title, body, _labels(untold))
            issue, is_open = FoundIssue(number=number, is_open=True), True
        elif more := _labels(untold, but=others):
            self.board.label(issue.number, more)
        for each in untold:
            text = self.texts.comment(each, words.get(each.mention.newest))
            named = _comment_on(each)
            same = there.get(named, ())
            self.board.comment(issue.number, named, text, over=next(iter(same), None))
            self._remove(same[1:])
        if not is_open:
            self.board.reopen(issue.number)
        self._told |= {each.mention.newest for each in untold}
        self._note(thread[0].began, issue.number, is_open=True)

    def _not_told_there(self, untold: Thread, there: Mapping[str, Sequence[int]]) -> Thread:
        """Those that no earlier run has told in this very issue: where several become one, there
        may be more to tell than one run can."""
        written = [each for each in untold if _comment_on(each) in there]
        told = [each for each in written if each.mention.newest in self._inbox.told]
        self._told |= {each.mention.newest for each in told}
        return _but(told, untold)

    def _told_at_once(self, untold: Thread, there: Mapping[str, Sequence[int]]) -> Thread:
        """As many of these as one request to X has the words of. The others are left to the next
        run, also where they stood in an issue that somebody has deleted."""
        unread = [each for each in untold if each.mention.newest not in self.words]
        later = {each.mention.newest: each for each in unread[PAGE:]}
        self.left_over += bool(later)
        self._untold |= {id for id, each in later.items() if _comment_on(each) not in there}
        return [each for each in untold if each.mention.newest not in later]

    def _remove(self, comments: Iterable[int]) -> None:
        for id in comments:
            self.board.remove_comment(id)

    def _words_of(self, ids: Sequence[str]) -> Mapping[str, str]:
        """What these say, of which `words` may lack 100. Raises ReadingStopped."""
        missing = [id for id in ids if id not in self.words]
        if not missing:
            return self.words
        worst = PRICES["read-post"] * len(missing)
        budget = ReadingBudget(usd=self.left, spent=lambda: self.usd, turn=self.turn)
        found = budget.ask(partial(self.reader.words, missing), worst)
        self.usd += worst
        return {**self.words, **found}

    @property
    def _unsettled(self) -> Iterator[datetime]:
        """The times of mentions for which there may be an issue to change: a run that died may have
        opened it."""
        for each in self.conversations.heard:
            if each.state is MentionState.OPEN or self._is_to_go(each):
                yield each.at
        for thread in self.conversations.threads:
            is_known = thread[0].began in self._inbox.issues
            if not is_known and any(each.state is MentionState.OPEN for each in thread):
                yield thread[0].at  # it may have been closed from below it before they wrote again

    def _is_to_go(self, heard: HeardMention) -> bool:
        """Whether its author has deleted it, or another account keeps it, and its words are not
        known to be deleted."""
        is_left = heard.is_of_a_sibling or heard.mention.post in self._inbox.gone
        return is_left and heard.mention.newest not in self._inbox.taken_back

    def _take_back(self, thread: Thread, number: int | None) -> None:
        """Deletes the words of what is to go, also those of which no run that has written them
        could tell."""
        gone = [each for each in thread if self._is_to_go(each)]
        there = self.board.comments(number) if gone and number else None
        for each in gone:
            self._remove(there.get(_comment_on(each), ()) if there else ())
            self._untold.add(each.mention.newest)

    def _note(self, began: str, number: int, *, is_open: bool) -> None:
        self._issues[began] = KeptIssue(began=began, number=number, is_open=is_open)

    def _record(self) -> None:
        if not (self._issues or self._untold or self._dismissed or self.usd):
            return
        record = InboxRecord(
            at=self.now(),
            usd=self.usd,
            issues=tuple(self._issues.values()),
            told=tuple(sorted(self._told, key=int)),
            untold=tuple(sorted(self._untold, key=int)),
            dismissed=tuple(sorted(self._dismissed, key=int)),
        )
        self.files.add(file_name(self._inbox.count + 1), record_as_bytes(record))
        self._inbox.add(record)


def _but(some: Thread, thread: Thread) -> Thread:
    """All others of a thread."""
    posts = {each.mention.post for each in some}
    return [each for each in thread if each.mention.post not in posts]


def _labels(mentions: Iterable[HeardMention], but: Iterable[HeardMention] = ()) -> list[str]:
    """What these are, beside what others are: a person may have taken that off."""
    found, known = (
        {label for each in listed for label in each.mention.labels} for listed in (mentions, but)
    )
    return [str(label) for label in Label if label in found - known]


def _comment_on(heard: HeardMention) -> str:
    """The name of its comment."""
    return f"{_MENTION}{heard.mention.post}"


def _is_the_same(shown: FoundIssue | None, known: KeptIssue) -> bool:
    """Whether what was told stands in the issue: in one that is made after somebody has deleted the
    known one, it does not. GitHub shows the known one wherever it is open."""
    return shown.number == known.number if shown else not known.is_open
