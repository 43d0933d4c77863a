"""Two and four real runs at once: each post goes out once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.proof.agreement import agreed, finished
from tests.proof.stage import FEW, POSTS, Stage, staged

BEGIN = timedelta(minutes=5)
"""After ten."""
APART = timedelta(seconds=70)
"""From race to race: each sends one post of each account, since these have to be a minute apart."""
RACES = 4
"""In a day."""


MANY = {"git": (2, 4), "files": (4, 2)}
"""Runs at once, by turns."""


def cases(store: str, worlds: int) -> Iterator[object]:
    """The first is short, for every test run; the others are the proof."""
    yield pytest.param(store, 0, 1, FEW, id=f"{store}-sample")
    for seed in range(1, worlds + 1):
        many = (2 * RACES, tuple(POSTS))
        yield pytest.param(store, seed, *many, id=f"{store}-{seed}", marks=pytest.mark.slow)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("store", "seed", "races", "posts"), [*cases("git", 7), *cases("files", 2)]
)
def test_runs_at_once_send_each_post_once(tmp_path, record_property, store, seed, races, posts):
    chance, figures = Random(seed), Counter()
    with staged(tmp_path, store=store, days=-(-races // RACES), posts=posts) as stage:
        for day in range(stage.days):
            for number in range(min(races, RACES)):
                many = MANY[store][number % 2]
                race(stage, stage.ten(day) + BEGIN + number * APART, many, chance)
                agreed(stage)
                figures[f"races of {many}"] += 1
            stage.stay(stage.ten(day) + timedelta(minutes=20))
            done = finished(stage, day + 1)
    record_property("figures", {**figures, "parts out once after races": len(done.out)})


def race(stage: Stage, now: datetime, many: int, chance: Random) -> None:
    """Runs that begin at about the same time; in some races an answer of X is lost."""
    if chance.random() < 0.3:
        stage.sandbox.fail({"route": "create", "drop": True, "applied": chance.random() < 0.5})
    with ExitStack() as ended:
        processes = [ended.enter_context(stage.started(now)) for _ in range(many)]
        codes = {process.wait(120) for process in processes}
    # 4: the local X keeps the time of the last start, which a slow machine leaves far behind
    assert codes <= {0, 4}, stage.said()
