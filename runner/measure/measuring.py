"""One run that measures: it reads those parts of our timeline whose posts have come of age.

A part is read from its newest post down, and each page is kept as a stretch that was measured. So a
run may die anywhere: the next one goes on where nothing was measured yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from runner.ledger import Key
from runner.measure.measured_account import MeasuredAccount, measured_account
from runner.measure.measurement import REACH, Measurement, Window
from runner.measure.ports import CountedPage, CountedPost, CountReader
from runner.measure.record import PendingMeasurements, as_bytes
from runner.reading import (
    KEPT_AT,
    KeptFiles,
    NotRead,
    ReadingBudget,
    ReadingStopped,
    ReadingTurn,
    file_name,
)
from runner.value import Value
from runner.x_facts import PRICES, instant, snowflake

_EDITABLE: Final = timedelta(hours=1)
"""As long a post may be edited, and stands on the timeline where its newest version belongs."""


class SentPart(NamedTuple):
    """What the ledger knows of a post."""

    key: Key
    part: int


class Measured(Value, kw_only=True):
    """What a run came to."""

    account: MeasuredAccount
    new: tuple[Measurement, ...]
    read: int
    """Posts that X showed."""
    usd: Decimal
    followers: int | None
    """How many the account has, where X was asked."""
    is_public_alone: bool
    """Whether X refused the numbers that it tells to nobody else."""
    missed: int
    """Known posts that have become too old since the last run to be measured at the last age."""
    stopped: NotRead | None
    """Why it did not come to its end."""


@dataclass(kw_only=True)
class MeasuringRun:
    """Measures one account, once."""

    files: KeptFiles
    reader: CountReader
    sent: Mapping[str, SentPart]
    """The posts that the ledger knows, by id."""
    now: Callable[[], datetime]
    turn: ReadingTurn
    is_owned: bool
    """Whether the account's user owns the app, which makes reading its posts cheaper."""
    left: Decimal | None
    """USD that it may spend."""
    account: MeasuredAccount = field(init=False)

    def __post_init__(self) -> None:
        self.account = measured_account(self.files.read())
        self._skew = timedelta(0)
        self._read = 0
        self._usd = Decimal(0)
        self._is_public_alone = False
        self._counted_followers: int | None = None
        self._new: list[Measurement] = []
        self._pending = PendingMeasurements()
        self._budget = ReadingBudget(
            usd=self.left,
            spent=lambda: self._usd + self._pending.usd,
            keep=self._keep_stretches,
            turn=self.turn,
        )

    def run(self) -> Measured:
        """Raises FilesRaced and LedgerUnusable; what was kept until then stays."""
        stopped, missed = None, self._missed()
        try:
            self._measure()
        except ReadingStopped as stop:
            stopped = stop.why
        if self._pending.has_news:
            self._keep()
        return Measured(
            account=self.account,
            new=tuple(self._new),
            read=self._read,
            usd=self._usd,
            followers=self._counted_followers,
            is_public_alone=self._is_public_alone,
            missed=missed,
            stopped=stopped,
        )

    def _measure(self) -> None:
        self._greet()
        began = self._x_now()
        for window, until_age in zip(Window, _ends(), strict=True):
            since, until = (snowflake(began - age) for age in (until_age, window.age))
            for part in list(self.account.unread(window, since, until)):
                self._read_part(window, *part)
            self._notice_gone(window, since, until)

    def _missed(self) -> int:
        """How many known posts have become too old since the last run without the last age; at
        the first run all that are."""
        last = self.account.last
        since, until = snowflake(last - REACH) if last else 0, snowflake(self._x_now() - REACH)
        known = {*self.sent, *self.account.posts} - self.account.deleted
        late = (post for post in known if since <= int(post) < until)
        return sum(self.account.of(post, Window.FOUR_WEEKS) is None for post in late)

    # What X is asked

    def _greet(self) -> None:
        """Asks X who reads, for its clock and, once a day, for the followers."""
        is_new_day = self._x_now().date() not in self.account.followers
        price = PRICES["read-user"] if is_new_day else Decimal(0)
        user = self._budget.ask(partial(self.reader.user, with_followers=is_new_day), price)
        self._skew = user.at - self.now()
        if user.followers is not None:
            self._pending.followers = self._counted_followers = user.followers
            self._pending.usd += price

    def _read_part(self, window: Window, since: int, until: int) -> None:
        """Measures all posts between two, the newest first."""
        while since < until:
            page = self._page(since, until)
            self._is_public_alone |= page.is_public_alone
            ours = (each for each in page.posts if each.is_ours)
            self._pending.measurements += [self._measurement(each, window) for each in ours]
            self._pending.stretch(window, page.since, until)
            until = page.since
            if len(self._pending.measurements) >= KEPT_AT:
                self._keep()

    def _page(self, since: int, until: int) -> CountedPage:
        price = PRICES["read-owned" if self.is_owned else "read-post"]
        page = self._budget.ask_page(partial(self.reader.page, since, until), price)
        self._read += page.shown
        self._pending.usd += price * page.shown
        return page

    def _x_now(self) -> datetime:
        """The time by X's clock, which the ids of posts, and so their ages, follow."""
        return (self.now() + self._skew).astimezone(UTC)

    # What comes of it

    def _measurement(self, post: CountedPost, window: Window) -> Measurement:
        sent = self.sent.get(post.post)
        return Measurement(
            post=post.post,
            window=window,
            at=self._x_now(),
            key=str(sent.key) if sent else None,
            part=sent.part if sent else 1,
            root=post.root,
            answers=post.answers,
            traits=post.traits,
            public=post.public,
            organic=post.organic,
            private=post.private,
        )

    def _notice_gone(self, window: Window, since: int, until: int) -> None:
        """Notes the posts of this age that are known, and that X has not shown in their place."""
        shown = {each.post for each in self._pending.measurements}
        known = {*self.sent, *self.account.posts} - self.account.deleted - shown
        due = [
            post
            for post in sorted(known, key=int)
            if since <= int(post) and _newest(post) < until and not self.account.of(post, window)
        ]
        if due:
            self._keep()  # what was read until now counts as read
        self._pending.measurements += [
            self._deletion(post, window)
            for post in due
            if not any(self.account.unread(window, int(post), _newest(post)))
        ]

    def _deletion(self, post: str, window: Window) -> Measurement:
        sent, before = self.sent.get(post), self.account.posts.get(post)
        return Measurement(
            post=post,
            window=window,
            at=self._x_now(),
            key=str(sent.key) if sent else None,
            part=sent.part if sent else 1,
            root=before.root if before else post,
            deleted=True,
        )

    # What is kept

    def _keep_stretches(self) -> None:
        if self._pending.stretches:
            self._keep()

    def _keep(self) -> None:
        """Keeps what was measured since the last time, and where nothing was."""
        record = self._pending.record(self._x_now())
        self.files.add(file_name(self.account.count + 1), as_bytes(record))
        self.account.add(record)
        self._new += record.measurements
        self._usd += record.head.usd
        self._pending = PendingMeasurements()


def _newest(post: str) -> int:
    """The greatest id that the newest version of a post may have."""
    return snowflake(instant(post) + _EDITABLE)


def _ends() -> tuple[timedelta, ...]:
    """The age at which each window ends: where the next one begins, or X's reach."""
    return (*(window.age for window in list(Window)[1:]), REACH)
