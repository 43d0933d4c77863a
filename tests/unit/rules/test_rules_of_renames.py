"""Rules of names, each with a case that fires and one that does not."""

from datetime import UTC, datetime

from runner.ledger import Key
from runner.rules import Today
from tests.unit.rules.building import a_file, a_post, an_occurrence, found

FILE = a_file({"tip": {"text": "x"}})
TIP = an_occurrence(FILE, "tip")
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def helps(former: Key, *campaigns: str) -> str | None:
    today = Today(
        now=NOW,
        occurrences=(TIP,),
        renamed={TIP.key: (former, "and no file has it any more")},
        campaigns=frozenset({"slim27", *campaigns}),
    )
    (problem,) = found(a_post(TIP), rule="renamed-post", today=today)
    assert str(former) in problem.message
    assert problem.help
    assert f"runner resolve {TIP.key} --not-posted" in problem.help
    return problem.help.partition(";")[0].removeprefix("if it is the same, ")


def test_what_may_be_out_is_told_how_to_get_its_name_back():
    old = Key("shop", "old", "tip")
    assert helps(old) == "write `id: old` in campaigns/slim27.yaml"
    assert helps(old, "old") == "move it back to `old`"
    named = "write `id: old` in campaigns/slim27.yaml, and name the post `hint`"
    assert helps(Key("shop", "old", "hint")) == named
    assert helps(Key("shop", "old", "hint"), "old") == "move it back to `old` as `hint`"
    assert helps(Key("shop", "slim27", "hint")) == "name it `hint` again"
    assert helps(Key("shop", "slim27", "tip", "2026-12-01.noon")) == "give it its rhythm back"


def test_what_is_not_renamed_is_nothing_to_speak_of():
    today = Today(now=NOW, occurrences=(TIP,))
    assert found(a_post(TIP), rule="renamed-post", today=today) == ()


def test_an_account_that_the_ledger_knows_by_another_id():
    today = Today(now=NOW, strangers={"shop": "store"})
    (problem,) = found(rule="renamed-account", today=today)
    assert (problem.place.path, problem.place.route) == ("runner.yaml", ("accounts", "shop"))
    assert found(rule="renamed-account", today=Today(now=NOW)) == ()
