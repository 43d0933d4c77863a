"""What X may answer to the request that posts, and what becomes of the post: a table for people.

`test_answers_of_x.py` lets the local X give each of these answers to a real run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from runner.ledger import State
from runner.publish.sending import LOOKED_FOR
from runner.x.kinds import KINDS, Means, RefusalKind
from tests.docs.reference.markdown import table

Fault = Mapping[str, Any]
"""As `Sandbox.fail` takes it, but for its route."""
COMES_OF = {
    Means.STOP: (State.RELEASED, 4),
    Means.NOT_NOW: (State.RELEASED, 4),
    Means.NEVER: (State.REJECTED, 3),
    Means.DUPLICATE: (State.REJECTED, 3),
    Means.OUT_ALREADY: (State.POSTED, 0),
}
"""Where the post stands, and the run's exit code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Answers that mean the same. The run prints `says`, where `…` is any text, and `help`."""

    answer: str
    plays: tuple[Fault, ...]
    state: State
    code: int
    says: str
    help: str
    repost: bool = False


def cases() -> tuple[Case, ...]:
    """The refusals that the runner knows, in its own order, then all that tell nothing."""
    same = groupby(
        sorted(KINDS, key=lambda kind: (list(COMES_OF).index(kind.means), _place(kind))),
        key=lambda kind: (kind.means, kind.because),
    )
    known = [_case(tuple(kinds)) for _, kinds in same]
    return (*known, *UNTOLD)


def _place(kind: RefusalKind) -> int:
    """Where the first one stands that says the same."""
    return next(n for n, each in enumerate(KINDS) if each.because == kind.because)


def _case(kinds: tuple[RefusalKind, ...]) -> Case:
    state, code = COMES_OF[kinds[0].means]
    return Case(
        answer=", or ".join(_named(kind) for kind in kinds),
        plays=tuple(_play(kind) for kind in kinds),
        state=state,
        code=code,
        says=kinds[0].because,
        help=kinds[0].help,
        repost=kinds[0].means is Means.OUT_ALREADY,
    )


def _named(kind: RefusalKind) -> str:
    statuses = " or ".join(str(status) for status in kind.statuses)
    if kind.types:
        return f"{statuses} `{kind.types[0]}`"
    return f"{statuses} “{kind.words[0].splitlines()[0]}”" if kind.words else statuses


def _play(kind: RefusalKind) -> Fault:
    """The shortest answer that is of this kind."""
    body: dict[str, Any] = {}
    if kind.types:
        body = {"type": f"https://api.x.com/2/problems/{kind.types[0]}"}
    elif kind.words:
        body = {"detail": kind.words[0]}
    return {"status": kind.statuses[0], "body": body}


def _untold(answer: str, says: str, *plays: Fault) -> Case:
    return Case(answer=answer, plays=plays, state=State.UNKNOWN, code=0, says=says, help=LOOKED_FOR)


def _statuses(*statuses: int) -> tuple[Fault, ...]:
    return tuple({"status": status} for status in statuses)


_ANSWERED = "X answered …, so the post may be out"
NEW = {"title": "Oh", "detail": "Something new", "type": "https://api.x.com/2/problems/new"}
UNTOLD = (
    _untold("404, 405, 408, 409, 422, 425", _ANSWERED, *_statuses(404, 405, 408, 409, 422, 425)),
    _untold("500, 502, 503, 504", _ANSWERED, *_statuses(500, 502, 503, 504)),
    _untold(
        "400 or 403 in words that the runner does not know",
        _ANSWERED,
        {"status": 400, "body": NEW},
        {"status": 403, "body": NEW},
    ),
    _untold(
        "301, 302, 307, 308",
        "X answered …, a redirect, which is never followed",
        *_statuses(301, 302, 307, 308),
    ),
    _untold(
        "a web page, whatever its status",
        "a web page answered in place of X",
        *({"status": status, "body": "<!DOCTYPE html><p>Oh"} for status in (200, 401, 403, 503)),
    ),
    _untold(
        "200 or 201 without an id",
        "X answered … without an id",
        {"status": 200, "body": {}},
        {"status": 201, "body": {"data": {}}},
    ),
    _untold("nothing, since the line breaks", "the connection to X broke", {"drop": True}),
)


def answers() -> str:
    """The table."""
    rows = (
        (each.answer, f"`{each.state}`", str(each.code), each.says, each.help) for each in cases()
    )
    return table(("X answers", "the post is", "exit code", "you see", "what to do"), rows)
