"""What would be told to nobody: an age of accounts in minutes, and two accounts of one handle."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from runner.models.contest import EntryRule
from runner.models.project import Project

ENTRY = TypeAdapter(EntryRule)


@pytest.mark.parametrize("age", ["1h", "12h", "36h", "1d", "2w", "60m"])
def test_an_age_that_a_text_can_tell_is_taken(age: str) -> None:
    entry = ENTRY.validate_python({"how": "reply", "account-age": age})
    assert entry.account_age
    assert entry.account_age % timedelta(hours=1) == timedelta(0)


@pytest.mark.parametrize("age", ["45m", "90m", "1441m"], ids=lambda age: f"C4-age-{age}")
def test_an_age_in_minutes_is_refused(age: str) -> None:
    with pytest.raises(ValidationError, match="hours or days"):
        ENTRY.validate_python({"how": "reply", "account-age": age})


def project(*handles: str) -> Project:
    accounts = {f"a{n}": {"handle": each, "locale": "lv"} for n, each in enumerate(handles)}
    return Project.model_validate({"timezone": "Europe/Riga", "accounts": accounts})


@pytest.mark.parametrize(
    "handles",
    [("acme", "acme"), ("acme", "Acme"), ("acme", "other", "ACME")],
    ids=lambda handles: f"C4-handles-{'-'.join(handles)}",
)
def test_two_accounts_of_one_handle_are_refused(handles: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match="is the handle of `a0`, too"):
        project(*handles)


def test_handles_that_are_only_alike_are_taken() -> None:
    assert len(project("acme", "acme_", "acme1").accounts) == 3
