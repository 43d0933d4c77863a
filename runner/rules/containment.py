"""What a rule sees; and where a bug keeps it from seeing, whom that concerns.

A rule that could not look has not approved. So it looks at each campaign by itself, at each post of
those for which it fails, and at last at all that it could look at, together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile
from runner.problems import Place
from runner.rules.compiled_post import CampaignFacts, CompiledPost
from runner.rules.context import Proof, RuleContext
from runner.rules.plan_context import PlanContext, PlannedPost
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, CampaignRule, PlanRule, ProjectRule, Rule
from runner.schedule import DeclaredCampaign
from runner.value import Value, replace

MOST_PAIRS = 20
"""Posts that are left out one by one because the rule fails for what they are together."""
C = TypeVar("C")
Seen = tuple[Breach, ...] | Bug


class SeenFile(Protocol):
    """A campaign that a rule looks at."""

    @property
    def path(self) -> str: ...


class SeenPost(Protocol):
    """A post that a rule looks at."""

    @property
    def key(self) -> Key: ...
    @property
    def path(self) -> str: ...
    @property
    def place(self) -> Place: ...


class Findings(Value, kw_only=True):
    """What a rule finds, and what it could not look at."""

    breaches: tuple[Breach, ...] = ()
    unseen: tuple[SeenPost, ...] = ()
    files: tuple[SeenFile, ...] = ()
    """Those that it can't look at, whatever posts are looked at with them."""
    blind: tuple[SeenPost, ...] = ()
    """Of what a plan looks at, those that it can't look at."""
    bug: Bug | None = None
    """Why."""


NOTHING: Final = Findings()
"""What nearly every rule finds."""


def run_rule(rule: CampaignRule, context: RuleContext) -> Findings:
    """What a rule sees, less what people ignore with a reason."""
    found = _breaches_in(rule, context, context.proofs)
    if not isinstance(found, Bug):
        return Findings(breaches=found) if found else NOTHING

    def look(files: Iterable[CampaignFile], proofs: Iterable[Proof]) -> Seen:
        seen = replace(context, files=tuple(files), proofs=tuple(proofs))
        return _breaches_in(rule, seen, seen.proofs)

    return _narrowed(found, look, context.files, context.proofs)


def run_plan_rule(rule: PlanRule, context: PlanContext) -> Findings:
    """What a rule sees of a plan, less what people ignore with a reason."""
    found = _breaches_in(rule, context, context.proofs)
    if not isinstance(found, Bug):
        return Findings(breaches=found)

    def look(files: Iterable[DeclaredCampaign], posts: Iterable[PlannedPost]) -> Seen:
        seen = replace(context, files=tuple(files), proofs=tuple(posts))
        return _breaches_in(rule, seen, seen.proofs)

    without_some = partial(_without_some, rule, context)
    return _narrowed(found, look, context.files, context.proofs, without_some)


def run_project_rule(rule: ProjectRule, context: ProjectContext) -> Findings:
    """What a rule across campaigns sees, less what people ignore with a reason."""
    found = _breaches_in(rule, context, context.proofs)
    if not isinstance(found, Bug):
        return Findings(breaches=found)

    def look(files: Iterable[CampaignFacts], posts: Iterable[CompiledPost]) -> Seen:
        seen = replace(context, files=tuple(files), proofs=tuple(posts))
        return _breaches_in(rule, seen, seen.proofs)

    return _narrowed(found, look, context.files, context.proofs)


F = TypeVar("F", bound=SeenFile)
P = TypeVar("P", bound=SeenPost)


def _narrowed(
    bug: Bug,
    look: Callable[[Iterable[F], Iterable[P]], Seen],
    files: tuple[F, ...],
    posts: tuple[P, ...],
    otherwise: Callable[[], Findings | None] = lambda: None,
) -> Findings:
    """What a rule that fails for all of these sees of some; `otherwise`, where it fails without any
    of them."""
    if isinstance(look((), ()), Bug):
        return otherwise() or Findings(unseen=posts, files=files, bug=bug)
    return _Narrowing(look, files, posts).of(bug)


def _without_some(rule: PlanRule, context: PlanContext) -> Findings | None:
    """What it sees without the occurrences that make it fail; None where it fails without any."""
    today, bugs = context.today, dict[Key, Bug]()
    alone = replace(context, files=(), proofs=())
    for each in (*today.occurrences, *today.behind):
        found = _breaches_in(
            rule, replace(alone, today=replace(today, occurrences=(each,), behind=()))
        )
        if isinstance(found, Bug):
            bugs[each.key] = found
    kept, behind = (
        tuple(each for each in some if each.key not in bugs)
        for some in (today.occurrences, today.behind)
    )
    rest = _breaches_in(
        rule, replace(context, today=replace(today, occurrences=kept, behind=behind))
    )
    if isinstance(rest, Bug) or not bugs:
        return None
    blind = (each for each in (*today.occurrences, *today.behind) if each.key in bugs)
    return Findings(breaches=rest, blind=tuple(blind), bug=next(iter(bugs.values())))


def _breaches_in(rule: Rule[C], context: C, posts: Sequence[SeenPost] = ()) -> Seen:
    about = posts[0].key if len(posts) == 1 else "the posts"
    return contained(
        f"checking `{rule.id}` of", about, lambda: tuple(_heeded_breaches(rule, context))
    )


def _heeded_breaches(rule: Rule[C], context: C) -> Iterator[Breach]:
    """What a rule finds, less what people ignore with a reason."""
    for breach in rule.look(context):
        ignored = (*(post.ignore for post in breach.declared), *(a.ignored for a in breach.about))
        if not any(rule.id in each for each in ignored):
            yield breach


@dataclass(slots=True)
class _Narrowing(Generic[F, P]):
    look: Callable[[Iterable[F], Iterable[P]], Seen]
    all_files: tuple[F, ...]
    all_posts: tuple[P, ...]
    files: list[F] = field(default_factory=list)
    """Those that the rule can look at."""
    clear: list[P] = field(default_factory=list)
    """And the posts."""

    def of(self, bug: Bug) -> Findings:
        for file in self.all_files:
            self._take(file, [each for each in self.all_posts if each.path == file.path])
        breaches = self._together()
        clear = {id(post) for post in self.clear}
        return Findings(
            breaches=breaches,
            unseen=tuple(each for each in self.all_posts if id(each) not in clear),
            files=tuple(each for each in self.all_files if each not in self.files),
            bug=bug,
        )

    def _take(self, file: F, posts: list[P]) -> None:
        if not self._fails((file,), posts):
            self.files.append(file)
            self.clear += posts
        elif not self._fails((file,), ()):
            self.files.append(file)
            self.clear += [each for each in posts if not self._fails((file,), (each,))]

    def _together(self) -> tuple[Breach, ...]:
        """What it finds in all that it can look at; without those that make it fail together."""
        for _ in range(MOST_PAIRS):
            found = self.look(self.files, self.clear)
            if not isinstance(found, Bug):
                return found
            if not self.clear:
                break
            del self.clear[self._first_failure()]
        self.clear.clear()
        self.files.clear()
        return ()

    def _first_failure(self) -> int:
        """The index of the post that makes the rule fail beside those before it."""
        low, high = 0, len(self.clear) - 1
        while low < high:
            middle = (low + high) // 2
            if self._fails(self.files, self.clear[: middle + 1]):
                high = middle
            else:
                low = middle + 1
        return low

    def _fails(self, files: Iterable[F], posts: Iterable[P]) -> bool:
        return isinstance(self.look(files, posts), Bug)
