"""`runner prove`: tells somebody who asks in a post where they stand on the list of entries."""

from collections.abc import Iterator
from typing import Annotated, Final, NamedTuple
from urllib.parse import urlencode

import typer

from runner.cli.contests import OpenedContest, contest_of, posts_as_anybody
from runner.cli.context import CommandContext, here
from runner.cli.options import id_in
from runner.contest import PostReader, ShownPost
from runner.contest.commitments import BadList
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import SUPPLEMENT_FILE, added_entries
from runner.contest.list_head import LIST_FILE, ListHead
from runner.contest.seen_posts import SeenEntry
from runner.contest.tickets import commitment
from runner.problems import BadUsage, LedgerUnusable, Refused
from runner.reading import BadReadings, KeptFiles, NotRead
from runner.value import Value

_ANSWER: Final = "Entry {number:,} of {of:,} {where}. Ticket: {ticket}"


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Of the post in which somebody asks.")
    ],
    entry: Annotated[
        str | None,
        typer.Option(
            "--entry", metavar="ADDRESS", help="Of their entry, if they are called otherwise now."
        ),
    ] = None,
) -> None:
    """Tell whoever asks in a post where their entry stands on the list. Sends nothing.

    It reads from X whose the post is, looks for their entry, and writes an answer to that post
    alone, with their ticket: with it they can tell their line of the list, and so can everyone who
    reads it.
    """
    raise typer.Exit(prove(here(), contest, address, entry))


def prove(context: CommandContext, id: str, address: str, entry: str | None = None) -> int:
    """Prints where the entry of a post's author stands on the list, with their ticket. Raises
    BadUsage for what is no post, before there is a list, once all is forgotten, and for an entry
    that is not theirs; Refused where X does not tell whose a post is; LedgerUnusable."""
    contest, asked = contest_of(context, id), id_in(address)
    list, reader = _list(context, contest), posts_as_anybody(context)
    who = _author(reader, asked)
    wanted = id_in(entry) if entry else None
    key = contest.key(context)
    for each in _entries_of(context, contest, who, wanted):
        ticket = key.ticket(list.head.charter, each.user)
        line = list.line_of(commitment(ticket, ContestEntry(each.user, each.post)))
        if line is None:
            continue
        if _author(reader, each.post).casefold() != who.casefold():
            raise BadUsage(
                f"the entry {each.post} is not of @{who}, who asks",
                help="answer nobody about the entries of others",
            )
        text = _ANSWER.format(**line._asdict(), ticket=ticket.hex())
        link = urlencode({"in_reply_to": asked, "text": text})
        context.say(
            f"@{who} is on the list of `{id}`. Answer their post with it, and nowhere else:"
        )
        context.say(f"{text}\nhttps://x.com/intent/post?{link}")
        return 0
    context.say(
        f"No entry that counts is known of @{who} on the list of `{id}`. If they were called "
        "otherwise when they entered: --entry ADDRESS of their entry."
    )
    return 0


def _author(reader: PostReader, id: str) -> str:
    shown = reader.show(id)
    if isinstance(shown, ShownPost):
        return shown.author
    why = shown.because if isinstance(shown, NotRead) else "it is gone, or not public"
    raise Refused(f"X does not tell whose the post {id} is: {why}", help="run it again later")


class _ListedLine(NamedTuple):
    """Which of how many lines an entry is, and on what."""

    number: int
    of: int
    where: str


class _PublishedList(Value):
    """The list of a contest, of which only the files are fetched that are asked about."""

    id: str
    files: KeptFiles
    head: ListHead
    has_supplement: bool

    def line_of(self, commitment: bytes) -> _ListedLine | None:
        """The line of an entry on the list, or on its supplement; None where it is on neither.
        Raises LedgerUnusable."""
        try:
            number = self.head.number_of(commitment, self.files.read)
            if number:
                return _ListedLine(number, self.head.entries, "on the list")
            if not self.has_supplement:
                return None
            added = added_entries(self.files.read([SUPPLEMENT_FILE]))
        except BadList as bad:
            raise _unreadable_list(self.id, bad) from None
        if commitment not in added:
            return None
        return _ListedLine(added.index(commitment) + 1, len(added), "on the supplement of the list")


def _list(context: CommandContext, contest: OpenedContest) -> _PublishedList:
    contest.charter()  # there is none of a draw by hand
    files = contest.list_files(context)
    first = files.read([LIST_FILE])
    if not first:
        raise BadUsage(
            f"no list of entries of `{contest.file.id}` is published",
            help=f"there is one once it has closed: runner contest commit {contest.file.id}",
        )
    try:
        draw = contest.file.draw
        has_supplement = draw is not None and draw.supplement is not None
        return _PublishedList(contest.file.id, files, ListHead.read(first), has_supplement)
    except BadList as bad:
        raise _unreadable_list(contest.file.id, bad) from None


def _unreadable_list(id: str, bad: BadList) -> LedgerUnusable:
    return LedgerUnusable(f"the list of `{id}` can't be read: {bad}")


def _entries_of(
    context: CommandContext, contest: OpenedContest, who: str, wanted: str | None
) -> Iterator[SeenEntry]:
    """The posts that they entered with, by the name that they had then, or by the post."""
    try:
        readings = contest.collector(context).readings()
    except BadReadings as bad:
        raise LedgerUnusable(
            f"what was collected of `{contest.file.id}` can't be read: {bad}"
        ) from None
    if not readings.seen_count:
        raise BadUsage(
            f"what was kept of `{contest.file.id}` is forgotten, so that nobody can look for an "
            "entry any more",
            help="tell them so: the list stays, and its numbers name nobody",
        )
    for each in readings.seen():
        if each.post == wanted or (not wanted and each.handle.casefold() == who.casefold()):
            yield each
