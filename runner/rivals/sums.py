"""The posts of a rival's week as sums, which is all that is kept of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

from runner.rivals.looks import BEST, HOURS, WeekNumbers
from runner.rivals.ports import PostKind, RivalPost
from runner.x_facts import WEIGHTS, instant

_FIGURES: Final = 2
_MOST_TAGS: Final = 5
_TWICE: Final = 2


def sums_of(
    posts: Sequence[RivalPost], zone: tzinfo, *, days: float, followers: int | None
) -> WeekNumbers:
    """What is told of these posts of a week, of which they are so many days."""
    kinds = Counter(each.kind for each in posts)
    own = [each for each in posts if each.kind in (PostKind.ORIGINAL, PostKind.QUOTE)]
    parts: dict[str, list[RivalPost]] = defaultdict(list)
    for each in posts:
        if each.kind is PostKind.PART:
            parts[each.root].append(each)
    threads = [(each, *parts[each.post]) for each in own]
    hours = Counter(instant(each.post).astimezone(zone).hour for each in own)
    done = {thread[0].post: _done(thread) for thread in threads}
    came_to = Counter(in_two_figures(sum(each.values())) for each in done.values())
    return WeekNumbers(
        days=days,
        followers=followers,
        originals=kinds[PostKind.ORIGINAL],
        quotes=kinds[PostKind.QUOTE],
        replies=kinds[PostKind.REPLY],
        reposts=kinds[PostKind.REPOST],
        pictures=sum(any(part.has_picture for part in thread) for thread in threads),
        videos=sum(any(part.has_video for part in thread) for thread in threads),
        links=sum(any(part.has_link for part in thread) for thread in threads),
        hours=tuple(hours[hour] for hour in range(HOURS)),
        engagements=dict(sorted(came_to.items())),
        hashtags=_most_used(threads),
        best=_best(done),
    )


def in_two_figures(number: int) -> int:
    """`1234` is 1200: as much as is told of a single post."""
    return int(float(f"{number:.{_FIGURES}g}"))


def _done(thread: Sequence[RivalPost]) -> Mapping[str, int]:
    """What people did with all parts of a thread; that its author went on is no reply."""
    own_replies = len(thread) - 1
    return {
        "replies": max(sum(part.replies for part in thread) - own_replies, 0),
        "quotes": sum(part.quotes for part in thread),
        "reposts": sum(part.reposts for part in thread),
        "likes": sum(part.likes for part in thread),
    }


def _most_used(threads: Iterable[Sequence[RivalPost]]) -> Mapping[str, int]:
    used = Counter(tag for thread in threads for tag in {t for p in thread for t in p.hashtags})
    often = sorted((-n, tag) for tag, n in used.items() if n >= _TWICE)
    return {tag: -n for n, tag in often[:_MOST_TAGS]}


def _best(done: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    scores = {
        post: sum(WEIGHTS[name] * number for name, number in each.items())
        for post, each in done.items()
    }
    ranked = sorted((post for post in scores if scores[post]), key=lambda id: (-scores[id], id))
    return tuple(ranked[:BEST])
