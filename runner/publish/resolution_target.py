"""What a person speaks of: an occurrence, and the part of it that is in question."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from pydantic import JsonValue

from runner.ledger import Attempting, Key, Posted, Standing
from runner.problems import BadUsage
from runner.value import Value


class ResolutionTarget(Value, kw_only=True):
    """What a word is about. `handle` is None for an account that runner.yaml doesn't have; `due` is
    None where nobody knows."""

    key: Key
    standing: Standing | None = None
    due: datetime | None = None
    handle: str | None = None
    asked: bool = False
    """Nothing was attempted, and a run will ask whether it went out under another name."""

    @property
    def out(self) -> tuple[Posted, ...]:
        return self.standing.posted if self.standing else ()

    @property
    def parts(self) -> int:
        return self.standing.parts if self.standing else 1

    @property
    def part(self) -> int:
        """The number of the part in question: the first that is not known to be out."""
        return len(self.out) + 1

    @property
    def whole(self) -> bool:
        return len(self.out) >= self.parts

    @property
    def opening(self) -> Attempting | None:
        return self.standing.opening if self.standing else None

    @property
    def tried(self) -> Attempting | None:
        """The first attempt of the part in question, or, where it has none, of the thread."""
        entries = self.standing.entries if self.standing else ()
        tries = (each for each in entries if isinstance(each, Attempting))
        return next((each for each in tries if each.part == self.part), self.opening)

    @property
    def shares(self) -> str | None:
        """The id of the post that the part in question reposts."""
        repost = self.frozen_part.get("repost")
        return str(repost) if repost else None

    @property
    def frozen_part(self) -> Mapping[str, JsonValue]:
        """The part in question as it was about to be sent; empty where the ledger has none."""
        parts = self.opening.parts if self.opening else ()
        return parts[self.part - 1] if self.part <= len(parts) else {}

    @property
    def cost(self) -> Decimal:
        """USD of the part in question; nothing where nothing was attempted."""
        if self.opening and self.part <= len(self.opening.costs):
            return self.opening.costs[self.part - 1]
        return self.tried.cost if self.tried else Decimal(0)

    def refuse_other(self, part: int | None) -> None:
        """Refuses a person's word about a part that is not the one in question. Raises BadUsage."""
        if part is None or part == self.part or self.whole:
            return
        if part < self.part:
            raise BadUsage(
                f"part {part} of {self.key} is out: {self.out[part - 1].url}",
                help=f"the one in question is part {self.part}",
            )
        raise BadUsage(
            f"{self.key} has {self.parts} parts, and the one in question is part {self.part}",
            help=f"say what became of part {self.part} first",
        )

    def __str__(self) -> str:
        return f"part {self.part} of {self.key}" if self.parts > 1 else str(self.key)


class GivenLink(Value, kw_only=True):
    """The address of a post on X. `at` is X's instant, from the id."""

    handle: str
    id: str
    at: datetime
