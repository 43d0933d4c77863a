"""A post as X shows it: what was said, with everything that X did to it taken back.

X escapes `& < >`, puts a t.co link in place of each address, adds one for the media, and cuts a
long text, whose whole stands in a note (https://docs.x.com/x-api/fundamentals/data-dictionary,
read 2026-08-22). Some names of fields changed with the specification 2.167, on 2026-08-07; X may
answer with the old ones or the new ones.
"""

import re
from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

from runner.reconcile import TimelinePost
from runner.x_facts import instant, post_address

Json = dict[str, JsonValue]

POST_ID: Final = re.compile(r"[1-9][0-9]{0,18}")
"""Of a post or of a user, as the ledger and all that is kept of X believe it."""
LANGUAGE: Final = re.compile("[A-Za-z-]{2,12}")
_NOTE: Final = ("note_tweet", "note_post")
_REFERENCES: Final = ("referenced_tweets", "referenced_posts")
_HISTORY: Final = ("edit_history_tweet_ids", "edit_history_post_ids")
_REPOST: Final = ("retweeted", "reposted")
_PICTURES: Final = ("pic.twitter.com/", "pic.x.com/")
_SHORT: Final = re.compile(r"https?://t\.co/", re.IGNORECASE)
_SHORT_AT_END: Final = re.compile(r"\s*https?://t\.co/[0-9A-Za-z]+\s*$")


def timeline_post(post: Json, handle: str) -> TimelinePost:
    """A post as X shows it. Raises ValueError for what is no post."""
    id, text = post.get("id"), post.get("text")
    if not (isinstance(id, str) and POST_ID.fullmatch(id) and isinstance(text, str)):
        raise ValueError("a post without its id or its text")
    referred = dict(references(post))
    media = tuple(_strings(_mapping(post.get("attachments")).get("media_keys")))
    history = (one for one in _strings(_either(post, _HISTORY)) if POST_ID.fullmatch(one))
    earlier = tuple(one for one in history if one != id)
    return TimelinePost(
        id=id,
        url=post_address(id, handle),
        at=instant(id),
        text=_whole_text(post, text, has_media=bool(media)),
        media=media,
        repost_of=next((referred[type] for type in _REPOST if type in referred), None),
        reply_to=referred.get("replied_to"),
        earlier=earlier,
        first_at=instant(earlier[0]) if earlier else None,
    )


def matching(pattern: re.Pattern[str], value: JsonValue) -> str | None:
    """The value, where it is a text that is written so."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else None


def references(post: Json) -> Iterator[tuple[str, str]]:
    """How it refers to other posts, and their ids."""
    for each in _mappings(_either(post, _REFERENCES)):
        type, id = each.get("type"), each.get("id")
        if isinstance(type, str) and isinstance(id, str) and POST_ID.fullmatch(id):
            yield type, id


def links(one: Json) -> Iterator[tuple[str, str]]:
    """Each t.co link of a post, or of its note, with the address that was written; nothing, where
    it stands for media."""
    for link in _mappings(_mapping(one.get("entities")).get("urls")):
        short, written, final, display = (
            value if isinstance(value := link.get(name), str) else ""
            for name in ("url", "expanded_url", "unwound_url", "display_url")
        )
        if not short:
            continue
        if "media_key" in link or display.startswith(_PICTURES):
            yield short, ""
        else:
            # where the redirects end tells what was written only if nothing else does
            shortened = not written or _SHORT.match(written)
            yield short, (final or written or short) if shortened else written


def hashtags(one: Json) -> Iterator[str]:
    """The hashtags of a post, or of its note, in small letters and without #."""
    for each in _mappings(_mapping(one.get("entities")).get("hashtags")):
        if isinstance(tag := each.get("tag"), str):
            yield tag.casefold()


def count_in(metrics: JsonValue, *names: str) -> int | None:
    """What X counts under the first of these names that has a number; None where none has."""
    counts = (_mapping(metrics).get(name) for name in names)
    return next((each for each in counts if type(each) is int and each >= 0), None)


def _whole_text(post: Json, text: str, *, has_media: bool) -> str:
    note = _mapping(_either(post, _NOTE))
    written = dict(link for one in (post, note) for link in links(one))
    whole = note.get("text")
    said = _unescaped_text(whole if isinstance(whole, str) and whole else text)
    if written:
        # the longest first: one may begin like another
        known = "|".join(re.escape(short) for short in sorted(written, key=len, reverse=True))
        said = re.sub(known, lambda match: written[match[0]], said)
    if has_media and "" not in written.values():
        said = _SHORT_AT_END.sub("", said)
    return said.strip()


def _unescaped_text(text: str) -> str:
    """The text without X's three entities; `html.unescape` knows hundreds, and sees one in
    `?a=1&copy=2`."""
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _either(post: Json, names: tuple[str, str]) -> JsonValue:
    return next((value for name in names if (value := post.get(name))), None)


def _mapping(value: JsonValue) -> Json:
    return value if isinstance(value, dict) else {}


def _mappings(value: JsonValue) -> Iterator[Json]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _strings(value: JsonValue) -> Iterator[str]:
    yield from (one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
