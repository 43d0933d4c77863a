"""The local X's posts as the page shows them: threads whole, newest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from runner.durations import in_words
from runner.local_x.accounts import Person
from runner.local_x.media_store import kind_of
from runner.local_x.state import LocalX
from runner.local_x.values import Media, Post
from runner.render import MADE_WITH_AI, PAID_PARTNERSHIP
from runner.views.html.timeline import Picture, PollCard, PostCard, Tab, timeline_page
from runner.views.phrases import moment
from runner.x_facts import post_address

PictureUrl = Callable[[Media], str | None]


def page(local_x: LocalX, person: Person | None, *, picture: PictureUrl) -> str:
    """The timeline of a person, or of all accounts, as HTML."""
    mine = {account.person.user_id for account in local_x.accounts}
    posts = [
        post
        for post in local_x.posts(person.user_id if person else None)
        if person or post.author in mine
    ]
    tabs = [Tab("Everyone", "/", person is None)] + [
        Tab(f"@{a.person.handle}", f"/{a.person.handle}", a.person == person)
        for a in local_x.accounts
    ]
    clock = moment(local_x.now().astimezone(_zone(local_x, posts[0] if posts else None)))
    return timeline_page(
        list(_cards(local_x, posts, picture)),
        title=f"@{person.handle}" if person else "Local X",
        lead=f"A sandbox on this machine: nothing here is public. Its clock says {clock}",
        tabs=tabs if len(local_x.accounts) > 1 else (),
    )


def _cards(local_x: LocalX, posts: Iterable[Post], picture: PictureUrl) -> Iterator[PostCard]:
    for thread in _threads(posts):
        for index, post in enumerate(thread):
            following = thread[index + 1] if index + 1 < len(thread) else None
            yield _card(
                local_x,
                post,
                picture,
                above=index > 0 and post.reply_to == thread[index - 1].id,
                below=following is not None and following.reply_to == post.id,
            )


def _threads(posts: Iterable[Post]) -> list[list[Post]]:
    """The posts of an author, one list a conversation, oldest first; the newest conversation comes
    first."""
    found: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        found[post.conversation, post.author].insert(0, post)
    return sorted(found.values(), key=lambda thread: int(thread[-1].id), reverse=True)


def _card(
    local_x: LocalX, post: Post, picture: PictureUrl, *, above: bool, below: bool
) -> PostCard:
    by = local_x.people[post.author]
    zone = _zone(local_x, post)
    reposted_by = None
    if post.repost_of:
        shared, reposted_by = local_x.post(post.repost_of), by.name
        if not shared:
            text = post_address(post.repost_of)
            return PostCard(name="A post on X", handle="", text=text, reposted_by=reposted_by)
        post, by = shared, local_x.people[shared.author]
    media = [item for id in post.media if (item := local_x.library.get(id))]
    return PostCard(
        name=by.name,
        handle=by.handle,
        text=post.text,
        at=post.at.astimezone(zone),
        pictures=tuple(
            Picture(kind=_kind(item), src=picture(item), alt=item.alt) for item in media
        ),
        poll=_poll(local_x, post),
        reposted_by=reposted_by,
        replying_to=_answered_link(local_x, post),
        labels=tuple(_labels(post)),
        reply_settings=post.reply_settings,
        joined_above=above,
        joined_below=below,
        anchor=None if reposted_by else f"p{post.id}",
    )


def _labels(post: Post) -> Iterator[str]:
    if post.paid_partnership:
        yield PAID_PARTNERSHIP
    if post.made_with_ai:
        yield MADE_WITH_AI


def _kind(media: Media) -> Literal["photo", "gif", "video"]:
    match kind_of(media.category):
        case "gif":
            return "gif"
        case "video":
            return "video"
        case _:
            return "photo"


def _poll(local_x: LocalX, post: Post) -> PollCard | None:
    if not post.poll:
        return None
    left = post.at + timedelta(minutes=post.poll.minutes) - local_x.now()
    state = f"{in_words(left)} left" if left > timedelta(0) else "Final results"
    return PollCard(options=post.poll.options, footer=f"0 votes · {state}")


def _answered_link(local_x: LocalX, post: Post) -> str | None:
    parent = local_x.post(post.reply_to) if post.reply_to else None
    if not parent or parent.author == post.author:
        return None
    return local_x.people[parent.author].handle


def _zone(local_x: LocalX, post: Post | None) -> tzinfo:
    """The zone of the account that posted; of the first account, where there is none."""
    accounts = [a for a in local_x.accounts if post and a.person.user_id == post.author]
    return ZoneInfo((accounts or local_x.accounts)[0].timezone)
