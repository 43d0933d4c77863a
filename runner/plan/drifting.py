"""Finding drift: each post that is out beside what today's files make of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import groupby

from msgspec import ValidationError
from pydantic import JsonValue

from runner.bugs import Bug, contained
from runner.compile import CampaignTexts, TextRequest
from runner.ledger import Attempting, Facts, Key, Need, Standing, State
from runner.plan.cases import published_links
from runner.plan.declared import declared_as, why_gone
from runner.plan.fields import ITEM_FIELD, REPLY_TO_FIELD, Drift, Field, part_fields
from runner.plan.inputs import PlanInputs
from runner.render import PostedLink, RenderedPart, RenderedPost, recorded_part
from runner.schedule import Occurrence, is_redrawn_since
from runner.value import replace


def with_journals(need: Need, *, accounts: Iterable[str], since: datetime, now: datetime) -> Need:
    """The need, and besides the journals of what went out since then: they know what no file leads
    to."""
    first, last = since.astimezone(UTC).date(), now.astimezone(UTC).date()
    days = range(first.toordinal(), last.toordinal() + 1)
    months = {f"{date.fromordinal(day):%Y-%m}" for day in days}
    journals = {(account, month) for account in accounts for month in months}
    return replace(need, months=need.months | journals, origin=True)


def with_what_is_gone(need: Need, facts: Facts, *, since: datetime) -> Need:
    """The need, and besides the standings of what the journals know to be out and no file led to;
    the same need when there is nothing like that."""
    gone = {
        (sent.key.campaign, sent.key.period)
        for sent in facts.journal
        if sent.at > since and sent.key not in facts.standings
    }
    return replace(need, periods=need.periods | gone)


def drifts(
    inputs: PlanInputs, facts: Facts, *, since: datetime, every_campaign: bool = True
) -> dict[Key, Drift]:
    """What differs from the files, of what went out since then; by key.

    `every_campaign`: the inputs hold each that there is, so that one which it lacks is gone. Only
    what went out since then is rendered.
    """
    looked_at = (
        standing
        for key, standing in sorted(facts.standings.items(), key=lambda pair: str(pair[0]))
        if standing.state is State.POSTED
        and not key.is_answer  # which stands in no file
        and standing.posted[-1].at > since
        and (key.account in inputs.accounts or key.account not in inputs.project.accounts)
        and (every_campaign or key.campaign in inputs.campaigns)
    )
    # what the other posts of a campaign had as links, were they deleted since or not
    links = published_links(inputs.project, facts, deleted=True)
    found: list[Drift | None] = []
    for id, standings in groupby(looked_at, key=lambda standing: standing.key.campaign):
        campaign = inputs.campaigns.get(id)
        texts = CampaignTexts(campaign) if campaign else None
        found += [
            _contained_drift(each, texts, inputs, links[each.key.account, id]) for each in standings
        ]
    return {drift.key: drift for drift in found if drift}


def _contained_drift(
    standing: Standing,
    texts: CampaignTexts | None,
    inputs: PlanInputs,
    links: Mapping[str, PostedLink],
) -> Drift | None:
    """A bug here is told by who runs the command, and decides nothing."""
    drift = contained("comparing", standing.key, lambda: _drift(standing, texts, inputs, links))
    return None if isinstance(drift, Bug) else drift


def _drift(
    standing: Standing,
    texts: CampaignTexts | None,
    inputs: PlanInputs,
    links: Mapping[str, PostedLink],
) -> Drift | None:
    key, opening = standing.key, standing.opening
    table = texts.campaign.timetable if texts else None
    known = key.account in inputs.project.accounts
    zone = inputs.project.zone_of(key.account) if known else inputs.project.timezone
    if removed := why_gone(key, table):
        return Drift(standing=standing, zone=zone, removed=removed)
    occurrence = declared_as(key, table) if table else None
    if texts is None or occurrence is None or opening is None:
        return None
    edited = _first_edit(occurrence, opening, texts, links)
    redrawn = is_redrawn_since(texts.campaign.timetable.anchors, standing.posted[-1].at)
    # a redraw gives who wins now longer to claim
    moved = not redrawn and occurrence.due.astimezone(UTC) != opening.due.astimezone(UTC)
    if not (edited or moved):
        return None
    return Drift(
        standing=standing,
        zone=occurrence.zone,
        edited=edited,
        moved_to=occurrence.due if moved else None,
        is_redrawn=redrawn,
    )


def _first_edit(
    occurrence: Occurrence,
    opening: Attempting,
    texts: CampaignTexts,
    links: Mapping[str, PostedLink],
) -> Field | None:
    # whose turn it would be now is another matter
    item = opening.item if opening.item in occurrence.post.items else None
    sent = tuple(map(_sent_part, opening.parts))
    if item is None and opening.item is not None:
        said = next((part.repost or part.text for part in sent), None)
        return Field(name=ITEM_FIELD, old=said, new=None)
    post = texts.rendering(TextRequest(occurrence, item, links)).post
    if post is None or post.digest == opening.digest:
        return None
    # nothing differs where only the digest does, as it does once a part has more to say than it had
    return next(part_fields(sent, post.parts), None) or _answers(opening, post)


def _sent_part(record: Mapping[str, JsonValue]) -> RenderedPart:
    """The part that was sent; only its text, where another version wrote it in another form."""
    try:
        return recorded_part(record)
    except ValidationError:
        said = {name: str(record[name]) for name in ("text", "repost") if record.get(name)}
        return recorded_part({"text": "", **said})


def _answers(opening: Attempting, post: RenderedPost) -> Field | None:
    now = post.reply_to_id or (str(post.reply_to) if post.reply_to else None)
    was = opening.reply_to
    return None if was == now else Field(name=REPLY_TO_FIELD, old=was, new=now)
