"""A post of an account's timeline on X, and whether it shows the text that was sent.

X stores NFC, trims, writes links its own way, and may put the handles of a conversation before a
reply (https://docs.x.com/fundamentals/counting-characters, read 2026-08-22).
"""

import re
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from runner.text import nfc
from runner.value import Value

# without its scheme a link begins where a word does: so no long word is read over and over
_LINK: Final = re.compile(
    r"(?:https?://|(?<![\w.-]))((?:[\w-]+\.)+[\w-]{2,})(:\d+)?([/?#]\S*)?", re.IGNORECASE
)
_NEEDLESS_SLASH: Final = re.compile(r"/(?=[?#]|\W*$)")
_HANDLES: Final = re.compile(r"(?:@\w+ )+")


class TimelinePost(Value, kw_only=True):
    """A post on the account's own timeline.

    `text` is whole: entities unescaped, every t.co link as the address it stands for, the links of
    media taken away. `at` is X's instant, from the id.
    """

    id: str
    url: str
    at: datetime
    text: str
    media: tuple[str, ...] = ()
    """Media keys."""
    repost_of: str | None = None
    """The id of the post that is shared."""
    reply_to: str | None = None
    """The id of the post that is answered."""
    earlier: tuple[str, ...] = ()
    """The ids that it had before it was edited, oldest first: an edit gives a post a new id."""
    first_at: datetime | None = None
    """When it was first posted, if it was edited since."""

    @property
    def ids(self) -> frozenset[str]:
        """Every id that it has or had."""
        return frozenset((self.id, *self.earlier))

    @property
    def begun(self) -> datetime:
        """When it was first posted, whether or not it was edited since."""
        return self.first_at or self.at


def is_same_text(sent: str, shown: str) -> bool:
    """Whether both are the same text, letter by letter, but for white space and the form of its
    characters."""
    return bool(sent.strip()) and _spaced_text(sent) == _spaced_text(shown)


def is_alike(sent: str, shown: str, *, is_reply: bool = False) -> bool:
    """Whether two texts say the same, but for the spelling of links, escapes, and the handles
    before a reply."""
    ours, theirs = _canonical(sent), _canonical(shown)
    if not ours or not theirs:
        return False
    return ours == theirs or (is_reply and (_answers(ours, theirs) or _answers(theirs, ours)))


def without_link_to(post_id: str, shown: str) -> str:
    """The text without the link to a quoted post, which X adds at the end."""
    return re.sub(rf"\s*https?://\S+/status/{re.escape(post_id)}/?\s*$", "", shown)


def _answers(short: str, long: str) -> bool:
    """Whether `long` is `short` with nothing but handles before it."""
    return long.endswith(short) and bool(_HANDLES.fullmatch(long.removesuffix(short)))


def _spaced_text(text: str) -> str:
    """The text in NFC, with one space in the place of each run of white space."""
    return " ".join(nfc(text).split())


@lru_cache(maxsize=1024)
def _canonical(text: str) -> str:
    """The form that two spellings of one text share."""
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, char)
    return _LINK.sub(_canonical_link, _spaced_text(text))


def _canonical_link(match: re.Match[str]) -> str:
    """The link without scheme and needless slash, with its host in small letters; host and path are
    decoded, since X may answer them in ASCII."""
    host, port, path = match[1].lower(), match[2] or "", match[3] or ""
    if "xn--" in host:
        with suppress(UnicodeError):  # no host, but words with a dot between
            host = host.encode("ascii").decode("idna")
    return host + port + nfc(unquote(_NEEDLESS_SLASH.sub("", path)))
