"""Which bytes are a point, and what a signature is."""

import pytest

from runner.contest.signatures import Signer, is_public_key, is_signature

DOMAIN = b"RUNNER-TESTS"
SECRET = bytes(range(48))
SIGNER = Signer(SECRET)
SIGNATURE = SIGNER.signature(b"message", DOMAIN)
OUTSIDE = bytes([0x80, *[0] * 46, 0x04])
"""On the curve, and not in the subgroup."""


def test_a_signature_is_that_of_its_key_message_and_domain_alone() -> None:
    assert is_signature(SIGNATURE, b"message", DOMAIN, SIGNER.public_key)
    other = Signer(b"\1" * 48)
    assert not is_signature(SIGNATURE, b"Message", DOMAIN, SIGNER.public_key)
    assert not is_signature(SIGNATURE, b"message", b"RUNNER-OTHERS", SIGNER.public_key)
    assert not is_signature(SIGNATURE, b"message", DOMAIN, other.public_key)


def test_the_other_point_with_the_same_x_is_no_signature() -> None:
    negated = bytes([SIGNATURE[0] ^ 0x20, *SIGNATURE[1:]])
    assert not is_signature(negated, b"message", DOMAIN, SIGNER.public_key)


@pytest.mark.parametrize(
    "bytes_",
    [
        pytest.param(OUTSIDE, id="outside-the-subgroup"),
        pytest.param(bytes([0xC0, *[0] * 47]), id="identity"),
        pytest.param(bytes([0xE0, *[0] * 47]), id="identity-with-a-sign"),
        pytest.param(b"\xff" * 48, id="identity-with-rubbish"),
        pytest.param(bytes([0xC0, *[0] * 46, 1]), id="identity-with-an-x"),
        pytest.param(bytes(48), id="no-flags"),
        pytest.param(SIGNATURE[:-1], id="short"),
        pytest.param(SIGNATURE + b"\0", id="long"),
        pytest.param(b"", id="empty"),
        pytest.param(bytes([SIGNATURE[0] & 0x7F, *SIGNATURE[1:]]), id="not-compressed"),
    ],
)
def test_bytes_that_are_no_point_are_no_signature_and_no_key(bytes_: bytes) -> None:
    assert not is_signature(bytes_, b"message", DOMAIN, SIGNER.public_key)
    assert not is_public_key(bytes_ + bytes_)


def test_junk_identities_are_no_key_though_every_message_would_be_signed_by_them() -> None:
    for key in (bytes([0xC0, *[0] * 95]), bytes([0xE0, *[0] * 95]), b"\xff" * 96):
        assert not is_public_key(key)
        assert not is_signature(bytes([0xC0, *[0] * 47]), b"message", DOMAIN, key)
    assert is_public_key(SIGNER.public_key)
