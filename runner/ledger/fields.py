"""What is believed of the ledger: ids, instants, digests, costs. Whoever can write to it could
write anything into the rest, so words are only shown."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Final, cast

from msgspec import Meta
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic import StringConstraints as Text

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2300, 1, 1, tzinfo=UTC)
_LONGEST: Final = 400
"""Characters of what somebody said."""
_LONGEST_NUMBER: Final = 40
_MOST_USD: Final = 1_000_000
_PLAIN_COST: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?")
_PLAIN_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.(?:[0-9]{3}|[0-9]{6}))?Z"
)


def plausible(moment: datetime) -> datetime:
    """The same instant. Raises ValueError for one without a zone, or of another century."""
    if moment.tzinfo is None or not _EARLIEST <= moment < _LATEST:
        raise ValueError("an instant lies between the years 2000 and 2300")
    return moment


def are_plausible(moments: Sequence[datetime], *, in_utc: bool = False) -> bool:
    """Whether `plausible` takes each of very many instants with a zone; if asked, UTC alone."""
    if in_utc and not all(moment.tzinfo is UTC for moment in moments):
        return False
    return not moments or (min(moments) >= _EARLIEST and max(moments) < _LATEST)


def each_is(pattern: str) -> Callable[[Iterable[str]], bool]:
    """The check whether all of very many texts are of a pattern, which has no newline: all at once,
    since one by one takes longer than to read them."""
    match = re.compile(rf"(?:{pattern}\n)*").fullmatch

    def check(texts: Iterable[str]) -> bool:
        found = list(texts)
        lines = "\n".join([*found, ""])
        return lines.count("\n") == len(found) and match(lines) is not None

    return check


def _cost(written: object, check: ValidatorFunctionWrapHandler) -> Decimal:
    """A cost in USD. Of costs as the runner writes them each is one object, since a journal has the
    same few in all its lines."""
    if isinstance(written, str):
        if len(written) > _LONGEST_NUMBER:
            raise ValueError("a number has a few digits")
        if (cost := _plain_cost(written)) is not None:
            return cost
    return cast("Decimal", check(written))


@lru_cache(maxsize=256)
def _plain_cost(written: str) -> Decimal | None:
    return Decimal(written) if _PLAIN_COST.fullmatch(written) else None


def expect_plain_cost(written: str) -> Decimal:
    """The cost that the runner has written so. Raises ValueError where it writes none so."""
    if (cost := _plain_cost(written)) is None:
        raise ValueError("no cost")
    return cost


def _utc(written: object, check: ValidatorFunctionWrapHandler) -> datetime:
    """An instant in UTC. Of instants as the runner writes them each is one object, since many posts
    of a journal share one."""
    if isinstance(written, str) and len(written) <= _LONGEST_NUMBER:  # what is kept is short
        moment = _plain_instant(written)
        if moment:
            return moment
    return cast("datetime", check(written)).astimezone(UTC)


@lru_cache(maxsize=4096)
def _plain_instant(written: str) -> datetime | None:
    """The instant that is written as the runner writes it; None where it is written otherwise, or
    is none."""
    if not _PLAIN_INSTANT.fullmatch(written):
        return None
    try:
        return plausible(datetime.fromisoformat(written))
    except ValueError:
        return None


def is_usd(amount: Decimal) -> bool:
    """Whether it is a cost that is believed: finite, and no more than a million."""
    return amount.is_finite() and 0 <= amount <= _MOST_USD


def on_one_line(said: str) -> str:
    """What somebody said, without control and direction marks, cut to what is worth reading."""
    head = said[: 4 * _LONGEST]
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in head)
    line = " ".join("".join(kept).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


_POST_ID: Final = r"[1-9][0-9]{0,18}"
PostId = Annotated[str, Text(pattern=rf"^{_POST_ID}$")]
"""X's id of a post or a user."""
are_post_ids: Final = each_is(_POST_ID)
ZonedMoment = Annotated[datetime, Meta(tz=True)]
"""What `are_plausible` checks, where very many are read."""
Instant = Annotated[AwareDatetime, Field(ge=_EARLIEST, lt=_LATEST)]
UtcInstant = Annotated[Instant, WrapValidator(_utc)]
Usd = Annotated[Decimal, Field(ge=0, le=_MOST_USD, allow_inf_nan=False), WrapValidator(_cost)]
_DIGEST: Final = r"[0-9A-Za-z]{0,64}"
Digest = Annotated[str, Text(pattern=rf"^{_DIGEST}$")]
are_digests: Final = each_is(_DIGEST)
_NAME: Final = r"[0-9A-Za-z._: -]{0,64}"
Name = Annotated[str, Text(pattern=rf"^{_NAME}$")]
"""Of a run, an attempt, a commit, an uploaded file, an item: only ever compared."""
are_names: Final = each_is(_NAME)
Said = Annotated[str, AfterValidator(on_one_line)]
"""Words of X or of a person, which are only ever shown."""
