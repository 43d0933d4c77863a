"""The digest of what the terms tell: it changes with each of it, and with nothing else."""

import pytest

from runner.charter import terms_digest
from runner.models import CAMPAIGN, Contest

PLAIN = {
    "kind": "contest",
    "account": "shop",
    "prize": "jeans",
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-08 20:00",
    "entry": {"how": "reply"},
    "posts": {"announce": {"at": "opens"}},
}
FULL = {
    "organiser": {"name": "SIA Acme", "contact": "hello@acme.lv"},
    "prize-value": {"amount": 180, "currency": "EUR"},
    "audience": ["LV", "ES"],
}


def digest(**more: object) -> str:
    read = CAMPAIGN.validate_python({**PLAIN, **FULL, **more})
    assert isinstance(read, Contest)
    return terms_digest(read)


@pytest.mark.parametrize(
    "more",
    [
        {"organiser": {"name": "SIA Other", "contact": "hello@acme.lv"}},
        {"organiser": {"name": "SIA Acme"}},
        {"prize-value": {"amount": 181, "currency": "EUR"}},
        {"prize-value": {"amount": 180, "currency": "USD"}},
        {"audience": ["LV"]},
        {"organiser": None, "prize-value": None, "audience": []},
    ],
    ids=["name", "contact", "amount", "currency", "country", "nothing"],
)
def test_whatever_the_terms_tell_changes_the_digest(more: dict[str, object]) -> None:
    assert digest(**more) != digest()


def test_the_order_of_countries_and_the_rest_of_the_file_change_nothing() -> None:
    assert digest(audience=["ES", "LV"], title="Winter", winners=3) == digest()
    assert digest() == "00168f2e0cb97fca3c04e96f5c9d054a6b5a5c412072142697d71ed1bd30d306"


def test_a_country_has_the_two_letters_of_iso_3166() -> None:
    with pytest.raises(ValueError, match="is not the code of a country"):
        digest(audience=["UK"])
