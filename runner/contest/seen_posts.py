"""The posts that were seen of a contest, in a table in memory: a million take 100 MB."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from sqlite3 import connect
from typing import Final, NamedTuple

_TABLE: Final = """
create table posts (
  user integer not null,
  post integer not null unique,
  handle text not null,
  counts integer not null,
  first integer primary key,
  looked_at real not null,
  is_gone integer not null default 0
)
"""
_OF_FIRST: Final = "select user, post, handle, counts, first from posts where first = ?"
_OF_POST: Final = "select user, post, handle, counts, first from posts where post = ?"
_HANDLE: Final = (
    "select handle from posts where user = ? order by looked_at desc, post desc limit 1"
)
_STANDING: Final = (
    "select user, post, handle, counts, first from posts where is_gone = 0 order by post"
)


class SeenEntry(NamedTuple):
    """A post that may be an entry, as it was read: of an edited one, that version."""

    user: str
    post: str
    handle: str
    counts: bool
    """Whether it says what an entry has to say, where it has to."""
    first: str
    """The id of its first version."""


class SeenPosts:
    """Each post in its newest version, and when X has shown it last."""

    def __init__(self) -> None:
        self._table = connect(":memory:", isolation_level=None)
        self._table.execute("pragma journal_mode = off")
        self._table.execute(_TABLE)

    def take(self, entries: Iterable[SeenEntry], at: datetime) -> None:
        """X has shown these then, which are new, or changed."""
        shown = at.timestamp()
        rows = (
            (int(each.user), int(each.post), each.handle, each.counts, int(each.first), shown)
            for each in entries
        )
        self._table.executemany("insert or replace into posts values (?, ?, ?, ?, ?, ?, 0)", rows)

    def look_at(self, posts: Iterable[str], at: datetime) -> None:
        """Notes that X was asked for these posts then, and shows them again."""
        rows = ((at.timestamp(), int(post)) for post in posts)
        self._table.executemany("update posts set looked_at = ?, is_gone = 0 where post = ?", rows)

    def lose(self, firsts: Iterable[str]) -> None:
        """Notes that X shows these posts no more; their first versions name them."""
        rows = ((int(first),) for first in firsts)
        self._table.executemany("update posts set is_gone = 1 where first = ?", rows)

    def still_shown(self) -> Iterator[SeenEntry]:
        """The posts that X shows, as far as is known, oldest first."""
        return map(_entry, self._table.execute(_STANDING))

    def of_first(self, first: str) -> SeenEntry | None:
        """The newest version of a post, whether or not X still shows it."""
        return self._one(_OF_FIRST, first)

    def of_post(self, post: str) -> SeenEntry | None:
        """A post by the id of its newest version."""
        return self._one(_OF_POST, post)

    def is_looked_at_since(self, post: str, moment: datetime) -> bool:
        """Whether X was asked for a version then or later."""
        query = "select 1 from posts where post = ? and looked_at >= ?"
        return self._table.execute(query, (int(post), moment.timestamp())).fetchone() is not None

    def handles(self, users: Iterable[str]) -> dict[str, str]:
        """What these people were called last, by user id; also of those who are gone."""
        asked = ((user, self._table.execute(_HANDLE, (int(user),)).fetchone()) for user in users)
        return {user: row[0] for user, row in asked if row}

    @property
    def seen_count(self) -> int:
        return self._count("select count(*) from posts")

    @property
    def deleted_count(self) -> int:
        return self._count("select count(*) from posts where is_gone = 1")

    def _one(self, query: str, id: str) -> SeenEntry | None:
        row = self._table.execute(query, (int(id),)).fetchone()
        return _entry(row) if row else None

    def _count(self, query: str) -> int:
        (found,) = self._table.execute(query).fetchone()
        return int(found)


def _entry(row: tuple[int, int, str, int, int]) -> SeenEntry:
    user, post, handle, counts, first = row
    return SeenEntry(str(user), str(post), handle, bool(counts), str(first))
