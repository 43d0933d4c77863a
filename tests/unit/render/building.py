"""Posts to render, made of what people write."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from runner.ledger import Key
from runner.media import MediaFacts, MediaKind
from runner.models import CAMPAIGN, CampaignFile, Draw, Item, ItemList
from runner.models.project import Project
from runner.problems import Problem
from runner.render import PostedLink, RenderAssets, RenderedPost, rendering
from runner.schedule import Occurrence, declared_campaign

RIGA = ZoneInfo("Europe/Riga")
DUE = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
PROJECT = Project.model_validate(
    {
        "timezone": "Europe/Riga",
        "accounts": {
            "shop": {"handle": "acme_lv", "locale": "lv"},
            "tienda": {"handle": "acme_es", "locale": "es"},
            "magazin": {"handle": "acme_ru", "locale": "ru"},
            "support": {"handle": "acme_support", "locale": "en", "premium": True},
        },
        "partners": {
            "lois": {"handle": "loisjeans", "name": {"lv": "Lois LV"}, "relationship": "paid"},
            "cafe": {"handle": "cafe", "name": "Café", "relationship": "none"},
        },
        "disclosure": {"paid": {"lv": "#reklāma", "es": "#publi"}},
        "links": {"utm": {}},
    }
)
ANCHORS: Mapping[str, datetime | date] = {
    "opens": datetime(2026, 12, 1, 10, 0, tzinfo=RIGA),
    "closes": datetime(2026, 12, 8, 20, 0, tzinfo=RIGA),
    "starts": date(2026, 12, 1),
    "ends": date(2026, 12, 24),
    "launches": datetime(2026, 12, 10, 9, 0, tzinfo=RIGA),
    "offer-ends": datetime(2026, 12, 17, 23, 0, tzinfo=RIGA),
}
CONTEST = {
    "kind": "contest",
    "prize": {"lv": "trīs pāri džinsu", "es": "tres vaqueros"},
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-08 20:00",
    "entry": {"how": "reply", "phrase": "#WinterLois"},
    "winners": 3,
}
LAUNCH = {
    "kind": "launch",
    "product": {
        "name": "Slim 27",
        "category": {"lv": "džinsi", "es": "vaqueros"},
        "url": "https://acme.lv/slim27?ref=1#top",
        "price": 59.90,
        "currency": "EUR",
        "media": [{"file": "media/slim27.jpg", "alt": {"lv": "Zīmējums", "es": "Dibujo"}}],
    },
    "launches": "2026-12-10 09:00",
    "offer": {"code": "SLIM20", "percent": 20, "until": "launches + 7d"},
}
SERIES = {"kind": "series", "starts": "2026-12-01", "ends": "2026-12-24"}
PHOTO = MediaFacts(
    type="image/jpeg", kind=MediaKind.PHOTO, size=1000, digest="d" * 64, width=10, height=10
)


def campaign_file(
    campaign: Mapping[str, object],
    *,
    account: str = "shop",
    items: Mapping[str, ItemList] | None = None,
    draw: Draw | None = None,
    **more: object,
) -> CampaignFile:
    written = {"account": account, **campaign, **more}
    _decimals(written)
    return CampaignFile(
        id="winter",
        path="campaigns/winter.yaml",
        campaign=CAMPAIGN.validate_python(written),
        items=items or {},
        draw=draw,
    )


def _decimals(value: object) -> None:
    from decimal import Decimal

    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, float):
                value[key] = Decimal(str(inner))
            _decimals(inner)


def show(
    file: CampaignFile,
    post: str = "hello",
    *,
    due: datetime = DUE,
    item: tuple[str, Item] | None = None,
    templates: Mapping[str, str] | None = None,
    media: Mapping[str, MediaFacts] | None = None,
    anchors: Mapping[str, datetime | date] = ANCHORS,
    posted: Mapping[str, PostedLink] | None = None,
    project: Project = PROJECT,
    assets: RenderAssets | None = None,
) -> tuple[RenderedPost | None, tuple[Problem, ...]]:
    account = file.campaign.on[0]
    occurrence = Occurrence(
        key=Key(account, file.id, post),
        campaign=declared_campaign(file),
        due=due,
        until=due + timedelta(hours=4),
        zone=RIGA,
    )
    assets = assets or RenderAssets(project=project, templates=templates or {}, media=media or {})
    made = rendering(
        occurrence, file, assets=assets, item=item, anchors=anchors, posted=posted or {}
    )
    return made.post, made.problems


def posts(text: object, **more: object) -> dict[str, object]:
    """One post that says this."""
    return {"hello": {"at": "2026-12-05 11:00", "text": text, **more}}


def said(
    text: str,
    campaign: Mapping[str, object] = CONTEST,
    *,
    account: str = "shop",
    templates: Mapping[str, str] | None = None,
    due: datetime = DUE,
    **more: object,
) -> str:
    """What a post says; fails on any problem."""
    file = campaign_file(campaign, account=account, posts=posts(text), **more)
    post, problems = show(file, templates=templates, due=due)
    assert post, problems
    return post.parts[0].text


def wrong(
    text: str,
    campaign: Mapping[str, object] = CONTEST,
    *,
    account: str = "shop",
    templates: Mapping[str, str] | None = None,
    **more: object,
) -> tuple[Problem, ...]:
    """What is wrong with a post that says this; fails when it renders."""
    file = campaign_file(campaign, account=account, posts=posts(text), **more)
    post, problems = show(file, templates=templates)
    assert post is None
    assert problems
    return problems
