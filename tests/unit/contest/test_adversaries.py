"""What an organiser who has all secrets gains by each way to cheat, as docs/concepts/fair-draws.md
says it."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import islice

import pytest

from runner.contest.eligibility import Exclusion, entrants
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import EntryList, drawn_places
from runner.contest.looking import verify_on_x
from runner.contest.ports import ShownPost
from runner.contest.published import Verdict
from runner.contest.results import list_of
from runner.contest.seen_posts import SeenEntry
from runner.contest.signatures import QUICKNET_CHAIN, is_signature
from runner.contest.tickets import ContestKey, commitment
from runner.contest.verifying import verify
from runner.schedule.rounds import LATEST_DRAW, round_of_draw
from runner.value import replace
from tests.unit.contest.building import (
    ANNOUNCEMENT,
    CHARTER,
    CLOSES,
    CLOSING_POST,
    ENTRIES,
    KEY,
    OTHER_KEY,
    a_draw,
    a_list,
    id_of,
    signed,
)
from tests.unit.contest.test_fairness import PAGE, a_large_list, rounds

pytestmark = [pytest.mark.thorough, pytest.mark.sampled(9)]
DRAWS = 2_000
Wins = Callable[[bytes], bool]


def chance(wins: Wins) -> str:
    """How often the organiser's friend wins, as the page says it."""
    return f"{sum(map(wins, islice(rounds(), DRAWS))) / DRAWS:.1%}".replace("%", " %")


def told(attempt: str) -> str:
    """What the page says of an attempt."""
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(rf"^\| {attempt} \|.*\| ([\d.]+ %) \|$", page, re.MULTILINE)
    assert len(rows) == 1, attempt
    return rows[0]


def wins_a_place(entries: EntryList, friend: bytes) -> Wins:
    return lambda randomness: friend in drawn_places(entries, randomness)


def test_who_does_not_cheat_has_the_chance_of_everybody() -> None:
    entries = a_large_list(alternates=0)
    assert told("none") == chance(wins_a_place(entries, entries.commitments[0]))


def test_many_keys_tried_before_the_announcement_gain_nothing() -> None:
    """Whichever he likes best he has to announce before anybody can know the round."""

    def friend_by(key: ContestKey) -> bytes:
        return commitment(key.ticket(CHARTER, ENTRIES[0].user), ENTRIES[0])

    keys = [ContestKey(sha256(bytes([number])).digest()) for number in range(8)]
    best = min(friend_by(key) for key in keys)
    others = a_large_list(alternates=0)
    entries = replace(others, commitments=tuple(sorted((best, *others.commitments[1:]))))
    assert told("many keys") == chance(wins_a_place(entries, best))


def test_another_key_than_the_announced_one_is_seen() -> None:
    other = a_list(key=OTHER_KEY)
    found = verify(replace(HONEST, list=dict(other.files()), draw=with_digest(other)))
    assert (found.verdict, found.about) == (Verdict.FALSE, "digest")


def test_there_is_one_ticket_for_an_id_however_it_is_written() -> None:
    ticket = KEY.ticket(CHARTER, "4711")
    assert KEY.ticket(CHARTER, "4711") == ticket
    for byte in range(48):
        changed = bytearray(ticket)
        changed[byte] ^= 1
        assert not is_signature(
            bytes(changed), b"1234567890\0winter-lois\x004711", DOMAIN, KEY.public_key
        )


def test_many_lists_are_one_list_unless_the_closing_post_says_so() -> None:
    other = a_list(ENTRIES[:6])
    found = verify(replace(HONEST, list=dict(other.files())))
    assert "digest" in (found.wrong or "")
    shown = verify_on_x(replace(HONEST, list=dict(other.files()), draw=with_digest(other)), *ON_X)
    assert shown.verdict is Verdict.FALSE


def test_several_closing_posts_of_which_one_is_left_gain_by_whom_their_lists_leave_out() -> None:
    """Three lists, each without another third of the others; once he knows the round he deletes the
    posts of those on which the friend loses. It is the same with a list in a second repository."""
    entries = a_large_list(alternates=19)
    friend, *others = entries.commitments
    left_out = [set(others[number::3]) for number in range(3)]

    def wins(randomness: bytes) -> bool:
        drawn = drawn_places(entries, randomness)
        before = set(drawn[: drawn.index(friend)])
        return any(before <= each for each in left_out)

    any_wins = chance(wins)
    assert told("three lists, each without a third of the others, .* deleted") == any_wins
    assert told("the same with lists in a second repository") == any_wins
    for some in (ENTRIES, ENTRIES[:6]):  # each holds by itself, so that two of them show it
        assert verify(a_draw(a_list(some))).verdict is Verdict.CONSISTENT


def test_a_closing_post_that_is_put_off_gains_nothing() -> None:
    """Whatever an earlier round would have brought, the next day's decides."""
    entries = a_large_list(alternates=0)
    wins = wins_a_place(entries, entries.commitments[0])
    assert told("a closing post that comes late") == chance(lambda r: wins(sha256(r).digest()))


def test_closing_anew_each_day_that_the_friend_loses_is_told_in_days() -> None:
    """He deletes the closing post once he knows the round, and closes for the next day's."""
    entries = a_large_list(alternates=0)
    friend = entries.commitments[0]

    def wins(randomness: bytes) -> bool:
        days = (sha256(randomness + bytes([day])).digest() for day in range(LATEST_DRAW.days + 1))
        return any(friend in drawn_places(entries, day) for day in days)

    assert told("a closing post that is deleted and made anew, three days long") == chance(wins)
    late = [
        round_of_draw(QUICKNET_CHAIN, CHARTER.draws, CLOSES + timedelta(hours=1, days=days))
        for days in range(6)
    ]
    assert [each and each.days_late for each in late] == [0, 0, 1, 2, 3, None]


def test_exclusions_after_the_draw_reach_as_far_as_the_alternates() -> None:
    entries = a_large_list(alternates=3)
    friend = entries.commitments[0]
    assert told("places that are said to have fallen, of three alternates") == chance(
        wins_a_place(entries, friend)
    )
    assert len(drawn_places(entries, bytes(32))) == 4


def test_invented_entrants_have_a_chance_each() -> None:
    entries = a_large_list(alternates=0)
    friends = set(entries.commitments[:10])
    assert told("half of the entrants invented") == chance(
        lambda randomness: not friends.isdisjoint(drawn_places(entries, randomness))
    )


def test_a_changed_charter_is_another_code() -> None:
    for change in ({"winners": 3}, {"prize": '"a pen"'}, {"exclude": "anna"}, {"closes": 1}):
        changed = replace(CHARTER, **change)
        assert changed.code != CHARTER.code
        assert verify(replace(HONEST, promised=changed)).verdict is Verdict.FALSE


def test_an_entry_after_the_end_wins_nothing() -> None:
    late = ContestEntry(user="4711", post=id_of(CLOSES + timedelta(seconds=1)))
    entries = list_of(CHARTER, KEY.public_key, ANNOUNCEMENT, [late], signed)
    ticket = KEY.ticket(CHARTER, late.user).hex()
    place = {"user": late.user, "post": late.post, "ticket": ticket}
    drawn = a_draw(places=[place])
    draw = with_digest(entries).model_copy(update={"entries": 1, "winners": ("a",)})
    found = verify(replace(drawn, list=dict(entries.files()), draw=draw))
    assert "not of the time of the contest" in (found.wrong or "")


def test_a_phrase_that_comes_by_an_edit_after_the_end_counts_as_late() -> None:
    """Each edit has an id of its own, of its own instant."""
    edited = SeenEntry(
        user="4711",
        handle="friend",
        first=id_of(CLOSES - timedelta(minutes=1)),
        post=id_of(CLOSES + timedelta(minutes=1)),
        counts=True,
    )
    found = entrants([edited], CHARTER, ())
    assert (list(found.entries), found.excluded) == ([], {Exclusion.LATE: 1})


def test_a_closing_post_whose_text_was_edited_is_seen() -> None:
    assert verify_on_x(HONEST, *ON_X).verdict is Verdict.VERIFIED
    handle, winners, _ = ON_X
    edited = Timeline({**POSTS, CLOSING_POST: ("acme_lv", "Entries are closed.")})
    assert verify_on_x(HONEST, handle, winners, edited).verdict is Verdict.FALSE


def test_who_knows_all_user_ids_finds_nobody_on_a_list() -> None:
    """Without the key a guess needs the ticket, which is a signature."""
    listed = {each[:32] for each in a_list().commitments}
    users = [each.user.encode() for each in ENTRIES]
    guesses = [sha256(guess).digest() for user in users for guess in (user, bytes(48) + user)]
    guesses += [sha256(OTHER_KEY.ticket(CHARTER, u.decode()) + u).digest() for u in users]
    assert len(guesses) == 3 * len(ENTRIES)
    assert listed.isdisjoint(guesses)


def test_nothing_links_a_person_in_two_contests_even_of_one_key() -> None:
    other = a_list(charter=replace(CHARTER, contest="summer-lois"))
    parts = [
        {part for each in one.commitments for part in (each[:32], each[32:])}
        for one in (a_list(), other)
    ]
    assert parts[0].isdisjoint(parts[1])
    assert len(parts[0]) == 2 * len(ENTRIES)


HONEST = a_draw()
DOMAIN = b"RUNNER-CONTEST-V1_BLS12381G1_XMD:SHA-256_SSWU_RO_"
POSTS = {
    ANNOUNCEMENT: ("acme_lv", f"Draw code: {CHARTER.code}"),
    CLOSING_POST: ("acme_lv", f"Digest: {HONEST.draw.digest}"),
    **{
        place.post: (winner, "#ZiemasLois")
        for place, winner in zip(HONEST.proof.places, HONEST.draw.winners, strict=True)
    },
}


class Timeline:
    """X as anybody sees it."""

    def __init__(self, posts: dict[str, tuple[str, str]]) -> None:
        self._posts = posts

    def show(self, id: str) -> ShownPost:
        author, text = self._posts[id]
        return ShownPost(author=author, text=text)


ON_X = ("acme_lv", HONEST.draw.winners, Timeline(POSTS))


def with_digest(entries: EntryList):
    """The results of the honest draw, which name another list."""
    count = len(entries.commitments)
    return HONEST.draw.model_copy(update={"digest": entries.digest, "entries": count})
