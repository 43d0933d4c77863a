"""Keys, values and kinds that nobody knows: what was probably meant, or where they belong."""

import re
from collections.abc import Collection
from enum import Enum
from typing import Final

from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import ANY
from runner.problems import Message, Suggestion, closest, joined, kebab_case, named, suggest

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
SECRET: Final = re.compile(r"(?i)token|secret|password|api.?key|access.?key|bearer|credential")
NAME: Final = "NAME"
"""What stands in a route for a name that people give."""


def unknown_key(mistake: Mistake) -> Message:
    keys = (mistake.key, *mistake.beside)
    text = f"unknown key{'s' * (len(keys) > 1)} {joined(keys)}"
    return Message("unknown-key", text, _replacement(mistake))


def _replacement(mistake: Mistake) -> str:
    it, belongs, moved = ("they", "belong", "them") if mistake.beside else ("it", "belongs", "it")
    if mistake.known_as:
        texts = [each for each in mistake.values if isinstance(each, str)]
        is_moment = mistake.known_as == "at" and len(texts) == len(mistake.values) > 1
        key = f"at: {' '.join(texts)}" if is_moment else mistake.known_as
        suggestion = Suggestion(key, ", for all of it" if mistake.beside else "")
        taken = " It is there, too: keep one of the two" if mistake.is_taken else ""
        return f"{suggestion}{taken}"
    if mistake.alternative:
        return mistake.alternative
    if SECRET.search(mistake.key):
        return "no file holds a secret: `runner doctor` says where they belong"
    if mistake.home and len(mistake.home) > 1:
        inside = ".".join(NAME if step == ANY else str(step) for step in mistake.home[:-1])
        there = "there" if mistake.home[-1] == mistake.key else f"there, as `{mistake.home[-1]}`"
        do = "keep one of the two, there" if mistake.is_taken else f"move {moved} {there}"
        return f"{it} {belongs} below `{inside}`: {do}"
    if mistake.home:
        begin = f"begin {moved} at the left edge"
        do = "keep one of the two, there" if mistake.is_taken else begin
        return f"{it} {belongs} to the file as a whole: {do}"
    if mistake.kinds:
        return f"only campaigns of kind {joined(mistake.kinds, 'or')} have {moved}"
    return f"the keys here are {in_backticks(mistake.path.known)}"


def unknown_value(mistake: Mistake) -> Message:
    schema = mistake.path.schema
    members = schema.get("expected") or schema.get("members") or ()
    return _one_of(
        "unknown-value", mistake, [_value_text(member) for member in members], mistake.key
    )


def unknown_kind(mistake: Mistake) -> Message:
    tags = [_value_text(tag) for tag in mistake.path.schema.get("choices", ())]
    return _one_of("unknown-kind", mistake, tags, mistake.key or "kind")


def no_kind(mistake: Mistake) -> Message:
    tags = [_value_text(tag) for tag in mistake.path.schema.get("choices", ())]
    key = mistake.key or "kind"
    help = f"add `{key}: {tags[0] if tags else '…'}`; it is one of {in_backticks(tags)}"
    return Message("missing-key", f"the key `{key}` is missing", help)


def _one_of(rule: str, mistake: Mistake, values: list[str], key: str) -> Message:
    if mistake.path.on_key:
        return _one_of_keys(rule, mistake, values)
    value = mistake.found
    choices = (
        f"one of {in_backticks(values)}" if len(values) > 1 else f"only {in_backticks(values)}"
    )
    if value is None:
        return Message(rule, f"`{key}` has no value", f"write {choices}")
    name = f"`{value}`" if isinstance(value, str) else named(value)
    text = f"{name} is not a value of `{key}`" if key else f"{name} is not a value here"
    near = suggest_value(value, values)
    return Message(rule, text, f"{near} It is {choices}" if near else f"write {choices}")


def _one_of_keys(rule: str, mistake: Mistake, values: list[str]) -> Message:
    parent = next((step for step in reversed(mistake.route[:-1]) if isinstance(step, str)), "")
    verb = "are" if mistake.beside else "is"
    where = f" in `{parent}`" if parent else ""
    near = suggest_value(mistake.key, values)
    help = f"{near} It is" if near else "write"
    text = f"{joined((mistake.key, *mistake.beside))} {verb} not known{where}"
    return Message(rule, text, f"{help} one of {in_backticks(values)}")


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


def in_backticks(names: Collection[str]) -> str:
    """Names in backticks, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def _value_text(member: object) -> str:
    value = member.value if isinstance(member, Enum) else member
    return str(value).lower() if isinstance(value, bool) else str(value)
