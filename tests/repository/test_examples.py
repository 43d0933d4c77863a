"""The campaigns of this repository: they hold, and between them they show what can be declared."""

import re
import runpy
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from runner.compile import date_campaign
from runner.models import KINDS, CampaignFile, Post
from runner.plan import PlanInputs
from runner.render import RenderAssets, RenderedPost
from runner.rules import Proof, RuleContext
from runner.text import cashtags, hashtags, mentions
from runner.workspace import FolderFiles
from tests.unit.compile.building import context_of_files
from tests.unit.rules.building import checked
from tests.unit.workspace.building import ReadProject, read_project

ROOT = Path(__file__).parents[2]
CAMPAIGNS = ROOT / "campaigns"
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 14)
Told = list[tuple[datetime, Proof]]


@pytest.fixture(scope="module")
def workspace() -> ReadProject:
    return read_project(FolderFiles(ROOT))


def _same(file: CampaignFile) -> CampaignFile:
    return file


@pytest.fixture(scope="module")
def rule_context(workspace: ReadProject) -> RuleContext:
    """Everything that the files declare, rendered."""
    assert workspace.project
    assets = RenderAssets(
        project=workspace.project,
        templates=workspace.reader.templates,
        media=workspace.reader.media.facts,
    )
    compiled = [date_campaign(each, assets, partial(_same, each)) for each in workspace.files]
    assert not [problems for _, problems in compiled if problems]
    inputs = PlanInputs(
        project=workspace.project,
        dated=tuple(campaign for campaign, _ in compiled if campaign),
        assets=assets,
        accounts=frozenset(workspace.project.accounts),
    )
    found, problems = context_of_files(inputs)
    assert not problems
    return found


@pytest.fixture(scope="module")
def told(rule_context: RuleContext) -> dict[str, Told]:
    """What each account says, in order, with the time in its own zone."""
    accounts: dict[str, Told] = defaultdict(list)
    for proof in rule_context.proofs:
        zone = rule_context.project.zone_of(proof.account)
        accounts[proof.account].append((proof.occurrence.due.astimezone(zone), proof))
    return {name: sorted(all, key=lambda one: one[0].timestamp()) for name, all in accounts.items()}


def posts(workspace: ReadProject) -> list[Post]:
    return [post for file in workspace.files for post in file.campaign.posts.values()]


def rendered(rule_context: RuleContext) -> list[RenderedPost]:
    return [proof.post for proof in rule_context.proofs]


# --- They hold


def test_the_files_have_no_problem(workspace: ReadProject) -> None:
    assert not workspace.problems
    assert len(workspace.files) == len(list(CAMPAIGNS.glob("*.yaml"))) >= 9


def test_no_rule_finds_anything(rule_context: RuleContext) -> None:
    found = checked(rule_context)
    assert not [f"{one.severity} {one.rule} {one.place.path}: {one.message}" for one in found]
    assert len(rule_context.proofs) >= 50


def test_every_file_tells_its_schema_to_editors() -> None:
    wanted = {
        "runner.yaml": "schemas/runner.schema.json",
        "campaigns/data/denim-tips.yaml": "../../schemas/items.schema.json",
    } | {
        path.relative_to(ROOT).as_posix(): "../schemas/campaign.schema.json"
        for path in CAMPAIGNS.glob("*.yaml")
    }
    for name, schema in wanted.items():
        first = (ROOT / name).read_text().splitlines()[0]
        assert first == f"# yaml-language-server: $schema={schema}", name
    assert len(wanted) >= 11


def test_everything_happens_in_one_fortnight(told: dict[str, Told]) -> None:
    days = {due.date() for all in told.values() for due, _ in all}
    assert min(days) == FIRST
    assert max(days) == LAST
    assert len(days) == 14


def test_posts_of_an_account_keep_their_distance(
    told: dict[str, Told], rule_context: RuleContext
) -> None:
    gap = rule_context.project.rules.min_gap
    assert gap == timedelta(minutes=45)
    for all in told.values():
        for (before, one), (after, other) in pairwise(all):
            apart = timedelta(seconds=after.timestamp() - before.timestamp())
            assert apart >= gap, f"{one.occurrence.key} and {other.occurrence.key}"


def test_nobody_is_woken(told: dict[str, Told]) -> None:
    hours = {due.hour for all in told.values() for due, _ in all}
    assert min(hours) >= 8
    assert max(hours) <= 20


def test_an_account_says_at_most_six_things_a_day_and_about_three(told: dict[str, Told]) -> None:
    counts = [
        sum(due.date() == day for due, _ in told["shop"])
        for day in {due.date() for due, _ in told["shop"]}
    ]
    assert max(counts) <= 6
    assert 3 <= sum(counts) / len(counts) <= 4


def test_promotion_is_the_smaller_part_everywhere(told: dict[str, Told]) -> None:
    shares = {
        name: sum(
            proof.file.campaign.is_promotional
            if proof.declared.promotional is None
            else proof.declared.promotional
            for _, proof in all
        )
        / len(all)
        for name, all in told.items()
    }
    assert max(shares.values()) <= 0.4
    assert shares["shop"] > 0


def test_the_month_costs_less_than_its_budget(rule_context: RuleContext) -> None:
    cost = sum((post.cost for post in rendered(rule_context)), Decimal(0))
    assert rule_context.project.monthly_budget == 50
    assert Decimal(1) < cost < Decimal(10)


def test_no_two_posts_of_an_account_say_the_same(told: dict[str, Told]) -> None:
    for name, all in told.items():
        said = [part.repost or part.text for _, proof in all for part in proof.post.parts]
        assert len(said) == len(set(said)), name
    assert len(told) >= 3


def test_texts_are_short_and_bare_of_ornament(rule_context: RuleContext) -> None:
    texts = [part.text for post in rendered(rule_context) for part in post.parts if part.text]
    weights = sorted(
        part.weight for post in rendered(rule_context) for part in post.parts if part.text
    )
    assert weights[len(weights) * 9 // 10] <= 200
    assert weights[-1] <= 270
    for text in texts:
        assert len(hashtags(text)) <= 2
        assert not cashtags(text)
        assert "  " not in text
        assert not re.search(r"[{}]", text)
        assert not re.search(r"""["']| - |\.\.\.""", text), text
    assert len(texts) >= 100


def test_the_same_campaign_on_two_accounts_differs_by_language(rule_context: RuleContext) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for post in rendered(rule_context):
        if post.key.campaign == "slim27":
            said[post.locale].update(part.text for part in post.parts)
    assert set(said) == {"lv", "es"}
    assert not said["lv"] & said["es"]


def test_every_name_with_an_at_is_ours_or_a_partner_or_a_winner(
    rule_context: RuleContext, workspace: ReadProject
) -> None:
    known = {account.handle for account in rule_context.project.accounts.values()}
    known |= {partner.handle for partner in rule_context.project.partners.values()}
    known |= {name for file in workspace.files if file.draw for name in file.draw.winners}
    named = {
        entity.text[1:]
        for post in rendered(rule_context)
        for part in post.parts
        for entity in mentions(part.text)
    }
    assert named
    assert named <= known


# --- They show


def test_each_kind_is_shown(workspace: ReadProject) -> None:
    assert {file.campaign.kind for file in workspace.files} == set(KINDS)


def test_all_four_languages_are_shown(rule_context: RuleContext) -> None:
    assert {post.locale for post in rendered(rule_context)} == {"lv", "es", "ru", "en"}


def test_each_feature_is_shown(workspace: ReadProject) -> None:
    all = posts(workspace)
    campaigns = [file.campaign for file in workspace.files]
    assert any(post.thread for post in all)
    assert any(post.poll for post in all)
    assert any(post.reply_to for post in all)
    assert any(post.ignore for post in all)
    assert any(post.every and post.every.except_ for post in all)
    assert any(post.order == "shuffle" and post.rest for post in all)
    assert any(isinstance(post.items, str) for post in all)
    assert any(isinstance(post.items, tuple) for post in all)
    assert any(part.media for post in all for part in post.thread or ())
    assert any(len(campaign.on) == 2 for campaign in campaigns)
    assert any(campaign.offer and campaign.offer.code for campaign in campaigns)
    assert any(campaign.hashtags for campaign in campaigns)
    assert any(campaign.vars for campaign in campaigns)


def test_a_paid_and_a_given_partner_are_disclosed_and_a_free_one_is_not(
    rule_context: RuleContext,
) -> None:
    first: dict[str, set[str]] = defaultdict(set)
    for proof in rule_context.proofs:
        if proof.file.campaign.kind == "partner":
            name = proof.file.campaign.partner or ""
            relationship = rule_context.project.partners[name].relationship
            first[relationship] |= {part.text.split()[0] for part in proof.post.parts}
            labelled = {part.paid_partnership for part in proof.post.parts}
            assert labelled == {relationship != "none"}
    assert first["paid"] == {"#reklāma"}
    assert first["gifted"] == {"#regalo"}
    assert not [word for word in first["none"] if word.startswith("#")]
    assert first["none"]


def test_a_contest_of_ten_lines_has_no_text_and_is_drawn_by_hand(workspace: ReadProject) -> None:
    lines = (CAMPAIGNS / "valentine-jeans.yaml").read_text().splitlines()
    assert len(lines) == 10
    file = next(file for file in workspace.files if file.id == "valentine-jeans")
    assert not [post for post in file.campaign.posts.values() if post.text or post.thread]
    assert file.draw
    assert len(file.draw.winners) == file.campaign.winners  # type: ignore[union-attr]
    assert (file.draw.proof, file.draw.digest, file.draw.round) == (None, None, None)


def test_a_series_posts_three_tips_a_day_and_repeats_none(told: dict[str, Told]) -> None:
    tips = [proof.post for _, proof in told["shop"] if proof.file.id == "denim-tips"]
    days = {due.date() for due, proof in told["shop"] if proof.file.id == "denim-tips"}
    assert len(tips) == 3 * len(days) == 39
    assert len({post.item for post in tips}) == 39
    assert max(part.weight for post in tips for part in post.parts) <= 160


def test_a_curation_shares_others_and_says_why(
    workspace: ReadProject, rule_context: RuleContext
) -> None:
    (curation,) = [file for file in workspace.files if file.campaign.kind == "curation"]
    items = [item for listed in curation.items.values() for item in listed.items]
    assert sum(item.repost is not None for item in items) >= 3
    assert sum(item.link is not None and item.text is not None for item in items) >= 2
    assert all(item.because for item in items)
    shared = [post for post in rendered(rule_context) if post.key.campaign == curation.id]
    assert {bool(part.repost) for post in shared for part in post.parts} == {True, False}


def test_pictures_have_words_in_every_language_they_go_out_in(rule_context: RuleContext) -> None:
    shown = [
        (post.locale, media.path, media.alt)
        for post in rendered(rule_context)
        for part in post.parts
        for media in part.media
    ]
    assert {path for _, path, _ in shown} == {
        "campaigns/media/slim27.jpg",
        "campaigns/media/pocket.jpg",
    }
    assert all(alt and len(alt) > 40 for _, _, alt in shown)
    assert len({alt for _, _, alt in shown}) == 4


# --- Their pictures


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["slim27", "pocket"])
def test_a_picture_is_as_its_script_draws_it(name: str) -> None:
    """Within what another version of the JPEG library may change."""
    script = runpy.run_path(str(ROOT / "scripts" / "make_example_pictures.py"))
    path = CAMPAIGNS / "media" / f"{name}.jpg"
    assert path.stat().st_size < 300_000
    with Image.open(path) as kept:
        assert kept.size == script["SIZE"] == (1200, 675)
        assert not kept.getexif()
        drawn = script[{"slim27": "jeans"}.get(name, name)]().resize(kept.size)
        apart = ImageStat.Stat(ImageChops.difference(kept.convert("RGB"), drawn)).mean
    assert max(apart) < 8


def test_the_fortnight_is_fixed() -> None:
    """Nothing here depends on the day on which it is read."""
    years = {
        (year, path.name)
        for path in CAMPAIGNS.rglob("*.yaml")
        for year in re.findall(r"\b20\d\d(?=-\d\d)", path.read_text())
    }
    assert years
    assert [each for each in years if each[0] != "2027"] == []
