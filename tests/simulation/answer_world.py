"""What is decided of a world of answers before it begins."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from tests.simulation.talking_x import OURS
from tests.simulation.weather import LOST, OUTAGES, REFUSALS, Storm
from tests.unit.stores.building import at

BEGINS: Final = at("2026-12-01 09:30")
CALM: Final = at("2026-12-01 15:30")
"""From then on nothing goes wrong, and nobody says anything more to the account."""
ENDS: Final = CALM + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class AnswerWorld:
    """What is decided before it begins. Shares are of runs, of calls of GitHub, and of pushes."""

    seed: int
    kills: float
    github: float
    pushes: float
    twins: float
    """The share of comments that start two runs at once."""
    meddling: float
    """The share of deeds by hand that are unkind to the runner."""
    storms: tuple[Storm, ...]
    fence: bool
    rolled: bool
    """Somebody sets the ledger back."""
    helps: bool
    """Whether another account answers for the shop, where it was named, too."""

    @property
    def accounts(self) -> tuple[str, ...]:
        """Of ours, those that listen."""
        return tuple(OURS) if self.helps else ("shop",)


def answer_world(seed: int) -> AnswerWorld:
    chance = Random(f"answers {seed}")
    kinds = (*LOST, *LOST, "queued", *OUTAGES, *REFUSALS)
    storms = tuple(
        Storm(
            begins=BEGINS,
            ends=CALM,
            kinds=tuple(chance.sample(kinds, 3)),
            share=chance.choice([0.1, 0.3]),
            routes=chance.choice(["", "POST /2/tweets", "GET"]),
        )
        for _ in range(chance.choice([0, 1, 1, 2]))
    )
    return AnswerWorld(
        seed=seed,
        kills=chance.choice([0.0, 0.2, 0.5]),
        github=chance.choice([0.0, 0.03, 0.1]),
        pushes=chance.choice([0.0, 0.0, 0.1]),
        twins=chance.choice([0.0, 0.2, 0.5]),
        meddling=chance.choice([0.0, 0.3, 0.6]),
        storms=storms,
        fence=chance.random() < 0.5,
        rolled=chance.random() < 0.15,
        helps=chance.random() < 0.4,
    )
