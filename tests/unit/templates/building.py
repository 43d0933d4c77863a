"""Campaigns that say nothing themselves, so that the standard templates speak."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runner.models import CAMPAIGN, KINDS, CampaignFile, Draw, ItemList, item_id
from runner.models.project import Project
from runner.render import RenderAssets, RenderedPart, rendering, standard_posts
from runner.schedule import timetable
from tests.skeletons import own_keys

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "templates"
GOLDEN = ROOT / "tests" / "golden" / "templates"
LOCALES = ("lv", "es", "ru", "en")
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.j2")
}
POSTS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(sorted(standard_posts(SOURCES, kind))) for kind in KINDS
}
STANDARD = [(kind, post) for kind, posts in POSTS.items() for post in posts]

Words = Mapping[str, str]
TYPICAL: Mapping[str, Words] = {
    "prize": {
        "lv": "trīs džinsu pāri",
        "es": "tres pares de vaqueros",
        "ru": "три пары джинсов",
        "en": "three pairs of jeans",
    },
    "phrase": {"lv": "#ManiDžinsi", "es": "#MisVaqueros", "ru": "#МоиДжинсы", "en": "#MyJeans"},
    "product": {"lv": "Slim 27", "es": "Slim 27", "ru": "Slim 27", "en": "Slim 27"},
    "category": {"lv": "džinsi", "es": "vaqueros", "ru": "джинсы", "en": "jeans"},
    "partner": {"lv": "Lois", "es": "Lois", "ru": "Lois", "en": "Lois"},
    "benefit": {
        "lv": "Tie neizstaipās ceļos.",
        "es": "No se deforman en las rodillas.",
        "ru": "Колени не вытягиваются.",
        "en": "They keep their knees.",
    },
    "item": {
        "lv": "Žāvē ēnā: tieša saule indigo izbalina.",
        "es": "Sécalos a la sombra: el sol se come el índigo.",
        "ru": "Сушите в тени: солнце съедает индиго.",
        "en": "Dry them in the shade: sun bleaches indigo.",
    },
}
LONG: Mapping[str, Words] = {
    "prize": {
        "lv": "džinsi pēc izvēles un bezmaksas pielāgošana",
        "es": "unos vaqueros a tu elección con arreglo gratuito",
        "ru": "джинсы на ваш выбор и бесплатная подгонка",
        "en": "jeans of your choice and free alterations in our shop",
    },
    "phrase": {
        "lv": "#ZiemaArDžinsiem",
        "es": "#InviernoVaquero",
        "ru": "#ЗимаВДжинсах27",
        "en": "#WinterLoisJeans",
    },
    "product": dict.fromkeys(LOCALES, "Winter Slim Comfort Stretch 27"),
    "category": {
        "lv": "šauri džinsi ar elastānu",
        "es": "vaqueros ajustados",
        "ru": "узкие джинсы с эластаном",
        "en": "slim stretch jeans",
    },
    "partner": dict.fromkeys(LOCALES, "Lois Jeans Barcelona"),
    "benefit": {
        "lv": "Tie neizstaipās ceļos arī pēc garas dienas pie rakstāmgalda.",
        "es": "No se deforman en las rodillas ni tras un día largo.",
        "ru": "Колени не вытягиваются даже после долгого дня в офисе.",
        "en": "They keep their knees even after a long day at the desk.",
    },
    "item": {
        "lv": "Laikus uzlikts ielāps prasa desmit minūtes un dod vēl gadus. " * 3,
        "es": "Un remiendo a tiempo cuesta diez minutos y regala varios años. " * 3,
        "ru": "Заплатка вовремя отнимает десять минут и дарит ещё годы. " * 3,
        "en": "A patch in time takes ten minutes and gives you more years. " * 3,
    },
}
TAGS = {
    "lv": ["Džinsi", "Rīga"],
    "es": ["Vaqueros", "Moda"],
    "ru": ["Джинсы", "Рига"],
    "en": ["Denim", "Riga"],
}
PROJECT = Project.model_validate(
    {
        "timezone": "Europe/Riga",
        "accounts": {
            locale: {"handle": f"acme_clothes_{locale}", "locale": locale} for locale in LOCALES
        },
        "partners": {
            relation: {
                "handle": "lois_barcelona",
                "name": words["partner"],
                "relationship": relation,
            }
            for relation, words in (("paid", LONG), ("none", TYPICAL))
        },
        "disclosure": {"paid": {"lv": "#reklāma", "es": "#publi", "ru": "#реклама", "en": "#ad"}},
        "links": {"utm": {}},
    }
)
WORKSHOP = RenderAssets(project=PROJECT, templates=SOURCES)
DRAW = {"drawn": "2027-02-10 15:00", "winners": ["anna_demo", "karlis_demo", "ilze_demo"]}


# --- Campaigns to render


def campaign(kind: str, locale: str, words: Mapping[str, Words], **more: Any) -> dict[str, Any]:
    """A campaign of a kind with all the posts that have a standard template."""
    at = {"at": "2027-02-08 10:00"}
    base: dict[str, Any] = {
        "kind": kind,
        "account": locale,
        "posts": dict.fromkeys(POSTS[kind], at),
    }
    product = {
        "name": words["product"][locale],
        "category": words["category"][locale],
        "url": "https://acme.lv/slim27",
        "price": 59,
        "currency": "EUR",
    }
    item = {
        "text": words["item"][locale].strip(),
        "because": "Worth it",
        "link": "https://en.wikipedia.org/wiki/Denim",
        "vars": {"author": "Coco Chanel"},
    }
    every = {"every": {"slots": ["noon"]}, "items": [item]}
    own: dict[str, dict[str, Any]] = {
        "contest": {
            "prize": words["prize"][locale],
            "opens": "2027-02-02 11:00",
            "closes": "2027-02-09 20:00",
            "entry": {"how": "reply", "phrase": words["phrase"][locale]},
            "winners": 3,
        },
        "launch": {"product": product, "launches": "2027-02-08 10:00"},
        "partner": {"product": product, "partner": "paid"},
        "series": {"posts": dict.fromkeys(POSTS[kind], every)},
        "curation": {"posts": dict.fromkeys(POSTS[kind], every)},
    }
    if kind in ("series", "curation"):
        base |= {"starts": "2027-02-08", "ends": "2027-02-08", "slots": {"noon": "13:00"}}
    return base | own.get(kind, own_keys(kind, locale=locale)) | more


def texts(given: dict[str, Any], draw: dict[str, Any] | None = None) -> dict[str, str]:
    """What a campaign says, by post; every problem fails the test."""
    return {post: found[0].text for post, found in threads(given, draw).items()}


def threads(
    given: dict[str, Any], draw: dict[str, Any] | None = None
) -> dict[str, tuple[RenderedPart, ...]]:
    """The parts of each post of a campaign; every problem fails the test."""
    read = CAMPAIGN.validate_python(given)
    lists = {
        name: ItemList(items=post.items, path="campaigns/a.yaml")
        for name, post in read.posts.items()
        if isinstance(post.items, tuple)
    }
    file = CampaignFile(
        id="a",
        path="campaigns/a.yaml",
        campaign=read,
        items=lists,
        draw=Draw.model_validate(draw) if draw else None,
    )
    table, problems = timetable(file, PROJECT)
    assert table
    assert not problems
    found = {}
    for occurrence in table.all():
        post = occurrence.key.post
        first = lists[post].items[0] if post in lists else None
        item = (item_id(first), first) if first else None
        made = rendering(occurrence, file, assets=WORKSHOP, item=item, anchors=table.anchors)
        assert made.post, made.problems
        found[post] = made.post.parts
    assert set(found) == set(given["posts"])
    return found


OFFERS = {
    "no offer": None,
    "a percentage": {"code": "SLIM20", "percent": 20, "until": "2027-02-13 20:00"},
    "a sum": {"code": "SLIM20", "amount": 10, "currency": "EUR", "until": "2027-02-13 20:00"},
    "a code alone": {"code": "SLIM20", "until": "2027-02-13 20:00"},
}
