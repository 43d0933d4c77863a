"""Rendering one occurrence: its texts run, its media looked up, all of it weighed and priced."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile, Item, OthersPost
from runner.problems import Message, Problem, suggest
from runner.render.drafts import drafts_of, shared_post
from runner.render.later_values import key_of
from runner.render.post_renderer import PostRenderer
from runner.render.rendered import (
    RenderedPart,
    RenderedPost,
    Rendering,
    ReplySettings,
)
from runner.render.request import PostedLink, RenderAssets, RenderRequest
from runner.schedule import Occurrence
from runner.text import LIMIT, PREMIUM_LIMIT
from runner.value import replace
from runner.x_facts import cost_of

REPLY_SETTINGS: Final[Mapping[str, ReplySettings]] = {
    "following": "following",
    "mentioned-users": "mentionedUsers",
    "subscribers": "subscribers",
    "verified": "verified",
}
MOST_PARTS: Final = 25
"""Posts of a thread."""
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


def rendering(
    occurrence: Occurrence,
    file: CampaignFile,
    *,
    assets: RenderAssets,
    item: tuple[str, Item] | None = None,
    anchors: Mapping[str, datetime | date] = _NOTHING,  # type: ignore[assignment]
    posted: Mapping[str, PostedLink] = _NOTHING,  # type: ignore[assignment]
) -> Rendering:
    """The post exactly as X gets it. A bug is what is wrong with it, too.

    `anchors` are those of the timetable; `posted` are the posts of this campaign that are out on
    this account, by id.
    """
    named = file.campaign.partner
    if named is not None and named not in assets.project.partners:
        return Rendering()  # `unknown-partner` is the one mistake; all that lacks it only follows
    request = RenderRequest(
        occurrence=occurrence,
        file=file,
        assets=assets,
        item=item,
        anchors=anchors,
        posted=posted,
    )
    made = contained("rendering", occurrence.key, lambda: _rendering(request))
    if isinstance(made, Bug):
        # nobody knows whether the bug has to do with the moment
        return Rendering(problems=(made.problem(request.at()),), timed=True)
    return made


def _rendering(request: RenderRequest) -> Rendering:
    occurrence = request.occurrence
    renderer = PostRenderer(request)
    problems: list[Problem] = []
    parts = _parts(request, renderer, problems)
    reply_to, reply_to_id = _answered_post(request, renderer, problems)
    characters = sum(len(each.text) for each in parts)
    request.assets.work.render(occurrence.path, renderer.steps, characters)
    problems += renderer.evaluation.problems
    if renderer.evaluation.mistaken:  # that anchor's problem is the one mistake
        problems = [each for each in problems if each.rule != "later-value"]
        if renderer.evaluation.problems and not problems:
            return Rendering()
    timed = renderer.evaluation.timed
    if problems:
        return Rendering(problems=tuple(dict.fromkeys(problems)), timed=timed)
    post = RenderedPost(
        key=occurrence.key,
        due=occurrence.due,
        locale=request.locale,
        limit=_limit(request),
        parts=parts,
        reply_to=reply_to,
        reply_to_id=reply_to_id,
        item=request.item[0] if request.item else None,
        awaits=tuple(renderer.evaluation.awaits),
        lacks=tuple(renderer.evaluation.lacks),
        promise=request.promise,
    )
    return Rendering(post=post, timed=timed, shape=_shape(parts, renderer) if timed else ())


def _shape(parts: tuple[RenderedPart, ...], renderer: PostRenderer) -> tuple[str, ...]:
    """The texts without the moments that they tell, the longest first: one may be in another."""
    shape = [part.text for part in parts]
    for moment in sorted(renderer.evaluation.told, key=len, reverse=True):
        shape = [text.replace(moment, "⟦⟧") for text in shape]
    return tuple(shape)


def _parts(
    request: RenderRequest, renderer: PostRenderer, problems: list[Problem]
) -> tuple[RenderedPart, ...]:
    if repost := shared_post(request):
        return (_repost_of(repost),)
    drafts = drafts_of(request)
    parts = [part for each in drafts for part in renderer.parts_of(each, problems)]
    if len(parts) > MOST_PARTS:
        text = f"this is a thread of {len(parts)} posts, and one has at most {MOST_PARTS}"
        help = "say it in fewer, with a `text` or a template of your own"
        problems.append(Message("out-of-range", text, help).at(request.at()))
    _set_first(request, parts, problems)
    return tuple(parts)


def _repost_of(repost: OthersPost) -> RenderedPart:
    return RenderedPart(
        text="",
        weight=0,
        cost=cost_of(link=False, media=0, alts=0, repost=True),
        repost=repost.id,
    )


def _set_first(request: RenderRequest, parts: list[RenderedPart], problems: list[Problem]) -> None:
    """What is said once, by the post that begins the conversation: who may reply, the quote."""
    post = request.post
    quote = post.quote or (request.item[1].quote if request.item else None)
    settings = REPLY_SETTINGS[post.reply_settings] if post.reply_settings else None
    if quote and (parts[0].media or parts[0].poll):
        place = request.at("quote") if post.quote else request.at_item("quote")
        text = "X takes a quote or media or a poll"
        problems.append(Message("media-or-quote", text, "keep one of them").at(place))
    if settings or quote:
        parts[0] = replace(parts[0], reply_settings=settings, quote=quote.id if quote else None)


def _answered_post(
    request: RenderRequest, renderer: PostRenderer, problems: list[Problem]
) -> tuple[Key | None, str | None]:
    """The post that this one answers, and its id once it is out."""
    name = request.post.reply_to
    if name is None:
        return None, None
    place = request.at("reply-to")
    posts = request.file.campaign.posts
    if name not in posts:
        help = suggest(name, posts) or f"there are {', '.join(posts)}"
        message = Message("unknown-post", f"this campaign has no post `{name}`", help)
        problems.append(message.at(place))
        return None, None
    key = key_of(request, name)
    if isinstance(key, str):
        help = "answer a post that goes out once, before this one"
        problems.append(Message("no-link", key, help).at(place))
        return None, None
    out = request.posted.get(name)
    if out is None:
        renderer.evaluation.awaits[key] = None
    return key, out.id if out else None


def _limit(request: RenderRequest) -> int:
    account = request.assets.project.accounts[request.occurrence.key.account]
    return PREMIUM_LIMIT if account.premium else LIMIT
