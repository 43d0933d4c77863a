"""A rehearsal of one post on one account: everything that it may come to say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

from runner.bugs import Bug, contained
from runner.compile.known_texts import TextRequest
from runner.compile.texts import CampaignTexts
from runner.problems import Place, Problem, Severity
from runner.render import RenderedPost
from runner.rules import Proof
from runner.schedule import Occurrence, following
from runner.value import Value

MOST_TOLD: Final = 10
"""How many texts that the preview does not show are told one by one."""
PAIRS: Final = 2_000
"""How many pairs of an item and an occurrence are rendered of one post on one account: about a
second of work."""


class Rehearsal(Value, kw_only=True):
    """The rendered posts of a campaign: `proofs` at the times at which they are due; `others` are
    the other items that may have their turn then, since each missed post moves all items behind it,
    and posts that wait for a time."""

    proofs: tuple[Proof, ...]
    others: tuple[Proof, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> tuple[Proof, ...]:
        """The posts that all rules look at which a plan asks; of what waits for its time, those
        that look at each post by itself."""
        return self.proofs or tuple(each for each in self.others if each.occurrence.awaits)

    @classmethod
    def broken(cls, problem: Problem) -> "Rehearsal":
        """The rehearsal of a post of which nothing can be rendered."""
        return cls(proofs=(), others=(), problems=(problem,))


def rehearsals(texts: CampaignTexts) -> Iterator[Rehearsal]:
    """A rehearsal of each post on each account."""
    by_post: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    table = texts.campaign.timetable
    for occurrence in table.all():
        by_post[occurrence.key.account, occurrence.key.post].append(occurrence)
    for occurrences in (*by_post.values(), *([each] for each in table.waiting.values())):
        first = occurrences[0]
        made = contained("rendering", first.key, partial(_rehearse, texts, occurrences))
        yield Rehearsal.broken(made.problem(first.place)) if isinstance(made, Bug) else made


def _rehearse(texts: CampaignTexts, occurrences: Sequence[Occurrence]) -> Rehearsal:
    """All occurrences of one post on one account, in order of time."""
    first, stage = occurrences[0], _Stage(texts)
    circle = first.post.items
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
    stage: "_Stage", planned: Sequence[tuple[Occurrence, str]], circle: Sequence[str]
) -> Iterator[Proof | None]:
    """The items that have no turn yet, once; those that look at the moment, at all other times."""
    first = planned[0][0]
    own = {item for _, item in planned}
    unseen = [item for item in circle if item not in own]
    for item in unseen:
        yield stage.proof(first, item)
    timed = [item for item in circle if not stage.is_untimed(first, item)]
    if len(timed) * len(planned) > PAIRS:
        stage.problems[_too_many(first, len(timed), len(planned))] = None
        return
    stage.planned = False
    for item in timed:
        times = planned if item in own else planned[1:]  # it was tried at the first time above
        for occurrence, due in times:
            if due != item:
                yield stage.proof(occurrence, item)


class _Stage:
    """Renders one post at all of its times, and gathers what is wrong with it."""

    def __init__(self, texts: CampaignTexts) -> None:
        self._texts = texts
        self.problems: dict[Problem, None] = {}
        self.planned = True
        """Whether it renders what is due when nothing is missed, which the preview shows."""
        self._shapes: dict[str | None, set[tuple[str, ...]]] = defaultdict(set)
        """By item, what was said, but for the moments in it."""
        self._unshown = 0

    def proof(self, occurrence: Occurrence, item: str | None) -> Proof | None:
        """The post at one of its times; None where it can't be rendered, and a problem says why."""
        file, campaign = self._texts.file, self._texts.campaign
        if file is None or campaign.assets.work.is_over(campaign.path):
            return None
        made = self._texts.rendering(TextRequest(occurrence, item))
        self.problems.update(dict.fromkeys(made.problems))
        if made.post is None:
            return None
        if made.timed:
            self._compare(occurrence, item, made.shape, made.post)
        return Proof(occurrence=occurrence, post=made.post, file=file)

    def is_untimed(self, occurrence: Occurrence, item: str) -> bool:
        """Whether an item is known to say the same at each of the post's times."""
        return self._texts.campaign.known.is_untimed(TextRequest(occurrence, item))

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
        place=Place(path=occurrence.path, route=("posts", occurrence.key.post), on_key=True),
        help="read it as if it stood in the preview; or leave `at` out of what decides the words",
        severity=Severity.WARNING,
    )


def _too_different(occurrence: Occurrence) -> Problem:
    post = occurrence.key.post
    return Problem(
        rule="too-many-turns",
        message=f"once a slot is missed, `{post}` may say more than {MOST_TOLD} different things, "
        "and nobody can read them all",
        place=Place(path=occurrence.path, route=("posts", post), on_key=True),
        help="leave `at` out of what decides the words",
    )


def _too_many(occurrence: Occurrence, items: int, times: int) -> Problem:
    post = occurrence.key.post
    return Problem(
        rule="too-many-turns",
        message=f"`{post}` looks at the moment, and {items:,} items at {times:,} times are more "
        f"than the {PAIRS:,} texts that are checked",
        place=Place(path=occurrence.path, route=("posts", post), on_key=True),
        help="leave `at` and `countdown` out of what it says, or declare fewer items or days",
    )
