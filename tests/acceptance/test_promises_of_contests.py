"""What a contest was announced with is held against the ledger, with a key and without one."""

import re

import pytest

from runner.cli.commands.preview import preview
from runner.cli.commands.terms import TermsFormat, print_terms
from runner.cli.contests import contest_of
from runner.problems import BadUsage
from tests.acceptance.contests import CONTEST, ID, RESULTS, posted, rewritten, said
from tests.unit.contest.building import KEY

WITH_KEY, BY_HAND = f"campaigns/{ID}.yaml", "campaigns/by-hand.yaml"
KEY_LINE = 'key: {{fingerprint: {key}, user-id: "{user}"}}\n'
LEDGER = ".runner/ledger/ledgers/shop/campaigns/{id}/once.jsonl"


def announce(desktop):
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(WITH_KEY, CONTEST.format(key=KEY.fingerprint, user=user))
    by_hand = CONTEST.replace(KEY_LINE, "").replace("Lois", "Jeans").format()
    desktop.write(BY_HAND, by_hand.replace("10:00", "10:30"))
    for moment in ("10:01", "10:31"):
        desktop.clock.set(f"2023-09-10T{moment}+00:00")
        posted(desktop)
    desktop.clock.set("2023-09-11T10:00+00:00")
    assert frozen(desktop) == []


@pytest.fixture
def announced(after):
    """Of two contests, one with a key and one that is drawn by hand, the announcement is out."""
    return after(announce)


def frozen(desktop) -> list[str]:
    """The first lines of what is said of changed promises."""
    lines = said(desktop, preview)[1].splitlines()
    return [line for line in lines if line.startswith("error[contest-frozen]")]


def without_key(desktop) -> None:
    text = (desktop.root / WITH_KEY).read_text()
    desktop.write(WITH_KEY, "".join(line for line in text.splitlines(True) if "key:" not in line))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("three pairs", "two pairs"),
        ("closes: 2023-09-13", "closes: 2023-09-12"),
        ("winners: 2", "winners: 1"),
        ("entry: {how: mention, ", "entry: {how: mention, account-age: 30d, "),
    ],
    ids=["prize", "times", "winners", "rules"],
)
def test_a_contest_that_is_drawn_by_hand_keeps_what_it_was_announced_with(announced, old, new):
    rewritten(announced, BY_HAND, old, new)
    (told,) = frozen(announced)
    assert "`announce` is out" in told


def test_taking_the_key_and_all_that_proves_the_draw_away_is_seen(announced):
    without_key(announced)
    assert len(frozen(announced)) == 1
    rewritten(announced, WITH_KEY, ", reply-to: announce", "")
    assert len(frozen(announced)) == 1


def test_an_announcement_that_left_its_file_or_is_called_otherwise_holds_it_too(announced):
    without_key(announced)
    rewritten(announced, WITH_KEY, "  announce: {at: opens}\n", "")
    (told,) = frozen(announced)
    assert "`announce` is out" in told


def test_a_contest_that_became_another_account_s_is_held_to_it_too(announced):
    accounts = "accounts:\n  tienda: {handle: acme_es, locale: es}"
    rewritten(announced, "runner.yaml", "accounts:", accounts)
    assert frozen(announced) == []
    rewritten(announced, BY_HAND, "account: shop", "account: tienda")
    rewritten(announced, BY_HAND, "three pairs", "two pairs")
    assert len(frozen(announced)) == 1


def test_a_reason_why_it_was_changed_is_for_the_terms(announced):
    rewritten(announced, BY_HAND, "three pairs", "two pairs")
    reason = "ignore: {contest-frozen: one pair was sold out}"
    rewritten(announced, BY_HAND, "{at: opens}", f"{{at: opens, {reason}}}")
    assert frozen(announced) == []
    terms = said(announced, print_terms, "by-hand", TermsFormat.MARKDOWN, "en")[1]
    assert "one pair was sold out" in terms


def test_the_terms_tell_how_many_entries_were_seen_as_the_results_do(desktop):
    desktop.write(WITH_KEY, CONTEST.format(key=KEY.fingerprint, user=1))
    assert "can be on the list" in said(desktop, print_terms, ID, TermsFormat.MARKDOWN, "en")[1]
    coverage = "coverage: {seen: 12, counted: 13, excluded: {gone: 1}}"
    desktop.write(RESULTS, f"digest: {'0' * 64}\nentries: 11\n{coverage}\n")
    terms = said(desktop, print_terms, ID, TermsFormat.MARKDOWN, "en")[1]
    assert "do not count: 12; by the count of X: 13." in terms


def test_no_terms_are_written_where_they_could_not_say_how_long_a_prize_can_be_claimed(announced):
    rewritten(announced, BY_HAND, "posts:", "claim-by: drawn + 90m\nposts:")
    with pytest.raises(BadUsage, match="how long `claim-by: drawn"):
        print_terms(announced.outside(), "by-hand", TermsFormat.MARKDOWN, "en")


def test_the_terms_know_the_slots_of_the_contest_itself(announced):
    own = "claim-by: drawn + 2d evening\nslots: {evening: 18:30}\nposts:"
    rewritten(announced, BY_HAND, "posts:", own)
    outside = announced.outside()
    print_terms(outside, "by-hand", TermsFormat.MARKDOWN, "en")
    assert "on the last day by 6:30 PM" in " ".join(outside.out.getvalue().split())


def test_the_terms_name_all_accounts_in_each_language(desktop):
    accounts = "accounts:\n  tienda: {handle: acme_es, locale: es}"
    rewritten(desktop, "runner.yaml", "accounts:", accounts)
    by_hand = CONTEST.replace(KEY_LINE, "").replace("account: shop", "accounts: [shop, tienda]")
    desktop.write(BY_HAND, by_hand.format())
    for locale, both in (("lv", "acme\\_lv vai @acme\\_es"), ("es", "acme\\_lv o @acme\\_es")):
        terms = said(desktop, print_terms, "by-hand", TermsFormat.MARKDOWN, locale)[1]
        assert both in terms


def test_the_terms_of_a_changed_contest_with_a_key_claim_neither_its_code_nor_a_proof(announced):
    code = contest_of(announced.outside(), ID).charter().code
    assert code in said(announced, print_terms, ID, TermsFormat.MARKDOWN, "en")[1]
    rewritten(announced, WITH_KEY, "three pairs", "two pairs")
    reason = "ignore: {contest-frozen: one pair was stolen}"
    rewritten(announced, WITH_KEY, "{at: opens}", f"{{at: opens, {reason}}}")
    terms = said(announced, print_terms, ID, TermsFormat.MARKDOWN, "en")[1]
    assert "draws by hand" in terms
    assert "one pair was stolen" in terms
    for untrue in (
        "drand",
        "runner verify",
        code,
        contest_of(announced.outside(), ID).charter().code,
    ):
        assert untrue not in terms


def test_a_ledger_of_before_holds_a_contest_with_a_key_to_its_code(announced):
    """Its attempts do not say what was promised, but for the code in the text."""
    for id in (ID, "by-hand"):
        path = LEDGER.format(id=id)
        lines = (announced.root / path).read_text()
        assert '"promise":' in lines
        announced.write(path, re.sub(r',"promise":"[a-z2-7]{26}"', "", lines))
    rewritten(announced, BY_HAND, "three pairs", "two pairs")
    assert frozen(announced) == []
    rewritten(announced, WITH_KEY, "three pairs", "two pairs")
    assert len(frozen(announced)) == 1
