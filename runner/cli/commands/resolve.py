"""`runner resolve`: records what became of a post, as a person says it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from runner.cli.commands.resolve_target import TypedPost, declared_occurrences, resolution_target_of
from runner.cli.context import CommandContext, here, person_name
from runner.cli.local_clock import context_at
from runner.cli.opened_project import commit_of, inputs_of, only
from runner.cli.options import Because, Now, required_reason
from runner.cli.planning import facts_ahead
from runner.cli.stores import ledger_of, open_published, refuse_to_forget
from runner.cli.x_accounts import asking_ports
from runner.ledger import Facts, Key, Need, Record
from runner.models import OthersPost, PostAddress
from runner.plan import PlanInputs, plan, with_journals
from runner.problems import BadUsage, LedgerUnusable
from runner.publish import (
    LOOKS_AHEAD,
    GivenLink,
    Ledger,
    Raced,
    Resolution,
    ResolutionTarget,
    refuse_if_shown,
)
from runner.value import Value
from runner.views.decisions import resolution_as_text
from runner.x_facts import instant

LATELY = timedelta(days=8)
"""The longest grace and a day: what went out earlier is no post that may still go out."""
TRIES = 5
"""How often it is recorded anew when a run writes the ledger at the same time."""
_WithoutLooking = Annotated[
    bool,
    typer.Option(
        "--without-looking",
        help="With --not-posted: do not ask X first, for who has no credentials.",
    ),
]


class ResolveOptions(Value, kw_only=True):
    """What the command line says. Exactly one of `posted`, `not_posted` and `skip` is given."""

    name: str
    because: str
    posted: str | None = None
    not_posted: bool = False
    skip: bool = False
    account: str | None = None
    part: int | None = None
    without_looking: bool = False


def command(
    name: Annotated[
        str, typer.Argument(metavar="CAMPAIGN/POST", help="With @DATE.SLOT for one that recurs.")
    ],
    posted: Annotated[
        str | None, typer.Option("--posted", metavar="URL", help="It is out: its link on X.")
    ] = None,
    not_posted: Annotated[
        bool, typer.Option("--not-posted", help="It is not out, and may be sent again.")
    ] = False,
    without_looking: _WithoutLooking = False,
    skip: Annotated[bool, typer.Option("--skip", help="Nothing more of it goes out.")] = False,
    because: Because = None,
    account: Annotated[
        str | None, typer.Option("--account", help="Which account, where it is on several.")
    ] = None,
    part: Annotated[
        int | None, typer.Option("--part", min=1, help="Which part of a thread.")
    ] = None,
    now: Now = None,
) -> None:
    """Say what became of a post that needs a person. Sends nothing."""
    context = context_at(here(), now)
    said = ResolveOptions(
        name=name,
        because=required_reason(because),
        posted=posted,
        not_posted=not_posted,
        skip=skip,
        account=account,
        part=part,
        without_looking=without_looking,
    )
    raise typer.Exit(resolve(context, said))


def resolve(context: CommandContext, said: ResolveOptions) -> int:
    """Writes a person's word about a post into the ledger, and says what happens next. Raises
    BadUsage, LedgerUnusable."""
    if [said.posted is not None, said.not_posted, said.skip].count(True) != 1:
        raise BadUsage(
            "a post is out, or it is not, or it never goes out",
            help="say one of --posted URL, --not-posted and --skip",
        )
    if said.without_looking and not said.not_posted:
        raise BadUsage(
            "--without-looking says how --not-posted is to be taken", help="leave it out"
        )
    opened = open_published(context)
    word = _resolution(context, said, commit_of(opened, context))
    inputs = inputs_of(opened, context)
    refuse_to_forget(context, inputs.project)
    ledger = ledger_of(context, inputs.project)
    ports = asking_ports(context, opened, ledger, alone=said.account is not None)
    look = partial(refuse_if_shown, project=inputs.project, ports=ports)
    key, is_new = record_resolution(said, word, inputs, ledger, look)
    if not is_new:
        context.say("The ledger says so already.")
    try:
        context.say(_outcome_text(inputs, ledger, key, context.clock.now()))
    except LedgerUnusable as unusable:  # the word stands all the same
        context.say(f"It is recorded; what comes of it can't be seen: {unusable.message}.")
    return 0


def record_resolution(
    said: ResolveOptions,
    word: Resolution,
    inputs: PlanInputs,
    ledger: Ledger,
    look: Callable[[ResolutionTarget, Facts], None],
) -> tuple[Key, bool]:
    """Records the resolution; the key of the occurrence, and whether that was new to the ledger.
    Tries anew when a run writes the ledger meanwhile. Raises BadUsage, LedgerUnusable."""
    link = _link(said.posted) if said.posted is not None else None
    target = TypedPost.parse(said.name).on(said.account)
    for _ in range(TRIES):
        facts = ledger.read(_need(target, inputs, link, word.at))
        found_target = resolution_target_of(target, inputs, facts)
        found_target.refuse_other(said.part)
        record = _record(word, found_target, said, link, facts)
        if record == Record():
            return found_target.key, False
        if said.not_posted and not said.without_looking:
            look(found_target, facts)
        try:
            ledger.claim(record)
        except Raced:
            continue
        return found_target.key, True
    raise LedgerUnusable("runs write the ledger all the time", help="say it again in a minute")


def _resolution(context: CommandContext, said: ResolveOptions, commit: str | None) -> Resolution:
    return Resolution(
        by=person_name(context),
        because=said.because,
        at=context.clock.now(),
        run=context.run_id,
        commit=commit,
    )


def _link(url: str) -> GivenLink:
    whole = url if "://" in url else f"https://{url}"
    try:
        address: OthersPost = TypeAdapter(PostAddress).validate_python(whole)
    except ValidationError:
        raise BadUsage(
            f"`{url}` is not the link of a post",
            help="open the post on X, and copy its link: https://x.com/name/status/1234567890",
        ) from None
    return GivenLink(handle=address.handle, id=address.id, at=instant(address.id))


def _need(target: TypedPost, inputs: PlanInputs, link: GivenLink | None, now: datetime) -> Need:
    """What to read of the ledger: the post, the month of its link, and what went out lately under
    other names."""
    accounts = {*inputs.project.accounts, *([target.account] if target.account else [])}
    months = {(account, f"{link.at:%Y-%m}") for account in accounts} if link else set()
    need = Need(periods=target.periods, months=frozenset(months))
    return with_journals(need, accounts=accounts, since=now - LATELY, now=now)


def _record(
    word: Resolution,
    found_target: ResolutionTarget,
    said: ResolveOptions,
    link: GivenLink | None,
    facts: Facts,
) -> Record:
    if link:
        return word.posted_record(found_target, link, facts)
    if said.skip:
        return word.skipped_record(found_target)
    return word.not_posted_record(found_target, by_timeline=not said.without_looking)


def _outcome_text(inputs: PlanInputs, ledger: Ledger, key: Key, now: datetime) -> str:
    """Where the post stands, and what the next run would do with it."""
    target = TypedPost.of(key)
    standing = ledger.read(_need(target, inputs, None, now)).standings[key]
    occurrence = declared_occurrences(target, inputs.timetables).get(key)
    if occurrence is None or key.account not in inputs.project.accounts:
        return resolution_as_text(standing, None)
    alone = only(inputs, accounts=(key.account,), campaigns=(key.campaign,))
    until = max(now + LOOKS_AHEAD, occurrence.due)
    facts, ahead = facts_ahead(alone, ledger, now, until, back=until - occurrence.due)
    if key not in {each.key for each in ahead}:  # its time is long over
        ahead = (occurrence, *ahead)
    actions = {action.key: action for action in plan(alone, ahead, facts, now=now).actions}
    return resolution_as_text(standing, actions[key])
