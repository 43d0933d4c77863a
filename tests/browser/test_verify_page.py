"""The page that verifies draws, docs/verify.html, agrees with `runner verify` in a real browser."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from runner.contest.commitments import as_lines
from runner.contest.entry_list import SUPPLEMENT_FILE, supplemented
from runner.contest.list_head import LIST_FILE
from runner.contest.looking import verify_on_x
from runner.contest.ports import NotShown, ShownPost
from runner.contest.published import PublishedDraw, Verdict
from runner.contest.results import DrawnResults, ExpiredResults, ListedEntries
from runner.models import EntriesSeen
from runner.value import replace
from scripts.verify_page import PAGE
from tests.browser.conftest import Open
from tests.browser.viewing import DESK, PHONE, complaints
from tests.unit.contest.building import (
    ANNOUNCEMENT,
    CLOSING_POST,
    DRAWS,
    a_draw,
    a_long_list,
    a_rehearsed_draw,
    a_supplemented_draw,
    results_file,
)
from tests.unit.contest.test_lists_in_parts import TAMPERED_PARTS
from tests.unit.contest.test_looking import CASES, SHOWN, PublicX
from tests.unit.contest.test_supplement import BOTH_POSTS
from tests.unit.contest.test_supplement import TAMPERED as SUPPLEMENTS
from tests.unit.contest.test_verifying import TAMPERED

pytestmark = pytest.mark.sampled(2)
HONEST = a_draw()
ADDRESS = PAGE.as_uri()
ONLY_IN_A_CHECKOUT = {"a promise"}
"""The page is not given the contest's file: what was announced is the announcement's code."""
SAMPLE = ("the charter of the list", "a byte of the list", "the signature", "a winner's post")


def answers(changed: dict[str, Any]) -> dict[str, Any]:
    """What the reader tells of X."""
    shown = {**SHOWN, **changed}
    return {
        id: {"author": each.author, "text": each.text} if isinstance(each, ShownPost) else "gone"
        for id, each in shown.items()
        if isinstance(each, ShownPost | NotShown)
    }


def found_by_the_page(page: Page, published: PublishedDraw, **given: Any) -> dict[str, Any]:
    asked = {
        "list": {name: data.decode() for name, data in published.list.items()},
        "results": results_file(published.draw),
        "handle": "acme_lv",
        "answers": {},
        "now": DRAWS.timestamp(),
        **given,
    }
    found: dict[str, Any] = page.evaluate(
        """(given) => {
          const files = Object.entries(given.list).map(([name, text]) => [name, ascii(text)]);
          return verifyDraw({...given, list: Object.fromEntries(files)});
        }""",
        asked,
    )
    return found


def agrees(page: Page, published: PublishedDraw, changed: dict[str, Any] | None = None) -> None:
    """With what the runner finds of the same draw: the verdict, the steps, and what is wrong."""
    ours = verify_on_x(published, "acme_lv", published.draw.winners, PublicX(changed or {}))
    theirs = found_by_the_page(page, published, answers=answers(changed or {}))
    assert theirs["verdict"] == ours.verdict
    if ours.verdict is Verdict.FALSE and published.draw.digest and "charter" not in str(ours.wrong):
        assert theirs["wrong"] == ours.wrong
    if ours.verdict is Verdict.VERIFIED:
        assert theirs["held"] == list(ours.held)


@pytest.mark.sampled(1)  # each time: without it the others say little
def test_an_honest_draw_is_verified_as_the_runner_does(open_page: Open) -> None:
    with open_page(ADDRESS) as page:
        agrees(page, HONEST)
        for what in SAMPLE:
            agrees(page, TAMPERED[what][0])


def test_a_rehearsal_is_told_as_one_and_checked_all_the_same(open_page: Open) -> None:
    with open_page(ADDRESS) as page:
        found = found_by_the_page(page, a_rehearsed_draw(), answers=answers({}))
        assert found["verdict"] == "rehearsal"
        assert "The beacon of rehearsals has signed that round" in found["held"][5]
        assert page.evaluate("WORTH.rehearsal[0]") == "bad"
        tampered = a_rehearsed_draw().draw.model_copy(update={"winners": ("anna_demo",)})
        changed = found_by_the_page(page, a_rehearsed_draw(), results=results_file(tampered))
        assert changed["verdict"] == "false"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_each_change_is_found_as_by_the_runner(open_page: Open) -> None:
    with open_page(ADDRESS) as page:
        for what in TAMPERED.keys() - ONLY_IN_A_CHECKOUT:
            agrees(page, TAMPERED[what][0])
        for changed, *_ in CASES.values():
            agrees(page, HONEST, changed)


def test_a_supplement_is_checked_as_by_the_runner(open_page: Open) -> None:
    with open_page(ADDRESS) as page:
        agrees(page, a_supplemented_draw(), BOTH_POSTS)
        for published, _ in SUPPLEMENTS.values():
            agrees(page, published, BOTH_POSTS)


def test_every_byte_encoding_is_that_of_the_values_in_the_docs(open_page: Open) -> None:
    told = json.loads((Path(__file__).parents[2] / "docs/contest-proof.json").read_text())
    with open_page(ADDRESS) as page:
        found = page.evaluate(
            """(told) => {
              const list = readList({[LIST_FILE]: ascii(told.list)});
              const round = roundOf(list.charter, instantOf(told["closing-post"]));
              return {
                code: list.code, digest: list.digest, round: round.number, late: round.late,
                randomness: hex(noble.sha256(unhex(told.signature))),
                key: shortCode(joined(ascii("runner/key/v1\\0"), list.key)),
                places: drawnPlaces(list, unhex(told.randomness)).map(({ c }) => c),
                refused: Object.values(told["refused-points"]).map(
                  (each) => point(noble.bls12_381.G1, unhex(each))),
              };
            }""",
            told,
        )
    users = {each["user"]: each["c"] for each in told["entries"]}
    assert found == {
        "code": told["code"],
        "digest": told["digest"],
        "round": told["round"],
        "late": told["days-late"],
        "randomness": told["randomness"],
        "key": told["fingerprint"],
        "places": [users[user] for user in told["places"]],
        "refused": [None] * len(told["refused-points"]),
    }


def test_what_the_runner_writes_is_what_the_page_reads(open_page: Open) -> None:
    draw, proof = HONEST.draw, HONEST.proof
    coverage = EntriesSeen(seen=1204, counted=1210, excluded={"phrase": 12})
    *before, last = proof.places
    written = DrawnResults(
        drawn="2023-09-15 15:00",
        round=draw.round or 0,
        closing_post=proof.closing_post,
        signature=bytes.fromhex(proof.signature),
        places=(*before, last.model_copy(update={"redraw": 1})),
        redrawn=("2023-09-18 15:00",),
        claim_by="2023-09-25 15:00",
    ).as_yaml(
        ListedEntries(
            digest=draw.digest or "", entries=draw.entries or 0, commit="0" * 40, coverage=coverage
        ),
        dict(zip((place.user for place in proof.places), draw.winners, strict=True)),
    )
    with open_page(ADDRESS) as page:
        found = found_by_the_page(page, HONEST, results=written)
        assert found["verdict"] == "consistent"
        assert (
            "1,204 posts were seen, of 1,210 that X counts, 6 of them never shown; not"
            in found["coverage"]
        )
        edited = f"{written}more: 1\n"
        assert "`more: 1`" in found_by_the_page(page, HONEST, results=edited)["wrong"]


def test_a_list_without_a_draw_is_not_drawn_yet_and_later_unfinished(open_page: Open) -> None:
    results = f"digest: {HONEST.draw.digest}\nentries: {HONEST.draw.entries}\n"
    with open_page(ADDRESS) as page:
        soon = found_by_the_page(page, HONEST, results=results)
        late = found_by_the_page(page, HONEST, results=results, now=DRAWS.timestamp() + 11 * 86_400)
    assert (soon["verdict"], late["verdict"]) == ("not drawn yet", "unfinished")


def test_what_is_left_of_a_proof_that_expired_is_told_apart(open_page: Open) -> None:
    left = ExpiredResults(draw=HONEST.draw, proof=HONEST.proof, on=date(2023, 12, 14)).as_yaml()
    with open_page(ADDRESS) as page:
        in_time = {"now": datetime(2023, 12, 14, tzinfo=UTC).timestamp()}
        found = found_by_the_page(page, HONEST, results=left, **in_time)
        assert (found["verdict"], len(found["held"]), len(found["posts"])) == ("expired", 8, 2)
        changed = left.replace("round: 657413", "round: 657414")
        assert found_by_the_page(page, HONEST, results=changed, **in_time)["verdict"] == "false"
        sooner = left.replace("expired: 2023-12-14", "expired: 2023-12-13")
        for results, now, wrong in (
            (sooner, in_time, "had to stand there until 2023-12-14"),
            (left, {}, "removed on 2023-12-14, which is to come"),
        ):
            found = found_by_the_page(page, HONEST, results=results, **now)
            assert wrong in found["wrong"]


def given(page: Page, tmp_path: Path) -> None:
    """A reader gives all that was published."""
    (tmp_path / "entries.txt").write_bytes(HONEST.list[LIST_FILE])
    (tmp_path / "winter-lois.yaml").write_text(results_file(HONEST.draw))
    page.set_input_files("#list", tmp_path / "entries.txt")
    page.set_input_files("#results", tmp_path / "winter-lois.yaml")
    page.fill("#handle", "@acme_lv")
    page.press("#handle", "Enter")
    expect(page.locator("#verdict strong")).to_have_text("consistent")


def answer_of_x(post: ShownPost) -> str:
    html = f"<blockquote><p>{post.text}</p>&mdash; Acme</blockquote>"
    return json.dumps({"author_url": f"https://x.com/{post.author}", "html": html})


def test_a_reader_gets_from_files_to_a_verdict_by_keyboard(open_page: Open, tmp_path: Path) -> None:
    with open_page(ADDRESS, viewport=PHONE) as page:
        page.press("#handle", "Enter")
        assert "Give the list" in page.locator("#verdict").inner_text()
        given(page, tmp_path)
        verdict = page.locator("#verdict strong")
        expect(verdict).to_have_text("consistent")
        assert page.locator("#held li").count() == 8
        fields = page.locator("textarea")
        posts = [ANNOUNCEMENT, CLOSING_POST, *(place.post for place in HONEST.proof.places)]
        for index, id in enumerate(posts):
            fields.nth(index).fill(answer_of_x(SHOWN[id]))
        expect(verdict).to_have_text("verified")
        fields.nth(3).fill("no answer of X")
        expect(verdict).to_have_text("consistent")
        assert "not what X answers" in page.locator("#wrong-3").inner_text()
        page.check("#gone-3")
        expect(verdict).to_have_text("asserted")
        page.check("#gone-1")
        expect(verdict).to_have_text("false")
        assert "X shows no closing post" in page.locator("li.wrong").inner_text()


@pytest.mark.sampled(1)
@pytest.mark.timeout(120)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_nothing_stands_in_a_readers_way(
    open_page: Open, tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    with open_page(ADDRESS, viewport=size, color_scheme=scheme) as page:
        assert complaints(page) == []
        given(page, tmp_path)
        page.check("#gone-0")
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


LONG = a_draw(a_long_list())


def test_a_long_list_is_read_from_all_of_its_files(open_page: Open, tmp_path: Path) -> None:
    with open_page(ADDRESS) as page:
        agrees(page, LONG)
        for what in ("a byte of a part", "an entry left out", "all in one file"):
            agrees(page, replace(LONG, list=TAMPERED_PARTS[what][0]))
        for name, data in LONG.list.items():
            (tmp_path / name).write_bytes(data)
        (tmp_path / "results.yaml").write_text(results_file(LONG.draw))
        page.set_input_files("#results", tmp_path / "results.yaml")
        page.fill("#handle", "acme_lv")
        verdict = page.locator("#verdict strong")
        for names, found in (([LIST_FILE], "nothing to check"), (LONG.list, "consistent")):
            page.set_input_files("#list", [tmp_path / name for name in names])
            page.press("#handle", "Enter")
            expect(verdict).to_have_text(found, timeout=60_000)
        assert page.locator("#held li").count() == 8
        assert "10,001 entries" in page.locator("#held").inner_text()


def test_a_supplement_that_makes_a_list_long_gives_both_the_same_digest(open_page: Open) -> None:
    listed, longer = a_long_list(10_000), a_long_list(10_002)
    added = sorted(set(longer.commitments) - set(listed.commitments))
    files = {**dict(listed.files()), SUPPLEMENT_FILE: as_lines(added)}
    assert supplemented(listed, files).digest == longer.digest
    with open_page(ADDRESS) as page:
        found = page.evaluate(
            """(given) => {
              const files = Object.entries(given).map(([name, text]) => [name, ascii(text)]);
              const list = Object.fromEntries(files);
              return supplemented(readList(list), list).digest;
            }""",
            {name: data.decode() for name, data in files.items()},
        )
    assert found == longer.digest
