"""A project that nobody has set up yet is told so, and is no failure; one that was set up is."""

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions

DUE = "2027-03-01T10:02+02:00"
ASKED = PostOptions(accounts=("shop",), if_set_up=True)


def test_without_any_credential_nothing_is_done_and_a_person_is_told_what_to_add(desktop):
    desktop.clock.set(DUE)
    outside = desktop.without_credentials().outside()
    assert post(outside, ASKED) == 0
    assert "`shop` has no credentials, and has never posted" in outside.out.getvalue()
    assert "to the environment `x-shop`" in outside.out.getvalue()
    assert desktop.sandbox.requests() == {}
    assert not (desktop.root / ".runner").exists()


def test_with_some_of_the_credentials_it_is_refused(desktop):
    desktop.clock.set(DUE)
    desktop.environ.pop("X_ACCESS_SECRET")
    assert post(desktop.outside(), ASKED) == 4


def test_who_has_posted_before_is_missed(desktop):
    desktop.clock.set(DUE)
    assert post(desktop.outside(), ASKED) == 0
    desktop.clock.set("2027-03-07T09:01+02:00")
    assert post(desktop.without_credentials().outside(), ASKED) == 4


def test_without_the_option_it_is_refused(desktop):
    desktop.clock.set(DUE)
    assert post(desktop.without_credentials().outside(), PostOptions()) == 4
