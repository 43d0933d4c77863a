"""X's lists of posts, page by page, and answers about posts by their ids.

Half a list is worse than none. So whatever is not certainly whole fails: any answer but a 200 whose
`meta.result_count` is the number of its posts, errors beside the posts, and more pages than a list
has.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from pydantic import JsonValue

from runner.publish import Release, Unreadable
from runner.reading import NotRead
from runner.value import Value
from runner.x.answers import content, is_page, quoting, refusal, trouble
from runner.x.answers import one_line as on_one_line
from runner.x.call import ApiReply, Caller, Request, Silence
from runner.x.posts import POST_ID, Json, references
from runner.x_facts import X_EPOCH

_EMPTY_PAGES: Final = 64
"""X may show nothing on a page and go on with the next one."""
_MISSING: Final = ("resource-not-found", "not-authorized-for-resource")


class ReadFailed(Exception):
    """Carries what stands in the way out of the pages, and the status of X's answer, if any."""

    def __init__(self, unreadable: Unreadable, status: int | None = None) -> None:
        super().__init__(unreadable.because)
        self.unreadable = unreadable
        self.status = status

    @property
    def not_read(self) -> NotRead:
        """The failure as readers tell it, who may ask again."""
        told = self.unreadable
        return NotRead(because=told.because, help=told.help, again_at=told.retry_at)


class ListedPage(Value, kw_only=True):
    """A page as X answered it, the token of the next one, and the names of fields that X took."""

    told: Json
    following: str | None
    dialects: tuple[Mapping[str, str], ...]


def page_of(
    caller: Caller,
    route: str,
    params: Mapping[str, str],
    dialects: tuple[Mapping[str, str], ...],
    *,
    forgives: Callable[[Json], bool] = lambda _: False,
) -> ListedPage:
    """One page of a list of posts. Raises ReadFailed for anything that is not certainly whole; an
    error that X tells beside the posts may be forgiven."""
    told, dialects = told_by_names(caller, route, params, dialects)
    posts = objects_in(told, "data")
    meta = told.get("meta")
    count = meta.get("result_count") if isinstance(meta, dict) else None
    if isinstance(count, bool) or count != len(posts):
        raise ReadFailed(Unreadable(because="X's timeline does not say how many posts it shows"))
    _check_errors([each for each in objects_in(told, "errors") if not forgives(each)], posts)
    following = meta.get("next_token") if isinstance(meta, dict) else None
    is_token = isinstance(following, str) and following != params.get("pagination_token")
    if not (following is None or is_token):
        raise ReadFailed(Unreadable(because="X's timeline does not say where it goes on"))
    return ListedPage(told=told, following=str(following) if is_token else None, dialects=dialects)


def page_between(
    caller: Caller,
    route: str,
    params: Mapping[str, str],
    dialects: tuple[Mapping[str, str], ...],
    *,
    forgives: Callable[[Json], bool] = lambda _: False,
) -> ListedPage:
    """The first page of a part of a list that shows anything, or its last one. Raises
    ReadFailed."""
    for _ in range(_EMPTY_PAGES):
        page = page_of(caller, route, params, dialects, forgives=forgives)
        if page.following is None or objects_in(page.told, "data"):
            return page
        params, dialects = {**params, "pagination_token": page.following}, page.dialects
    raise ReadFailed(Unreadable(because="X's timeline has no end"))


def bounds(since: int, until: int, size: int) -> dict[str, str]:
    """What asks for the newest posts from the post `since` up to the post `until`, that one not
    included."""
    since_id = str(max(since - 1, 1))
    return {"since_id": since_id, "until_id": str(until), "max_results": str(size)}


def ids_on(page: ListedPage) -> list[int]:
    """The ids of the posts on a page. Raises ReadFailed where one has none."""
    ids = [post.get("id") for post in objects_in(page.told, "data")]
    found = [int(id) for id in ids if isinstance(id, str) and POST_ID.fullmatch(id)]
    if len(found) < len(ids):
        raise ReadFailed(Unreadable(because="X's timeline holds a post without its id"))
    return found


def oldest_on(page: ListedPage, since: int) -> int:
    """The post from which on a page that was asked for with `bounds` holds all. Raises
    ReadFailed."""
    ids = ids_on(page)
    return min(ids) if page.following and ids else since


def not_shown(told: Json, ids: Collection[str]) -> frozenset[str]:
    """The posts that an answer says X does not show. Raises ReadFailed unless it tells of each."""
    gone = {
        subject_of(error)
        for error in objects_in(told, "errors")
        if str(error.get("type")).rstrip("/").endswith(_MISSING)
    }
    there = {str(post.get("id")) for post in objects_in(told, "data")}
    if not set(ids) <= gone | there:
        raise ReadFailed(Unreadable(because="X does not tell of each post whether it is there"))
    return frozenset(id for id in ids if id in gone)


def subject_of(error: Json) -> str | None:
    """The id of what X could not show; None where the error names none."""
    named = error.get("resource_id", error.get("value"))
    return named if isinstance(named, str) else None


def told_by_names(
    caller: Caller, route: str, params: Mapping[str, str], dialects: tuple[Mapping[str, str], ...]
) -> tuple[Json, tuple[Mapping[str, str], ...]]:
    """X's answer by the first of these names of fields that it takes, and those from them on.
    Raises ReadFailed."""
    answer = caller.call(Request(method="GET", route=route, params={**params, **dialects[0]}))
    if len(dialects) > 1 and _refuses_names(answer, dialects[0]):
        return told_by_names(caller, route, params, dialects[1:])
    return whole_answer(answer), dialects


def _refuses_names(answer: ApiReply | Silence, dialect: Mapping[str, str]) -> bool:
    return (
        isinstance(answer, ApiReply)
        and answer.status == 400
        and any(name.encode() in answer.body for name in dialect)
    )


def whole_answer(answer: ApiReply | Silence) -> Json:
    """The JSON of a 200; anything else can't be read."""
    if isinstance(answer, ApiReply) and answer.status == 200 and not is_page(answer):
        told = content(answer)
        if told is not None:
            return told
        raise ReadFailed(Unreadable(because="X's answer is cut off, or no JSON"))
    refused = refusal(answer)
    if isinstance(refused, Release):
        raise ReadFailed(
            Unreadable(
                because=refused.because,
                help=refused.help,
                stop=refused.stop,
                retry_at=refused.retry_at,
            )
        )
    status = answer.status if isinstance(answer, ApiReply) else None
    raise ReadFailed(Unreadable(because=trouble(answer)), status)


def _check_errors(errors: list[Json], posts: Iterable[Json]) -> None:
    """X may say beside the posts that one which they answer or share is not there any more, or that
    it does not show their authors."""
    referred = {id for post in posts for _, id in references(post)}
    referred |= {author for post in posts if isinstance(author := post.get("author_id"), str)}
    for error in errors:
        if subject_of(error) not in referred:
            raise ReadFailed(Unreadable(because=because_of([error])))


def because_of(errors: list[Json]) -> str:
    details = (detail for error in errors if isinstance(detail := error.get("detail"), str))
    return quoting("X does not show all of the posts", on_one_line(next(details, "")))


def since_id_of(since: datetime) -> int:
    """The greatest id from before: an id holds its millisecond above 22 bits."""
    return max(((since - X_EPOCH) // timedelta(milliseconds=1) << 22) - 1, 1)


def handles_in(told: Json) -> dict[str, str]:
    """The handles of those who speak in an answer, as far as it tells, by user id. Raises
    ReadFailed."""
    includes = told.get("includes")
    users = objects_in(includes, "users") if isinstance(includes, dict) else []
    pairs = ((user.get("id"), user.get("username")) for user in users)
    return {id: name for id, name in pairs if isinstance(id, str) and isinstance(name, str)}


def objects_in(told: Json, name: str) -> list[Json]:
    """A list of objects, empty where there is none."""
    value: JsonValue = told.get(name, [])
    if isinstance(value, list):
        listed = [one for one in value if isinstance(one, dict)]
        if len(listed) == len(value):
            return listed
    raise ReadFailed(Unreadable(because=f"X's `{name}` is no list of objects"))
