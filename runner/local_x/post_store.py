"""Every post that was ever made on the local X, and which of them stand."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from runner.local_x import text_entities
from runner.local_x.listing import PostSearch
from runner.local_x.values import Post


class PostStore:
    """Posts by id, and by all that they are listed under: `from:USER`, `#tag`, `@handle` …"""

    def __init__(self) -> None:
        self._posts: dict[str, Post] = {}
        self._listed: dict[str, list[int]] = defaultdict(list)
        self._deleted: set[str] = set()
        self._newer: dict[str, str] = {}
        self._last_said: dict[tuple[str, str], str] = {}
        self._reposts: dict[tuple[str, str], str] = {}
        self.hidden: dict[str, Literal["protected", "suspended"]] = {}
        """Whose posts nobody is shown, by user id."""
        self.hidden_replies: set[str] = set()

    def add(self, post: Post, names: Iterable[str]) -> None:
        """A new post, or the new version of the one that it names last in `earlier`; `names` are
        what it is listed under."""
        self._posts[post.id] = post
        self._newer.update(dict.fromkeys(post.earlier[-1:], post.id))
        for name in ("", *names):
            insort(self._listed[name], int(post.id))
        if post.repost_of:
            self._reposts[post.author, post.repost_of] = post.id
        else:
            self._last_said[post.author, text_entities.canonical(post.text)] = post.id

    def take_back(self, id: str) -> None:
        """A post and its versions before."""
        post = self._posts[id]
        self._deleted.update((id, *post.earlier))
        self._reposts.pop((post.author, post.repost_of or ""), None)

    def post(self, id: str) -> Post | None:
        """A post, or a version of it; None once it has been deleted."""
        return None if id in self._deleted else self._posts.get(id)

    def newest(self, id: str) -> Post:
        """The last version of a post that stands. Raises KeyError."""
        while id in self._newer:
            id = self._newer[id]
        if post := self.post(id):
            return post
        raise KeyError(id)

    def posts(self, name: str = "", below: int | None = None) -> Iterator[Post]:
        """Newest first: what is listed under a name, or all, with ids below; of edited ones the
        last version."""
        ids = self._listed.get(name, [])
        end = len(ids) if below is None else bisect_left(ids, below)
        for number in range(end - 1, -1, -1):
            id = str(ids[number])
            if id not in self._deleted and id not in self._newer:
                yield self._posts[id]

    def is_listed(self, post: Post, name: str) -> bool:
        ids = self._listed.get(name, [])
        at = bisect_left(ids, int(post.id))
        return at < len(ids) and ids[at] == int(post.id)

    def hide(self, author: str, how: Literal["protected", "suspended"] | None) -> None:
        self.hidden.pop(author, None)
        self.hidden.update({author: how} if how else {})

    def visible_posts(self, name: str, below: int | None = None) -> Iterator[Post]:
        """These posts, but for those of hidden authors."""
        return (post for post in self.posts(name, below) if post.author not in self.hidden)

    def found(self, search: PostSearch, below: int | None = None) -> Iterator[Post]:
        """What a search finds, newest first."""
        first, *others = search.wanted
        return (
            post
            for post in self.visible_posts(first, below)
            if all(self.is_listed(post, name) for name in others)
            and not any(self.is_listed(post, name) for name in search.unwanted)
        )

    def repost_count(self, id: str) -> int:
        return sum(1 for _ in self.visible_posts(f"retweets_of_tweet_id:{id}"))

    def reply_count(self, id: str) -> int:
        return sum(1 for _ in self.visible_posts(f"in_reply_to_tweet_id:{id}"))

    def knew(self, id: str) -> bool:
        """Whether there ever was such a post."""
        return id in self._posts

    def repost(self, author: str, target: str) -> Post | None:
        """The repost by which somebody shares a post."""
        id = self._reposts.get((author, target))
        return self._posts[id] if id else None

    def last_saying(self, author: str, text: str) -> Post | None:
        """The last post of somebody that says this, unless it was deleted or edited since."""
        id = self._last_said.get((author, text_entities.canonical(text)))
        return self.post(id) if id and id not in self._newer else None
