"""What is left to be read of X."""

from hypothesis import given
from hypothesis import strategies as st

from runner.reading import unread

IDS = st.integers(0, 12)
PARTS = st.lists(st.tuples(IDS, IDS).map(lambda ends: (min(ends), max(ends) + 1)), max_size=4)


@given(PARTS, IDS, IDS)
def test_what_was_not_read_is_left_in_parts_that_hold_something_newest_first(
    read: list[tuple[int, int]], since: int, until: int
) -> None:
    left = list(unread(read, since, until))
    assert all(first < last for first, last in left)
    assert left == sorted(left, reverse=True)
    ids = [id for first, last in reversed(left) for id in range(first, last)]
    known = {id for first, last in read for id in range(first, last)}
    assert ids == [id for id in range(since, until) if id not in known]
