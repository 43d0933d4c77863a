"""Real runs are killed at random instants: the next ones finish what they have begun."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.proof.agreement import agreed, finished
from tests.proof.deaths import Reaper, struck
from tests.proof.stage import FEW, POSTS, Stage, staged

RERUNS = (timedelta(minutes=5), timedelta(minutes=8), timedelta(minutes=9, seconds=30))
"""After ten. The last is too early for a run to tell that what the first has left is absent: a run
that does so reads the timeline twice, a minute apart."""
HEALED = timedelta(minutes=20)
SPARE = 5
"""Days on which all runs may come to their end before they are killed."""


def cases(store: str, worlds: int) -> Iterator[object]:
    """The first is short, for every test run; the others are the proof."""
    yield pytest.param(store, 0, 1, FEW, id=f"{store}-sample")
    for seed in range(1, worlds + 1):
        yield pytest.param(
            store, seed, 15, tuple(POSTS), id=f"{store}-{seed}", marks=pytest.mark.slow
        )


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("store", "seed", "kills", "posts"), [*cases("git", 14), *cases("files", 3)]
)
def test_what_a_killed_run_has_begun_the_next_ones_finish(
    tmp_path, record_property, store, seed, kills, posts
):
    chance, hit = Random(seed), Counter()
    with staged(tmp_path, store=store, days=kills + SPARE, posts=posts) as stage:
        reaper, left = Reaper(stage, chance), agreed(stage)
        for day in range(stage.days):
            for after in RERUNS[: kills - hit.total()]:
                dead = killed(stage, stage.ten(day) + after, reaper, alone=chance.random() < 0.8)
                before, left = left, agreed(stage)
                hit[struck(before, left)] += dead
            stage.stay(stage.ten(day) + HEALED)
            left = finished(stage, day + 1)
            if hit.total() >= kills:
                break
    assert hit.total() >= kills
    figures = {"kills": hit.total(), **{f"kills {when}": n for when, n in hit.items() if n}}
    record_property("figures", {**figures, "parts out once after kills": len(left.out)})


def killed(stage: Stage, now: datetime, reaper: Reaper, *, alone: bool) -> bool:
    """Whether a run died, alone or while another one was at work."""
    reaper.widen()
    with ExitStack() as ended:
        process = ended.enter_context(stage.started(now))
        other = None if alone else ended.enter_context(stage.started(now))
        dead = reaper.kills(process)
        if other:
            other.wait(120)
    return dead
