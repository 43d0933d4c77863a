"""What X's answer to a create call means: it is out, provably not out, refused, or nobody knows. An
answer that says no is read without trust: any shape, any size, any text."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from pydantic import JsonValue

from runner.confidential import without_claims
from runner.publish import AnswerOfX, Doubt, Receipt, Rejection, Release
from runner.value import Value
from runner.x.call import ApiReply, Silence
from runner.x.kinds import KINDS, Means, RefusalKind
from runner.x.posts import POST_ID
from runner.x_facts import instant, post_address

_TRACE = re.compile(r"[0-9A-Za-z-]{1,64}")
_EPOCH_SECONDS = re.compile(r"[0-9]{1,11}")
_QUOTED: Final = 200
"""Characters of X's own text that are shown."""


def answer_to_create(answer: ApiReply | Silence, handle: str) -> AnswerOfX:
    """What the answer to POST /2/tweets means."""
    if isinstance(answer, ApiReply) and 200 <= answer.status < 300 and (id := _post_id(answer)):
        return Receipt(id=id, url=post_address(id, handle), at=instant(id))
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
            help="check the network of the machine that runs it; the next run takes it up again",
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
    """X's own clock, from the header `Date`; where that names no zone it is UTC (RFC 5322, 3.3)."""
    if isinstance(answer, Silence):
        return None
    try:
        at = parsedate_to_datetime(answer.headers.get("date", ""))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
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
    ids = (id for id in found if isinstance(id, str) and POST_ID.fullmatch(id))
    return next(ids, None)


def _data(reply: ApiReply) -> dict[str, JsonValue]:
    data = (content(reply) or {}).get("data")
    return data if isinstance(data, dict) else {}


class ApiProblem(Value, kw_only=True):
    """What X said of a refusal: RFC 9457's members, or the old API's `errors`."""

    status: int
    types: tuple[str, ...]
    words: str
    """All its text in lowercase, without what it repeats of the request."""
    codes: tuple[int, ...]
    said: str
    """The most telling line of it, safe to show."""

    def kind(self) -> RefusalKind | None:
        """The first known refusal that it is, or None."""
        return next((kind for kind in KINDS if self._is(kind)), None)

    def _is(self, kind: RefusalKind) -> bool:
        if self.status not in kind.statuses:
            return False
        by_type = any(part in type for type in self.types for part in kind.types)
        by_word = any(word in self.words for word in kind.words)
        by_code = any(code in kind.codes for code in self.codes)
        alone = not (kind.types or kind.words or kind.codes)
        return alone or by_type or by_word or by_code


def content(reply: ApiReply) -> dict[str, JsonValue] | None:
    """The JSON object that X answered, or None where it is anything else."""
    try:
        value: JsonValue = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_page(reply: ApiReply) -> bool:
    """Whether something on the way answered in X's place: a web page, not the API."""
    html = "html" in reply.headers.get("content-type", "").lower()
    return html or reply.body.lstrip()[:1] == b"<"


def problem(reply: ApiReply) -> ApiProblem:
    """Reads what there is; of an answer without JSON that is the status alone."""
    told = content(reply) or {}
    each = [told, *_errors(told)]
    texts = [text for one in each for text in _texts(one)]
    codes = tuple(code for one in each if isinstance(code := one.get("code"), int))
    types = tuple(_str(one, "type").rstrip("/").rsplit("/", 1)[-1].lower() for one in each)
    details = [_str(one, name) for one in reversed(each) for name in ("message", "detail", "title")]
    return ApiProblem(
        status=reply.status,
        types=types,
        words="\n".join(texts).lower(),
        codes=codes,
        said=one_line(next((text for text in details if text), "")),
    )


def one_line(text: str) -> str:
    """`text` on one line, without control and direction marks and without what it calls a
    credential, cut to what is worth reading."""
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in without_claims(text))
    line = " ".join("".join(kept).split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"


def quoting(sentence: str, said: str) -> str:
    """`sentence`, with what X says of it."""
    return f"{sentence} (X says: “{said}”)" if said else sentence


def _errors(told: dict[str, JsonValue]) -> Iterator[dict[str, JsonValue]]:
    errors = told.get("errors")
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict):
            yield error


def _texts(one: dict[str, JsonValue]) -> Iterator[str]:
    for name in ("title", "detail", "message", "reason", "required_enrollment"):
        if text := _str(one, name):
            yield text


def _str(one: dict[str, JsonValue], name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""
