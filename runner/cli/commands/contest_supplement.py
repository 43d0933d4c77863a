"""`runner contest supplement`: adds entries to a list that has left them out, while there is
time."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from runner.cli.commands.collect import collecting_run
from runner.cli.contest_posts import closing_post_id
from runner.cli.contests import OpenedContest, contest_of
from runner.cli.context import CommandContext
from runner.cli.entry_lists import entrants_of, opened_added, published_list, readings_of
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.options import id_in, writing
from runner.cli.reading_tallies import left_to_read
from runner.cli.reading_turns import ANOTHER_READS, turn_to_read
from runner.cli.signing import signer_of
from runner.cli.x_accounts import RateLimitPatience
from runner.contest.commitments import C_BYTES, BadList, Commitments, as_lines, ordered
from runner.contest.entry_list import (
    SUPPLEMENT_FILE,
    EntryList,
    added_entries,
    supplemented_by,
)
from runner.contest.results import ListedEntries
from runner.contest.tickets import commitment
from runner.models import Draw, Supplement
from runner.problems import BadUsage, LedgerUnusable, Refused
from runner.reading import FilesRaced
from runner.schedule import QUICKNET_CLOCK, latest_supplement, round_of_draw
from runner.views.phrases import count
from runner.x_facts import instant

_ITS_POST = """\
Add its post to the same pull request, below `posts:` of {file}, in your words:
  {post}:
    at: {at}
    grace: {grace}
    reply-to: {closing}
    text: >-
      Some entries were missing from our list. They are on it now, and none was taken off. Entries:
      {{{{ draw.supplemented }}}}. Digest: {{{{ draw.supplement }}}}"""


def add_supplement(context: CommandContext, id: str, addresses: Sequence[str]) -> int:
    """Publishes what was left out of the list, once, and writes the digest of the list with it into
    the contest's results. `addresses` are those of posts that no list of X has shown. Raises
    BadUsage, LedgerUnusable, Refused."""
    contest = contest_of(context, id)
    contest.charter()  # there is none of a draw by hand
    draw, latest = _expect_in_time(context, contest)
    files = contest.list_files(context)
    there = files.read()
    listed = published_list(context, contest, there)
    if listed.digest != draw.digest:
        raise LedgerUnusable(
            f"the list of `{id}` is not the one whose digest {contest.file.results} holds",
            help="look at who has changed its branch; nothing is added to another list",
        )
    if SUPPLEMENT_FILE in there:
        added = _published_supplement(id, there)
        opened_added(context, contest, added)
    else:
        added = _new_commitments(context, contest, listed, addresses)
        try:
            files.add(SUPPLEMENT_FILE, as_lines(added))
        except FilesRaced:
            raise LedgerUnusable(
                "another run has just published a supplement",
                help="run it again: it takes that one",
            ) from None
    _write(context, contest, draw, supplemented_by(listed, added), files.commit)
    entries = count(len(added), "entry comes", "entries come")
    context.say(
        f"{entries} to the list of `{id}`; its digest is in {contest.file.results}: open a pull "
        f"request with it, and merge it before {latest:%Y-%m-%d %H:%M} UTC."
    )
    if contest.contest.supplement_post not in contest.contest.posts:
        context.say(_its_post(context, contest, latest))
    return 0


def _expect_in_time(context: CommandContext, contest: OpenedContest) -> tuple[Draw, datetime]:
    """The results so far, and until when the supplement can be closed. Raises BadUsage."""
    id, draw = contest.file.id, contest.file.draw
    if draw is None or draw.drawn:
        what = "is drawn already" if draw else "has no list yet"
        raise BadUsage(f"`{id}` {what}", help="a supplement is between its list and its draw")
    if draw.supplement:
        raise BadUsage(
            f"`{id}` has its supplement already", help="a second one would end the proof"
        )
    closed = instant(closing_post_id(context, contest))
    decides = round_of_draw(QUICKNET_CLOCK, contest.charter().draws, closed)
    latest = latest_supplement(QUICKNET_CLOCK.instant(decides.number)) if decides else closed
    if context.clock.now() >= latest:
        raise BadUsage(
            f"a supplement of `{id}` had to be closed by {latest:%Y-%m-%d %H:%M} UTC, six hours "
            "before the round",
            help="who was left out stays out; tell them so",
        )
    return draw, latest


def _published_supplement(id: str, files: Mapping[str, bytes]) -> Commitments:
    try:
        return added_entries(files)
    except BadList as bad:
        raise LedgerUnusable(f"the supplement of `{id}` can't be read: {bad}") from None


def _new_commitments(
    context: CommandContext, contest: OpenedContest, listed: EntryList, addresses: Sequence[str]
) -> Commitments:
    """What was left out, by all that was read. Raises BadUsage where nobody was."""
    if addresses:
        _keep_posts(context, contest, [id_in(each) for each in addresses])
    entries = entrants_of(contest, readings_of(context, contest)).entries
    made = map(commitment, signer_of(context, contest)(entries), entries)
    known = {each[:C_BYTES] for each in listed.commitments}
    added = ordered(each for each in made if each[:C_BYTES] not in known)
    if not added:
        raise BadUsage(
            f"nobody whose entry counts is missing on the list of `{contest.file.id}`",
            help="runner collect says what does not count, and why; a post that X did not list is "
            "named by --entry ADDRESS",
        )
    return added


def _keep_posts(context: CommandContext, contest: OpenedContest, ids: Sequence[str]) -> None:
    """Reads these posts from X, and keeps them. Raises BadUsage, LedgerUnusable, Refused."""
    patience = RateLimitPatience(context, context.clock.now())
    try:
        with turn_to_read(context, contest.project, patience) as turn:
            left = left_to_read(context, inputs_of(open_project(context), context))
            found = collecting_run(context, contest, turn, left).look_at(ids)
    except FilesRaced as raced:
        raise LedgerUnusable(str(raced) or ANOTHER_READS, help="run it again") from None
    if found.stopped:
        raise Refused(f"X could not be read: {found.stopped.because}", help=found.stopped.help)
    for id in ids:
        if found.readings.entry(id) is None:
            raise BadUsage(
                f"the post {id} is no entry of `{contest.file.id}`, or X shows it no more",
                help="say so to whoever asks",
            )


def _write(
    context: CommandContext,
    contest: OpenedContest,
    draw: Draw,
    entries: EntryList,
    commit: str | None,
) -> None:
    supplement = Supplement(digest=entries.digest, entries=len(entries.commitments))
    named = draw.model_copy(update={"supplement": supplement, "commit": commit})
    with writing(contest.file.results):
        (context.root / contest.file.results).write_text(
            "# The list of entries and its supplement, before the draw. Made by `runner contest "
            f"supplement`.\n{ListedEntries.of(named).as_yaml()}"
        )


def _its_post(context: CommandContext, contest: OpenedContest, latest: datetime) -> str:
    """What is left to do where the file does not have the post yet that closes it."""
    due = context.clock.now() + timedelta(minutes=1)
    hours, minutes = divmod(max((latest - due) // timedelta(minutes=1), 1), 60)
    return _ITS_POST.format(
        file=contest.path,
        post=contest.contest.supplement_post,
        at=contest.as_written(due),
        closing=contest.contest.closing_post,
        grace=f"{hours}h" if hours else f"{minutes}m",
    )
