"""What is known of a campaign's texts: each is rendered once, however often it is asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from runner.ledger import Key
from runner.render import PostedLink, Rendering
from runner.rules import AnyRule
from runner.schedule import Occurrence

NOTHING: Final[Mapping[str, PostedLink]] = MappingProxyType({})
_TextKey = tuple[str, str, str | None, frozenset[tuple[str, PostedLink]]]
"""What a text follows: account, post, item, and which posts are out."""


class TextRequest(NamedTuple):
    """A post to be rendered: an occurrence, the id of the item that it carries, and the posts of
    its campaign that are out on its account, by id."""

    occurrence: Occurrence
    item: str | None = None
    posted: Mapping[str, PostedLink] = NOTHING


class KnownRendering(NamedTuple):
    """A rendering, with the steps of work that it took."""

    rendering: Rendering
    steps: int


@dataclass(slots=True)
class KnownTexts:
    """The renderings of one campaign, and which of them the rules have nothing against."""

    _shared: dict[_TextKey, KnownRendering] = field(default_factory=dict)
    """What does not look at the moment."""
    _timed: dict[tuple[_TextKey, Key], KnownRendering] = field(default_factory=dict)
    _sound: dict[tuple[_TextKey, Key], tuple[AnyRule, ...]] = field(default_factory=dict)
    """Posts in which rules have found nothing, each with those rules."""

    def get(self, request: TextRequest) -> KnownRendering | None:
        return self._get(self._text(request), request)

    def keep(self, request: TextRequest, made: KnownRendering) -> None:
        if made.rendering.timed:
            self._timed[_exact(request), request.occurrence.key] = made
        else:
            self._shared[_exact(request)] = made

    def is_untimed(self, request: TextRequest) -> bool:
        """Whether the text is known, and is the same at each of the post's times."""
        return self._text(request) in self._shared

    def approve(self, requests: Iterable[TextRequest], rules: tuple[AnyRule, ...]) -> None:
        """Notes that these rules have nothing against any of the texts."""
        for each in requests:
            self._sound[self._text(each), each.occurrence.key] = rules

    def is_sound(self, request: TextRequest, rules: tuple[AnyRule, ...]) -> bool:
        """Whether these rules are known to have nothing against a text."""
        return self._sound.get((self._text(request), request.occurrence.key)) is rules

    def _get(self, text: _TextKey, request: TextRequest) -> KnownRendering | None:
        return self._timed.get((text, request.occurrence.key)) or self._shared.get(text)

    def _text(self, request: TextRequest) -> _TextKey:
        """What the text follows; not the links that it is known to have no place for."""
        if request.posted:
            alone = request._replace(posted=NOTHING)
            found = self._get(_exact(alone), alone)
            if found and _has_no_place_for(request.posted, found.rendering):
                return _exact(alone)
        return _exact(request)


def _has_no_place_for(posted: Mapping[str, PostedLink], made: Rendering) -> bool:
    return made.post is not None and posted.keys().isdisjoint(key.post for key in made.post.awaits)


def _exact(request: TextRequest) -> _TextKey:
    key = request.occurrence.key
    return key.account, key.post, request.item, frozenset(request.posted.items())
