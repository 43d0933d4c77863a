"""Small makers of what rules look at."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from runner.ledger import Key
from runner.media import MediaFacts
from runner.models import CAMPAIGN, ITEMS, CampaignFile, ItemList
from runner.models.project import Project
from runner.problems import Problem
from runner.render.rendered import RenderedMedia, RenderedPart, RenderedPost
from runner.rules import (
    RULES,
    AnyRule,
    PlanContext,
    PlannedPost,
    ProjectContext,
    Proof,
    RuleContext,
    Today,
    campaign_facts,
    check,
    check_plan,
    check_together,
    packed,
)
from runner.schedule import Anchor, Occurrence, declared_campaign, timetable
from runner.text import weigh

RIGA = ZoneInfo("Europe/Riga")
PATH = "campaigns/slim27.yaml"
ACCOUNTS = {
    "shop": {"handle": "acme_lv", "locale": "lv"},
    "tienda": {"handle": "acme_es", "locale": "es", "timezone": "Europe/Madrid"},
}
PARTNERS = {
    "lois": {"handle": "loisjeans", "name": "Lois", "relationship": "paid", "until": "2027-03-01"},
    "friend": {"handle": "denim_club", "name": "Denim Club", "relationship": "none"},
}
DISCLOSURE = {"paid": {"lv": "#reklāma", "es": "#publi"}}


def a_project(**more: object) -> Project:
    """A project of two accounts, in two zones and languages."""
    given = {
        "timezone": "Europe/Riga",
        "slots": {"morning": "09:00", "evening": "22:30"},
        "accounts": ACCOUNTS,
        "partners": PARTNERS,
        "disclosure": DISCLOSURE,
    }
    return Project.model_validate({**given, **more})


def a_file(
    posts: Mapping[str, Mapping[str, Any]],
    *,
    path: str = PATH,
    items: Mapping[str, tuple[str, list[dict[str, Any]]]] | None = None,
    **more: object,
) -> CampaignFile:
    """A series with these posts; `at` is a date by default. `items`: by post, path and list."""
    written = {
        name: post if "every" in post else {"at": "2026-12-01 10:00", **post}
        for name, post in posts.items()
    }
    given: dict[str, object] = {"kind": "series", "account": "shop", "ends": "2026-12-31"}
    if "accounts" in more:
        del given["account"]
    campaign = CAMPAIGN.validate_python({**given, "posts": written, **more})
    return CampaignFile(
        id=path.rpartition("/")[2].removesuffix(".yaml"),
        path=path,
        campaign=campaign,
        items={
            name: ItemList(items=ITEMS.validate_python(listed), path=where)
            for name, (where, listed) in (items or {}).items()
        },
    )


class FiledOccurrence(Occurrence, kw_only=True):
    """An occurrence with the file that declares it."""

    file: CampaignFile


def an_occurrence(
    file: CampaignFile,
    post: str,
    due: str = "2026-12-01 10:00",
    *,
    account: str = "shop",
    nominal: str | None = None,
    zone: ZoneInfo = RIGA,
) -> FiledOccurrence:
    """`due` is local to `zone`; the grace is four hours."""
    moment = datetime.fromisoformat(due).replace(tzinfo=zone)
    return FiledOccurrence(
        key=Key(account, file.id, post, nominal),
        campaign=declared_campaign(file),
        file=file,
        due=moment,
        until=(moment.astimezone(UTC) + timedelta(hours=4)).astimezone(zone),
        zone=zone,
    )


def a_part(text: str = "Labrīt!", **more: Any) -> RenderedPart:
    given = {"weight": weigh(text), "cost": Decimal("0.015")}
    return RenderedPart(text=text, **{**given, **more})


def a_post(
    occurrence: FiledOccurrence,
    *parts: RenderedPart | str,
    locale: str = "lv",
    limit: int = 280,
    item: str | None = None,
) -> Proof:
    """The proof of an occurrence with these parts, or texts of parts."""
    post = RenderedPost(
        key=occurrence.key,
        due=occurrence.due,
        locale=locale,
        limit=limit,
        parts=tuple(a_part(part) if isinstance(part, str) else part for part in parts)
        or (a_part(),),
        item=item,
    )
    return Proof(occurrence=occurrence, post=post, file=occurrence.file)


def a_medium(path: str = "campaigns/media/back.jpg", **more: Any) -> RenderedMedia:
    given = {"digest": "0" * 64, "type": "image/jpeg", "size": 1000, "alt": "Kabata"}
    return RenderedMedia(path=path, **{**given, **more})


def checked(context: RuleContext, rules: tuple[AnyRule, ...] = RULES) -> tuple[Problem, ...]:
    """What the rules find in files, one by one and all together."""
    facts = tuple(map(packed, campaign_facts(context)))
    together = check_together(ProjectContext.of(context), facts, rules)
    return (*check(context, rules), *together)


def anchors_of(file: CampaignFile, project: Project) -> Mapping[str, Anchor]:
    table, _ = timetable(file, project)
    return table.anchors if table else {}


def found(
    *proofs: Proof,
    rule: str,
    project: Project | None = None,
    files: Iterable[CampaignFile] = (),
    media: Mapping[str, MediaFacts] | None = None,
    today: Today | None = None,
) -> tuple[Problem, ...]:
    """What one rule finds, at the stage of `today`, or without it of files."""
    project = project or a_project()
    if today:
        return _found_today(proofs, rule, project, today)
    all_files = (*{proof.file.path: proof.file for proof in proofs}.values(), *files)
    context = RuleContext(
        project=project,
        files=all_files,
        proofs=proofs,
        anchors={file.path: anchors_of(file, project) for file in all_files},
        media=media or {},
    )
    return tuple(problem for problem in checked(context) if problem.rule == rule)


def _found_today(
    proofs: tuple[Proof, ...], rule: str, project: Project, today: Today
) -> tuple[Problem, ...]:
    whole = {proof.key: proof for proof in proofs}
    context = PlanContext(
        project=project,
        today=today,
        opened=lambda occurrence: whole[occurrence.key].file,
        files=tuple({proof.path: proof.occurrence.campaign for proof in proofs}.values()),
        proofs=tuple(PlannedPost(occurrence=each.occurrence, post=each.post) for each in proofs),
    )
    return tuple(problem for problem in check_plan(context) if problem.rule == rule)
