"""Our own posts are measured over HTTP: each once an age, by their own numbers, within a budget."""

from datetime import datetime, timedelta

import pytest

from runner.cli.commands.accounts import accounts
from runner.cli.commands.doctor import doctor
from runner.cli.commands.measure import measure
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.status import status
from runner.cli.measurements import measurements_of
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.wanted_accounts import WantedAccounts
from runner.ledger import Key
from runner.local_x.audience import Audience, Effect
from runner.local_x.server import Sandbox
from runner.measure import Window
from runner.problems import LedgerUnusable
from tests.acceptance.conftest import PROJECT, Desktop, TestClock
from tests.acceptance.tips import AUDIENCE, send_tips


def send_two_tips(desktop):
    send_tips(desktop, "01T09:00", "02T09:00")


@pytest.fixture
def shop(after):
    """A desktop of which two tips went out, on the 1st and the 2nd of March, before an audience."""
    desktop = after(send_two_tips)
    desktop.sandbox.attend(AUDIENCE)
    return desktop


def told(desktop, **more) -> tuple[int, str]:
    outside = desktop.outside()
    code = measure(outside, **more)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def kept(desktop):
    context = desktop.outside()
    return measurements_of(context, inputs_of(open_project(context), context).project, "shop")


def at(desktop, moment: str) -> tuple[int, str]:
    desktop.clock.set(moment)
    return told(desktop)


def test_each_post_is_measured_once_at_each_age(shop):
    code, text = at(shop, "2027-03-03T09:05+02:00")
    assert code == 0
    assert "shop: 1 post measured ($0.011): 1 at 48 hours." in text
    assert "400 followers" in text
    _, text = at(shop, "2027-03-03T12:00+02:00")
    assert "no post has come to an age" in text
    at(shop, "2027-03-04T09:05+02:00")
    at(shop, "2027-03-08T10:00+02:00")
    at(shop, "2027-03-09T10:00+02:00")
    at(shop, "2027-03-29T11:00+03:00")
    found = kept(shop).measurements
    assert [(Key.parse(each.key).nominal, each.window) for each in found] == [
        ("2027-03-01.morning", Window.TWO_DAYS),
        ("2027-03-01.morning", Window.WEEK),
        ("2027-03-01.morning", Window.FOUR_WEEKS),
        ("2027-03-02.morning", Window.TWO_DAYS),
        ("2027-03-02.morning", Window.WEEK),
    ]
    seen = [each.organic.impressions for each in found]
    assert seen[0] == seen[3] == 937  # of a thousand, after four half-lives
    assert seen[1:3] == [999, 1000]
    assert not any(each.is_late or each.is_boosted or each.deleted for each in found)
    assert str(shop.sandbox.spent()) == "0.055"


def test_what_was_measured_late_is_told_as_what_it_is(shop):
    code, text = at(shop, "2027-03-07T09:00+02:00")
    assert code == 0
    assert "2 posts measured ($0.012): 2 at 48 hours." in text
    assert "2 of them late" in text
    assert [each.age.days for each in kept(shop).measurements] == [6, 5]


def test_posts_that_the_runner_did_not_send_are_measured_and_told_apart(shop):
    shop.sandbox.post_by_hand("shop", "We are open today! https://acme.lv #denim")
    _, text = at(shop, "2027-03-04T10:00+02:00")
    assert "3 posts measured" in text
    assert "1 of them not sent by the runner" in text
    by_hand = kept(shop).measurements[-1]
    assert by_hand.key is None
    assert (by_hand.traits.has_link, by_hand.traits.hashtags) == (True, 1)


def test_parts_of_a_thread_name_its_first_post_and_answers_to_others_are_left_out(shop):
    root = shop.sandbox.post_by_hand("shop", "A thread")
    part = shop.sandbox.post_by_hand("shop", "It goes on", reply_to=root.id)
    asked = shop.sandbox.seed("anna", "@acme_lv how much?", reply_to=part.id)
    shop.sandbox.post_by_hand("shop", "59.90", reply_to=asked.id)
    at(shop, "2027-03-04T10:00+02:00")
    found = {each.post: each for each in kept(shop).measurements if each.key is None}
    assert found.keys() == {root.id, part.id}
    assert (found[part.id].root, found[part.id].answers) == (root.id, root.id)
    assert (found[root.id].root, found[root.id].answers) == (root.id, None)
    assert found[root.id].public.replies == 1 + 3  # its own second part, and three of the audience


def test_what_was_paid_for_is_recognised(shop):
    first = shop.sandbox.timeline()[-1]
    boost = (Effect(post=first.id, paid=2000),)
    shop.sandbox.attend(Audience(reach=1000, spread=0, effects=boost))
    _, text = at(shop, "2027-03-04T10:00+02:00")
    assert "1 of them boosted" in text
    boosted, other = kept(shop).measurements
    assert boosted.is_boosted
    assert not other.is_boosted
    assert boosted.public.impressions > 2000 > boosted.comparable.impressions


def test_a_deleted_post_is_noticed_at_its_next_age(shop):
    at(shop, "2027-03-04T10:00+02:00")
    first = shop.sandbox.timeline()[-1]
    shop.sandbox.remove(first.id)
    code, text = at(shop, "2027-03-09T12:00+02:00")
    assert code == 0
    assert f"https://x.com/i/status/{first.id} is deleted" in text
    assert kept(shop).deleted == {first.id}
    shop.clock.sleep(3600)
    assert "deleted" not in told(shop)[1]


def test_an_edited_post_is_the_one_that_went_out(shop):
    last = shop.sandbox.timeline()[0]
    shop.clock.set("2027-03-02T09:40+02:00")
    shop.sandbox.edit(last.id, "Dry it at night")
    at(shop, "2027-03-04T09:20+02:00")  # its first version is old enough, and X shows its newest
    assert last.id not in kept(shop).posts
    at(shop, "2027-03-04T10:00+02:00")
    found = kept(shop).posts[last.id]
    assert (Key.parse(found.key).nominal, found.deleted) == ("2027-03-02.morning", False)


def test_reposts_are_no_posts_of_ours(shop):
    theirs = shop.sandbox.seed("loisjeans", "New: Slim 27")
    shop.sandbox.repost_by_hand("shop", theirs.id)
    _, text = at(shop, "2027-03-04T10:00+02:00")
    assert "2 posts measured ($0.012)" in text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"drop": True}, "the connection to X broke"),
        ({"status": 429}, "X takes no more requests for now"),
        ({"answer": "credits"}, "X has no credit left"),
        ({"status": 503}, "X answered 503"),
        ({"status": 200, "body": {"data": [], "meta": {"result_count": 5}}}, "how many posts"),
        (
            {
                "status": 200,
                "body": {"data": [{"id": "1", "text": "x"}], "meta": {"result_count": 1}},
            },
            "a post without its numbers",
        ),
    ],
    ids=["silence", "rate-limit", "credit", "error", "half-a-page", "no-numbers"],
)
def test_nothing_is_lost_where_x_can_not_be_read(shop, fault, said):
    shop.sandbox.fail({"route": "timeline", **fault})
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 4
    assert said in text
    assert "shop: no post measured" in text
    assert "stays due" not in text
    assert kept(shop).measurements == ()
    assert "2 posts measured" in told(shop)[1]


@pytest.mark.parametrize("answer", [{"status": 429}, {"answer": "credits"}], ids=["429", "402"])
def test_a_run_that_ends_midway_is_taken_up_where_it_ended(shop, answer):
    for number in range(150):
        shop.sandbox.post_by_hand("shop", f"number {number}")
    shop.clock.set("2027-03-04T10:00+02:00")
    shop.sandbox.fail({"route": "timeline", "delay": 0}, {"route": "timeline", **answer})
    code, text = told(shop)
    assert code == 4
    assert "100 posts measured ($0.11)" in text
    code, text = told(shop)
    assert code == 0
    assert "52 posts measured ($0.052)" in text
    assert len({each.post for each in kept(shop).measurements}) == 152
    assert str(shop.sandbox.spent()) == "0.162"


def test_a_limit_of_x_is_waited_for(shop):
    shop.sandbox.fail({"route": "timeline", "status": 429, "headers": {"x-rate-limit-reset": "0"}})
    shop.clock.set("2027-03-04T10:00+02:00")
    code, text = told(shop, wait=timedelta(minutes=16))
    assert code == 0
    assert "X takes requests again at" in text
    assert "2 posts measured" in text


def test_the_budget_for_reading_is_a_hard_stop(shop):
    for number in range(20):
        shop.sandbox.post_by_hand("shop", f"number {number}")
    shop.write("runner.yaml", PROJECT + "budget: {usd-per-month: 50, reading: 0.020}\n")
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 3
    assert "what reading may cost this month is used up" in text
    assert "10 posts measured ($0.02)" in text
    assert str(shop.sandbox.spent()) == "0.020"
    code, text = told(shop)
    assert code == 3
    assert str(shop.sandbox.spent()) == "0.020"


def test_where_somebody_else_owns_the_app_a_post_costs_five_times_as_much(shop):
    project = PROJECT.replace("locale: en}", "locale: en, owned: false}")
    shop.write("runner.yaml", project)
    assert "2 posts measured ($0.02)" in at(shop, "2027-03-04T10:00+02:00")[1]


def test_without_private_numbers_the_public_ones_are_kept_and_that_is_told(shop):
    shop.sandbox.refuse_private_numbers()
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 0
    assert "2 posts measured" in text
    assert "X tells only what it tells everybody" in text
    assert all(each.public and not each.organic for each in kept(shop).measurements)


def test_keys_that_may_only_read_are_enough_since_nothing_else_is_asked_of_x(shop):
    before = shop.sandbox.requests()
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 0
    assert "2 posts measured" in text
    routes = {name for name, n in shop.sandbox.requests().items() if n > before.get(name, 0)}
    assert routes == {"me", "timeline"}


def test_credentials_of_somebody_else_read_nothing(shop):
    shop.write("runner.yaml", PROJECT.replace("acme_lv", "acme_es"))
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 4
    assert "the credentials belong to @acme_lv, not to @acme_es" in text


def test_a_clock_that_is_wrong_changes_no_age(shop):
    shop.clock.set("2027-03-04T10:00+02:00")
    right = shop.clock.now() + timedelta(minutes=4)
    shop.sandbox.set_clock(right)
    assert "2 posts measured" in told(shop)[1]
    assert all(each.at == right for each in kept(shop).measurements)


def test_measurements_that_can_not_be_read_stop_measuring_and_no_post(shop):
    at(shop, "2027-03-03T10:00+02:00")
    (file,) = (shop.root / ".runner/ledger-measurements/shop").rglob("000001")
    file.write_bytes(file.read_bytes()[:-1])
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 5
    assert "what was measured of `shop` can't be read: a record of measurements is cut off" in text
    with pytest.raises(LedgerUnusable):
        kept(shop)
    assert post(shop.outside(), PostOptions()) == 0


def test_an_account_without_posts_has_nothing_to_measure(desktop):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    code, text = told(desktop)
    assert code == 0
    assert "no post has come to an age" in text


def test_two_accounts_of_which_one_can_not_be_read_stop_each_other_not(shop):
    two = PROJECT.replace("ledger:", "  gone: {handle: acme_es, locale: es}\nledger:")
    shop.write("runner.yaml", two)
    shop.environ.update({f"X_SHOP_{name[2:]}": each for name, each in shop.environ.items()})
    code, text = at(shop, "2027-03-04T10:00+02:00")
    assert code == 4
    assert "shop: 2 posts measured" in text
    assert "the credentials of `gone` are incomplete" in text


def test_doctor_says_when_an_account_was_measured_last(shop):
    def checked() -> str:
        outside = shop.outside()
        assert doctor(outside) == 0
        return outside.out.getvalue()

    assert "measured" not in checked()
    at(shop, "2027-03-03T10:00+02:00")
    shop.clock.sleep(3600)
    assert "well   `shop` was measured 1 hour ago ($0.011 this month)" in checked()
    shop.clock.sleep(3 * 86400)
    assert "note   `shop` was measured 3 days 1 hour ago" in checked()
    (file,) = (shop.root / ".runner/ledger-measurements/shop").rglob("000001")
    file.write_bytes(b"spoiled")
    assert "note   what was measured of `shop` can't be read" in checked()


def test_an_account_that_nobody_has_set_up_is_not_to_be_measured(desktop):
    outside = desktop.outside()
    accounts(outside, wanted=WantedAccounts(to_measure=True))
    assert outside.out.getvalue() == ""


def test_accounts_with_a_post_that_has_come_of_age_are_named_once_a_day_all(shop):
    def named() -> str:
        outside = shop.outside()
        assert accounts(outside, wanted=WantedAccounts(to_measure=True)) == 0
        return outside.out.getvalue()

    assert "shop" in named()
    at(shop, "2027-03-02T10:00+02:00")
    assert named() == ""
    shop.clock.set("2027-03-03T09:05+02:00")
    assert "shop" in named()
    told(shop)
    assert named() == ""
    shop.clock.set("2027-03-04T08:00+02:00")
    assert named() == ""
    shop.clock.set("2027-03-04T09:05+02:00")
    assert "shop" in named()
    (file,) = (shop.root / ".runner/ledger-measurements/shop").rglob("000001")
    file.write_bytes(b"spoiled")
    assert "shop" in named()


def test_the_budget_for_reading_is_one_for_all_accounts_and_status_tells_it(tmp_path):
    start = datetime.fromisoformat("2027-03-01T09:00+02:00")
    with Sandbox.start({"shop": "acme_lv", "tienda": "acme_es"}, clock=lambda: start) as sandbox:
        clock = TestClock("2027-03-01T09:00+02:00", sandbox)
        environ = dict(sandbox.environment())
        two = Desktop(root=tmp_path, sandbox=sandbox, clock=clock, environ=environ)
        accounts = "locale: en, owned: true}\n  tienda: {handle: acme_es, locale: es, owned: true}"
        project = PROJECT.replace("locale: en}", accounts)
        two.write("runner.yaml", project + "budget: {usd-per-month: 50, reading: 0.034}\n")
        for account in ("shop", "tienda"):
            for number in range(20):
                sandbox.post_by_hand(account, f"number {number}")
        code, text = at(two, "2027-03-04T10:00+02:00")
        assert code == 3
        assert "shop: 20 posts measured ($0.03)" in text
        assert "tienda: what reading may cost" in text.replace("X could not be read: ", "")
        assert str(sandbox.spent()) == "0.030"
        outside = two.outside()
        status(outside)
        assert "Reading: $0.03 of $0.034 this month." in outside.out.getvalue()
