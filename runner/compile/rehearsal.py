"""A rehearsal of one post on one account: everything that it may come to say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Final

from runner.bugs import Bug, contained
from runner.compile.dated import DatedCampaign
from runner.problems import Place, Problem, Severity
from runner.render import RenderedPost
from runner.rules import Proof
from runner.schedule import Occurrence, Turn, following, ring

MOST_TOLD: Final = 10
"""How many texts that the preview does not show are told one by one."""
PAIRS: Final = 2_000
"""How many pairs of an item and an occurrence are rendered of one post on one account: about a
second of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """`proofs` are the occurrences as they are due; `others` what a ring of items may come to
    beside them, since each miss moves all the items that follow, and what waits for its time."""

    proofs: tuple[Proof, ...]
    others: tuple[Proof, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def broken(cls, problem: Problem) -> "Rehearsal":
        """The rehearsal of a post of which nothing can be rendered."""
        return cls(proofs=(), others=(), problems=(problem,))


def rehearsals(campaign: DatedCampaign) -> Iterator[Rehearsal]:
    """A rehearsal of each post on each account."""
    by_post: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in campaign.timetable.all():
        by_post[occurrence.key.account, occurrence.key.post].append(occurrence)
    for occurrences in by_post.values():
        first = occurrences[0]
        made = contained("rendering", first.key, partial(_rehearse, campaign, occurrences))
        yield Rehearsal.broken(made.problem(first.place)) if isinstance(made, Bug) else made
    for waiting in campaign.timetable.waiting.values():
        made = contained("rendering", waiting.key, partial(_rehearse, campaign, [waiting]))
        yield Rehearsal.broken(made.problem(waiting.place)) if isinstance(made, Bug) else made


def _rehearse(campaign: DatedCampaign, occurrences: Sequence[Occurrence]) -> Rehearsal:
    """All occurrences of one post on one account, in order of time."""
    first, stage = occurrences[0], _Stage(campaign)
    items = first.file.items.get(first.key.post)
    circle = ring(items.items, first.post.order) if items else ()
    turns = following(circle, None, len(occurrences), first.post.order) if circle else ()
    planned = list(zip_longest(occurrences, turns))
    proofs = _each_made(stage.proof(occurrence, turn) for occurrence, turn in planned)
    others = _each_made(_others(stage, planned, circle)) if turns else ()
    if first.awaits:
        proofs, others = (), (*proofs, *others)
    return Rehearsal(proofs=proofs, others=others, problems=tuple(stage.problems))


def _each_made(proofs: Iterable[Proof | None]) -> tuple[Proof, ...]:
    return tuple(proof for proof in proofs if proof)


def _others(
    stage: "_Stage", planned: Sequence[tuple[Occurrence, Turn]], circle: Sequence[Turn]
) -> Iterator[Proof | None]:
    """The items that have no turn yet, once; those that look at the moment, at all other times."""
    first = planned[0][0]
    own = {item for _, (item, _) in planned}
    unseen = [turn for turn in circle if turn[0] not in own]
    for turn in unseen:
        yield stage.proof(first, turn)
    timed = [turn for turn in circle if not stage.campaign.is_known(first, turn)]
    if len(timed) * len(planned) > PAIRS:
        stage.problems[_too_many(first, len(timed), len(planned))] = None
        return
    stage.planned = False
    for turn in timed:
        for occurrence, (item, _) in planned[turn in unseen :]:
            if item != turn[0]:
                yield stage.proof(occurrence, turn)


class _Stage:
    """Renders one post at all of its times, and gathers what is wrong with it."""

    def __init__(self, campaign: DatedCampaign) -> None:
        self.campaign = campaign
        self.problems: dict[Problem, None] = {}
        self.planned = True
        """Whether it renders what is due when nothing is missed, which the preview shows."""
        self._shapes: dict[str | None, set[tuple[str, ...]]] = defaultdict(set)
        """By item, what was said, but for the moments in it."""
        self._unshown = 0

    def proof(self, occurrence: Occurrence, turn: Turn | None) -> Proof | None:
        """The post at one of its times; None where it can't be rendered, and a problem says why."""
        if self.campaign.assets.work.is_over(occurrence.file.path):
            return None
        made = self.campaign.rendering(occurrence, turn)
        self.problems.update(dict.fromkeys(made.problems))
        if made.post is None:
            return None
        if made.timed:
            self._compare(occurrence, turn[0] if turn else None, made.shape, made.post)
        return Proof(occurrence=occurrence, post=made.post)

    def _compare(
        self,
        occurrence: Occurrence,
        item: str | None,
        shape: tuple[str, ...],
        post: RenderedPost,
    ) -> None:
        """Tells what an item says at no time that the preview shows, but may come to say."""
        seen = self._shapes[item]
        is_new = shape not in seen
        seen.add(shape)
        if self.planned or not is_new or len(seen) == 1:
            return
        self._unshown += 1
        if self._unshown <= MOST_TOLD:
            self.problems[_unshown(occurrence, item, post)] = None
        elif self._unshown == MOST_TOLD + 1:
            self.problems[_too_different(occurrence)] = None


def _unshown(occurrence: Occurrence, item: str | None, post: RenderedPost) -> Problem:
    said = " / ".join(part.text for part in post.parts)
    return Problem(
        rule="other-turn",
        message=f"once a slot is missed, `{occurrence.key.post}` may say with item `{item}` on "
        f"{occurrence.due:%Y-%m-%d}: “{said}”",
        place=Place(path=occurrence.file.path, route=("posts", occurrence.key.post), on_key=True),
        help="read it as if it stood in the preview; or leave `at` out of what decides the words",
        severity=Severity.WARNING,
    )


def _too_different(occurrence: Occurrence) -> Problem:
    post = occurrence.key.post
    return Problem(
        rule="too-many-turns",
        message=f"once a slot is missed, `{post}` may say more than {MOST_TOLD} different things, "
        "and nobody can read them all",
        place=Place(path=occurrence.file.path, route=("posts", post), on_key=True),
        help="leave `at` out of what decides the words",
    )


def _too_many(occurrence: Occurrence, items: int, times: int) -> Problem:
    post = occurrence.key.post
    return Problem(
        rule="too-many-turns",
        message=f"`{post}` looks at the moment, and {items:,} items at {times:,} times are more "
        f"than the {PAIRS:,} texts that are checked",
        place=Place(path=occurrence.file.path, route=("posts", post), on_key=True),
        help="leave `at` and `countdown` out of what it says, or declare fewer items or days",
    )
