"""When each standard text is true."""

import pytest

from runner.models import CampaignFile
from runner.problems import Problem
from runner.rules import RuleContext, check
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, anchors_of, found

CONTEST = {
    "kind": "contest",
    "prize": "džinsi",
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-09 20:00",
    "entry": {"how": "reply"},
}
LAUNCH = {
    "kind": "launch",
    "product": {"name": "Slim"},
    "launches": "2026-12-01 10:00",
    "offer": {"code": "SLIM20", "until": "2026-12-09 00:00"},
}


def file_with(post: str, campaign: dict[str, object], **more: object) -> CampaignFile:
    return a_file({post: {"at": "2026-12-05 10:00", **more}}, **campaign)


def at(due: str, post: str, campaign: dict[str, object], **more: object) -> tuple[Problem, ...]:
    occurrence = an_occurrence(file_with(post, campaign, **more), post, due)
    return found(a_post(occurrence, "x"), rule="standard-moment")


WITHOUT_OFFER = {**LAUNCH, "offer": None}


@pytest.mark.parametrize(
    ("campaign", "post", "due", "bounds"),
    [
        pytest.param(CONTEST, "announce", "2026-12-09 20:00", "`closes`", id="C2-announce-late"),
        pytest.param(CONTEST, "announce", "2026-12-01 09:59", "`opens`", id="C2-announce-early"),
        pytest.param(
            CONTEST, "halfway", "2026-12-09 18:00", "three quarters", id="C2-halfway-late"
        ),
        pytest.param(CONTEST, "halfway", "2026-12-01 12:00", "a quarter", id="C2-halfway-early"),
        pytest.param(CONTEST, "reminder", "2026-12-10 10:00", "`closes`", id="C2-reminder"),
        pytest.param(CONTEST, "last-call", "2026-12-09 21:00", "`closes`", id="C2-last-call"),
        pytest.param(CONTEST, "closed", "2026-12-09 19:59", "`closes`", id="C2-closed"),
        pytest.param(CONTEST, "winners", "2026-12-08 10:00", "`closes`", id="C2-winners"),
        pytest.param(LAUNCH, "teaser", "2026-12-01 10:00", "`launches`", id="C2-teaser"),
        pytest.param(LAUNCH, "launch", "2026-11-29 10:00", "`launches`", id="C2-launch"),
        pytest.param(LAUNCH, "launch", "2026-12-09 00:00", "`offer-ends`", id="C2-launch-late"),
        pytest.param(LAUNCH, "thanks", "2026-11-30 10:00", "`launches`", id="C2-thanks"),
        pytest.param(
            LAUNCH, "reminder", "2026-12-09 10:00", "`offer-ends`", id="C2-reminder-offer"
        ),
        pytest.param(LAUNCH, "last-day", "2026-12-07 23:59", "the day", id="C2-last-day-early"),
        pytest.param(LAUNCH, "last-day", "2026-12-09 00:00", "the day", id="C2-last-day-midnight"),
        pytest.param(WITHOUT_OFFER, "last-day", "2026-11-30 10:00", "`launches`", id="C2-no-offer"),
    ],
)
def test_a_standard_text_that_is_not_true_then_names_its_bounds(
    campaign: dict[str, object], post: str, due: str, bounds: str
) -> None:
    [problem] = at(due, post, campaign)
    name = f"{campaign['kind']}/{post}"
    assert problem.message == (
        f"the standard text `{name}` is not true at {due}, when `{post}` is due"
    )
    assert bounds in problem.help
    assert problem.place.route == ("posts", post, "at")


@pytest.mark.parametrize(
    ("campaign", "post", "due"),
    [
        (CONTEST, "announce", "2026-12-01 10:00"),
        (CONTEST, "halfway", "2026-12-05 15:00"),
        (CONTEST, "last-call", "2026-12-09 19:59"),
        (CONTEST, "closed", "2026-12-09 20:00"),
        (CONTEST, "winners", "2026-12-10 10:00"),
        (LAUNCH, "teaser", "2026-11-01 10:00"),
        (LAUNCH, "launch", "2026-12-01 10:00"),
        (LAUNCH, "launch", "2026-12-08 23:59"),
        (WITHOUT_OFFER, "launch", "2026-12-20 10:00"),
        (LAUNCH, "story", "2026-11-01 10:00"),
        (LAUNCH, "last-day", "2026-12-08 00:00"),
        (LAUNCH, "last-day", "2026-12-08 23:59"),
        (WITHOUT_OFFER, "last-day", "2026-12-20 10:00"),
        (WITHOUT_OFFER, "reminder", "2026-12-20 10:00"),
    ],
)
def test_a_standard_text_that_is_true_then_is_well(
    campaign: dict[str, object], post: str, due: str
) -> None:
    assert at(due, post, campaign) == ()


def test_of_a_standard_text_after_the_offer_one_rule_speaks() -> None:  # C2
    occurrence = an_occurrence(file_with("launch", LAUNCH), "launch", "2026-12-10 10:00")
    proof = a_post(occurrence, "Only now, with SLIM20")
    context = RuleContext(
        project=a_project(),
        files=(proof.file,),
        proofs=(proof,),
        anchors={proof.path: anchors_of(proof.file, a_project())},
    )
    assert [each.rule for each in check(context)] == ["standard-moment"]


def test_what_a_post_says_itself_may_be_said_at_any_time() -> None:
    assert at("2026-12-10 10:00", "announce", CONTEST, text="Again next year!") == ()
    [problem] = at("2026-12-10 10:00", "again", CONTEST, template="contest/last-call")
    assert problem.rule == "standard-moment"


def test_a_text_of_the_projects_own_is_not_the_standard_one() -> None:
    occurrence = an_occurrence(file_with("announce", CONTEST), "announce", "2026-12-10 10:00")
    proof = a_post(occurrence, "x")
    own = frozenset({"contest/announce.lv.j2"})
    context = RuleContext(
        project=a_project(), files=(proof.file,), proofs=(proof,), own_templates=own
    )
    assert not [each for each in check(context) if each.rule == "standard-moment"]


def test_the_last_day_is_that_of_those_who_read() -> None:
    campaign = {**LAUNCH, "offer": {"code": "A", "until": "2026-12-09 00:30"}, "account": "tienda"}
    file = a_file({"last-day": {"at": "2026-12-05 10:00"}}, **campaign)
    # half past midnight in Riga is half past eleven of the day before in Madrid
    occurrence = an_occurrence(file, "last-day", "2026-12-08 10:00", account="tienda")
    assert found(a_post(occurrence, "x", locale="es"), rule="standard-moment") == ()
