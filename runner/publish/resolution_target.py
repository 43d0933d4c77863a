"""The occurrence, and its part, that a person's word is about; and a look at X before anybody's
word is taken that this part is not out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import JsonValue

from runner.ledger import Attempting, Facts, Key, Posted, Standing
from runner.models import Project
from runner.problems import BadUsage, Refused
from runner.publish.account_entry import enter
from runner.publish.outcome import Refusal
from runner.publish.ports import Unreadable
from runner.publish.reconciling import known_ids
from runner.publish.run_ports import RunPorts
from runner.reconcile import search
from runner.value import Value

BEFORE = timedelta(minutes=10)
"""X's clock and ours may differ."""
WITHOUT = "look for it on X yourself; if it is not there: `--not-posted --without-looking`"


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


def refuse_if_shown(
    target: ResolutionTarget, facts: Facts, *, project: Project, ports: RunPorts
) -> None:
    """Refuses a word that a part is not out where X shows it. Raises BadUsage where the account's
    timeline shows the part in question, and Refused where nobody can look. What was never attempted
    can't be told from other posts: a run that is about to send it looks once more."""
    tries = _tries(target)
    if not tries:
        return
    if target.key.account not in project.accounts:
        raise Refused(f"runner.yaml has no account `{target.key.account}` any more", help=WITHOUT)
    entered = enter(target.key.account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        raise Refused(f"X can't be asked whether {target} is out: {entered.because}", help=WITHOUT)
    shown = entered.publisher.timeline(min(each.at for each in tries) - BEFORE)
    if isinstance(shown, Unreadable):
        raise Refused(f"the timeline can't be read: {shown.because}", help=WITHOUT)
    standing = Standing(key=target.key, entries=(*target.out, *tries))
    for match in search([standing], shown, known=known_ids(facts)).get(target.key, ()):
        raise BadUsage(
            f"{target} is out: {match.shown.url}",
            help=f"if that is it: `--posted {match.shown.url}`; if it is another post with the "
            "same words: `--not-posted --without-looking`",
        )


def _tries(target: ResolutionTarget) -> tuple[Attempting, ...]:
    """All attempts of the part in question, however they ended, with the one that froze it."""
    entries = target.standing.entries if target.standing else ()
    attempts = [each for each in entries if isinstance(each, Attempting)]
    own = [each for each in attempts if each.part == target.part]
    opening = [target.opening] if target.opening and target.part > 1 and own else []
    return (*opening, *own)
