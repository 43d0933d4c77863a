"""The contest of `runner demo`, which is drawn by a round of the beacon that was recorded in
2023."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.demo_world import SimulatedClock, local_x, say_title
from runner.cli.commands.draw import draw
from runner.cli.commands.draw_proposal import proposal_text
from runner.cli.commands.post_run import PostOptions, PostRun
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.cli.context import CommandContext
from runner.contest.tickets import ContestKey
from runner.public_web import DRAND_VARIABLE
from runner.value import replace

if TYPE_CHECKING:
    from runner.local_x import Act, Sandbox

ID: Final = "winter-lois"
_RESULTS: Final = f"campaigns/results/{ID}.yaml"
_OPENS: Final = datetime(2023, 9, 10, 10, tzinfo=UTC)
_CLOSES: Final = datetime(2023, 9, 13, 11, tzinfo=UTC)
_DRAWS: Final = datetime(2023, 9, 15, 11, tzinfo=UTC)
"""Round 657413 is the first after it."""
_ENTRY: Final = "@acme_lv #ZiemasLois"
_KEY: Final = ContestKey(sha256(b"no secret: everybody may read it in the source").digest())
_PROJECT: Final = """\
timezone: UTC
accounts:
  shop: {handle: acme_lv, locale: en}
ledger: {store: files}
"""
_CONTEST: Final = """\
kind: contest
account: shop
prize: three pairs of jeans
opens: 2023-09-10 10:00
closes: 2023-09-13 11:00
entry: {{how: mention, phrase: "#ZiemasLois"}}
winners: 3
alternates: 4
key: {{fingerprint: {key}, user-id: "{user}"}}
posts:
  announce: {{at: opens}}
  closed: {{at: closes, reply-to: announce}}
  winners: {{at: drawn + 1h}}
"""


def contest_demo(context: CommandContext, root: Path, entrants: int) -> int:
    """Has a crowd enter, fixes the list, draws, names the winners, and verifies; then the results
    are tampered with. Exits with 0 where that is caught."""
    with local_x({"shop": "acme_lv"}, root, _OPENS) as (sandbox, clock):
        _write(root, "runner.yaml", _PROJECT)
        user = sandbox.account("shop").person.user_id
        _write(root, f"campaigns/{ID}.yaml", _CONTEST.format(key=_KEY.fingerprint, user=user))
        environ = {**context.environ, **sandbox.environment()}
        environ |= {KEYS: _KEY.secret.hex(), DRAND_VARIABLE: sandbox.url}
        inside = replace(context, root=root, clock=clock, environ=environ, ledger=root / "ledger")
        _run(inside, clock, sandbox, entrants)
        say_title(context, f"runner verify {ID}")
        honest = check_draw(inside, ID)
        say_title(context, "somebody tampers with the files; runner verify says")
        caught = _is_each_tampering_seen(inside)
    return 0 if honest == 0 and caught else 1


def _run(inside: CommandContext, clock: SimulatedClock, sandbox: "Sandbox", entrants: int) -> None:
    """From the announcement to the winners."""
    say_title(inside, f"a contest that anyone can check: {entrants} people enter in three days")
    _post(inside, clock, _OPENS)
    sandbox.play(_crowd(entrants))
    clock.set(_CLOSES + timedelta(minutes=20))
    collect(inside, ID)
    say_title(inside, f"it has closed; the pull request after runner contest commit {ID}")
    commit_entries(inside, ID)
    _show_proposal(inside)
    _post(inside, clock, _CLOSES + timedelta(minutes=30))
    say_title(
        inside, f"round 657413 of the beacon has come; the pull request after runner draw {ID}"
    )
    clock.set(_DRAWS + timedelta(seconds=10))
    draw(inside, ID)
    _show_proposal(inside)
    _post(inside, clock, _DRAWS + timedelta(hours=1, minutes=5))


def _crowd(entrants: int) -> "tuple[Act, ...]":
    from runner.local_x import crowd_acts

    return crowd_acts(entrants, opens=_OPENS, closes=_CLOSES, text=_ENTRY)


def _post(inside: CommandContext, clock: SimulatedClock, at: datetime) -> None:
    """Publishes what is due then, and prints its texts."""
    clock.set(at)
    quiet = replace(inside, talk=StringIO(), out=StringIO())
    for result in PostRun(quiet, PostOptions()).run().outcome.sent:
        post = result.action.post
        for part in post.parts if post else ():
            inside.say("\n".join(f"  │ {line}".rstrip() for line in part.text.splitlines()))


def _show_proposal(inside: CommandContext) -> None:
    contest = contest_of(inside, ID)
    assert contest.file.draw, "a step has just written it"  # noqa: S101
    inside.say(f"\n{proposal_text(contest, contest.file.draw)}\nMerged.\n")


def _is_each_tampering_seen(inside: CommandContext) -> bool:
    """Whether `verify` catches each tampering; prints what it says of each."""
    draw = contest_of(inside, ID).file.draw
    assert draw, "it is drawn"  # noqa: S101
    winner, other = draw.winners[:2]
    tamperings = (
        ("a friend wins", _RESULTS, winner, "our_best_friend"),
        ("two winners change places", _RESULTS, f"{winner}, {other}", f"{other}, {winner}"),
        ("another round decides", _RESULTS, "round: 657413", "round: 657414"),
        ("there are fewer entries", _RESULTS, f"entries: {draw.entries}", "entries: 12"),
        ("the prize is another one", f"campaigns/{ID}.yaml", "three pairs", "one pair"),
    )
    caught = [_is_caught(inside, *each) for each in tamperings]
    return all(caught)


def _is_caught(inside: CommandContext, what: str, path: str, old: str, new: str) -> bool:
    """Whether `verify` fails while a file has `new` in the place of `old`."""
    file = inside.root / path
    honest = file.read_text()
    file.write_text(honest.replace(old, new, 1))
    told = StringIO()
    code = check_draw(replace(inside, out=told), ID)
    file.write_text(honest)
    why = told.getvalue().partition("DOES NOT HOLD: ")[2].splitlines()
    inside.say(f"{what}: {why[0] if why else 'nobody noticed'}")
    return code == 1


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
