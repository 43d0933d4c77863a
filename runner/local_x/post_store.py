"""Every post that was ever made on the local X, and which of them stand."""

from collections import defaultdict
from collections.abc import Iterator

from runner.local_x import text_entities
from runner.local_x.values import Post


class PostStore:
    """Posts by id, by author, and by what they say or share."""

    def __init__(self) -> None:
        self._posts: dict[str, Post] = {}
        self._by_author: dict[str, list[str]] = defaultdict(list)
        self._deleted: set[str] = set()
        self._newer: dict[str, str] = {}
        self._last_said: dict[tuple[str, str], str] = {}
        self._reposts: dict[tuple[str, str], str] = {}

    def add(self, post: Post) -> None:
        """A new post, or the new version of the one that it names last in `earlier`."""
        self._posts[post.id] = post
        self._newer.update(dict.fromkeys(post.earlier[-1:], post.id))
        self._by_author[post.author].append(post.id)
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

    def posts(self, user_id: str | None = None) -> Iterator[Post]:
        """Newest first: one person's posts, or everybody's; of edited ones the last version."""
        ids = reversed(self._posts) if user_id is None else reversed(self._by_author[user_id])
        gone = self._deleted | self._newer.keys()
        return (self._posts[id] for id in ids if id not in gone)

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
