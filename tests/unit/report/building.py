"""Posts with numbers, as they may come out where everything is known: by a declared chance."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import exp

from runner.ledger import Key
from runner.measure import Window
from runner.models.report_settings import Goals, Rival
from runner.report import (
    Followers,
    MeasuredPost,
    Missed,
    Numbers,
    Period,
    PeriodReport,
    PromotionBound,
    ReportMaterial,
    RivalMaterial,
    report_of,
)
from runner.rivals import RivalLook, RivalState, WeekNumbers
from runner.value import replace
from runner.views.report.listing import ReportListing, report_listing

JUNE = Period(since=date(2026, 6, 1), until=date(2026, 6, 30))
BOUND = PromotionBound(at_most=40, of_last=10)
SLOTS = ("morning", "noon", "evening")
KINDS = ("series", "series", "contest", "launch", "partner")
TAGS = ("jeans", "denim", "winter", "style", "diy")


def post(number: int = 1, **given: object) -> MeasuredPost:
    """A post of the runner, of which X counted nothing yet."""
    values: dict[str, object] = {
        "id": str(1_800_000_000_000 + number),
        "url": f"https://x.com/acme/status/{1_800_000_000_000 + number}",
        "account": "shop",
        "at": datetime(2026, 6, 1, 9, tzinfo=UTC) + timedelta(hours=number),
        "key": Key("shop", "tips", f"tip-{number}"),
        "kind": "series",
        "cost": Decimal("0.015"),
    }
    return MeasuredPost(**{**values, **given})  # type: ignore[arg-type]


def measured(number: int, numbers: Numbers, **given: object) -> MeasuredPost:
    """A post that was measured at 48 hours, and not since."""
    return post(number, numbers={Window.TWO_DAYS: numbers}, newest=numbers, **given)


def material(*posts: MeasuredPost, **given: object) -> ReportMaterial:
    values: dict[str, object] = {
        "period": JUNE,
        "accounts": ("shop",),
        "posts": posts,
        "bound": BOUND,
    }
    return ReportMaterial(**{**values, **given})  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A shop whose posts do as chance will have it. `effects` multiply the rate of posts of which
    something holds; `scatter` is how much posts differ that have nothing in common."""

    posts: int = 90
    accounts: tuple[str, ...] = ("shop",)
    reach: float = 600
    rate: float = 0.02
    scatter: float = 0.6
    period: Period = JUNE
    effects: Mapping[Callable[[MeasuredPost], bool], float] = field(default_factory=dict)

    def material(self, seed: int) -> ReportMaterial:
        dice = random.Random(seed)
        posts = tuple(self._post(number, dice) for number in range(self.posts))
        posts = tuple(sorted(posts, key=lambda each: each.at))
        return material(*posts, period=self.period, accounts=self.accounts)

    def _post(self, number: int, dice: random.Random) -> MeasuredPost:
        days = self.period.days
        slot = dice.randrange(len(SLOTS))
        day = datetime.combine(self.period.since, datetime.min.time(), UTC)
        campaign = dice.randrange(len(KINDS))
        account = dice.choice(self.accounts)
        plain = post(
            number,
            account=account,
            at=day + timedelta(days=dice.randrange(days), hours=(9, 13, 18)[slot]),
            key=Key(account, f"campaign-{campaign}", f"post-{dice.randrange(6)}"),
            kind=KINDS[campaign],
            slot=SLOTS[slot],
            language=dice.choice(("lv", "es")),
            has_picture=dice.random() < 0.5,
            has_link=dice.random() < 0.3,
            excerpt=f"Post number {number} of our jeans",
            hashtags=(dice.choice(TAGS),) if dice.random() < 0.7 else (),
            parts=3 if dice.random() < 0.15 else 1,
            is_promotional=KINDS[campaign] != "series",
        )
        numbers = self._numbers(plain, dice)
        return measured(number, numbers, **{name: getattr(plain, name) for name in _GIVEN})

    def _numbers(self, plain: MeasuredPost, dice: random.Random) -> Numbers:
        seen = round(self.reach * exp(dice.gauss(0, 0.7)))
        rate = self.rate * exp(dice.gauss(0, self.scatter) - self.scatter**2 / 2)
        for holds, times in self.effects.items():
            rate *= times if holds(plain) else 1
        return Numbers(
            impressions=seen,
            likes=_poisson(seen * rate * 0.7, dice),
            reposts=_poisson(seen * rate * 0.15, dice),
            replies=_poisson(seen * rate * 0.13, dice),
            quotes=_poisson(seen * rate * 0.02, dice),
            clicks=_poisson(seen * 0.004, dice) if plain.has_link else 0,
            profile_visits=_poisson(seen * 0.006, dice),
        )


def rival(
    *weeks: WeekNumbers, handle: str = "otherjeans", state: RivalState = RivalState.SEEN
) -> RivalMaterial:
    """One that was seen in these weeks of June, or in none of them."""
    looks = [
        RivalLook(
            at=datetime(2026, 6, 15, tzinfo=UTC) + n * timedelta(days=7),
            handle=handle,
            user="7",
            monday=JUNE.since + n * timedelta(days=7),
            state=state,
            week=week,
        )
        for n, week in enumerate(weeks or (None,))
    ]
    return RivalMaterial(
        rival=Rival(handle=handle, name="Other Jeans" if handle == "otherjeans" else None),
        account="shop",
        looks=tuple(looks),
        followers={JUNE.since: 1_204, JUNE.until: 1_251},
    )


def a_week(dice: random.Random, *, posts: int = 17, usual: float = 40) -> WeekNumbers:
    """Of a rival with 3,000 followers, whose posts come to as much as is usual, and to chance."""
    done = Counter(_poisson(usual * exp(dice.gauss(0, 0.6)), dice) for _ in range(posts))
    return WeekNumbers(
        days=6.2,
        followers=3_000,
        originals=posts - 2,
        quotes=2,
        replies=2,
        reposts=1,
        pictures=9,
        videos=3,
        links=5,
        hours=tuple(posts if hour == 18 else 0 for hour in range(24)),
        engagements=done,
        hashtags={"denim": 6, "newin": 4},
        best=("2150000000000000001", "2150000000000000002"),
    )


def a_report() -> PeriodReport:
    """Of a month in which the evening did better, and launches did worse, with goals, followers,
    a post that was missed, a rival, and one that can't be seen."""
    shop = Shop(
        posts=240,
        effects={
            lambda each: each.slot == "evening": 2.2,
            lambda each: each.kind == "launch": 0.4,
        },
    )
    due = datetime(2026, 6, 9, 18, tzinfo=UTC)
    goals = {"engagement-rate": "2%", "replies-per-post": Decimal(4), "orders": 10}
    made, dice = shop.material(7), random.Random(3)
    grown = [
        replace(each, numbers={**each.numbers, Window.WEEK: each.early}) for each in made.posts
    ]
    return report_of(
        replace(
            made,
            posts=tuple(grown),
            rivals=(
                rival(*(a_week(dice) for _ in range(3))),
                rival(handle="denim_daily", state=RivalState.PROTECTED),
            ),
            goals=Goals.model_validate(goals),
            missed=(Missed(key=Key("shop", "campaign-1", "post-9"), due=due),),
            followers=(
                Followers(account="shop", first=(JUNE.since, 1_204), last=(JUNE.until, 1_251)),
            ),
            reading=Decimal("0.27"),
            notices=("nothing of tienda was measured yet: `runner measure`, or listen.yml",),
        )
    )


def a_listing() -> ReportListing:
    return report_listing(a_report())


_GIVEN = (
    *("account", "at", "key", "kind", "slot", "language", "has_picture", "has_link", "hashtags"),
    *("parts", "is_promotional", "excerpt"),
)


def _poisson(mean: float, dice: random.Random) -> int:
    """D. Knuth, The Art of Computer Programming, 3.4.1; in pieces, so that nothing becomes zero."""
    found = 0
    while mean > 0:
        piece = min(mean, 500.0)
        mean -= piece
        bound, product = exp(-piece), dice.random()
        while product > bound:
            found += 1
            product *= dice.random()
    return found
