"""A bug that the runner contains is one all the same."""

import pytest

from runner.bugs import contained
from tests.unit.conftest import without_bugs


def test_a_bug_that_is_contained_fails_a_test() -> None:
    with pytest.raises(AssertionError, match="a bug was contained"), without_bugs():
        contained("dividing", "it", lambda: 1 // 0)
