"""Which post a person means, who the person is, and what the command line has to say."""

import subprocess

import pytest

from runner.cli.commands.resolve import ResolveOptions, record_resolution
from runner.ledger import Key, Record, State
from runner.problems import BadUsage, LedgerUnusable, Suggestion
from runner.publish.resolution import Resolution
from runner.stores.files import FilesLedger
from tests.acceptance.doubts import (
    KEY,
    a_link,
    an_attempt,
    an_end,
    an_id,
    in_doubt,
    journal_of,
    ledger_of,
    refusal,
    say,
    standing_of,
)
from tests.acceptance.typed import typed

TIPS = """\
kind: series
account: shop
starts: 2027-03-01
ends: 2027-03-31
posts:
  tip: {every: {days: [mon, wed], slots: [morning]}, items: [{text: One}, {text: Two}]}
"""
TWO_ACCOUNTS = """\
timezone: Europe/Riga
slots: {morning: 09:00}
accounts:
  shop: {handle: acme_lv, locale: en}
  tienda: {handle: acme_es, locale: en}
"""
WINTER = (
    "kind: series\naccounts: [shop, tienda]\nposts: {hello: {at: 2027-03-01 10:00, text: Hi}}\n"
)


def run(desktop, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    desktop.sandbox.set_clock(None)
    return typed(desktop.root, "resolve", *words, environ={**desktop.environ, **environ})


@pytest.mark.parametrize("name", ["winter-lois/announce", "shop/winter-lois/announce"])
def test_a_post_is_named_in_short_or_in_full(desktop, name):
    in_doubt(desktop)
    say(desktop, name, skip=True)
    assert standing_of(desktop).state is State.SKIPPED


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("winter-lois/anounce", str(Suggestion("winter-lois/announce"))),
        ("winter-loi/announce", str(Suggestion("winter-lois/announce"))),
        ("something/else", "neither the files nor the ledger know `something/else`"),
        ("shpo/winter-lois/announce", str(Suggestion("shop"))),
        ("announce", "write CAMPAIGN/POST"),
        ("../winter-lois/announce", "is not the name of a post"),
        ("winter-lois/announce@soon", "is not the name of a post"),
        ("winter-lois/announce@2027-03-01.morning", "there is no `winter-lois/announce@"),
    ],
)
def test_a_name_that_nothing_has_is_answered_with_the_one_that_was_meant(desktop, name, told):
    in_doubt(desktop)
    assert told in refusal(desktop, name, skip=True)


def test_what_the_files_no_longer_declare_is_found_in_the_ledger(desktop):
    in_doubt(desktop)
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    assert str(Suggestion("winter-lois/announce")) in refusal(
        desktop, "winter-lois/announces", skip=True
    )
    said = say(desktop, not_posted=True)
    assert "no file says when" in said


def test_a_post_on_several_accounts_needs_the_account(desktop):
    desktop.write("runner.yaml", TWO_ACCOUNTS)
    desktop.write("campaigns/winter.yaml", WINTER)
    in_doubt(desktop)

    told = refusal(desktop, "winter/hello", skip=True)
    assert "is on the accounts `shop` and `tienda`" in told
    assert "--account shop" in told
    say(desktop, "winter/hello", skip=True, account="tienda")
    assert standing_of(desktop, Key("tienda", "winter", "hello")).state is State.SKIPPED
    assert "leave out one" in refusal(desktop, "shop/winter/hello", skip=True, account="tienda")


def test_one_of_a_rhythm_is_named_by_its_day_and_slot(desktop):
    desktop.write("campaigns/tips.yaml", TIPS)
    in_doubt(desktop)
    for name in ("tips/tip", "tips/tip@2027-03-02.morning", "tips/tip@2027-02-30.morning"):
        refusal(desktop, name, skip=True)

    far = "tips/tip@2027-03-31.morning"
    assert "shop/tips/tip@2027-03-31.morning is skipped" in say(desktop, far, skip=True)
    assert standing_of(desktop, Key.parse(f"shop/{far}")).state is State.SKIPPED


def test_the_only_one_of_a_rhythm_that_is_open_needs_no_day(desktop):
    desktop.write("campaigns/tips.yaml", TIPS)
    one, other = (Key("shop", "tips", "tip", f"2027-03-0{day}.morning") for day in (1, 3))
    attempt = an_attempt(one)
    in_doubt(desktop, attempt, an_end(attempt))
    assert f"{one} is not out" in say(desktop, "tips/tip", not_posted=True)

    again = [an_attempt(one, after=5), an_attempt(other)]
    ledger_of(desktop).record(Record(entries=tuple(again)))
    assert "name one of them: `tips/tip@2027-03-01.morning`" in refusal(
        desktop, "tips/tip", not_posted=True
    )


def test_a_post_that_waits_for_its_time_can_be_skipped_and_not_be_called_unsent(desktop):
    in_doubt(desktop)
    for post in ("closed", "winners"):  # in a week, and when the draw is over
        assert "was ever sent" in refusal(desktop, f"winter-lois/{post}", not_posted=True)
        say(desktop, f"winter-lois/{post}", skip=True)
        assert standing_of(desktop, Key("shop", "winter-lois", post)).state is State.SKIPPED


def test_what_a_person_sent_by_hand_counts_and_cost_nothing(desktop):
    in_doubt(desktop)
    say(desktop, "winter-lois/closed", posted=a_link(-30))
    (posted,) = standing_of(desktop, Key("shop", "winter-lois", "closed")).posted
    assert (posted.id, posted.cost, posted.attempt) == (an_id(-30), 0, None)
    (line,) = [each for each in journal_of(desktop) if each.id == an_id(-30)]
    assert line.key.post == "closed"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"GITHUB_ACTOR": "octo-anna", "USER": "root"}, "octo-anna"),
        ({"USER": "anna", "LOGNAME": "root"}, "anna"),
        ({"LOGNAME": "anna"}, "anna"),
    ],
)
def test_the_person_is_who_the_machine_says(desktop, environ, name):
    in_doubt(desktop)
    del desktop.environ["USER"]
    desktop.environ.update(environ)
    say(desktop, skip=True)
    assert standing_of(desktop).last.by == name


def test_the_person_is_who_signs_the_repository_s_commits(desktop):
    in_doubt(desktop)
    for words in (("init", "-q"), ("config", "user.name", "Anna  Ozola")):
        subprocess.run(["git", "-C", str(desktop.root), *words], check=True)
    say(desktop, skip=True)
    assert standing_of(desktop).last.by == "Anna Ozola"


def test_nobody_speaks_without_a_name(desktop):
    in_doubt(desktop)
    del desktop.environ["USER"]
    assert "git config user.name" in refusal(desktop, skip=True)


@pytest.mark.parametrize(
    "word",
    [{}, {"skip": True, "not_posted": True}, {"skip": True, "posted": "https://x.com/a/status/1"}],
)
def test_exactly_one_thing_is_said(desktop, word):
    in_doubt(desktop)
    assert "one of --posted URL, --not-posted and --skip" in refusal(desktop, **word)


@pytest.mark.parametrize("because", [(), ("--because", " ")])
def test_the_command_line_asks_why(desktop, because):
    in_doubt(desktop)
    done = run(desktop, "winter-lois/announce", "--skip", *because)
    assert done.returncode == 2
    assert '--because "…"' in done.stderr


def test_the_command_says_it_as_a_person_types_it(desktop):
    in_doubt(desktop)
    words = ("winter-lois/announce", "--skip", "--because", "wrong price", "--now")
    done = run(desktop, *words, "2027-03-01T10:30+02:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert standing_of(desktop).last.because == "wrong price"


class RacedLedger(FilesLedger):
    """Somebody else writes right after each of the first reads."""

    def __init__(self, desktop, *writes: Record) -> None:
        super().__init__(desktop.root / ".runner/ledger")
        self._desktop, self._writes = desktop, list(writes)

    def read(self, need):
        facts = super().read(need)
        if self._writes:
            ledger_of(self._desktop).record(self._writes.pop(0))
        return facts


def settled(desktop, ledger, **word):
    from runner.cli.opened_project import inputs_of, open_project

    outside = desktop.outside()
    inputs = inputs_of(open_project(outside), outside)
    said = ResolveOptions(name="winter-lois/announce", because="I looked", **word)
    spoken = Resolution(by="anna", because="I looked", at=outside.clock.now(), run="run")
    return record_resolution(said, spoken, inputs, ledger, lambda *_: None)


def test_another_time_than_now_is_for_trying_things_out(desktop):
    in_doubt(desktop)
    desktop.environ.pop("X_API_URL")
    words = ("winter-lois/announce", "--skip", "--because", "x", "--now")
    done = run(desktop, *words, "2027-03-01T10:30+02:00")
    assert done.returncode == 2
    assert "set X_API_URL to a sandbox" in done.stderr


def test_a_word_is_said_anew_when_a_run_has_written_meanwhile(desktop):
    in_doubt(desktop)
    elsewhere = an_attempt(Key("shop", "other", "hello"))
    ledger = RacedLedger(desktop, Record(entries=(elsewhere,)))
    assert settled(desktop, ledger, skip=True) == (KEY, True)
    assert standing_of(desktop).state is State.SKIPPED


def test_a_run_that_takes_the_post_meanwhile_is_heard(desktop):
    in_doubt(desktop)
    say(desktop, not_posted=True)
    ledger = RacedLedger(desktop, Record(entries=(an_attempt(after=29),)))
    with pytest.raises(BadUsage, match="may be sending"):
        settled(desktop, ledger, skip=True)
    assert standing_of(desktop).doubtful


def test_a_ledger_that_is_written_all_the_time_is_left_alone(desktop):
    in_doubt(desktop)
    others = [an_attempt(Key("shop", "other", f"hello-{n}")) for n in range(9)]
    ledger = RacedLedger(desktop, *(Record(entries=(other,)) for other in others))
    with pytest.raises(LedgerUnusable, match="all the time"):
        settled(desktop, ledger, skip=True)
    assert standing_of(desktop).state is State.UNKNOWN
