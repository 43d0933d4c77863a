"""What X shows of a draw decides between verified, asserted, consistent and false."""

from dataclasses import dataclass, field

import pytest

from runner.contest.looking import verify_on_x
from runner.contest.ports import NotShown, ShownPost
from runner.contest.published import Verdict
from runner.reading import NotRead
from runner.value import replace
from tests.unit.contest.building import ANNOUNCEMENT, CHARTER, CLOSING_POST, a_draw, a_list

HONEST = a_draw()
FIRST, SECOND = (place.post for place in HONEST.proof.places)
SHOWN = {
    ANNOUNCEMENT: ShownPost(author="acme_lv", text=f"Giveaway! Code: {CHARTER.code}"),
    CLOSING_POST: ShownPost(author="Acme_LV", text=f"Closed. {a_list().digest}"),
    FIRST: ShownPost(author="anna_demo", text="me!"),
    SECOND: ShownPost(author="Karlis_Demo", text="me, too"),
}


@dataclass
class PublicX:
    """Satisfies `PostReader`: X, with some of its answers changed."""

    changed: dict = field(default_factory=dict)

    def show(self, id: str) -> ShownPost | NotShown | NotRead:
        return {**SHOWN, **self.changed}[id]


def verdict(changed: dict, published=HONEST) -> tuple[Verdict, str]:
    found = verify_on_x(published, "acme_lv", published.draw.winners, PublicX(changed))
    return found.verdict, found.wrong or found.held[-1]


def test_what_x_shows_as_it_was_published_is_verified() -> None:
    assert verdict({}) == (
        Verdict.VERIFIED,
        f"X shows the entry {SECOND}: it is of @karlis_demo.",
    )


CASES = {
    "an entry is gone": ({FIRST: NotShown()}, Verdict.ASSERTED, "of @karlis_demo"),
    "both entries are gone": (
        {FIRST: NotShown(), SECOND: NotShown()},
        Verdict.ASSERTED,
        "@karlis_demo any more",
    ),
    "X is out of reach": (
        {ANNOUNCEMENT: NotRead(because="no network")},
        Verdict.CONSISTENT,
        "could not be asked any further: no network",
    ),
    "X stops answering": ({SECOND: NotRead(because="429")}, Verdict.CONSISTENT, "429"),
    "the announcement is gone": ({ANNOUNCEMENT: NotShown()}, Verdict.FALSE, "no announcement"),
    "the closing post is gone": ({CLOSING_POST: NotShown()}, Verdict.FALSE, "no closing post"),
    "another announced it": (
        {ANNOUNCEMENT: replace(SHOWN[ANNOUNCEMENT], author="other")},
        Verdict.FALSE,
        "is of @other, and not of @acme_lv",
    ),
    "another code was announced": (
        {ANNOUNCEMENT: replace(SHOWN[ANNOUNCEMENT], text="Code: aaaa")},
        Verdict.FALSE,
        "does not carry",
    ),
    "another digest was posted": (
        {CLOSING_POST: replace(SHOWN[CLOSING_POST], text="0" * 64)},
        Verdict.FALSE,
        "does not carry",
    ),
    "another closed it": (
        {CLOSING_POST: replace(SHOWN[CLOSING_POST], author="other")},
        Verdict.FALSE,
        "The closing post",
    ),
    "an entry is another's": (
        {FIRST: replace(SHOWN[FIRST], author="friend")},
        Verdict.FALSE,
        "is of @friend, and not of @anna_demo",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_x_shows_decides(case: str) -> None:
    changed, expected, words = CASES[case]
    found, said = verdict(changed)
    assert found is expected
    assert words in said


def test_an_expired_proof_stays_expired_and_its_posts_are_looked_at() -> None:
    expired = a_draw(places=[], expired="2023-12-14")
    named = replace(expired, draw=expired.draw.model_copy(update={"winners": ()}))
    assert verdict({}, named)[0] is Verdict.EXPIRED
    assert verdict({CLOSING_POST: NotShown()}, named)[0] is Verdict.FALSE


def test_what_is_false_already_asks_x_nothing() -> None:
    tampered = replace(HONEST, draw=HONEST.draw.model_copy(update={"round": 1}))
    found = verify_on_x(tampered, "acme_lv", tampered.draw.winners, PublicX({}))
    assert found.verdict is Verdict.FALSE
    assert not [step for step in found.held if step.startswith("X ")]
