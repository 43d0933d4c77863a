"""The four ways of entering a contest: which lists of X hold the entries, and which posts count as
one."""

from collections.abc import Sequence
from functools import cached_property
from json import loads
from typing import Final

from runner.charter import Charter
from runner.contest.ports import EntryPost, EntrySource, SourceKind
from runner.contest.seen_posts import SeenEntry
from runner.text import Phrase, mentions
from runner.value import Value

NEEDS_ANNOUNCEMENT: Final = frozenset({"reply", "repost"})
"""The ways that refer to the announcement's posts."""


class WayOfEntering(Value, kw_only=True, dict=True):
    """How people enter one contest."""

    charter: Charter
    handle: str
    """The account's."""
    announced: tuple[str, ...] = ()
    """The ids of all parts and copies of the announcement, where entries refer to it."""
    own_answers: int = 0
    """How many of ours answer one of these: X counts them among the replies."""

    @property
    def sources(self) -> tuple[EntrySource, ...]:
        """The lists that have to be read, all of them."""
        match self.charter.how:
            case "mention":
                return (self._mentions,)
            case "reply":
                others = f"-@{self.handle} -from:{self.charter.account}"
                unnamed = (f"conversation_id:{id} {others}" for id in self.announced)
                searches = (EntrySource(SourceKind.SEARCH, query) for query in unnamed)
                return (self._mentions, *searches)
            case "hashtag":
                tag = next(word for word in self._phrase.words if word.startswith("#"))
                return (EntrySource(SourceKind.SEARCH, f"{tag} -is:retweet"),)
            case _:
                return tuple(EntrySource(SourceKind.REPOSTS, id) for id in self.announced)

    @property
    def beyond_mentions(self) -> EntrySource:
        """The list that shows what the mentions show no more."""
        return EntrySource(SourceKind.SEARCH, f"@{self.handle} -is:retweet")

    def seen(self, posts: Sequence[EntryPost]) -> list[SeenEntry]:
        """The posts that are meant as entries; of others nothing is kept. In a contest by reply
        what answers something else is none, and nowhere what we post ourselves."""
        if self.charter.how == "reply":
            posts = [each for each in posts if each.conversation in self.announced]
        return [
            SeenEntry(
                user=each.user,
                post=each.post,
                handle=each.handle,
                counts=self.charter.how == "repost" or self._phrase.is_in(each.text),
                first=each.first,
            )
            for each in posts
            if each.user != self.charter.account
        ]

    def takes_alone(self, post: EntryPost) -> bool:
        """Whether a post that no list has shown can be an entry: one that mentions us where people
        enter by that; no repost."""
        if self.charter.how == "mention":
            named = {each.text[1:].casefold() for each in mentions(post.text)}
            return self.handle.casefold() in named
        return self.charter.how != "repost"

    @property
    def _mentions(self) -> EntrySource:
        return EntrySource(SourceKind.MENTIONS, self.charter.account)

    @cached_property
    def _phrase(self) -> Phrase:
        return Phrase(loads(self.charter.phrase))
