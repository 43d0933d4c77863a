"""`runner forget`: deletes what is kept of a person, as long as that is possible, or of a whole
contest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final

import typer

from runner.cli.contests import KEYS, OpenedContest, contest_of
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at
from runner.cli.options import Now, writing
from runner.contest.list_head import LIST_FILE
from runner.contest.results import ExpiredResults
from runner.models import DrawnPlace
from runner.problems import BadUsage, LedgerUnusable
from runner.reading import BadReadings, FilesRaced
from runner.views.phrases import count

_FORGOTTEN: Final = """\
{posts} by {who} left what is kept of `{id}`, and its history. The host of the repository may keep
for a while what no branch leads to. As long as the post stands on X, `runner collect` finds it
again: ask {who} to delete it."""
_LISTED: Final = """\
Nothing was changed: the list of `{id}` is published, and its digest stands on X, so that nothing
can be taken off it. Tell {who}: the list holds no name, only a number that nobody can tie to a
person without the key; it stays until the key is destroyed, and what is sealed until {until}."""
_SHOWN: Final = """\
Nothing was changed: {who} has a place in the draw of `{id}`, without which nobody can check it.
Tell {who}: {results} shows everyone their user id, post and ticket, and
who wins by name, until {until}; from then on `runner forget {id}` takes them out. Older commits
and copies of others keep them. Your posts on X that name {who} stay until you delete them."""
_GIVEN_UP: Final = """\
Who does not want the prize any more gives it up, and stays in the results without a name:
runner redraw {id} --fallen {who} --because withdrawn"""
_OVER: Final = """\
Of `{id}` only the list is left, whose numbers name nobody once the key is gone. Destroy it now:
take {key} out of your own copy of all keys, then `gh secret set {keys} < FILE`.
Older commits of the results and copies that others made may hold who won; so do your posts on X."""


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    who: Annotated[
        str | None,
        typer.Option(
            "--who", metavar="HANDLE", help="This person alone, by handle or user id; else all."
        ),
    ] = None,
    now: Now = None,
) -> None:
    """Forget who entered a contest: a person who asks for it, or all once `keep` is over.

    Before the list of entries is published, a person's entry goes, and with it what was kept of it.
    Afterwards the list can't be changed any more, and the command says what to tell them: another
    thing to who has a place in the draw, which the results show. Once `keep` has passed since the
    draw, what is sealed is deleted, and who won leaves the results.
    """
    context = context_at(here(), now)
    raise typer.Exit(forget(context, contest, who.removeprefix("@") if who else None))


def forget(context: CommandContext, id: str, who: str | None = None) -> int:
    """Deletes what is kept of who entered a contest, of all or of one. Raises BadUsage for what is
    still needed, and where nothing is kept; LedgerUnusable."""
    contest = contest_of(context, id)
    contest.charter()  # of a draw by hand nothing is kept
    return _forget_all(context, contest) if who is None else _forget_one(context, contest, who)


def _forget_one(context: CommandContext, contest: OpenedContest, who: str) -> int:
    id = contest.file.id
    try:
        if contest.file.draw or contest.list_files(context).read([LIST_FILE]):
            context.say(_what_stays(context, contest, who))
            return 0
        found = contest.collector(context).forget(who)
    except BadReadings as bad:
        raise LedgerUnusable(f"what was collected of `{id}` can't be read: {bad}") from None
    except FilesRaced:
        raise LedgerUnusable("another run is collecting just now", help="run it again") from None
    if not found:
        raise BadUsage(
            f"nothing of `{who}` is kept of `{id}`",
            help="name the handle that they had when they entered, or their user id",
        )
    posts = count(found, "post", "posts")
    context.say(_FORGOTTEN.format(posts=posts, id=id, who=who))
    return 0


def _what_stays(context: CommandContext, contest: OpenedContest, who: str) -> str:
    """What to tell a person whom nobody can take off the list. Raises BadReadings, and
    LedgerUnusable."""
    draw, name = contest.file.draw, who.casefold()
    places = draw.proof.places if draw and draw.proof else ()
    if draw and places and name in map(str.casefold, draw.winners):
        text = f"{_SHOWN}\n{_GIVEN_UP}"
    else:
        text = _SHOWN if _has_place(context, contest, places, name) else _LISTED
    until = f"{_over_at(contest):%Y-%m-%d}"
    return text.format(id=contest.file.id, who=who, until=until, results=contest.file.results)


def _has_place(
    context: CommandContext, contest: OpenedContest, places: Sequence[DrawnPlace], name_or_id: str
) -> bool:
    """Whether one of these places is theirs, by what they were called when they entered. Raises
    BadReadings, and LedgerUnusable."""
    users = [place.user for place in places]
    if not users or name_or_id in users:
        return bool(users)
    called = contest.collector(context).readings().handles(users)
    return name_or_id in map(str.casefold, called.values())


def _forget_all(context: CommandContext, contest: OpenedContest) -> int:
    id, at, now = contest.file.id, _over_at(contest), context.clock.now()
    if now < at:
        raise BadUsage(
            f"what proves the draw of `{id}` is kept until {at:%Y-%m-%d %H:%M}, as was announced",
            help=f"to forget one person: runner forget {id} --who HANDLE",
        )
    files = contest.entry_files(context)
    files.read()
    try:
        files.replace({})
    except FilesRaced:
        raise LedgerUnusable("another run is collecting just now", help="run it again") from None
    draw = contest.file.draw
    if draw and draw.proof and draw.proof.places:
        with writing(contest.file.results):
            (context.root / contest.file.results).write_text(
                ExpiredResults(draw=draw, proof=draw.proof, on=context.today()).as_yaml()
            )
        context.say(f"Who won left {contest.file.results}: open a pull request with it.")
    context.say(_OVER.format(id=id, key=contest.charter().key, keys=KEYS))
    return 0


def _over_at(contest: OpenedContest) -> datetime:
    """Until when it is kept: from the draw on, or from when it should have been held."""
    drawn = contest.anchors.get("drawn")
    since = drawn if isinstance(drawn, datetime) else contest.anchors["draws"]
    assert isinstance(since, datetime)  # noqa: S101 - a charter has it
    return since + contest.contest.keep
