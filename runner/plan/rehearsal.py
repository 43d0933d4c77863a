"""A rehearsal of one post on one account: everything that it may come to say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from runner.ledger import Facts
from runner.plan.inputs import Desk
from runner.plan.item_turns import Turns, turns
from runner.problems import Place, Problem, Severity
from runner.render import RenderedPost, Rendering, rendering
from runner.rules import Proof
from runner.schedule import Occurrence, Timetable, Turn, ring

MOST_TOLD: Final = 10
"""How many texts that the preview does not show are told one by one."""
PAIRS: Final = 2_000
"""How many pairs of an item and an occurrence are rendered of one post on one account: about a
second of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """`proofs` are the occurrences as they are due; `others` what a ring of items may come to
    beside them, since each miss moves all the items that follow."""

    proofs: tuple[Proof, ...]
    others: tuple[Proof, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def broken(cls, problem: Problem) -> "Rehearsal":
        """Of a post of which nothing can be rendered."""
        return cls(proofs=(), others=(), problems=(problem,))


def rehearse(desk: Desk, timetable: Timetable, occurrences: Sequence[Occurrence]) -> Rehearsal:
    """All occurrences of one post on one account, in order of time. A text that does not look at
    the moment is rendered once, and they share it."""
    stage = _Stage(desk, timetable)
    first = occurrences[0]
    turn_of = turns(occurrences, Facts()) if first.key.post in first.file.items else {}
    found = [stage.proof(occurrence, turn_of.get(occurrence.key)) for occurrence in occurrences]
    others = _others(stage, occurrences, turn_of) if turn_of else ()
    return Rehearsal(
        proofs=tuple(filter(None, found)),
        others=tuple(filter(None, others)),
        problems=tuple(stage.problems),
    )


def _others(
    stage: "_Stage", occurrences: Sequence[Occurrence], turn_of: Turns
) -> Iterator[Proof | None]:
    """The items that have no turn yet, once; those that look at the moment, at all other times."""
    first = occurrences[0]
    circle = ring(first.file.items[first.key.post].items, first.post.order)
    own = {key: item for key, (item, _) in turn_of.items()}
    unseen = [turn for turn in circle if turn[0] not in own.values()]
    for turn in unseen:
        yield stage.proof(first, turn)
    timed = [turn for turn in circle if not stage.knows(turn)]
    if len(timed) * len(occurrences) > PAIRS:
        stage.problems[_too_many(first, len(timed), len(occurrences))] = None
        return
    stage.planned = False
    for turn in timed:
        for occurrence in occurrences[turn in unseen :]:
            if own[occurrence.key] != turn[0]:
                yield stage.proof(occurrence, turn)


class _Stage:
    """Renders one post, and keeps what is the same at each of its times."""

    def __init__(self, desk: Desk, timetable: Timetable) -> None:
        self._workshop = desk.workshop
        self._anchors = timetable.anchors
        self._shared: dict[str | None, tuple[Rendering, int]] = {}
        """By item, with the steps that it took."""
        self.problems: dict[Problem, None] = {}
        self.planned = True
        """Whether it renders what is due when nothing is missed, which the preview shows."""
        self._shapes: dict[str | None, set[tuple[str, ...]]] = defaultdict(set)
        """By item, what was said, but for the moments in it."""
        self._unshown = 0

    def knows(self, turn: Turn) -> bool:
        """Whether all is known that the post says with an item."""
        return turn[0] in self._shared

    def proof(self, occurrence: Occurrence, turn: Turn | None) -> Proof | None:
        """None where it can't be rendered; then a problem says why."""
        work, path = self._workshop.work, occurrence.file.path
        if work.is_over(path):
            return None
        name = turn[0] if turn else None
        if name in self._shared:
            made, steps = self._shared[name]
            work.take(path, steps)  # the plan renders each by itself
        else:
            before = work.used(path)
            made = rendering(
                occurrence, workshop=self._workshop, item=turn, anchors=self._anchors, posted={}
            )
            self.problems.update(dict.fromkeys(made.problems))
            if not made.timed:
                self._shared[name] = made, work.used(path) - before
            elif made.post:
                self._compare(occurrence, name, made.shape, made.post)
        if made.post is None:
            return None
        post = replace(made.post, key=occurrence.key, due=occurrence.due)
        return Proof(occurrence=occurrence, post=post)

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
