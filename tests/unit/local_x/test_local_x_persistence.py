"""What the local X keeps in a folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.local_x.accounts import IssuedCredentials, LocalAccount, accounts_of
from runner.local_x.persistence import JournalFolder
from runner.local_x.values import Media, MediaKept, PersonMet, Poll, Post, PostCreated, PostDeleted

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
EVENTS = (
    PersonMet(person=LocalAccount.of("x", "stranger", name="Žanis").person),
    MediaKept(
        media=Media(
            id="5",
            key="3_5",
            owner="1",
            at=NOON,
            type="image/png",
            category="tweet_image",
            size=3,
            alt="denim",
        )
    ),
    PostCreated(
        post=Post(
            id="6",
            author="1",
            at=NOON,
            text="two\nlines ⟦ž⟧",
            conversation="6",
            media=("5",),
            poll=Poll(options=("a", "b"), minutes=5),
        )
    ),
    PostDeleted(id="6"),
)


def test_events_come_back_as_they_were(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    for event in EVENTS:
        folder.append(event)
    folder.close()
    again = JournalFolder(tmp_path)
    assert tuple(again.events()) == EVENTS
    again.close()


def test_a_torn_last_line_is_cut_off_and_the_next_one_is_whole(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    folder.append(EVENTS[0])
    folder.close()
    with (tmp_path / "events.jsonl").open("ab") as file:
        file.write(b'{"event":"del')
    again = JournalFolder(tmp_path)
    again.append(EVENTS[3])
    assert tuple(again.events()) == (EVENTS[0], EVENTS[3])
    again.close()


def test_a_line_that_cannot_be_written_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = JournalFolder(tmp_path)
    folder.append(EVENTS[0])

    def full(_: int) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr("runner.local_x.persistence._flush", full)
        with pytest.raises(OSError, match="no space"):
            folder.append(EVENTS[1])
    folder.append(EVENTS[3])
    assert tuple(folder.events()) == (EVENTS[0], EVENTS[3])
    folder.close()


def test_two_sandboxes_do_not_share_a_folder(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    with pytest.raises(BlockingIOError):
        JournalFolder(tmp_path)
    folder.close()


def test_a_cleared_folder_is_empty(tmp_path: Path) -> None:
    folder = JournalFolder(tmp_path)
    folder.append(EVENTS[0])
    folder.keep("5", b"png")
    assert folder.bytes("5") == b"png"
    folder.clear()
    assert tuple(folder.events()) == ()
    assert folder.bytes("5") is None
    folder.close()


def test_credentials_stay_the_same_and_differ_by_account() -> None:
    assert IssuedCredentials.of("acme_lv") == IssuedCredentials.of("ACME_lv")
    assert IssuedCredentials.of("acme_lv") != IssuedCredentials.of("acme_es")


def test_secrets_do_not_show_when_printed() -> None:
    keys = IssuedCredentials.of("acme_lv")
    assert keys.api_secret
    assert keys.api_secret not in repr(keys)


@pytest.mark.parametrize("accounts", [{}, {"a": "acme", "b": "ACME"}])
def test_accounts_need_handles_of_their_own(accounts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="account"):
        accounts_of(accounts)
