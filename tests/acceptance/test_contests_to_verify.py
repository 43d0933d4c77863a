"""A contest that anyone can check: its key, the code that it is announced with, its verdict."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import yaml
from msgspec.structs import asdict

from runner.cli.commands.contest_key import give_key
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.new import new
from runner.cli.commands.preview import preview
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_draw
from runner.cli.contests import contest_of
from runner.contest.list_head import LIST_FILE
from runner.contest.tickets import read_keys
from runner.problems import BadFiles, BadUsage, Refused
from runner.value import replace
from tests.acceptance.contests import rewritten
from tests.unit.contest.building import CHARTER, KEY, a_draw, a_list

CONTEST = f"""\
kind: contest
account: shop
prize: {{en: three pairs of jeans, lv: trīs džinsi}}
timezone: UTC
opens: 2023-09-10 10:00
closes: 2023-09-13 11:00
entry: {{how: mention, phrase: "#ZiemasLois", account-age: 30d, exclude: [acme_support, acme_lv]}}
winners: 2
alternates: 3
key: {{fingerprint: {KEY.fingerprint}, user-id: "1234567890"}}
posts:
  announce: {{at: opens}}
  closed: {{at: closes, reply-to: announce}}
  winners: {{at: drawn + 1h}}
"""


@pytest.fixture
def drawn(desktop):
    """A project whose contest was drawn in 2023, with its list beside it."""
    desktop.write("campaigns/winter-lois.yaml", CONTEST)
    draw = a_draw().draw.model_dump(by_alias=True, mode="json", exclude={"drawn"})
    results = {"drawn": "2023-09-15 15:00", **draw}
    desktop.write("campaigns/results/winter-lois.yaml", yaml.safe_dump(results))
    (desktop.root / "list.txt").write_bytes(dict(a_list().files())[LIST_FILE])
    return desktop


def checked(desktop) -> tuple[int, str]:
    outside = desktop.outside()
    code = check_draw(outside, "winter-lois", desktop.root / "list.txt", offline=True)
    return code, outside.out.getvalue()


def test_the_file_of_a_contest_is_its_charter(drawn):
    assert asdict(contest_of(drawn.outside(), "winter-lois").charter()) == asdict(CHARTER)


def test_an_honest_draw_is_consistent_and_says_what_that_is_worth(drawn):
    code, text = checked(drawn)
    assert code == 0
    assert "consistent" in text
    assert "as anyone can see on X" in text
    assert CHARTER.code in text
    assert "of @anna_demo" in text
    assert "nor that none was left out" in text


@pytest.mark.parametrize(
    ("path", "old", "new", "why"),
    [
        ("campaigns/winter-lois.yaml", "winners: 2", "winners: 3", "`winners=2`"),
        ("campaigns/winter-lois.yaml", "13 11:00", "13 10:59", "`closes="),
        ("campaigns/winter-lois.yaml", "trīs", "četri", "četri"),
        ("campaigns/results/winter-lois.yaml", "round: 657413", "round: 657414", "The round"),
        ("campaigns/results/winter-lois.yaml", "entries: 8", "entries: 7", "name 7"),
        ("list.txt", "entries=8", "entries=7", "can't be read"),
    ],
)
def test_each_change_fails_for_its_reason(drawn, path, old, new, why):
    rewritten(drawn, path, old, new)
    code, text = checked(drawn)
    assert code == 1
    assert "false: " in text
    assert why in text


def test_a_draw_by_hand_can_not_be_verified(drawn):
    rewritten(drawn, "campaigns/winter-lois.yaml", f"key: {{fingerprint: {KEY.fingerprint}", "# {")
    for command in (draw, commit_entries):
        with pytest.raises(BadUsage, match="by hand"):
            command(drawn.outside(), "winter-lois")
    with pytest.raises(BadUsage, match="by hand"):
        checked(drawn)


def test_results_without_a_proof_can_not_be_verified(drawn):
    drawn.write("campaigns/results/winter-lois.yaml", "drawn: 2023-09-15 15:00\nwinners: [a, b]\n")
    with pytest.raises(BadUsage, match="drawn by hand"):
        checked(drawn)
    (drawn.root / "campaigns/results/winter-lois.yaml").unlink()
    with pytest.raises(BadUsage, match="no results yet"):
        checked(drawn)


def test_what_is_missing_is_named(drawn):
    (drawn.root / "list.txt").unlink()
    with pytest.raises(BadUsage, match="no such file"):
        checked(drawn)
    with pytest.raises(BadUsage, match="there is no campaign `winter`"):
        check_draw(drawn.outside(), "winter", drawn.root / "list.txt")


@pytest.mark.parametrize("locale", ["en", "es", "lv", "ru"])
def test_the_standard_announcement_carries_the_code(desktop, locale):
    desktop.write(
        "campaigns/winter-lois.yaml", f"locale: {locale}\n{CONTEST}".replace("2023", "2027")
    )
    rewritten(
        desktop, "campaigns/winter-lois.yaml", "{en: three pairs of jeans, lv: trīs džinsi}", "x"
    )
    outside = desktop.outside()
    preview(outside)
    code = contest_of(outside, "winter-lois").charter().code
    assert code in outside.out.getvalue()
    assert validate(desktop.outside()) == 0


def test_a_key_is_kept_and_the_contest_tells_of_it(desktop, tmp_path_factory):
    keys = tmp_path_factory.mktemp("mine") / "keys"
    keys.write_text("ab" * 32)
    outside = desktop.outside()
    assert give_key(outside, "winter-lois", keys, None) == 0
    contest = contest_of(desktop.outside(), "winter-lois").contest
    assert contest.key
    assert contest.key.user_id == desktop.sandbox.account("shop").person.user_id
    assert keys.stat().st_mode & 0o077 == 0
    kept = read_keys(keys.read_text())
    assert len(kept) == 2
    assert contest.key.fingerprint in kept
    secret = kept[contest.key.fingerprint].secret.hex()
    assert secret not in outside.out.getvalue() + outside.talk.getvalue()
    rewritten(
        desktop, "campaigns/winter-lois.yaml", "{at: closes}", "{at: closes, reply-to: announce}"
    )
    assert validate(desktop.outside()) == 0


def test_a_new_contest_can_be_given_a_key(desktop, tmp_path_factory):
    outside = desktop.outside()
    assert new(outside, kind="contest", name="spring") == 0
    assert give_key(outside, "spring", tmp_path_factory.mktemp("mine") / "keys", None) == 0
    checked = desktop.outside()
    validate(checked)
    assert "error" not in checked.out.getvalue() + checked.talk.getvalue()


def test_a_file_in_which_no_line_can_be_added_stays_as_it_was(desktop, tmp_path_factory):
    keys = tmp_path_factory.mktemp("mine") / "keys"
    file = desktop.root / "campaigns/in-spring.yaml"
    file.write_text(
        "{kind: contest, id: spring, account: shop, prize: jeans, opens: 2027-05-01 10:00, closes: "
        "2027-05-08 20:00, entry: {how: reply}, winners: 1, posts: {announce: {at: opens}}}\n"
    )
    before = file.read_bytes()
    with pytest.raises(BadFiles, match="could not be changed"):
        give_key(desktop.outside(), "spring", keys, "1")
    assert file.read_bytes() == before


def test_a_draw_in_an_hour_that_clocks_show_twice_is_written_as_the_one_that_it_was(desktop):
    contest, riga = contest_of(desktop.outside(), "winter-lois"), ZoneInfo("Europe/Riga")
    zoned = contest.contest.model_copy(update={"timezone": riga})
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    written = replace(contest, contest=zoned).as_written
    assert written(second) == "2026-10-25 03:30 +02:00"
    assert written(second - timedelta(hours=1)) == "2026-10-25 03:30 +03:00"
    assert written(second + timedelta(hours=1)) == "2026-10-25 04:30"


def test_a_contest_keeps_its_key(drawn, tmp_path_factory):
    keys = tmp_path_factory.mktemp("mine") / "keys"
    with pytest.raises(BadUsage, match="has a key already"):
        give_key(drawn.outside(), "winter-lois", keys, None)
    assert not keys.exists()


def test_a_key_is_never_written_into_the_project_nor_over_something_else(desktop, tmp_path_factory):
    with pytest.raises(BadUsage, match="inside the project"):
        give_key(desktop.outside(), "winter-lois", desktop.root / "keys", "1")
    other = tmp_path_factory.mktemp("mine") / "letter"
    other.write_text("Dear Anna")
    with pytest.raises(BadUsage, match="no file of keys"):
        give_key(desktop.outside(), "winter-lois", other, "1")
    assert other.read_text() == "Dear Anna"
    with pytest.raises(BadUsage, match="no id"):
        give_key(desktop.outside(), "winter-lois", other, "@acme")
    with pytest.raises(Refused, match="incomplete"):
        give_key(desktop.without_credentials().outside(), "winter-lois", other, None)
    assert "key:" not in (desktop.root / "campaigns/winter-lois.yaml").read_text()
