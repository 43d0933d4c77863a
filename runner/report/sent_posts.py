"""What went out by the ledger, and what was measured of it, as the posts of a report."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Final

from runner.ledger import Closed, Key, Standing, State
from runner.models import Project
from runner.report.measured_post import MeasuredPost
from runner.report.numbers import AccountNumbers
from runner.report.period import Period
from runner.report.rhythm import Missed
from runner.schedule import DeclaredCampaign, DeclaredPost
from runner.text import entities
from runner.value import Value
from runner.x_facts import post_address

EXCERPT: Final = 60
"""Characters of a post by which people know it again."""


class SentPosts(Value, kw_only=True, dict=True):
    """The posts of a project. `campaigns` are those that the files still declare, by id; `numbers`
    those of each account that was measured."""

    project: Project
    campaigns: Mapping[str, DeclaredCampaign]
    numbers: Mapping[str, AccountNumbers]

    def of(
        self, standings: Iterable[Standing], period: Period, *, others: bool
    ) -> tuple[MeasuredPost, ...]:
        """What went out in a period, oldest first; with `others`, what the runner did not make."""
        posts = [
            self._post(standing, at)
            for standing in standings
            if standing.posted and period.holds(at := self._out_at(standing))
        ]
        posts += self._others(period) if others else ()
        return tuple(sorted(posts, key=lambda each: (each.at.timestamp(), each.id)))

    def missed(self, standings: Iterable[Standing], period: Period) -> tuple[Missed, ...]:
        """What was due in a period, and never went out, by its time."""
        found = (
            Missed(key=each.key, due=each.last.due.astimezone(self._zone(each.key.account)))
            for each in standings
            if isinstance(each.last, Closed) and each.state is State.MISSED and each.last.due
        )
        inside = (each for each in found if period.holds(each.due))
        return tuple(sorted(inside, key=lambda each: (each.due.timestamp(), each.key)))

    def _out_at(self, standing: Standing) -> datetime:
        """When what went out did, in its account's zone."""
        return standing.posted[0].at.astimezone(self._zone(standing.key.account))

    def _post(self, standing: Standing, at: datetime) -> MeasuredPost:
        key, first, opening = standing.key, standing.posted[0], standing.opening
        content = _Content.of(opening.parts if opening else ())
        campaign = self.campaigns.get(key.campaign)
        declared = campaign.posts.get(key.post) if campaign else None
        zone, numbers = self._zone(key.account), self.numbers.get(key.account)
        counted = numbers.of([each.id for each in standing.posted]) if numbers else None
        return MeasuredPost(
            id=first.id,
            url=first.url,
            account=key.account,
            at=at,
            key=key,
            kind=campaign.kind if campaign else None,
            slot=key.nominal.partition(".")[2] if key.nominal else None,
            language=self._language(key, declared),
            excerpt=content.excerpt,
            due=opening.due.astimezone(zone) if opening else None,
            has_picture=content.has_picture,
            has_link=content.has_link,
            hashtags=content.hashtags,
            parts=standing.parts,
            is_promotional=declared.is_promotional if declared else None,
            cost=sum([each.cost for each in standing.posted], Decimal(0)),
            numbers=counted.at if counted else {},
            newest=counted.newest if counted else None,
            is_boosted=bool(counted and counted.is_boosted),
            is_deleted=standing.state is State.DELETED or bool(counted and counted.is_deleted),
        )

    def _others(self, period: Period) -> Iterator[MeasuredPost]:
        """Posts of a period that the runner did not make."""
        for account, numbers in self.numbers.items():
            for post in numbers.others:
                at = post.at.astimezone(self._zone(account))
                if not period.holds(at):
                    continue
                counted, traits = numbers.of(post.ids), post.traits
                yield MeasuredPost(
                    id=post.ids[0],
                    url=post_address(post.ids[0]),
                    account=account,
                    at=at,
                    language=traits.language if traits.language != "und" else None,
                    has_picture=traits.has_media,
                    has_link=traits.has_link,
                    has_unknown_hashtags=traits.hashtags > 0,
                    parts=len(post.ids),
                    numbers=counted.at,
                    newest=counted.newest,
                    is_boosted=counted.is_boosted,
                    is_deleted=counted.is_deleted,
                )

    def _zone(self, account: str) -> tzinfo:
        return self._zones.get(account, self.project.timezone)

    @cached_property
    def _zones(self) -> Mapping[str, tzinfo]:
        """The zone of each account, which is asked for at each post."""
        return {account: self.project.zone_of(account) for account in self.project.accounts}

    @cached_property
    def _locales(self) -> Mapping[str, str | None]:
        return {name: account.locale for name, account in self.project.accounts.items()}

    def _language(self, key: Key, declared: DeclaredPost | None) -> str | None:
        if declared and declared.locale:
            return declared.locale
        return self._locales.get(key.account)


class _Content(Value, kw_only=True):
    """What the ledger tells of what was sent."""

    excerpt: str
    has_picture: bool
    has_link: bool
    hashtags: tuple[str, ...]

    @classmethod
    def of(cls, parts: Iterable[Mapping[str, object]]) -> "_Content":
        parts = tuple(parts)
        texts = [str(part.get("text") or "") for part in parts]
        found = [each for text in texts for each in entities(text)]
        line = " ".join(" ".join(texts[:1]).split())
        return cls(
            excerpt=line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…",
            has_picture=any(part.get("media") for part in parts),
            has_link=any(each.kind == "url" for each in found),
            hashtags=tuple(
                dict.fromkeys(each.text[1:].casefold() for each in found if each.kind == "hashtag")
            ),
        )
