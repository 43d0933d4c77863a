"""Who is meant by an @name, and whom X lets us name."""

from runner.models import Draw
from runner.problems import Severity, Suggestion
from runner.value import replace
from tests.unit.rules.building import (
    ACCOUNTS,
    a_file,
    a_post,
    a_project,
    an_occurrence,
    found,
)

FILE = a_file({"hello": {"text": "x"}})
HELLO = an_occurrence(FILE, "hello")
LISTING = {"unknown-handle": {"known": ["riga_lv"]}}


def test_accounts_and_partners_are_known() -> None:
    for text in ("@Denim_Club, @acme_ES and @loisjeans", "mail me@example.com", "@ home"):
        assert found(a_post(HELLO, text), rule="unknown-handle") == ()
        assert found(a_post(HELLO, text), rule="mention-may-be-refused") == ()


def test_a_handle_that_nobody_knows_is_one_warning() -> None:
    post = a_post(HELLO, "with @stranger/friends")
    (problem,) = found(post, rule="unknown-handle")
    assert problem.message == (
        "`hello` mentions @stranger, neither an account of the project nor a partner"
    )
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == (
        "write the name without the `@`; if they agreed to it, add them under `partners` in "
        "runner.yaml"
    )
    assert problem.severity is Severity.WARNING
    assert found(post, rule="mention-may-be-refused") == ()


def test_a_typo_is_told_what_it_was_meant_to_be() -> None:
    (problem,) = found(a_post(HELLO, "with @loisjean"), rule="unknown-handle")
    assert problem.help == str(Suggestion("@loisjeans"))
    (problem,) = found(a_post(HELLO, "with @Denim_Klub"), rule="unknown-handle")
    assert problem.help == str(Suggestion("@denim_club"))


def test_winners_took_part_so_they_are_mentioned() -> None:
    draw = Draw.model_validate({"drawn": "2026-12-09 12:00", "winners": ["Ann"], "alternates": []})
    file = replace(a_file({"winners": {"text": "x"}}), draw=draw)
    post = a_post(an_occurrence(file, "winners"), "@ann won")
    for rule in ("unknown-handle", "mention-may-be-refused"):
        assert found(post, rule=rule) == ()


def test_who_is_listed_is_known_but_may_be_refused() -> None:
    post = a_post(HELLO, "in @Riga_LV")
    assert found(post, rule="unknown-handle", project=a_project(rules=LISTING)) == ()
    (problem,) = found(post, rule="mention-may-be-refused", project=a_project(rules=LISTING))
    assert problem.message == "X may refuse `hello`: it mentions @Riga_LV, who is no partner"
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.severity is Severity.WARNING
    enterprise = {name: {**account, "tier": "enterprise"} for name, account in ACCOUNTS.items()}
    project = a_project(rules=LISTING, accounts=enterprise)
    assert found(post, rule="mention-may-be-refused", project=project) == ()


def test_after_the_agreement_a_partner_may_be_refused() -> None:
    late = a_post(an_occurrence(FILE, "hello", "2027-03-02 10:00"), "@loisjeans")
    (problem,) = found(late, rule="mention-may-be-refused")
    assert problem.message.endswith("@loisjeans, whose agreement ends on 2027-03-01")
    on_the_last_day = a_post(an_occurrence(FILE, "hello", "2027-03-01 10:00"), "@loisjeans")
    assert found(on_the_last_day, rule="mention-may-be-refused") == ()
    theirs = a_file({"hello": {"text": "x"}}, partner="lois", kind="partner")
    late = a_post(an_occurrence(theirs, "hello", "2027-03-02 10:00"), "@loisjeans #reklāma")
    assert found(late, rule="mention-may-be-refused") == ()
    assert len(found(late, rule="expired-partner")) == 1


def test_a_project_may_ask_to_be_warned_of_all_partners() -> None:
    project = a_project(rules={"mention-may-be-refused": {"partners": True}})
    post = a_post(HELLO, "@denim_club and @acme_es")
    (problem,) = found(post, rule="mention-may-be-refused", project=project)
    assert problem.message.endswith("@denim_club, and can't see that they agreed")
