"""What comes before a request: the media are uploaded, and what was claimed is confirmed by a look
at the ledger; and why a run lets go of it by itself.

Others claim as other accounts without a common lock. Each claim is there before its run looks, so
of two that together pass a budget at least one sees both, and lets go of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from runner.ledger import Attempting, Facts, Key, Need, State, month_of
from runner.publish.ports import Clock, Ledger, Publisher, ReadMedia, Rejection, Release, Uploaded
from runner.render import RenderedMedia, RenderedPost
from runner.value import Value

Uploads = dict[int, tuple[Uploaded, ...]]
"""By part."""

OUT_OF_TIME = Release(because="the run ends too soon; it is left to the next one")
TOO_LATE = Release(because="its time ended while its media were uploaded", anew=True)
CLOCK_SET = Release(because="this machine's clock was set meanwhile", anew=True)
OUTDATED = Release(because="too much time has passed since X was looked at", anew=True)
TOO_OLD = Release(because="too much time passed between the claim and the request")
RACED = Release(because="another run has written the ledger", anew=True)
UNWRITTEN = Release(because="the ledger could not be written between two parts", anew=True)
NO_REASON = Release(
    because="", help="nothing to do: whether it is the post or the account, the next run tells"
)
ALL_REFUSED = Release(
    because="X refuses the posts of this account, one like the other, and does not say why",
    help="sign in to X as this account and follow what it asks; see in X's developer console "
    "whether the app may write",
    stop=True,
)
STALE = Release(because="the files are not those of the default branch any more")
OVER = Release(
    because="with what others have claimed meanwhile, a budget would be passed", anew=True
)
_AFTER = timedelta(minutes=1)
"""How long after its time a request may still make a post."""
_LEAVES = timedelta(seconds=20)
"""What a claim that waits for others keeps of its time."""
_BETWEEN = 1.5
"""Seconds between two looks."""


class Till(Value, kw_only=True):
    """One budget as it stands beside our own claim. `flying`: USD of each claim that may still be
    sent, or be let go of, any moment."""

    limit: Decimal
    taken: Decimal
    flying: Mapping[str, Decimal]

    @property
    def over(self) -> bool:
        return self.taken > self.limit

    def hopeless(self, attempt: str) -> bool:
        """Whether it would be passed even if all others were let go of."""
        others = (usd for id, usd in self.flying.items() if id != attempt)
        return self.taken - sum(others, Decimal(0)) > self.limit


class Confirmation(Value, kw_only=True):
    """Whether what was claimed may be sent. `monthly` and `campaign` are the budgets, if any. Who
    is `stopped` waits for nobody."""

    ledger: Ledger
    clock: Clock
    monthly: Decimal | None
    campaign: Decimal | None
    stopped: Callable[[], bool]

    def refusal(self, attempt: Attempting, *, begins: bool) -> Release | None:
        """Why it may not, None if it may; what `begins` has to fit the budgets. Raises
        LedgerUnusable."""
        while True:
            facts = self.ledger.confirm(self._need(attempt.key, begins=begins))
            if facts.stale:
                return STALE
            held = next((hold for hold in facts.holds if hold.stops(attempt.key)), None)
            if held:
                return Release(because=f"held by {held.by}: {held.because}", anew=True)
            over = [till for till in self._tills(facts, attempt) if till.over] if begins else []
            if not over:
                return None
            if not self._waits(over, attempt):
                return OVER
            self.clock.sleep(_BETWEEN)

    def _need(self, key: Key, *, begins: bool) -> Need:
        whole = {key.campaign} if begins and self.campaign is not None else ()
        purses = begins and self.monthly is not None
        return Need(purses=purses, whole=frozenset(whole), origin=False)

    def _waits(self, over: list[Till], attempt: Attempting) -> bool:
        """Whether this claim stays until the others have come to their ends: of all that hinder
        each other one does."""
        first = min(id for till in over for id in (attempt.attempt, *till.flying))
        hopeless = any(till.hopeless(attempt.attempt) for till in over)
        in_time = self.clock.now() + _LEAVES < attempt.send_by
        may_fit = in_time and not (hopeless or self.stopped())
        return first == attempt.attempt and may_fit

    def _tills(self, facts: Facts, attempt: Attempting) -> Iterator[Till]:
        now = self.clock.now()
        if self.monthly is not None:
            # what is claimed in one month may go out in the next
            for month in {month_of(now), month_of(attempt.send_by + _AFTER)}:
                yield _of_month(facts, month, self.monthly, now)
        if self.campaign is not None:
            yield _of_campaign(facts, attempt.key.campaign, self.campaign, now)


def _of_month(facts: Facts, month: str, limit: Decimal, now: datetime) -> Till:
    flying = {
        claim.attempt: purse.reserved(month)
        for purse in facts.purses.values()
        for claim in purse.claims
        if claim.send_by > now
    }
    taken = sum((purse.spent_or_reserved(month) for purse in facts.purses.values()), Decimal(0))
    return Till(limit=limit, taken=taken, flying=flying)


def _of_campaign(facts: Facts, campaign: str, limit: Decimal, now: datetime) -> Till:
    mine = [each for key, each in facts.standings.items() if key.campaign == campaign]
    flying = {
        claim.attempt: standing.reserved
        for standing in mine
        if standing.state is State.ATTEMPTING
        for claim in standing.open(standing.next_part)
        if claim.send_by > now
    }
    posted = (entry.cost for standing in mine for entry in standing.posted)
    taken = sum(posted, Decimal(0)) + sum((each.reserved for each in mine), Decimal(0))
    return Till(limit=limit, taken=taken, flying=flying)


class UploadFailed(Exception):
    """An upload that failed, so that nothing is attempted."""

    def __init__(self, part: int, answer: Release | Rejection) -> None:
        super().__init__(answer.because)
        self.part = part
        self.answer = answer


def upload_media(
    post: RenderedPost, first: int, publisher: Publisher, read_media: ReadMedia
) -> Uploads:
    """All media of all parts from the `first` on, so that nothing stands between two parts of a
    thread. Raises UploadFailed."""
    return {
        number: tuple(_upload_one(media, number, publisher, read_media) for media in part.media)
        for number, part in enumerate(post.parts[first - 1 :], start=first)
    }


def _upload_one(
    media: RenderedMedia, part: int, publisher: Publisher, read_media: ReadMedia
) -> Uploaded:
    try:
        data = read_media(media.path)
    except OSError as error:
        because = f"{media.path} can't be read: {error.strerror or error}"
        raise UploadFailed(part, Release(because=because)) from error
    if sha256(data).hexdigest() != media.digest:
        because = f"{media.path} has changed since it was rendered"
        raise UploadFailed(part, Release(because=because))
    answer = publisher.upload(media, data)
    if not isinstance(answer, Uploaded):
        raise UploadFailed(part, answer)
    return answer
