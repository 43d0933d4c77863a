"""What an edit of the files does to the future: each occurrence compared by its key."""

from hypothesis import given
from hypothesis import strategies as st

from runner.ledger import Facts, State
from runner.plan import PlanInputs
from runner.plan.change import ChangeKind, Comparison, compare
from runner.plan.matching_campaigns import differing_files
from runner.plan.snapshot import snapshots
from tests.unit.plan.building import a_file, a_project, facts_of, plan, some_inputs
from tests.unit.stores.building import a_key, at, attempting, closed, posted

NOW = "2026-12-01 09:00"


def future(inputs: PlanInputs, facts: Facts, now: str):
    moment = at(now)
    far = inputs.occurrences(now=moment, until=at("2027-12-31 00:00"))
    return snapshots(plan(inputs, far, facts, now=moment))


def change(before, after, *, facts: Facts | None = None, now: str = NOW, **project) -> Comparison:
    """`before` and `after`: the campaigns of each side."""
    given = facts or Facts()
    old, new = (some_inputs(*files, project=a_project(**project)) for files in (before, after))
    files = differing_files(old.campaigns, new.campaigns)
    return compare(future(old, given, now), future(new, given, now), files=files)


def edit(before: dict, after: dict, **more) -> Comparison:
    return change([a_file(before)], [a_file(after)], **more)


def kinds(comparison: Comparison) -> dict[str, str]:
    return {change.snapshot.key.short: change.kind.value for change in comparison.changes}


def fields(comparison: Comparison) -> dict[str, tuple]:
    (found,) = comparison.changes
    return {f"{each.name}{each.part or ''}": (each.old, each.new) for each in found.fields}


def test_the_same_files_change_nothing():
    posts = {"launch": {}, "tip": {"every": {"slots": ["morning"]}, "text": "Hi"}}
    found = edit(posts, posts)
    assert found.changes == ()
    assert len(found.same["campaigns/slim.yaml"]) == 32


def test_posts_are_added_changed_moved_and_removed():
    found = edit(
        {"a": {}, "b": {"text": "Old"}, "c": {}, "d": {}},
        {"b": {"text": "New"}, "c": {"at": "2026-12-02 10:00"}, "d": {}, "e": {}},
    )
    assert kinds(found) == {"a": "removed", "b": "changed", "c": "moved", "e": "added"}
    assert [each.snapshot.key.short for each in found.of(ChangeKind.ADDED)] == ["e"]


def test_a_text_and_what_it_costs_are_told_apart():
    found = edit({"a": {"text": "Hello"}}, {"a": {"text": "See https://acme.lv/x"}})
    told = fields(found)
    assert told["text"] == ("Hello", "See https://acme.lv/x")
    assert told["cost"][0] < told["cost"][1]
    assert found.cost_after - found.cost_before == told["cost"][1] - told["cost"][0]


def test_what_is_moved_and_reworded_says_both():
    found = edit({"a": {}}, {"a": {"at": "2026-12-03 11:00", "text": "New"}})
    assert kinds(found) == {"a": "moved"}
    assert fields(found).keys() == {"time", "text"}


def test_a_longer_grace_is_a_change_of_its_own():
    found = edit({"a": {}}, {"a": {"grace": "6h"}})
    assert kinds(found) == {"a": "changed"}
    assert fields(found).keys() == {"until"}


def test_a_draft_that_becomes_a_post_changes_its_state():
    found = edit({"a": {"draft": True}}, {"a": {}})
    assert fields(found) == {"state": ("does not go out: draft", "goes out")}
    assert found.cost_before < found.cost_after


def test_a_hold_of_the_project_changes_the_state_of_what_is_due():
    now, file = "2026-12-01 10:01", a_file({"a": {}})
    old, new = some_inputs(file), some_inputs(file, project=a_project(hold=True))
    found = compare(future(old, Facts(), now), future(new, Facts(), now))
    held = "does not go out: the project is on hold"
    assert fields(found) == {"state": ("goes out", held)}


def test_what_is_out_is_marked_whatever_is_done_to_it():
    out = facts_of([attempting(a_key()), posted(a_key())])
    for after in ({"launch": {"text": "New"}, "b": {}}, {"b": {}}):
        found = edit({"launch": {}, "b": {}}, after, facts=out, now="2026-12-01 10:30")
        (one,) = found.changes
        assert one.out
        assert found.cost_before == found.cost_after


def test_what_x_refused_needs_a_person_until_its_words_change():
    same = a_file({"launch": {}})
    digest = next(iter(future(some_inputs(same), Facts(), NOW).values())).action.post.digest
    refused = facts_of(
        [attempting(a_key(), digest=digest), closed(a_key(), State.REJECTED, digest=digest)]
    )
    found = edit({"launch": {}}, {"launch": {"text": "New"}}, facts=refused, now="2026-12-01 10:30")
    old, new = fields(found)["state"]
    assert old.startswith("needs a person: X refused it")
    assert new == "goes out"
    assert found.changes[0].asks is None


def test_an_error_in_the_files_needs_a_person():
    found = edit({"b": {}}, {"b": {}, "a": {"text": "x" * 300}})
    assert found.changes[0].asks
    assert "too long" in found.changes[0].asks


def test_what_waits_for_a_draw_is_compared_by_what_it_will_say():
    def contest(drawn=None, **winners):
        return a_file(
            {"winners": {"at": "drawn + 1h", **winners}},
            kind="contest",
            prize="jeans",
            opens="2026-12-01 10:00",
            closes="2026-12-08 20:00",
            entry={"how": "reply", "phrase": "#Lois"},
            winners=3,
            ends=None,
            drawn=drawn,
        )

    found = change([contest(text="Old")], [contest(text="New")])
    assert fields(found) == {"text": ("Old", "New")}
    (added,) = change([], [contest(text="New {{ draw.winners[0] }}")]).changes
    assert added.snapshot.post.parts[0].text == "New ⟦winner 1⟧"
    drawn = change([contest(text="Old")], [contest("2026-12-09 10:00", text="Old")])
    assert kinds(drawn) == {"winners": "changed"}
    assert fields(drawn)["time"][0] == "waits for `drawn`"


def test_a_renamed_campaign_keeps_its_posts():
    posts = {"a": {}, "b": {"at": "2026-12-02 10:00"}}
    found = change([a_file(posts, id="old")], [a_file({**posts, "c": {}}, id="new")])
    assert kinds(found) == {"c": "added"}
    assert {new: old.id for new, old in found.renamed.items()} == {"new": "old"}


def test_of_two_campaigns_the_more_alike_was_renamed():
    one = {"a": {"text": "One"}, "b": {"at": "2026-12-02 10:00"}}
    two = {"a": {"at": "2026-12-05 10:00"}, "b": {"at": "2026-12-06 10:00"}}
    found = change([a_file(one, id="p"), a_file(two, id="q")], [a_file(two, id="z")])
    assert {new: old.id for new, old in found.renamed.items()} == {"z": "q"}
    assert kinds(found) == {"a": "removed", "b": "removed"}


def test_a_campaign_with_other_posts_is_another():
    found = change([a_file({"a": {}}, id="p")], [a_file({"b": {}}, id="q")])
    assert not found.renamed
    assert kinds(found) == {"a": "removed", "b": "added"}


def test_changes_come_by_campaign_and_time():
    late, early = {"at": "2026-12-09 10:00"}, {"at": "2026-12-02 10:00"}
    found = change([], [a_file({"z": late, "y": early}, id="q"), a_file({"x": late}, id="p")])
    assert [each.snapshot.key.short for each in found.changes] == ["x", "y", "z"]


def test_some_campaigns_alone_have_their_own_sums():
    found = change([], [a_file({"a": {}}, id="p"), a_file({"b": {}}, id="q")])
    some = found.of_campaigns({"q"})
    assert kinds(some) == {"b": "added"}
    assert 2 * some.cost_after == found.cost_after
    assert found.of_campaigns(()) is found


def test_both_accounts_of_a_post_change():
    both = {"accounts": ["shop", "tienda"]}
    found = change(
        [a_file({"a": {"text": "Old"}}, **both)], [a_file({"a": {"text": "New"}}, **both)]
    )
    assert [each.snapshot.key.account for each in found.changes] == ["shop", "tienda"]


POSTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.fixed_dictionaries(
        {"at": st.sampled_from(["2026-12-02 10:00", "2026-12-03 12:00"])},
        optional={"text": st.sampled_from(["One", "Two"]), "draft": st.booleans()},
    ),
    min_size=1,
)


@given(POSTS, POSTS)
def test_the_way_back_is_the_same_change_turned_around(before, after):
    there, back = edit(before, after), edit(after, before)
    turned = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}
    assert kinds(back) == {name: turned[kind] for name, kind in kinds(there).items()}
    assert set(kinds(there)) >= before.keys() ^ after.keys()
    assert there.cost_after - there.cost_before == back.cost_before - back.cost_after
