"""The occurrences by month and by week. Weeks begin on Monday, and have the numbers of ISO 8601."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from runner.value import Value
from runner.views.html.cards import ShownAccount
from runner.views.html.occurrences import OccurrenceCard
from runner.views.phrases import count


class Mark(Value, kw_only=True):
    """What a campaign says on one account on one day."""

    account: ShownAccount
    campaign: str
    cards: tuple[OccurrenceCard, ...]

    @property
    def alarms(self) -> bool:
        return any(card.alarms for card in self.cards)

    @property
    def changes(self) -> bool:
        return any(card.revision for card in self.cards)

    @property
    def label(self) -> str:
        """What it says for who can't see colours or can't see at all."""
        alarm = ", needs a person" if self.alarms else ""
        return f"{self.account.id}: {self.campaign}, {count(len(self.cards), 'post')}{alarm}"


class Day(Value, kw_only=True):
    """One day, with its cards in order of time. Of a month's table it may be a neighbour's."""

    date: date
    cards: tuple[OccurrenceCard, ...] = ()
    neighbour: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        found: defaultdict[tuple[int, str, str], list[OccurrenceCard]] = defaultdict(list)
        for card in self.cards:
            found[card.account.hue, card.account.id, card.campaign].append(card)
        return tuple(
            Mark(account=of[0].account, campaign=campaign, cards=tuple(of))
            for (_, _, campaign), of in sorted(found.items(), key=lambda one: one[0])
        )

    @property
    def alarms(self) -> bool:
        return any(card.alarms for card in self.cards)

    @property
    def anchor(self) -> str:
        """Its id in the page."""
        return f"day-{self.date}"

    @property
    def name(self) -> str:
        return f"{self.date:%a}"

    @property
    def title(self) -> str:
        return f"{self.date:%A}, {self.date.day} {self.date:%B %Y}"


class Week(Value, kw_only=True):
    """Seven days from a Monday on."""

    days: tuple[Day, ...]

    @property
    def number(self) -> int:
        return self.days[0].date.isocalendar().week

    @property
    def title(self) -> str:
        first, last = self.days[0].date, self.days[-1].date
        start = f"{first.day} {first:%b}" if first.month != last.month else f"{first.day}"
        return f"{start} – {last.day} {last:%b %Y}"


class Month(Value, kw_only=True):
    """A month's weeks."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def title(self) -> str:
        return f"{self.first:%B %Y}"

    @property
    def planned_days(self) -> tuple[Day, ...]:
        """The days of the month on which something is planned."""
        return tuple(day for week in self.weeks for day in week.days if day.cards)

    @property
    def posts(self) -> int:
        return sum(len(day.cards) for day in self.planned_days)


def days(cards: Iterable[OccurrenceCard]) -> tuple[Day, ...]:
    """The days on which something is planned."""
    by_day = sorted(cards, key=lambda card: card.day)
    return tuple(
        Day(date=at, cards=tuple(found)) for at, found in groupby(by_day, lambda card: card.day)
    )


def weeks(planned: Iterable[Day]) -> tuple[Week, ...]:
    """The weeks in which something is planned."""
    by_date = {day.date: day for day in planned}
    mondays = dict.fromkeys(day - timedelta(days=day.weekday()) for day in by_date)
    return tuple(
        Week(days=tuple(by_date.get(each) or Day(date=each) for each in _week_from(monday)))
        for monday in mondays
    )


def months(planned: Iterable[Day]) -> tuple[Month, ...]:
    """The months in which something is planned."""
    by_date = {day.date: day for day in planned}
    firsts = dict.fromkeys(day.replace(day=1) for day in by_date)
    return tuple(Month(first=first, weeks=tuple(_weeks_of(first, by_date))) for first in firsts)


def _weeks_of(first: date, by_date: dict[date, Day]) -> Iterator[Week]:
    monday = first - timedelta(days=first.weekday())
    while (monday.year, monday.month) <= (first.year, first.month):
        yield Week(
            days=tuple(
                by_date.get(each) or Day(date=each)
                if each.month == first.month
                else Day(date=each, neighbour=True)
                for each in _week_from(monday)
            )
        )
        monday += timedelta(days=7)


def _week_from(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=number) for number in range(7))
