"""A small contest, drawn by round 657413 of the beacon: the first after a full minute of those
that are known, 2023-09-15 11:00 UTC."""

import hmac
import itertools
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from runner.charter import QUICKNET, Charter
from runner.contest.commitments import as_lines, ordered
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import SUPPLEMENT_FILE, EntryList, drawn_places
from runner.contest.published import PublishedDraw
from runner.contest.signatures import QUICKNET_CHAIN, rehearsed_signature
from runner.contest.tickets import ContestKey, commitment
from runner.models import Draw, DrawnPlace, DrawProof, Supplement
from runner.value import replace
from runner.x_facts import snowflake

ROUNDS: dict[int, str] = {
    int(round): signature
    for round, signature in json.loads(Path(__file__).with_name("rounds.json").read_text()).items()
}
"""Signatures of quicknet as they were published, by round."""
KEY = ContestKey(bytes(range(32)))
OTHER_KEY = ContestKey(bytes(reversed(range(32))))
OPENS = datetime(2023, 9, 10, 10, tzinfo=UTC)
CLOSES = datetime(2023, 9, 13, 11, tzinfo=UTC)
DRAWS = datetime(2023, 9, 15, 11, tzinfo=UTC)
CHARTER = Charter(
    account="1234567890",
    contest="winter-lois",
    key=KEY.fingerprint,
    beacon=QUICKNET,
    how="mention",
    phrase='"#ZiemasLois"',
    account_age=30 * 86_400,
    exclude="acme_lv,acme_support",
    prize='{"en":"three pairs of jeans","lv":"trīs džinsi"}',
    winners=2,
    alternates=3,
    claim_by="drawn + 7d",
    keep=90 * 86_400,
    terms="87fc0c49dc344a5b243a349aa46692b699d73f3598d597b3732beaf352d1518e",
    opens=int(OPENS.timestamp()),
    closes=int(CLOSES.timestamp()),
    draws=int(DRAWS.timestamp()),
)


def id_of(at: datetime, more: int = 0) -> str:
    """An id that X would have given then."""
    return str(snowflake(at) + more)


ENTRIES = tuple(
    ContestEntry(user=str(1_000 + 37 * number), post=id_of(OPENS + timedelta(hours=number), number))
    for number in range(1, 9)
)
ANNOUNCEMENT = id_of(OPENS)
CLOSING_POST = id_of(CLOSES + timedelta(minutes=20))
SUPPLEMENT_POST = id_of(CLOSES + timedelta(hours=20))


def a_list(
    entries: Iterable[ContestEntry] = ENTRIES,
    *,
    key: ContestKey = KEY,
    charter: Charter = CHARTER,
) -> EntryList:
    return EntryList(
        charter=charter,
        public_key=key.public_key,
        announcement=ANNOUNCEMENT,
        commitments=ordered(commitment(key.ticket(charter, each.user), each) for each in entries),
    )


def rank(commitment: bytes) -> bytes:
    """The rank of an entry in round 657413, as docs/reference/contest-proof.md says it."""
    randomness = sha256(bytes.fromhex(ROUNDS[657413])).digest()
    return hmac.digest(randomness, b"winter-lois\0" + commitment[:32], "sha256")


@cache
def a_long_list(count: int = 10_001) -> EntryList:
    """So many entries, of which round 657413 draws first those that the small contest has."""
    ours = a_list()
    last = sorted(map(rank, ours.commitments))[CHARTER.winners + CHARTER.alternates - 1]
    numbers = (sha256(f"other {number}".encode()).digest() for number in itertools.count())
    others = (each + sha256(each).digest() for each in numbers if rank(each) > last)
    more = itertools.islice(others, count - len(ours.commitments))
    return replace(ours, commitments=ordered((*ours.commitments, *more)))


def opened(entries: EntryList, round: int, count: int, *fallen: int) -> tuple[DrawnPlace, ...]:
    """The first places of a draw, as the holder of the key opens them; some of them fell."""
    randomness = QUICKNET_CHAIN.randomness(round, bytes.fromhex(ROUNDS[round]))
    assert randomness
    return opened_by(randomness, entries, count, *fallen)


def opened_by(
    randomness: bytes, entries: EntryList, count: int, *fallen: int
) -> tuple[DrawnPlace, ...]:
    """The same of any randomness."""
    tickets = {each: KEY.ticket(entries.charter, each.user) for each in ENTRIES}
    known = {commitment(ticket, each): each for each, ticket in tickets.items()}
    return tuple(
        DrawnPlace(
            user=known[drawn].user,
            post=known[drawn].post,
            ticket=tickets[known[drawn]].hex(),
            fallen="unclaimed" if number in fallen else None,
        )
        for number, drawn in enumerate(drawn_places(entries, randomness)[:count], start=1)
    )


def a_draw(entries: EntryList | None = None, **proof: object) -> PublishedDraw:
    """All that was published of an honest draw; `proof` changes what its results say."""
    entries = entries or a_list()
    draw = Draw.model_validate(
        {
            "drawn": "2023-09-15 15:00",
            "round": 657413,
            "digest": entries.digest,
            "entries": len(entries.commitments),
            "winners": ["anna_demo", "karlis_demo"],
            "proof": DrawProof.model_validate(
                {
                    "closing-post": CLOSING_POST,
                    "signature": ROUNDS[657413],
                    "places": opened(entries, 657413, 2),
                    **{name.replace("_", "-"): value for name, value in proof.items()},
                }
            ),
        }
    )
    assert draw.proof
    return PublishedDraw(
        promised=CHARTER,
        draw=draw,
        proof=draw.proof,
        list=dict(entries.files()),
        today=date(2024, 1, 1),
    )


def a_rehearsed_draw() -> PublishedDraw:
    """The same draw by the beacon of rehearsals."""
    signature = rehearsed_signature(657413)
    places = opened_by(sha256(signature).digest(), a_list(), 2)
    return a_draw(signature=signature.hex(), places=places)


def a_supplemented_draw(**proof: object) -> PublishedDraw:
    """The same draw, of a list that lacked its first entrant until its supplement came."""
    whole = a_draw(**{"supplement": SUPPLEMENT_POST, **proof})
    first = a_list(ENTRIES[1:])
    added = Supplement(digest=a_list().digest, entries=len(ENTRIES))
    named = {"digest": first.digest, "entries": len(first.commitments), "supplement": added}
    lines = as_lines(a_list(ENTRIES[:1]).commitments)
    return replace(
        whole,
        draw=whole.draw.model_copy(update=named),
        list={**dict(first.files()), SUPPLEMENT_FILE: lines},
    )


def signed(entries: Sequence[ContestEntry]) -> list[bytes]:
    """Their tickets in the small contest."""
    return [KEY.ticket(CHARTER, each.user) for each in entries]


def results_file(draw: Draw) -> str:
    """Results in the runner's form, whatever they say."""
    assert draw.proof
    told = {"round": draw.round, "digest": draw.digest, "entries": draw.entries}
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    if draw.supplement:
        of = f"{{digest: {draw.supplement.digest}, entries: {draw.supplement.entries}}}"
        lines.append(f"supplement: {of}")
    added = [f'  supplement: "{draw.proof.supplement}"'] if draw.proof.supplement else []
    places = [
        f'    - {{user: "{place.user}", post: "{place.post}", ticket: "{place.ticket}"'
        + (f", fallen: {place.fallen}}}" if place.fallen else "}")
        for place in draw.proof.places
    ]
    return "\n".join(
        [
            "# Proposed by `runner draw`.",
            "drawn: 2023-09-15 15:00",
            *lines,
            f"winners: [{', '.join(draw.winners)}]",
            "proof:",
            f'  closing-post: "{draw.proof.closing_post}"',
            *added,
            f"  signature: {draw.proof.signature}",
            "  places:",
            *places,
            "",
        ]
    )
