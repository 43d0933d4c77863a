"""The keys of contests, as a secret holds them."""

import pytest

from runner.contest.tickets import read_keys
from tests.unit.contest.building import KEY, OTHER_KEY


def test_each_line_is_a_key_found_by_its_fingerprint():
    keys = read_keys(f"{KEY.secret.hex()}\n\n  {OTHER_KEY.secret.hex().upper()}\r\n")
    assert keys == {KEY.fingerprint: KEY, OTHER_KEY.fingerprint: OTHER_KEY}


@pytest.mark.parametrize("text", ["abc", "0" * 63, "0" * 66, "z" * 64, f"{'0' * 64}\nsoon"])
def test_what_is_no_key_is_told_as_that(text):
    with pytest.raises(ValueError, match="each line is a key, of 64 hexadecimal digits"):
        read_keys(text)
