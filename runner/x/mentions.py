"""Reading what mentions an account: 800 posts back, and no further."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from runner.contest.ports import Mention, MentionsRead, NotRead
from runner.publish.ports import Release
from runner.x.auth import base_url, credentials
from runner.x.call import Caller, Request
from runner.x.client import Client
from runner.x.posts import POST_ID, Json, timeline_post
from runner.x.publisher import identity_in
from runner.x.timeline import ReadFailed, objects_in, pages, since_id_of

REACH: Final = 800
"""Posts (https://docs.x.com/x-api/posts/timelines/integrate)."""
_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "tweet.fields": "attachments,author_id,conversation_id,entities,note_tweet",
        "expansions": "author_id",
    },
    {
        "post.fields": "attachments,conversation_id,entities,note_post",
        "expansions": "author_id",
    },
)


class XMentions:
    """Satisfies `runner.contest.ports.MentionReader` for the user of this id."""

    def __init__(self, caller: Caller, user_id: str) -> None:
        self._caller = caller
        self._user_id = user_id

    def mentions(self, since: datetime) -> MentionsRead | NotRead:
        """GET /2/users/{id}/mentions, all pages, once X has said that it is this user who asks."""
        me = identity_in(self._caller.call(Request(method="GET", route="/2/users/me")))
        if isinstance(me, Release):
            return NotRead(because=me.because, help=me.help)
        if me.user_id != self._user_id:
            return NotRead(
                because=f"the credentials are of the user {me.user_id}, and the contest was "
                f"announced with the user {self._user_id}",
                help="give the credentials of the account that announced it",
            )
        route = f"/2/users/{me.user_id}/mentions"
        found: dict[str, Mention] = {}
        try:
            for told in pages(self._caller, route, since_id_of(since), _DIALECTS):
                handles = _handles(told)
                for post in objects_in(told, "data"):
                    one = _mention(post, handles)
                    found[one.post] = one
        except ReadFailed as failed:
            return NotRead(because=failed.unreadable.because, help=failed.unreadable.help)
        except ValueError as odd:
            return NotRead(because=f"what X says of the mentions holds {odd}")
        ordered = sorted(found.values(), key=lambda one: int(one.post))
        return MentionsRead(mentions=tuple(ordered), is_whole=len(ordered) < REACH)


def mention_reader(
    account: str,
    user_id: str,
    environ: Mapping[str, str],
    *,
    only_account: bool,
    abandoned: Callable[[], bool] = lambda: False,
) -> XMentions:
    """What reads the mentions of an account of the project. Raises Refused and BadUsage as
    `publisher_for` does."""
    who = credentials(account, environ, only_account=only_account)
    return XMentions(Client(who, base_url(environ), abandoned=abandoned), user_id)


def _handles(told: Json) -> dict[str, str]:
    """The handles of the authors on a page, by user id."""
    includes = told.get("includes")
    users = objects_in(includes, "users") if isinstance(includes, dict) else []
    return {str(user.get("id")): str(user.get("username")) for user in users}


def _mention(post: Json, handles: Mapping[str, str]) -> Mention:
    """Raises ValueError for what is no post, or lacks its author."""
    author, conversation = post.get("author_id"), post.get("conversation_id")
    if not (isinstance(author, str) and POST_ID.fullmatch(author) and author in handles):
        raise ValueError("a post without its author")
    whole = timeline_post(post, handles[author])
    return Mention(
        post=whole.id,
        user=author,
        handle=handles[author],
        text=whole.text,
        conversation=conversation if isinstance(conversation, str) else whole.id,
    )
