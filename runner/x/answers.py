"""What X's answer to a create call means: it is out, provably not out, refused, or nobody knows."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pydantic import JsonValue

from runner.publish.ports import AnswerOfX, Doubt, Receipt, Rejection, Release
from runner.snowflakes import instant
from runner.x.call import ApiReply, Silence
from runner.x.kinds import Means, RefusalKind
from runner.x.problem import content, is_page, problem, quoting

_ID = re.compile(r"[0-9]{1,19}")
_TRACE = re.compile(r"[0-9A-Za-z-]{1,64}")
_EPOCH_SECONDS = re.compile(r"[0-9]{1,11}")


def answer_to_create(answer: ApiReply | Silence, handle: str) -> AnswerOfX:
    """What the answer to POST /2/tweets means."""
    if isinstance(answer, ApiReply) and 200 <= answer.status < 300 and (id := _post_id(answer)):
        return Receipt(id=id, url=f"https://x.com/{handle}/status/{id}", at=instant(id))
    return refusal(answer)


def answer_to_repost(answer: ApiReply | Silence, post_id: str, asked_at: datetime) -> AnswerOfX:
    """What the answer to POST /2/users/{id}/retweets means, which has no id of its own: X's clock
    says when."""
    url = f"https://x.com/i/web/status/{post_id}"
    receipt = Receipt(id=post_id, url=url, at=server_time(answer) or asked_at)
    if isinstance(answer, Silence):
        return refusal(answer)
    data = _data(answer)
    if 200 <= answer.status < 300 and True in (data.get("retweeted"), data.get("reposted")):
        return receipt
    told = problem(answer)
    kind = told.kind()
    if kind and kind.means is Means.OUT_ALREADY and not is_page(answer):
        return receipt
    if answer.status in (200, 404) and "resource-not-found" in told.types:
        return Rejection(
            because=quoting("the post to repost is not there any more", told.said),
            help="take it out of the campaign, or name another",
        )
    return refusal(answer)


def refusal(answer: ApiReply | Silence) -> Release | Rejection | Doubt:
    """What an answer means that is not the one hoped for."""
    if isinstance(answer, Silence) and not answer.sent:
        return Release(
            because=f"{trouble(answer)}, so nothing was sent",
            help="check the network of the machine that runs it; the post stays due",
        )
    if isinstance(answer, ApiReply) and 400 <= answer.status < 500 and not is_page(answer):
        told = problem(answer)
        if kind := told.kind():
            return _refusal_in(kind, told.said, answer)
    return Doubt(because=f"{trouble(answer)}, so the post may be out")


def trouble(answer: ApiReply | Silence) -> str:
    """What went wrong, in half a sentence, where X's answer does not tell what it did."""
    if isinstance(answer, Silence):
        if not answer.sent:
            return "X could not be reached in time" if answer.late else "X could not be reached"
        return "X did not answer in time" if answer.late else "the connection to X broke"
    if is_page(answer):
        return f"a web page answered in place of X ({answer.status})"
    if 200 <= answer.status < 300:
        what = f"X answered {answer.status} without an id"
    elif 300 <= answer.status < 400:
        what = f"X answered {answer.status}, a redirect, which is never followed"
    else:
        what = f"X answered {answer.status}"
    trace = answer.headers.get("x-transaction-id", "")
    ref = f", transaction {trace}" if _TRACE.fullmatch(trace) else ""
    return quoting(what + ref, problem(answer).said)


def _refusal_in(kind: RefusalKind, said: str, reply: ApiReply) -> Release | Rejection | Doubt:
    because = quoting(kind.because, said)
    match kind.means:
        case Means.STOP:
            return Release(because=because, stop=True, help=kind.help)
        case Means.NOT_NOW:
            return Release(because=because, retry_at=retry_at(reply), help=kind.help)
        case Means.NEVER:
            return Rejection(because=because, help=kind.help, unsaid=kind.unsaid)
        case Means.DUPLICATE:
            return Rejection(because=because, help=kind.help, duplicate=True)
        case Means.OUT_ALREADY:
            return Doubt(because=because)


def is_duplicate(answer: AnswerOfX) -> bool:
    """Whether X refused it because the account has posted the same text: perhaps this very post, in
    an attempt that is still in doubt."""
    return isinstance(answer, Rejection) and answer.duplicate


def server_time(answer: ApiReply | Silence) -> datetime | None:
    """X's own clock, from the header `Date`."""
    if isinstance(answer, Silence):
        return None
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def retry_at(reply: ApiReply) -> datetime | None:
    """When X takes requests again: of the limits that are used up, the one that ends last.

    `x-rate-limit-*` (https://docs.x.com/x-api/fundamentals/rate-limits, read 2026-07-24); those of
    24 hours are undocumented.
    """
    limits = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
    used_up = [name for name in limits if reply.headers.get(f"{name}-remaining") == "0"]
    for names in (used_up, limits[:1], limits[1:]):
        resets = [reply.headers.get(f"{name}-reset", "") for name in names]
        if known := [int(reset) for reset in resets if _EPOCH_SECONDS.fullmatch(reset)]:
            return datetime.fromtimestamp(max(known), UTC)
    return None


def _post_id(reply: ApiReply) -> str | None:
    """`data.id`; an edit's history, of which X has changed the name, holds it too."""
    data = _data(reply)
    found: list[JsonValue] = [data.get("id")]
    for name in ("edit_history_post_ids", "edit_history_tweet_ids"):
        history = data.get(name)
        found += history[-1:] if isinstance(history, list) else []
    ids = (id for id in found if isinstance(id, str) and _ID.fullmatch(id))
    return next(ids, None)


def _data(reply: ApiReply) -> dict[str, JsonValue]:
    data = (content(reply) or {}).get("data")
    return data if isinstance(data, dict) else {}
