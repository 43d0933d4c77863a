"""The doctor finds what would stop a run, and says what to do; here with a ledger in a folder."""

from runner.cli.commands.doctor import doctor
from runner.ledger import Key, Record
from tests.acceptance.doubts import an_attempt, an_end, in_doubt, ledger_of


def examined(desktop) -> tuple[int, str]:
    outside = desktop.outside()
    code = doctor(outside, offline=True)
    return code, outside.out.getvalue()


def test_all_is_well_with_a_folder(desktop):
    code, told = examined(desktop)
    assert code == 0
    assert "the ledger can be read; nothing in it needs a person" in told
    assert "`shop` has its four credentials" in told
    assert "wrong" not in told


def test_a_post_that_needs_a_person_is_told(desktop):
    first, second = an_attempt(), an_attempt(after=10)
    in_doubt(desktop, first, an_end(first), second)
    assert ledger_of(desktop)
    refused = an_attempt(Key("shop", "winter-lois", "closed"))
    ledger_of(desktop).record(Record(entries=(refused, an_end(refused, "rejected"))))
    code, told = examined(desktop)
    assert code == 3
    assert "need" in told
    assert "runner status" in told


def test_a_folder_is_no_place_for_a_ledger_on_actions(desktop):
    desktop.environ["GITHUB_ACTIONS"] = "true"
    code, told = examined(desktop)
    assert code == 5
    assert "GitHub Actions throws away" in told


def test_g12_an_account_that_x_does_not_tell_is_told_as_that(desktop):
    desktop.sandbox.fail({"route": "me", "status": 403})
    outside = desktop.outside()
    assert doctor(outside) == 4
    told = outside.out.getvalue()
    assert "`shop`: X does not say whose credentials these are: X answered 403" in told
    assert "the app is active and in a package" in told
