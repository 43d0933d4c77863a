"""The files of a world, and the edits that people merge into them. Each version is read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import sha256
from random import Random
from typing import Any

from runner.media import MediaFacts, MediaKind
from runner.models.project import Project
from runner.plan import PlanInputs
from runner.value import replace
from tests.unit.plan.building import a_file, a_project, some_inputs

MENU = ("announce", "photo", "poll", "story", "share", "answer", "link", "tip", "daily", "hello")
MUTE = "mute"
"""A picture without a word: no filter of X keeps a second one back."""
HANDLES = {"shop": "acme_lv", "boutique": "acme_lv", "tienda": "acme_es"}
PICTURES = {f"campaigns/media/{name}.png": f"picture {name}".encode() for name in "ab"}
TIPS = 12
"""More than a world has occurrences, so that no item ever comes twice."""
DAY = "2026-12-01"
STRANGER = "1850000000000000000"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What stands in the files: which posts of the menu, and what edits made of them."""

    menu: frozenset[str]
    gap: int = 0
    """Minutes between two posts of an account."""
    grace: str = "4h"
    budget: str | None = None
    """USD in a month."""
    both_accounts: bool = False
    moved_slot: bool = False
    renamed_slot: bool = False
    renamed_file: bool = False
    renamed_post: bool = False
    renamed_account: bool = False
    removed_account: bool = False
    added_item: str = ""
    """`front` or `end`, in a ring of items."""
    reworded: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    """Posts that are due an hour later than they were."""
    removed: frozenset[str] = frozenset()
    held: bool = False
    quotes: bool = False
    """Whether each tip quotes somebody, which X lets some accounts do."""

    def __repr__(self) -> str:
        """With its sets in order, so that a seed says the same each time."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        ordered = {n: sorted(v) if isinstance(v, frozenset) else v for n, v in values.items()}
        return f"Draft({ordered})"

    @cached_property
    def digest(self) -> str:
        """The same for equal contents."""
        return sha256(repr(self).encode()).hexdigest()


def _posts(draft: Draft) -> dict[str, dict[str, Any]]:
    tips = [{"id": f"tip-{n}", "text": f"Tip number {n} about denim"} for n in range(TIPS)]
    new = [{"id": "tip-new", "text": "A tip that nobody had before"}]
    if draft.quotes:
        tips = [{**tip, "quote": f"https://x.com/loisjeans/status/{STRANGER}"} for tip in tips]
    if draft.added_item:
        tips = [*new, *tips] if draft.added_item == "front" else [*tips, *new]
    evening = "dusk" if draft.renamed_slot else "evening"
    link = '{{ posts["announce"].url }}'
    return {
        "announce": {"at": _at(10, 0), "text": "Slim 27 & Co is here https://acme.lv/slim27?a=1"},
        "photo": {
            "at": _at(10, 20),
            "text": "How it looks",
            "media": [{"file": "media/a.png", "alt": "A pair of jeans"}],
        },
        "poll": {"at": _at(10, 40), "text": "Which color?", "poll": {"options": ["one", "two"]}},
        "story": {
            "at": _at(11, 0),
            "thread": [
                "The story begins",
                {"text": "It goes on", "media": [{"file": "media/b.png", "alt": "A pocket"}]},
                "And it ends",
            ],
        },
        "share": {"at": _at(11, 10), "repost": f"https://x.com/loisjeans/status/{STRANGER}"},
        "answer": {"at": _at(11, 30), "text": "More of it", "reply-to": "announce"},
        "link": {"at": _at(11, 40), "text": f"Did you see {link}"},
        "tip": {"every": {"slots": ["morning", "noon", evening]}, "items": tips},
        "daily": {"every": {"slots": ["noon"]}, "text": "Good {{ at | date }} to all"},
        MUTE: {
            "at": _at(10, 50),
            "text": "",
            "media": [{"file": "media/b.png", "alt": "A pocket"}],
        },
        "hello": {"at": _at(10, 10), "text": "Hola a todos"},
    }


SINGLE: Mapping[str, Callable[[Draft, Random], Draft]] = {
    "a second account": lambda draft, _: replace(draft, both_accounts=True),
    "a moved slot": lambda draft, _: replace(draft, moved_slot=not draft.moved_slot),
    "a renamed slot": lambda draft, _: replace(draft, renamed_slot=True),
    "a renamed file": lambda draft, _: replace(draft, renamed_file=True),
    "a renamed post": lambda draft, _: replace(draft, renamed_post=True),
    "a renamed account": lambda draft, _: replace(draft, renamed_account=True),
    "a removed account": lambda draft, _: replace(draft, removed_account=True),
    "an added item": lambda draft, chance: replace(
        draft, added_item=chance.choice(["front", "end"])
    ),
    "other words": lambda draft, chance: replace(draft, reworded=_one_more(draft, chance)),
    "another time": lambda draft, chance: replace(draft, later=_one(draft, chance)),
    "a removed post": lambda draft, chance: replace(draft, removed=_one(draft, chance)),
    "a hold in the file": lambda draft, _: replace(draft, held=not draft.held),
}


def _all_reworded(draft: Draft, _: Random) -> Draft:
    return replace(draft, reworded=draft.menu)


RENAMES = ("a renamed file", "a renamed post")


def _with(*edits: Callable[[Draft, Random], Draft]) -> Callable[[Draft, Random], Draft]:
    def edit(draft: Draft, chance: Random) -> Draft:
        for each in edits:
            draft = each(draft, chance)
        return draft

    return edit


EDITS: Mapping[str, Callable[[Draft, Random], Draft]] = {
    **SINGLE,
    **{f"{name}, all in other words": _with(SINGLE[name], _all_reworded) for name in RENAMES},
    **{
        f"{name}, all in other words, and {other}": _with(first, _all_reworded, second)
        for name in RENAMES
        for other, second in SINGLE.items()
        if (first := SINGLE[name]) is not second
    },
}
"""Single ones, and a file or a post that is renamed while everything else is edited, too."""


def _one(draft: Draft, chance: Random) -> frozenset[str]:
    return frozenset({chance.choice(sorted(draft.menu))})


def _one_more(draft: Draft, chance: Random) -> frozenset[str]:
    return draft.reworded | _one(draft, chance)


def _at(hour: int, minute: int) -> str:
    return f"{DAY} {hour:02d}:{minute:02d}"


@lru_cache(maxsize=4096)
def inputs_of(draft: Draft) -> PlanInputs:
    """Its project and its campaigns, read."""
    shop = "boutique" if draft.renamed_account else "shop"
    both = draft.both_accounts and not draft.removed_account
    who = {"accounts": [shop, "tienda"]} if both else {"account": shop}
    written = _written(draft)
    hello = written.pop("hello", None)
    common = {"hold": draft.held, "grace": draft.grace, "ends": DAY}
    files = []
    if written:
        files.append(a_file(written, id="denim" if draft.renamed_file else "slim", **who, **common))
    if hello and not draft.removed_account:
        files.append(a_file({"hello": hello}, id="extra", account="tienda", **common))
    return some_inputs(*files, project=_project(draft, shop), media=_FACTS)


def _written(draft: Draft) -> dict[str, dict[str, Any]]:
    found = {}
    for id, post in _posts(draft).items():
        if id in draft.menu - draft.removed:
            if id in draft.later and "at" in post:
                hour, rest = post["at"].removeprefix(f"{DAY} ").split(":")
                post["at"] = f"{DAY} {int(hour) + 1:02d}:{rest}"
            if id in draft.reworded:
                post = _reworded(post)
            found["picture" if id == "photo" and draft.renamed_post else id] = post
    return found


def _reworded(post: dict[str, Any]) -> dict[str, Any]:
    if post.get("text"):
        return {**post, "text": f"{post['text']}, in other words"}
    if "thread" in post:
        return {**post, "thread": [*post["thread"][:-1], "And it ends in other words"]}
    return post


def _project(draft: Draft, shop: str) -> Project:
    tier = {"tier": "enterprise"} if draft.quotes else {}
    accounts = {shop: {"handle": "acme_lv", "locale": "en", **tier}}
    if not draft.removed_account:
        accounts["tienda"] = {"handle": "acme_es", "locale": "en", **tier}
    noon = "12:40" if draft.moved_slot else "12:00"
    evening = "dusk" if draft.renamed_slot else "evening"
    more: dict[str, Any] = {"rules": {"min-gap": f"{draft.gap}m"}} if draft.gap else {}
    if draft.budget:
        more["budget"] = {"usd-per-month": Decimal(draft.budget)}
    slots = {"morning": "10:05", "noon": noon, evening: "14:00"}
    return a_project(accounts=accounts, slots=slots, threshold=20, **more)


_FACTS = {
    path: MediaFacts(
        type="image/png",
        kind=MediaKind.PHOTO,
        size=len(data),
        digest=sha256(data).hexdigest(),
        width=10,
        height=10,
    )
    for path, data in PICTURES.items()
}
