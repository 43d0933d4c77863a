"""What is sealed opens with its key, in its place, unchanged; and in no other way."""

import pytest

from runner.contest.collecting import Unopened, seal, unseal
from tests.unit.contest.building import KEY, OTHER_KEY

SALT = bytes(range(32))
MESSAGE = seal(KEY, "lois", "000001", b"who entered", salt=SALT)


def test_what_is_sealed_can_be_opened() -> None:
    assert unseal(KEY, "lois", "000001", MESSAGE) == b"who entered"
    assert b"who entered" not in MESSAGE
    assert unseal(KEY, "lois", "1", seal(KEY, "lois", "1", b"", salt=SALT)) == b""


def test_another_salt_gives_other_bytes() -> None:
    other = seal(KEY, "lois", "000001", b"who entered", salt=bytes(32))
    assert not set(zip(other[:32], MESSAGE[:32], strict=True)) <= {(0, 0)}
    assert other[32:] != MESSAGE[32:]


@pytest.mark.parametrize(
    ("key", "contest", "name", "data"),
    [
        (OTHER_KEY, "lois", "000001", MESSAGE),
        (KEY, "loi", "000001", MESSAGE),
        (KEY, "lois", "000002", MESSAGE),
        (KEY, "lois", "000001", MESSAGE[:-1]),
        (KEY, "lois", "000001", MESSAGE[:40]),
        (KEY, "lois", "000001", b""),
        (KEY, "lois", "000001", bytes([MESSAGE[0] ^ 1]) + MESSAGE[1:]),
        (KEY, "lois", "000001", MESSAGE[:-1] + bytes([MESSAGE[-1] ^ 1])),
    ],
)
def test_anything_else_does_not_open(key, contest: str, name: str, data: bytes) -> None:
    with pytest.raises(Unopened):
        unseal(key, contest, name, data)
