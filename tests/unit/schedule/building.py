"""Projects and campaigns as the files would give them, for the tests of the schedule."""

from datetime import UTC, datetime, timedelta

from runner.models import CAMPAIGN, ITEMS, CampaignFile, Draw, ItemList
from runner.models.project import Project
from runner.problems import Problem
from runner.schedule import Occurrence, Timetable, timetable

SLOTS = {"morning": "09:00", "noon": "13:00", "evening": "18:30"}
PATH = "campaigns/slim.yaml"


def project(timezone: str = "Europe/Riga", **more: object) -> Project:
    accounts = {
        "shop": {"handle": "acme_lv", "locale": "lv"},
        "tienda": {"handle": "acme_es", "locale": "es", "timezone": "Europe/Madrid"},
    }
    given = {"timezone": timezone, "slots": SLOTS, "accounts": accounts}
    return Project.model_validate({**given, **more})


def campaign(posts: dict, *, drawn: str | None = None, **fields: object) -> CampaignFile:
    """A series on `shop`, unless the fields say otherwise. Lists of items stand in the file."""
    if "accounts" not in fields:
        fields.setdefault("account", "shop")
    made = CAMPAIGN.validate_python({"kind": "series", **fields, "posts": posts})
    items = {
        name: ItemList(items=post.items, path=PATH, route=("posts", name, "items"))
        for name, post in made.posts.items()
        if post.items
    }
    draw = Draw.model_validate({"drawn": drawn}) if drawn else None
    return CampaignFile(id="slim", path=PATH, campaign=made, items=items, draw=draw)


def launch(posts: dict, **fields: object) -> CampaignFile:
    given = {"kind": "launch", "product": {"name": "Slim 27"}, "launches": "2027-02-01 09:00"}
    return campaign(posts, **{**given, **fields})


def contest(posts: dict, **fields: object) -> CampaignFile:
    given = {
        "kind": "contest",
        "prize": "three pairs of jeans",
        "opens": "2026-12-01 10:00",
        "closes": "2026-12-08 20:00",
        "entry": {"how": "mention"},
    }
    return campaign(posts, **{**given, **fields})


def drawn_up(file: CampaignFile, of: Project | None = None) -> Timetable:
    """The timetable of a campaign without problems."""
    table, problems = timetable(file, of or project())
    assert problems == ()
    assert table
    return table


def problems_of(file: CampaignFile, of: Project | None = None) -> tuple[Problem, ...]:
    return timetable(file, of or project())[1]


def problem_of(file: CampaignFile, of: Project | None = None) -> Problem:
    """The only problem of a campaign."""
    (problem,) = problems_of(file, of)
    return problem


def due(occurrences: tuple[Occurrence, ...] | Timetable) -> dict[str, str]:
    """What people read: post (and nominal date and slot) on account → local time and offset."""
    found = occurrences.all() if isinstance(occurrences, Timetable) else occurrences
    return {f"{o.key.account} {o.key.short}": f"{o.due:%Y-%m-%d %H:%M %z}" for o in found}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def lasts(occurrence: Occurrence) -> timedelta:
    return utc(occurrence.until) - utc(occurrence.due)


def items(*texts: str) -> tuple:
    return ITEMS.validate_python([{"text": text} for text in texts])
