"""A small campaign of each kind, on which the reference shows what moments and filters come to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from runner.models import CAMPAIGN, KINDS, CampaignFile
from runner.models.project import Project
from runner.schedule import Timetable, timetable
from tests.skeletons import own_keys

PROJECT = Project.model_validate(
    {
        "timezone": "Europe/Riga",
        "slots": {"morning": "09:00", "noon": "13:00"},
        "accounts": {
            locale: {"handle": f"acme_{locale}", "locale": locale}
            for locale in ("en", "es", "lv", "ru")
        },
        "partners": {"lois": {"handle": "loisjeans", "name": "Lois", "relationship": "paid"}},
    }
)
SHARED: Mapping[str, object] = {
    "accounts": list(PROJECT.accounts),
    "link": "https://acme.lv/denim",
    "hashtags": ["SlimJeans", "denim"],
    "partner": "lois",
    "starts": "2027-02-01",
    "ends": "2027-02-14",
    "offer": {"percent": 20, "until": "2027-02-15 10:00"},
}
OWN: Mapping[str, Mapping[str, object]] = {
    "contest": {
        "prize": "jeans",
        "opens": "2027-02-01 10:00",
        "closes": "2027-02-08 20:00",
        "entry": {"how": "reply"},
        "winners": 3,
    },
    "launch": {
        "product": {"name": "slim jeans", "price": Decimal("1259.90"), "currency": "EUR"},
        "launches": "2027-02-08 10:00",
    },
    "partner": {"product": {"name": "slim jeans"}},
}
"""Where the reference shows other words than `runner new` writes."""
ONE: Mapping[str, Mapping[str, object]] = {"post": {"at": "2027-02-01 10:00", "text": "Hello"}}


class Specimen(NamedTuple):
    """A campaign, and its timetable."""

    file: CampaignFile
    table: Timetable


def specimen(kind: str, posts: Mapping[str, Mapping[str, object]]) -> Specimen:
    """A campaign with these posts. Raises ValueError for posts that are wrong."""
    assert kind in KINDS
    own = OWN.get(kind) or own_keys(kind)
    campaign = CAMPAIGN.validate_python({"kind": kind, **SHARED, **own, "posts": dict(posts)})
    file = CampaignFile(id=kind, path=f"campaigns/{kind}.yaml", campaign=campaign)
    table, problems = timetable(file, PROJECT)
    if table is None or problems:
        raise ValueError("; ".join(problem.message for problem in problems))
    return Specimen(file, table)
