"""An audience counts the same for the same script, more as time passes, and what was planted."""

from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest

from runner.local_x.audience import Audience, Effect
from runner.local_x.values import Post
from runner.x_facts import snowflake

MONDAY = datetime(2027, 3, 1, 7, tzinfo=UTC)
LATER = timedelta(days=28)


def post(number: int = 0, *, at: datetime = MONDAY, text: str = "hello", **more) -> Post:
    id = str(snowflake(at) + number)
    return Post(id=id, author="1", at=at, text=text, conversation=id, **more)


def seen(audience: Audience, one: Post, after: timedelta = LATER) -> int:
    return audience.organic(one, one.at + after)["impression_count"]


def test_the_same_script_counts_the_same() -> None:
    one, other = Audience(reach=400), Audience(reach=400)
    assert one.organic(post(), MONDAY + LATER) == other.organic(post(), MONDAY + LATER)
    assert seen(one, post()) != seen(Audience(reach=400, seed=1), post())


def test_no_number_ever_falls() -> None:
    audience = Audience(reach=400, effects=(Effect(paid=300),))
    moments = [MONDAY + hours * timedelta(hours=1) for hours in range(0, 700, 7)]
    for count in (audience.organic, audience.paid):
        told = [count(post(), at) for at in moments]
        for name in told[0]:
            assert [each[name] for each in told] == sorted(each[name] for each in told)


@pytest.mark.parametrize(
    ("effect", "better", "other"),
    [
        (Effect(hours=(7,), reach=3), post(), post(at=MONDAY + timedelta(hours=5))),
        (Effect(says="jeans", reach=3), post(text="new jeans"), post()),
        (Effect(has_media=True, reach=3), post(media=("1",)), post()),
        (Effect(post=post(1).id, reach=3), post(1), post(2)),
    ],
    ids=["hour", "words", "picture", "post"],
)
def test_an_effect_is_planted_in_the_posts_that_it_fits(effect, better, other) -> None:
    audience = Audience(reach=100, spread=0, effects=(effect,))
    assert (seen(audience, better), seen(audience, other)) == (300, 100)


def test_interest_is_what_people_do_who_see_it() -> None:
    dull = Audience(reach=1000, spread=0, effects=(Effect(says="dull", interest=0.5),))
    told = [dull.organic(post(text=text), MONDAY + LATER) for text in ("dull", "fine")]
    assert [each["impression_count"] for each in told] == [1000, 1000]
    assert [each["like_count"] for each in told] == [10, 20]


def test_posts_differ_by_chance_as_much_as_they_are_to() -> None:
    audience = Audience(reach=400, spread=0.4)
    counts = [seen(audience, post(number)) for number in range(400)]
    assert fmean(counts) == pytest.approx(400 * 1.083, rel=0.1)  # of a lognormal, e^(0.4²/2)
    assert len(set(counts)) > 200
