"""A supplement adds who was left out of a list, in time and once, and takes nobody away."""

from datetime import timedelta
from hashlib import sha256

import pytest

from runner.contest.commitments import as_lines
from runner.contest.entry_list import SUPPLEMENT_FILE, supplemented
from runner.contest.looking import verify_on_x
from runner.contest.ports import NotShown, ShownPost
from runner.contest.published import PublishedDraw, Verdict
from runner.contest.results import DrawnResults, ListedEntries
from runner.contest.verifying import verify, verify_list
from runner.value import replace
from tests.unit.contest.building import (
    CLOSES,
    CLOSING_POST,
    DRAWS,
    ENTRIES,
    SUPPLEMENT_POST,
    a_draw,
    a_list,
    a_long_list,
    a_supplemented_draw,
    id_of,
)
from tests.unit.contest.test_looking import PublicX

HONEST = a_supplemented_draw()
BOTH_POSTS = {
    CLOSING_POST: ShownPost(author="acme_lv", text=HONEST.draw.digest or ""),
    SUPPLEMENT_POST: ShownPost(author="acme_lv", text=a_list().digest),
}
LATEST = DRAWS + timedelta(seconds=3) - timedelta(hours=6)


def with_lines(lines: bytes) -> PublishedDraw:
    return replace(HONEST, list={**HONEST.list, SUPPLEMENT_FILE: lines})


def named(**changes: object) -> PublishedDraw:
    added = HONEST.draw.supplement
    assert added
    draw = HONEST.draw.model_copy(update={"supplement": added.model_copy(update=changes)})
    return replace(HONEST, draw=draw)


def test_the_draw_is_of_the_list_with_its_supplement() -> None:
    found = verify(HONEST)
    assert (found.verdict, found.wrong) == (Verdict.CONSISTENT, None)
    assert "adds 1 that had been left out, and takes nobody away" in found.held[3]
    assert SUPPLEMENT_POST in found.held[6]
    assert len(found.held) == 10
    assert verify_list(HONEST).verdict is Verdict.CONSISTENT
    assert verify(a_supplemented_draw(supplement=id_of(LATEST))).verdict is Verdict.CONSISTENT


WHOLE = a_list().commitments
TAMPERED = {
    "another digest": (named(digest="0" * 64), "which the results do not say"),
    "another number": (named(entries=9), "which the results do not say"),
    "an entrant who is there already": (
        with_lines(as_lines(a_list(ENTRIES[:2]).commitments)),
        "an entrant is there twice",
    ),
    "nobody": (with_lines(b""), "adds nobody"),
    "other lines": (with_lines(b"entry\n"), "not two numbers of 64 digits"),
    "lines out of order": (with_lines(as_lines(WHOLE[1::-1])), "out of order"),
    "a post that came too late": (
        a_supplemented_draw(supplement=id_of(LATEST + timedelta(milliseconds=1))),
        "six hours before the round",
    ),
    "a post before the closing post": (
        a_supplemented_draw(supplement=id_of(CLOSES + timedelta(minutes=16))),
        "not between the closing post",
    ),
    "the closing post": (a_supplemented_draw(supplement=CLOSING_POST), "not between the closing"),
    "no post": (a_supplemented_draw(supplement=None), "and not both"),
    "a post alone": (a_draw(supplement=SUPPLEMENT_POST), "and not both"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_each_change_of_a_supplement_is_found(what: str) -> None:
    published, why = TAMPERED[what]
    found = verify(published)
    assert found.verdict is Verdict.FALSE
    assert why in (found.wrong or "")


def test_a_supplement_that_is_missing_is_told() -> None:
    files = {name: data for name, data in HONEST.list.items() if name != SUPPLEMENT_FILE}
    assert "supplement.txt is missing" in (verify(replace(HONEST, list=files)).wrong or "")


def test_x_has_to_show_the_post_that_closed_it() -> None:
    names = HONEST.draw.winners
    found = verify_on_x(HONEST, "acme_lv", names, PublicX(BOTH_POSTS))
    assert found.verdict is Verdict.VERIFIED, found.wrong
    for other in (NotShown(), BOTH_POSTS[CLOSING_POST]):
        changed = PublicX({**BOTH_POSTS, SUPPLEMENT_POST: other})
        found = verify_on_x(HONEST, "acme_lv", names, changed)
        assert found.verdict is Verdict.FALSE
        assert f"supplement {SUPPLEMENT_POST}" in (found.wrong or "")


def test_a_list_may_come_to_be_in_parts_by_its_supplement() -> None:
    whole = a_long_list()
    first = replace(whole, commitments=whole.commitments[2:])
    lines = as_lines(whole.commitments[:2])
    found = supplemented(first, {SUPPLEMENT_FILE: lines})
    assert found.digest == whole.digest
    assert sha256(dict(first.files())["entries.txt"]).hexdigest() != whole.digest


def test_results_name_a_supplement_as_they_are_read() -> None:
    draw, proof = HONEST.draw, HONEST.proof
    written = DrawnResults(
        drawn="2023-09-15 15:00",
        round=657413,
        days_late=None,
        closing_post=proof.closing_post,
        signature=bytes.fromhex(proof.signature),
        places=proof.places,
        supplement_post=proof.supplement,
    ).as_yaml(ListedEntries.of(draw), {place.user: "anna" for place in proof.places})
    assert draw.supplement
    assert f"supplement: {{digest: {draw.supplement.digest}, entries: 8}}\n" in written
    assert f'  supplement: "{SUPPLEMENT_POST}"\n' in written
