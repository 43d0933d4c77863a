"""Whoever lost can check the draw: an honest one holds, and each change of it is found."""

from datetime import date, timedelta

import pytest

from runner.contest.entries import ContestEntry
from runner.contest.list_head import LIST_FILE
from runner.contest.published import PublishedDraw, Verdict
from runner.contest.verifying import verify
from runner.value import replace
from tests.unit.contest.building import (
    CHARTER,
    CLOSES,
    DRAWS,
    ENTRIES,
    KEY,
    OPENS,
    OTHER_KEY,
    ROUNDS,
    a_draw,
    a_list,
    id_of,
    opened,
)

HONEST = a_draw()
LIST = a_list()


def with_list(entries, **promised) -> PublishedDraw:
    """With another list, whose digest the results name."""
    return replace(
        HONEST,
        list=dict(entries.files()),
        draw=HONEST.draw.model_copy(update={"digest": entries.digest}),
        promised=replace(HONEST.promised, **promised),
    )


def with_results(**results) -> PublishedDraw:
    return replace(HONEST, draw=HONEST.draw.model_copy(update=results))


def test_an_honest_draw_is_consistent() -> None:
    found = verify(HONEST)
    assert (found.verdict, found.wrong) == (Verdict.CONSISTENT, None)
    assert len(found.held) == 8
    assert HONEST.promised.code in found.held[0]
    assert "nobody knew it" in found.held[4]


def test_what_is_left_of_an_expired_proof_is_checked() -> None:
    draw = a_draw(places=[], expired="2023-12-14")
    expired = replace(draw, draw=draw.draw.model_copy(update={"winners": ()}))
    assert verify(expired).verdict is Verdict.EXPIRED
    assert len(verify(expired).held) == 8
    assert verify(with_round(expired, 657414)).verdict is Verdict.FALSE
    assert "winners are named nevertheless" in (verify(draw).wrong or "")


@pytest.mark.parametrize(
    ("on", "today", "wrong"),
    [
        ("2023-09-16", "2024-01-01", "had to stand there until 2023-12-14"),
        ("2023-12-13", "2024-01-01", "had to stand there until 2023-12-14"),
        ("2023-12-14", "2023-12-14", ""),
        ("2023-12-14", "2023-09-16", "removed on 2023-12-14, which is to come"),
    ],
)
def test_who_won_stands_there_as_long_as_was_promised(on: str, today: str, wrong: str) -> None:
    """Else whoever does not like a draw could remove it: before the day, or by a day to come."""
    draw = a_draw(places=[], expired=on)
    nobody = draw.draw.model_copy(update={"winners": ()})
    found = verify(replace(draw, draw=nobody, today=date.fromisoformat(today)))
    assert found.verdict is (Verdict.FALSE if wrong else Verdict.EXPIRED)
    assert wrong in (found.wrong or "")


def test_places_may_fall_and_the_next_ones_win() -> None:
    assert verify(a_draw(places=opened(LIST, 657413, 3, 1))).verdict is Verdict.CONSISTENT
    every = opened(LIST, 657413, 5, 1, 2, 3, 4)
    one_left = replace(
        a_draw(places=every), draw=a_draw(places=every).draw.model_copy(update={"winners": ["a"]})
    )
    assert verify(one_left).verdict is Verdict.CONSISTENT
    assert "4 fell" in verify(one_left).held[-1]


def test_a_late_closing_post_is_told() -> None:
    """Round 30662990 is some days later than this contest; so the text alone is looked at."""
    late = a_draw(closing_post=id_of(DRAWS - timedelta(hours=11)))
    decided = with_round(late, 657413 + 28_800)
    untold = verify(decided)
    assert "say `days-late: 0`, and the round makes that 1" in (untold.wrong or "")
    told = replace(decided, draw=decided.draw.model_copy(update={"days_late": 1}))
    found = verify(told)
    assert "1 day late" in found.held[4]
    assert "not the beacon's" in (found.wrong or "")


def with_round(published: PublishedDraw, round: int) -> PublishedDraw:
    return replace(published, draw=published.draw.model_copy(update={"round": round}))


OTHERS = opened(LIST, 657413, 2)[::-1]
FORGED = "b" + "0" * 94 + "1"
TAMPERED = {
    "a promise": (with_list(LIST, winners=3), "`winners=2`, not `winners=3`"),
    "the charter of the list": (
        with_list(a_list(charter=replace(CHARTER, alternates=2))),
        "`alternates=2`, not `alternates=3`",
    ),
    "the key": (with_list(a_list(key=OTHER_KEY)), "another key"),
    "an entry more": (
        replace(HONEST, list=dict(a_list((*ENTRIES, ContestEntry("7", ENTRIES[0].post))).files())),
        "digest",
    ),
    "an entry less": (with_list(a_list(ENTRIES[1:])), "7 entries, and the results name 8"),
    "a byte of the list": (
        replace(HONEST, list={LIST_FILE: HONEST.list[LIST_FILE][:-2] + b"z\n"}),
        "can't be read",
    ),
    "the digest": (with_results(digest="0" * 64), "digest"),
    "no digest": (with_results(digest=None), "digest"),
    "the count": (with_results(entries=9), "the results name 9"),
    "no count": (with_results(entries=None), "8 entries, and the results name none"),
    "a closing post before the end": (a_draw(closing_post=id_of(CLOSES)), "before all entries"),
    "a closing post five days late": (
        a_draw(closing_post=id_of(DRAWS + timedelta(days=5))),
        "more than three days",
    ),
    "the round": (with_results(round=657414), "657,413, and the results name 657414"),
    "no round": (with_results(round=None), "name none"),
    "the signature": (a_draw(signature=ROUNDS[1000]), "not the beacon's"),
    "a signature outside the subgroup": (
        a_draw(signature="80" + "00" * 46 + "04"),
        "not the beacon's",
    ),
    "the order": (a_draw(places=OTHERS), "somebody else in place 1"),
    "a ticket": (
        a_draw(places=[each.model_copy(update={"ticket": FORGED}) for each in OTHERS]),
        "no ticket",
    ),
    "a winner's id": (
        a_draw(places=[each.model_copy(update={"user": "999"}) for each in OTHERS]),
        "no ticket",
    ),
    "a winner's post": (
        a_draw(places=[each.model_copy(update={"post": id_of(CLOSES)}) for each in OTHERS[::-1]]),
        "means another post",
    ),
    "one place too few": (a_draw(places=opened(LIST, 657413, 1)), "1 of the 1 places win"),
    "one place too many": (a_draw(places=opened(LIST, 657413, 3)), "3 of the 3 places win"),
    "a fallen place and nobody after it": (
        a_draw(places=opened(LIST, 657413, 2, 2)),
        "1 of the 2 places win",
    ),
    "a fallen place behind the last winner": (
        a_draw(places=opened(LIST, 657413, 3, 3)),
        "2 of the 3 places win",
    ),
    "more places than may win": (
        a_draw(places=(*opened(LIST, 657413, 5), *opened(LIST, 657413, 1))),
        "only 5 can win",
    ),
    "a winner's name too many": (with_results(winners=("a", "b", "c")), "3 winners are named"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_each_change_is_found(what: str) -> None:
    published, why = TAMPERED[what]
    found = verify(published)
    assert found.verdict is Verdict.FALSE
    assert why in (found.wrong or "")


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (ContestEntry("5", id_of(OPENS - timedelta(seconds=1))), "not of the time"),
        (ContestEntry("5", id_of(CLOSES)), "not of the time"),
        (ContestEntry(id_of(OPENS - timedelta(days=29)), id_of(OPENS)), "too young"),
        (ContestEntry(id_of(OPENS - timedelta(days=30)), id_of(OPENS)), None),
        (ContestEntry("5", id_of(OPENS)), None),
    ],
)
def test_what_ids_tell_of_a_winner_is_checked(entry: ContestEntry, why: str | None) -> None:
    """The only entry wins, by whatever round."""
    entries = a_list((entry,))
    ticket = KEY.ticket(CHARTER, entry.user).hex()
    place = {"user": entry.user, "post": entry.post, "ticket": ticket}
    alone = a_draw(places=[place])
    results = {"digest": entries.digest, "entries": 1, "winners": ["a"]}
    draw = alone.draw.model_copy(update=results)
    found = verify(replace(alone, list=dict(entries.files()), draw=draw))
    assert why in (found.wrong or "") if why else found.verdict is Verdict.CONSISTENT


def test_nobody_can_hold_two_tickets() -> None:
    """Whoever has the key has one ticket for each id; its other forms are refused."""
    place = opened(LIST, 657413, 1)[0]
    bytes_ = bytes.fromhex(place.ticket)
    for other in (bytes_[0] ^ 0x20, bytes_[0] ^ 0x40, bytes_[0] ^ 0x80):
        ticket = bytes([other, *bytes_[1:]]).hex()
        forged = a_draw(places=[place.model_copy(update={"ticket": ticket})])
        assert "no ticket" in (verify(forged).wrong or "")
