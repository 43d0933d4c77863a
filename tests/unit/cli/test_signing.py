"""Tickets that are made on several cores are those that are made on one."""

from runner.cli.signing import tickets
from runner.contest.entries import ContestEntry
from tests.unit.contest.building import CHARTER, KEY, signed

USERS = [str(1_000 + number) for number in range(9)]


def test_several_cores_make_the_same_tickets_in_the_same_order() -> None:
    alone = list(tickets(KEY, CHARTER, USERS, on=1))
    assert alone == signed([ContestEntry(user, "1") for user in USERS])
    assert list(tickets(KEY, CHARTER, USERS, on=2)) == alone
    assert list(tickets(KEY, CHARTER, [], on=2)) == []
