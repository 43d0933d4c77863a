"""What a campaign declares, as plain data: all that plans need of its file once it was read."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from runner.models import CampaignFile, Contest, Words
from runner.schedule.item_rotation import Order, ring
from runner.value import Value

_NO_WORDS: Final[Mapping[str, Words]] = MappingProxyType({})


class DeclaredPost(Value, kw_only=True):
    """A post of a campaign."""

    is_draft: bool
    """Whether it never goes out, by its own word or its campaign's."""
    is_promotional: bool
    locale: str | None
    """Its language, by its own word or its campaign's; None for that of each account."""
    hold: bool
    ignore: Mapping[str, str]
    """The rules that it ignores, by id, each with the reason."""
    slots: tuple[str, ...] | None
    """Those of its rhythm; None where it is due once."""
    order: Order
    items: tuple[str, ...]
    """The ids of its items, in their turn."""
    because: Mapping[str, Words]
    """Why an item is shared, by its id, where the file says so."""


class DeclaredDraw(Value, kw_only=True):
    """How far the results of a contest have come."""

    has_digest: bool
    """Whether its list of entries is fixed."""
    entries: int | None
    """How many the list holds, where that is known."""
    is_drawn: bool
    has_proof: bool
    days_late: int
    """By how many days it was drawn later than announced."""
    expired: date | None
    """When who won was removed from its proof."""


class DeclaredContest(Value, kw_only=True):
    """A contest: how people enter, and how far it has come."""

    key: str | None
    """The fingerprint of its key; None where it is drawn by hand."""
    keep: timedelta
    """How long what proves the draw is kept."""
    how: str
    """What a person does to enter."""
    phrase: str | None
    """What an entry has to say."""
    expected: int
    """How many entries are expected."""
    announcement: str
    closing_post: str
    copy_at: str | None
    """Where a copy of its list lies for everyone."""
    supplement_post: str = Contest.supplement_post
    accepts: tuple[str, ...] = ()
    """Times (UTC) from which entries are missing and left out, by its file."""
    draw: DeclaredDraw | None

    @property
    def has_key(self) -> bool:
        return self.key is not None

    @property
    def is_drawn(self) -> bool:
        return self.draw is not None and self.draw.is_drawn


class DeclaredCampaign(Value, kw_only=True):
    """A campaign, its file, and its posts by id."""

    id: str
    path: str
    kind: str
    accounts: tuple[str, ...]
    budget: Decimal | None
    hold: bool
    opening: str | None
    """The anchor from which it runs, where the file says when that is."""
    posts: Mapping[str, DeclaredPost]
    contest: DeclaredContest | None

    @property
    def has_proof(self) -> bool:
        """Whether it is a contest whose results hold a proof."""
        return bool(self.contest and self.contest.draw and self.contest.draw.has_proof)


def declared_campaign(file: CampaignFile) -> DeclaredCampaign:
    """What a file declares."""
    campaign = file.campaign
    opening = campaign.opening_anchor
    return DeclaredCampaign(
        id=file.id,
        path=file.path,
        kind=campaign.kind,
        accounts=campaign.on,
        budget=campaign.budget,
        hold=campaign.hold,
        opening=opening if opening in campaign.anchors else None,
        posts={name: _post(file, name) for name in campaign.posts},
        contest=_contest(file),
    )


def _post(file: CampaignFile, name: str) -> DeclaredPost:
    campaign, post, listed = file.campaign, file.campaign.posts[name], file.items.get(name)
    items = listed.items if listed else ()
    promotes = campaign.is_promotional if post.promotional is None else post.promotional
    return DeclaredPost(
        is_draft=post.draft or campaign.draft,
        is_promotional=promotes,
        locale=post.locale or campaign.locale,
        hold=post.hold,
        ignore=post.ignore,
        slots=post.every.slots if post.every else None,
        order=post.order,
        items=ring(listed.ids if listed else (), post.order),
        because={item.id: item.because for item in items if item.id and item.because} or _NO_WORDS,
    )


def _contest(file: CampaignFile) -> DeclaredContest | None:
    contest, draw = file.campaign, file.draw
    if not isinstance(contest, Contest):
        return None
    return DeclaredContest(
        key=contest.key.fingerprint if contest.key else None,
        keep=contest.keep,
        how=contest.entry.how,
        phrase=contest.entry.phrase,
        expected=contest.entry.expected,
        announcement=contest.announcement,
        closing_post=contest.closing_post,
        copy_at=contest.copy_at,
        accepts=tuple(contest.entry.accept_missing),
        draw=DeclaredDraw(
            has_digest=draw.digest is not None,
            entries=draw.entries,
            is_drawn=draw.drawn is not None,
            has_proof=draw.proof is not None,
            days_late=draw.days_late or 0,
            expired=draw.proof.expired if draw.proof else None,
        )
        if draw
        else None,
    )
