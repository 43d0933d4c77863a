"""The media of the local X: what a file is, how it is uploaded in one piece or in many, its life.

Limits: docs.x.com/x-api/media/quickstart/best-practices; an id is good for 24 hours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from runner.local_x.accounts import LocalAccount
from runner.local_x.error_answers import RequestRefused, invalid, plain
from runner.local_x.values import Media, MediaKept
from runner.value import replace
from runner.x_facts import SnowflakeIds

LIFETIME: Final = timedelta(hours=24)
_MEBI: Final = 1024 * 1024
_LIMITS: Final[Mapping[str, int]] = {"image": 5 * _MEBI, "gif": 15 * _MEBI, "video": 512 * _MEBI}
_KEYS: Final[Mapping[str, str]] = {"image": "3", "gif": "16", "video": "7"}
_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "image": frozenset({"image/jpeg", "image/png", "image/webp", "image/bmp", "image/tiff"}),
    "gif": frozenset({"image/gif"}),
    "video": frozenset({"video/mp4", "video/quicktime", "video/webm"}),
}
_SIGNS: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
)
CHECKS: Final = 2
"""How often the state of a film or a moving GIF is asked for until it has been processed."""


def true_type(data: bytes) -> str | None:
    """What a file is by its first bytes, whatever it is called."""
    return next((type for at, sign, type in _SIGNS if data[at : at + len(sign)] == sign), None)


def kind_of(category: str) -> str:
    """The kind of a media category such as `tweet_image`: `image`, `gif` or `video`."""
    return category.rpartition("_")[2]


def _category(type: str | None) -> str:
    kinds = (kind for kind, types in _TYPES.items() if type in types)
    return f"tweet_{next(kinds, 'image')}"


@dataclass(slots=True)
class UploadSession:
    """An upload in pieces that is not finalized; a restart loses it, as nothing is promised."""

    id: str
    owner: str
    category: str
    type: str | None
    total: int | None
    at: datetime
    segments: dict[int, bytes] = field(default_factory=dict)


class MediaStore:
    """Every file that was uploaded. `keep` writes an event to the journal and applies it."""

    def __init__(
        self,
        *,
        ids: SnowflakeIds,
        keep: Callable[[MediaKept], None],
        store: Callable[[str, bytes], None],
    ) -> None:
        self._ids, self._keep, self._store = ids, keep, store
        self._media: dict[str, Media] = {}
        self._sessions: dict[str, UploadSession] = {}

    def apply(self, event: MediaKept) -> None:
        """Has what was kept, be it by a run before this one."""
        self._media[event.media.id] = event.media
        self._ids.skip_past(event.media.id)

    def get(self, id: str) -> Media | None:
        return self._media.get(id)

    def begin(
        self,
        owner: LocalAccount,
        at: datetime,
        *,
        category: str | None,
        type: str | None,
        total: int | None,
    ) -> UploadSession:
        """Opens an upload in pieces. Without a category it follows from the type."""
        category = category or _category(type)
        session = UploadSession(self._ids.next(at), owner.person.user_id, category, type, total, at)
        self._sessions[session.id] = session
        return session

    def append(
        self, owner: LocalAccount, id: str, index: int, data: bytes, at: datetime
    ) -> UploadSession:
        session = self._session(owner, id, at)
        session.segments[index] = data
        return session

    def finalize(self, owner: LocalAccount, id: str, at: datetime) -> Media:
        if id not in self._sessions and id in self._media:
            return self.media_of(owner, id, at)
        session = self._session(owner, id, at)
        data = b"".join(session.segments[index] for index in sorted(session.segments))
        complete = sorted(session.segments) == list(range(len(session.segments)))
        if not complete or session.total not in (None, len(data)):
            raise RequestRefused(invalid("Segments do not add up to provided total file size."))
        if session.type and session.type not in (true_type(data), "image/pjpeg"):
            raise RequestRefused(
                invalid("media type unrecognized.", {"media_type": [session.type]})
            )
        media = self.add(owner, session.category, data, at, id=id)
        del self._sessions[id]
        return media

    def add(
        self,
        owner: LocalAccount,
        category: str,
        data: bytes,
        at: datetime,
        *,
        id: str | None = None,
    ) -> Media:
        """Checks a whole file and keeps it. Images are ready at once; the rest is processed."""
        kind = kind_of(category)
        if kind not in _TYPES:
            raise RequestRefused(invalid(f"media_category: the local X does not take {category}"))
        type = true_type(data)
        if type is None or type not in _TYPES[kind]:
            raise RequestRefused(
                invalid("media type unrecognized.", {"media_category": [category]})
            )
        if len(data) > _LIMITS[kind]:
            raise RequestRefused(plain(413))
        id = id or self._ids.next(at)
        media = Media(
            id=id,
            key=f"{_KEYS[kind]}_{id}",
            owner=owner.person.user_id,
            at=at,
            type=type,
            category=category,
            size=len(data),
            checks=0 if kind == "image" else CHECKS,
        )
        self._store(id, data)
        self._keep(MediaKept(media=media))
        return media

    def hang(self, owner: str, kind: Literal["photo", "video"], at: datetime) -> Media:
        """A stranger's file, of which nobody here has the bytes; `owner` is their user's id."""
        id, name = self._ids.next(at), "image" if kind == "photo" else "video"
        type = "image/jpeg" if kind == "photo" else "video/mp4"
        key, category = f"{_KEYS[name]}_{id}", f"tweet_{name}"
        media = Media(id=id, key=key, owner=owner, at=at, type=type, category=category, size=0)
        self._keep(MediaKept(media=media))
        return media

    def check(self, owner: LocalAccount, id: str, at: datetime) -> Media:
        """The state of a file, one step further on. (A clock that stands still would never be
        done.)"""
        media = self.media_of(owner, id, at)
        if media.checks:
            media = replace(media, checks=media.checks - 1)
            self._keep(MediaKept(media=media))
        return media

    def describe(self, owner: LocalAccount, id: str, alt: str | None, at: datetime) -> Media:
        media = replace(self.media_of(owner, id, at), alt=alt)
        self._keep(MediaKept(media=media))
        return media

    def media_of(self, owner: LocalAccount, id: str, at: datetime) -> Media:
        """Raises RequestRefused (404) for what is another's, has expired, or never was."""
        media = self._media.get(id)
        if not media or media.owner != owner.person.user_id or at - media.at > LIFETIME:
            raise RequestRefused(plain(404))
        return media

    def _session(self, owner: LocalAccount, id: str, at: datetime) -> UploadSession:
        session = self._sessions.get(id)
        if not session or session.owner != owner.person.user_id or at - session.at > LIFETIME:
            raise RequestRefused(plain(404))
        return session
