"""A post in doubt, and a person who says what became of it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.ledger import Attempting, Closed, Key, Need, Posted, Record, State
from runner.problems import BadUsage
from runner.stores.files import FilesLedger
from runner.x_facts import snowflake

KEY = Key("shop", "winter-lois", "announce")
THREAD = Key("shop", "fit", "fit")
OPENS = datetime.fromisoformat("2027-03-01T10:00+02:00")
LOOKS = {"me", "timeline"}
"""The requests that a person's word may lead to."""
DOUBT = "X gave no answer"


def ledger_of(desktop) -> FilesLedger:
    return FilesLedger(desktop.root / ".runner/ledger")


def standing_of(desktop, key=KEY):
    month = key.nominal[:7] if key.nominal else "once"
    facts = ledger_of(desktop).read(Need(periods=frozenset({(key.campaign, month)})))
    return facts.standings[key]


def journal_of(desktop):
    return ledger_of(desktop).read(Need(months=frozenset({("shop", "2027-03")}))).journal


def an_attempt(key=KEY, *, part=1, texts=("Win jeans",), after=0, **more) -> Attempting:
    at = OPENS + timedelta(minutes=after)
    given = {
        "key": key,
        "part": part,
        "at": at,
        "run": "run",
        "attempt": f"attempt-{key.post}-{part}-{after}",
        "send_by": at + timedelta(seconds=60),
        "due": OPENS,
        "digest": "digest",
        "parts": tuple({"text": text, "repost": None} for text in texts) if part == 1 else (),
        "cost": Decimal("0.015") * len(texts),
        "costs": (Decimal("0.015"),) * len(texts) if part == 1 else (),
    }
    return Attempting(**{**given, **more})


def an_end(attempt: Attempting, state=State.UNKNOWN) -> Closed:
    return Closed(
        key=attempt.key,
        part=attempt.part,
        at=attempt.at,
        run="run",
        state=state,
        attempt=attempt.attempt,
        because=DOUBT,
        due=attempt.due,
        digest=attempt.digest,
    )


def an_id(after: float = 0) -> str:
    """Of a post that X made so many minutes after ten."""
    return str(snowflake(OPENS + timedelta(minutes=after)) + 1)


def a_link(after: float = 0, handle: str = "acme_lv") -> str:
    return f"https://x.com/{handle}/status/{an_id(after)}"


def in_doubt(desktop, *entries, now="2027-03-01T10:30+02:00") -> None:
    attempt = an_attempt()
    ledger_of(desktop).record(Record(entries=entries or (attempt, an_end(attempt))))
    desktop.clock.set(now)
    desktop.environ["USER"] = "anna"


def half_a_thread(desktop) -> Posted:
    """Its second part is in doubt."""
    desktop.write(
        "campaigns/fit.yaml",
        "kind: series\naccount: shop\n"
        "posts: {fit: {at: 2027-03-01 10:00, thread: [One, Two, Three]}}\n",
    )
    first = Posted(
        key=THREAD,
        at=OPENS,
        run="run",
        attempt="attempt-fit-1-0",
        id=an_id(),
        url=a_link(),
        cost=Decimal("0.015"),
    )
    second = an_attempt(THREAD, part=2)
    in_doubt(desktop, an_attempt(THREAD, texts=("One", "Two", "Three")), first, second)
    return first


def say(desktop, name="winter-lois/announce", **more) -> str:
    outside, before = desktop.outside(), desktop.sandbox.requests()
    said = ResolveOptions(name=name, because="I looked at the timeline", **more)
    assert resolve(outside, said) == 0
    asked = desktop.sandbox.requests().items() - before.items()
    looks = more.get("not_posted") and not more.get("without_looking")
    assert {route for route, _ in asked} <= (LOOKS if looks else set())
    return outside.out.getvalue()


def refusal(desktop, name="winter-lois/announce", **more) -> str:
    """What it says, with the help; and the ledger is as it was."""
    before = {
        path: path.read_bytes() for path in desktop.root.glob(".runner/**/*") if path.is_file()
    }
    with pytest.raises(BadUsage) as refused:
        resolve(desktop.outside(), ResolveOptions(name=name, because="I looked", **more))
    assert all(path.read_bytes() == data for path, data in before.items())
    assert refused.value.help
    return f"{refused.value.message}\n{refused.value.help}"
