"""What may stand in a query: X refuses parameters and values that it does not know.

Source: X's OpenAPI document 2.167. The old names (`tweet.fields`, `referenced_tweets.id`) are no
longer in it, but X still takes them, and answers with the old names.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from runner.local_x.error_answers import RequestRefused, invalid
from runner.value import Value


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_POST_FIELDS: Final = _names(
    "article article_title attachments card_uri community_id context_annotations conversation_id "
    "created_at display_text_range edit_controls entities geo id lang matched_media_notes "
    "media_metadata non_public_metrics note_post note_request_suggestions organic_metrics "
    "paid_partnership possibly_sensitive promoted_metrics public_metrics reply_settings scopes "
    "source suggested_source_links suggested_source_links_with_counts text withheld"
)
_OLD_FIELDS: Final = {
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "author_id": "author_id",
    "in_reply_to_user_id": "in_reply_to_user_id",
}
_EXPANSIONS: Final = _names(
    "article.cover_media article.media_entities attachments.media_keys "
    "attachments.media_source_tweet attachments.poll_ids author_id edit_history_post_ids "
    "entities.mentions.username geo.place_id in_reply_to_user_id referenced_posts username"
)
_OLD_EXPANSIONS: Final = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets.id": "referenced_posts",
}
_USER_FIELDS: Final = _names(
    "confirmed_email connection_status created_at description entities id is_identity_verified "
    "location name parody profile_banner_url profile_image_url protected public_metrics "
    "receives_your_dm subscribes_to_you subscription subscription_type url username verified "
    "verified_followers_count verified_type withheld"
)
_MEDIA_FIELDS: Final = _names(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url "
    "promoted_metrics public_metrics type url variants width"
)
_POLL_FIELDS: Final = _names("duration_minutes end_datetime id options voting_status")
_SELECTORS: Final = _names(
    "post.fields tweet.fields expansions user.fields media.fields poll.fields place.fields"
)


class Wanted(Value):
    """Which fields a request asks for, in the new names; an expansion asks for its field, too."""

    post: frozenset[str]
    user: frozenset[str]
    media: frozenset[str]
    poll: frozenset[str]
    expansions: frozenset[str]


def wanted_fields(query: Mapping[str, str], *others: str) -> Wanted:
    """The fields that a query asks for; `others` are parameters allowed besides. Raises
    RequestRefused for an unknown parameter or field."""
    allowed = {*_SELECTORS, *others}
    for name, value in query.items():
        if name not in allowed:
            listed = ",".join(sorted(allowed))
            raise RequestRefused(
                invalid(f"The query parameter [{name}] is not one of [{listed}]", {name: [value]})
            )
    old = {*(_POST_FIELDS - {"note_post"}), *_OLD_FIELDS}
    expansions = _listed_fields(query, "expansions", {*_EXPANSIONS, *_OLD_EXPANSIONS})
    expansions = frozenset(_OLD_EXPANSIONS.get(name, name) for name in expansions)
    fields = frozenset(_OLD_FIELDS.get(f, f) for f in _listed_fields(query, "tweet.fields", old))
    return Wanted(
        post=fields
        | _listed_fields(query, "post.fields", _POST_FIELDS)
        | {name.partition(".")[0] for name in expansions},
        user=_listed_fields(query, "user.fields", _USER_FIELDS),
        media=_listed_fields(query, "media.fields", _MEDIA_FIELDS),
        poll=_listed_fields(query, "poll.fields", _POLL_FIELDS),
        expansions=expansions,
    )


def _listed_fields(
    query: Mapping[str, str], name: str, known: frozenset[str] | set[str]
) -> frozenset[str]:
    found = frozenset(query[name].split(",")) if name in query else frozenset()
    for value in sorted(found - known):
        listed = ",".join(sorted(known))
        raise RequestRefused(
            invalid(
                f"The `{name}` query parameter value [{value}] is not one of [{listed}]",
                {name: [value]},
            )
        )
    return found


def number(query: Mapping[str, str], name: str, least: int, most: int, default: int) -> int:
    """A whole number in its bounds. Raises RequestRefused."""
    value = query.get(name)
    if value is None:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise RequestRefused(
            invalid(
                f"The `{name}` query parameter value [{value}] is not between {least} and {most}",
                {name: [value]},
            )
        )
    return int(value)


def post_id(value: str, name: str = "id") -> str:
    """An id of 1 to 19 digits. Raises RequestRefused."""
    if not (value.isascii() and value.isdecimal() and len(value) <= 19):
        raise RequestRefused(
            invalid(f"The `{name}` query parameter value [{value}] is not valid", {name: [value]})
        )
    return value


def instant(query: Mapping[str, str], name: str) -> datetime | None:
    """An RFC 3339 instant with its offset. Raises RequestRefused."""
    value = query.get(name)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise RequestRefused(
            invalid(
                f"The `{name}` query parameter value [{value}] is not a valid RFC3339 date-time",
                {name: [value]},
            )
        )
    return found
