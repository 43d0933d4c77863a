"""What people probably meant by a key or a value that nobody knows."""

import re
from collections.abc import Collection
from typing import Final

from runner.problems import Suggestion, closest, suggest

# Keys that people bring from other tools; the first that is a key here is meant.
KEYS_ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("when", "schedule", "scheduled", "date", "datetime"), ("at", "every")),
    **dict.fromkeys(("time", "times", "hour", "hours", "slot"), ("at", "slots")),
    **dict.fromkeys(("weekdays", "weekday", "on"), ("days",)),
    **dict.fromkeys(("day",), ("days", "at", "every")),
    **dict.fromkeys(("publish-at", "send-at", "post-at", "scheduled-at"), ("at",)),
    **dict.fromkeys(("repeat", "repeats", "recurrence", "frequency", "cron"), ("every",)),
    **dict.fromkeys(("interval", "weekly", "daily"), ("every",)),
    **dict.fromkeys(("tz", "zone", "time-zone"), ("timezone",)),
    **dict.fromkeys(("image", "images", "picture", "pictures", "photo"), ("media", "file")),
    **dict.fromkeys(("photos", "video", "videos", "attachment"), ("media", "file")),
    **dict.fromkeys(("attachments", "gif"), ("media", "file")),
    **dict.fromkeys(("path", "src", "source", "filename"), ("file", "template")),
    **dict.fromkeys(("tweet", "message", "content", "body", "status"), ("text",)),
    **dict.fromkeys(("caption", "copy"), ("text", "alt")),
    **dict.fromkeys(("alt-text", "alternative-text"), ("alt",)),
    **dict.fromkeys(("description",), ("alt", "title", "text")),
    **dict.fromkeys(("tweets", "messages", "schedule-posts"), ("posts", "thread")),
    **dict.fromkeys(("parts",), ("thread",)),
    **dict.fromkeys(("question",), ("text",)),
    **dict.fromkeys(("retweet", "share", "quote"), ("repost",)),
    **dict.fromkeys(("in-reply-to", "reply", "replies-to"), ("reply-to",)),
    **dict.fromkeys(("answers", "choices"), ("options", "poll")),
    **dict.fromkeys(("url", "href", "landing-page"), ("link", "url")),
    **dict.fromkeys(("name", "headline"), ("title", "name")),
    **dict.fromkeys(("title",), ("name",)),
    **dict.fromkeys(("tags", "hashtag", "tag"), ("hashtags",)),
    **dict.fromkeys(("lang", "language"), ("locale",)),
    **dict.fromkeys(("variables", "variable", "data", "params"), ("vars",)),
    **dict.fromkeys(("type", "category"), ("kind",)),
    **dict.fromkeys(("user", "username", "profile", "from"), ("account", "handle")),
    **dict.fromkeys(("start", "begin", "begins", "from"), ("starts", "opens", "launches")),
    **dict.fromkeys(("end", "finish", "deadline"), ("ends", "closes", "until")),
    **dict.fromkeys(("open",), ("opens",)),
    **dict.fromkeys(("close",), ("closes",)),
    **dict.fromkeys(("paused", "disabled", "pause", "disable"), ("hold", "draft")),
    **dict.fromkeys(("cost", "amount"), ("price", "budget")),
    **dict.fromkeys(("discount",), ("percent", "offer")),
    **dict.fromkeys(("coupon", "voucher"), ("code", "offer")),
}

# Values that people bring from elsewhere; the first that is a value there is meant.
VALUES_ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("giveaway", "raffle", "competition", "sweepstake", "draw"), ("contest",)),
    **dict.fromkeys(("release", "drop", "product", "product-launch", "announcement"), ("launch",)),
    **dict.fromkeys(("sponsored", "sponsor", "collab", "collaboration"), ("partner", "paid")),
    **dict.fromkeys(("partnership", "influencer", "ad"), ("partner", "paid")),
    **dict.fromkeys(("tips", "regular", "recurring", "evergreen", "content"), ("series",)),
    **dict.fromkeys(("reposts", "retweets", "shares", "curated"), ("curation",)),
    **dict.fromkeys(("retweet", "share"), ("repost",)),
    **dict.fromkeys(("comment", "answer", "replies"), ("reply",)),
    **dict.fromkeys(("tag", "tags"), ("hashtag", "mention")),
    **dict.fromkeys(("gift", "gifts", "sample", "free"), ("gifted", "pay-per-use")),
    **dict.fromkeys(("commission",), ("affiliate",)),
    **dict.fromkeys(("basic", "pro", "payg"), ("pay-per-use",)),
    **dict.fromkeys(("random", "mixed"), ("shuffle",)),
    **dict.fromkeys(("sequential", "in-order", "list"), ("file",)),
    **{
        name: (name[:3],)
        for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    },
    **dict.fromkeys(("folder", "local", "disk", "file"), ("files",)),
    **dict.fromkeys(("branch", "github"), ("git",)),
}


def known_key(key: str, known: Collection[str], *, guess: bool = True) -> str | None:
    """The known key that an unknown one stands for, or None; a `guess` goes by its letters, too."""
    name = kebab_case(key)
    if name in known:
        return name
    brought = next((word for word in KEYS_ELSEWHERE.get(name, ()) if word in known), None)
    return brought or (closest(name, known) if guess else None)


def suggest_value(value: object, known: Collection[str]) -> Suggestion | None:
    """The known value that was probably meant."""
    if not isinstance(value, str):
        return None
    word = value.strip().lower().replace("_", "-").replace(" ", "-")
    brought = next((each for each in VALUES_ELSEWHERE.get(word, ()) if each in known), None)
    return Suggestion(brought) if brought else suggest(word, known)


def kebab_case(key: str) -> str:
    """A key as our keys are written."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", key.strip())
    return spaced.replace("_", "-").replace(" ", "-").lower()


def in_backticks(names: Collection[str]) -> str:
    """Names in backticks, with commas."""
    return ", ".join(f"`{name}`" for name in names)
