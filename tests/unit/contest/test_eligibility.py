"""Who may win is decided by plain facts, and each exclusion is counted."""

from collections import Counter
from datetime import timedelta
from itertools import permutations

import pytest

from runner.contest.eligibility import Exclusion, entrants
from runner.contest.seen_posts import SeenEntry
from runner.value import replace
from tests.unit.contest.building import CHARTER, CLOSES, OPENS, id_of

BARRED = {"acme_lv", "loisjeans"}


def seen(user: str = "1001", after: timedelta = timedelta(hours=1), **more) -> SeenEntry:
    given = {"handle": f"h{user}", "counts": True, "post": id_of(OPENS + after), "first": "1"}
    return SeenEntry(user=user, **{**given, **more})


@pytest.mark.parametrize(
    ("each", "why"),
    [
        (seen(), None),
        (seen(post=id_of(OPENS)), None),
        (seen(post=id_of(OPENS - timedelta(milliseconds=1))), Exclusion.EARLY),
        (seen(post=id_of(CLOSES - timedelta(milliseconds=1))), None),
        (seen(post=id_of(CLOSES)), Exclusion.LATE),
        (seen(counts=False), Exclusion.PHRASE),
        (seen(handle="LoisJeans"), Exclusion.BARRED),
        (seen(user=CHARTER.account), Exclusion.BARRED),
        (seen(user=id_of(OPENS - timedelta(days=29))), Exclusion.YOUNG),
        (seen(user=id_of(OPENS - timedelta(days=31))), None),
    ],
)
def test_each_exclusion_has_its_reason(each: SeenEntry, why: Exclusion | None) -> None:
    found = entrants([each], CHARTER, BARRED)
    assert found.excluded == Counter([why] if why else [])
    assert len(found.entries) == (why is None)


def test_of_several_entries_of_one_person_the_first_that_counts_does() -> None:
    three = (
        seen(after=timedelta(hours=1), counts=False),
        seen(after=timedelta(hours=2)),
        seen(after=timedelta(hours=3)),
    )
    found = entrants(three, CHARTER, BARRED)
    assert list(found.entries) == [(three[1].user, three[1].post)]
    assert found.excluded == {Exclusion.PHRASE: 1, Exclusion.AGAIN: 1}
    for each in set(permutations(three)) - {three}:
        with pytest.raises(ValueError, match="oldest first"):
            entrants(each, CHARTER, BARRED)


def test_no_age_is_asked_where_the_charter_asks_none() -> None:
    anybody = replace(CHARTER, account_age=0)
    young = seen(user=id_of(OPENS), after=timedelta(minutes=1))
    assert len(entrants([young], anybody, BARRED).entries) == 1
