"""Makers of what a plan looks at: a project, its files, a desk, facts."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from runner.compile import date_campaign
from runner.ledger import Entry, Facts, Purse, Sent, standings_of
from runner.media import MediaFacts
from runner.models import CAMPAIGN, ITEMS, CampaignFile, Draw, ItemList
from runner.models.project import Project
from runner.plan import Action, Plan, PlanInputs, plan
from runner.render import RenderAssets, RenderedPost
from runner.schedule import Occurrence
from runner.templating.filter_arguments import Filter
from runner.templating.sandbox import FILTERS
from runner.value import replace
from tests.unit.stores.building import a_key, at, attempting, posted, sent

AHEAD = timedelta(days=7)


def a_project(**more: Any) -> Project:
    """Two accounts; no gap between posts, which no file can ask for, unless one is given."""
    given = {
        "timezone": "Europe/Riga",
        "slots": {"morning": "09:00", "noon": "13:00", "evening": "18:30"},
        "accounts": {
            "shop": {"handle": "acme_lv", "locale": "lv"},
            "tienda": {"handle": "acme_es", "locale": "es"},
        },
    }
    project = Project.model_validate({**given, **more})
    if "min-gap" in more.get("rules", {}):
        return project
    rules = project.rules.model_copy(update={"min_gap": timedelta(0)})
    return project.model_copy(update={"rules": rules})


def a_file(
    posts: Mapping[str, Mapping[str, Any]],
    *,
    id: str = "slim",
    drawn: str | None = None,
    **more: Any,
) -> CampaignFile:
    """A series of `shop` with a grace of four hours. A post is due on 1 December at ten and says
    its own name, unless it says otherwise."""
    written = {name: _post(name, dict(post)) for name, post in posts.items()}
    given: dict[str, object] = {"kind": "series", "grace": "4h", "ends": "2026-12-31"}
    if any("every" in post for post in written.values()):
        given["starts"] = "2026-12-01"
    if "accounts" not in more:
        given["account"] = "shop"
    campaign = CAMPAIGN.validate_python({**given, **more, "posts": written})
    path = f"campaigns/{id}.yaml"
    return CampaignFile(
        id=id,
        path=path,
        campaign=campaign,
        items={
            name: ItemList(items=ITEMS.validate_python(post["items"]), path=path)
            for name, post in written.items()
            if "items" in post
        },
        draw=Draw.model_validate({"drawn": drawn, "winners": ["anna_demo"]}) if drawn else None,
    )


def _post(name: str, post: dict[str, Any]) -> dict[str, Any]:
    if "every" not in post:
        post.setdefault("at", "2026-12-01 10:00")
    if not {"text", "template", "thread", "repost", "items"} & set(post):
        post["text"] = f"This is {name}"
    return post


def some_inputs(
    *files: CampaignFile,
    project: Project | None = None,
    accounts: Iterable[str] | None = None,
    media: Mapping[str, MediaFacts] | None = None,
) -> PlanInputs:
    project = project or a_project()
    assets = RenderAssets(project=project, media=media or {})
    campaigns = []
    for file in files:
        campaign, problems = date_campaign(file, assets, partial(_same, file))
        assert campaign, problems
        assert not [each for each in problems if each.rule != "too-few-items"], problems
        campaigns.append(campaign)
    return PlanInputs(
        project=project,
        dated=tuple(campaigns),
        assets=assets,
        accounts=frozenset(accounts or project.accounts),
    )


def _same(file: CampaignFile) -> CampaignFile:
    return file


def with_filter(inputs: PlanInputs, name: str, filter: Filter) -> PlanInputs:
    """The same files, whose templates may call this filter, too."""
    assets = replace(inputs.assets, filters={**FILTERS, name: filter})
    campaigns = tuple(replace(each, assets=assets) for each in inputs.dated)
    return replace(inputs, dated=campaigns, assets=assets)


def an_occurrence(file: CampaignFile, short: str, *, project: Project | None = None) -> Occurrence:
    """By the short form of its key."""
    (table,) = some_inputs(file, project=project).timetables
    (found,) = [each for each in table.all() if each.key.short == short]
    return found


def facts_of(
    entries: Iterable[Entry] = (), sent: Iterable[Sent] = (), accounted: str | None = None
) -> Facts:
    """`accounted`: up to when both accounts are accounted for."""
    told = dict.fromkeys(("shop", "tienda"), at(accounted)) if accounted else {}
    journal = tuple(sorted(sent, key=lambda line: line.at))
    entries = tuple(entries)
    return Facts(
        standings=standings_of(entries),
        journal=journal,
        accounted=told,
        # whose money it is is all the same to a budget
        purses={"shop": Purse().after(journal, entries)},
    )


def plan_of(
    *files: CampaignFile,
    now: str = "2026-12-01 10:05",
    facts: Facts | None = None,
    **inputs: Any,
) -> Plan:
    set_up = some_inputs(*files, **inputs)
    facts = facts or Facts()
    moment = at(now)
    occurrences = set_up.occurrences(now=moment, until=moment + AHEAD, accounted=facts.accounted)
    return plan(set_up, occurrences, facts, now=moment)


def action_of(plan: Plan, short: str, account: str = "shop", campaign: str | None = None) -> Action:
    """By the short form of its key."""
    (found,) = [
        each
        for each in plan.actions
        if each.key.short == short
        and each.key.account == account
        and campaign in (None, each.key.campaign)
    ]
    return found


def said(plan: Plan) -> dict[str, str]:
    """Key → verb, for a plan of few posts."""
    return {action.key.short: action.verb.value for action in plan.actions}


def rendered(*files: CampaignFile, short: str, now: str = "2026-12-01 10:05") -> RenderedPost:
    """A post as it would go out with nothing in the ledger."""
    post = action_of(plan_of(*files, now=now), short).post
    assert post
    return post


def half_out(file: CampaignFile, *ends: Entry, moment: str = "2026-12-01 10:00") -> Facts:
    """The first part of the thread `launch` is out; `ends` are what came after it."""
    shown = a_file({"launch": {"thread": [p.text for p in file.campaign.posts["launch"].thread]}})
    post = action_of(plan_of(shown), "launch").post
    opening = attempting(
        a_key(),
        moment,
        texts=[part.text for part in post.parts],
        digest=post.digest,
        cost=str(post.cost),
    )
    return facts_of(
        [opening, posted(a_key(), moment), *ends], [sent(a_key(), moment, text=post.parts[0].text)]
    )
