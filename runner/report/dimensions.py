"""By what posts are told apart."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from runner.report.measured_post import MeasuredPost
from runner.value import Value

_BY_HAND: Final = "not by the runner"
WEEKDAYS: Final = (*("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),)


class Dimension(Value, kw_only=True):
    """One way of telling posts apart. `labels` are the groups that a post is in."""

    name: str
    labels: Callable[[MeasuredPost], Iterable[str]]
    order: tuple[str, ...] = ()
    """Of its labels, where that is not the alphabet's."""


_HOURS: Final = (*(f"{first:02}:00 to {first + 3:02}:00" for first in range(0, 24, 3)),)


def _weekday(post: MeasuredPost) -> tuple[str, ...]:
    return (WEEKDAYS[post.at.weekday()],)


def _hour(post: MeasuredPost) -> tuple[str, ...]:
    return (_HOURS[post.at.hour // 3],)


def _picture(post: MeasuredPost) -> tuple[str, ...]:
    return ("with a picture" if post.has_picture else "without a picture",)


def _link(post: MeasuredPost) -> tuple[str, ...]:
    return ("with a link" if post.has_link else "without a link",)


def _thread(post: MeasuredPost) -> tuple[str, ...]:
    return ("a thread" if post.parts > 1 else "a single post",)


def _promotion(post: MeasuredPost) -> tuple[str, ...]:
    if post.is_promotional is None:
        return ()
    return ("promotion" if post.is_promotional else "no promotion",)


def _hashtags(post: MeasuredPost) -> tuple[str, ...]:
    if post.has_unknown_hashtags:
        return ()
    return tuple(f"#{tag}" for tag in post.hashtags) or ("without a hashtag",)


def _labels_of(label: str | None) -> tuple[str, ...]:
    return (label,) if label else ()


DIMENSIONS: Final = (
    Dimension(name="account", labels=lambda post: (post.account,)),
    Dimension(name="campaign", labels=lambda post: (post.campaign or _BY_HAND,)),
    Dimension(name="kind", labels=lambda post: _labels_of(post.kind)),
    Dimension(
        name="post",
        labels=lambda post: (f"{post.key.campaign}/{post.key.post}",) if post.key else (),
    ),
    Dimension(name="slot", labels=lambda post: _labels_of(post.slot)),
    Dimension(name="weekday", labels=_weekday, order=WEEKDAYS),
    Dimension(name="hour", labels=_hour),
    Dimension(name="language", labels=lambda post: _labels_of(post.language)),
    Dimension(name="picture", labels=_picture),
    Dimension(name="link", labels=_link),
    Dimension(name="hashtag", labels=_hashtags),
    Dimension(name="thread", labels=_thread),
    Dimension(name="promotion", labels=_promotion),
)


def grouped(posts: Sequence[MeasuredPost], dimension: Dimension) -> Mapping[str, tuple[int, ...]]:
    """The places of the posts of each group, by its label."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, labels in enumerate(map(dimension.labels, posts)):
        for label in labels:
            found[label].append(place)
    rank = {label: place for place, label in enumerate(dimension.order)}
    ordered = sorted(found, key=lambda label: (rank.get(label, 0), label))
    return {label: tuple(found[label]) for label in ordered}
