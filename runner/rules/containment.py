"""What a rule sees of a scene; and where a bug keeps it from seeing, whom that concerns.

A rule that could not look has not approved. So it looks at each campaign by itself, at each post of
those for which it fails, and at last at all that it could look at, together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile
from runner.rules.context import Proof, RuleContext
from runner.rules.rule import Breach, Rule
from runner.schedule import Occurrence

MOST_PAIRS = 20
"""Posts that are left out one by one because the rule fails for what they are together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a rule finds, and what it could not look at."""

    breaches: tuple[Breach, ...] = ()
    unseen: tuple[Proof, ...] = ()
    files: tuple[CampaignFile, ...] = ()
    """Those that it can't look at, whatever posts are looked at with them."""
    blind: tuple[Occurrence, ...] = ()
    """Of what a plan looks at, those that it can't look at."""
    bug: Bug | None = None
    """Why."""


def sight(rule: Rule, context: RuleContext) -> Sight:
    """What a rule sees, less what people ignore with a reason."""
    found = _seen(rule, context)
    if not isinstance(found, Bug):
        return Sight(breaches=found)
    if isinstance(_seen(rule, replace(context, files=(), proofs=())), Bug):
        return _without_some(rule, context) or Sight(
            unseen=context.proofs, files=context.files, bug=found
        )
    return _Narrowing(rule, context).of(found)


def _without_some(rule: Rule, context: RuleContext) -> Sight | None:
    """What it sees of a plan, without the occurrences that make it fail; None where it fails
    without any."""
    today, bugs = context.today, dict[Key, Bug]()
    if today is None:
        return None
    alone = replace(context, files=(), proofs=())
    for each in (*today.occurrences, *today.behind):
        found = _seen(rule, replace(alone, today=replace(today, occurrences=(each,), behind=())))
        if isinstance(found, Bug):
            bugs[each.key] = found
    kept, behind = (
        tuple(each for each in some if each.key not in bugs)
        for some in (today.occurrences, today.behind)
    )
    rest = _seen(rule, replace(context, today=replace(today, occurrences=kept, behind=behind)))
    if isinstance(rest, Bug) or not bugs:
        return None
    blind = (each for each in (*today.occurrences, *today.behind) if each.key in bugs)
    return Sight(breaches=rest, blind=tuple(blind), bug=next(iter(bugs.values())))


def heeded(rule: Rule, context: RuleContext) -> Iterator[Breach]:
    """What a rule finds, less what people ignore with a reason."""
    for breach in rule.look(context):
        posts = (*breach.declared, *(occurrence.post for occurrence in breach.about))
        if not any(rule.id in post.ignore for post in posts):
            yield breach


def _seen(rule: Rule, context: RuleContext) -> tuple[Breach, ...] | Bug:
    about = context.proofs[0].post.key if len(context.proofs) == 1 else "the posts"
    return contained(f"checking `{rule.id}` of", about, lambda: tuple(heeded(rule, context)))


@dataclass(slots=True)
class _Narrowing:
    rule: Rule
    context: RuleContext
    files: list[CampaignFile] = field(default_factory=list)
    """Those that the rule can look at."""
    clear: list[Proof] = field(default_factory=list)
    """And the posts."""

    def of(self, bug: Bug) -> Sight:
        for file in self.context.files:
            self._take(file, [each for each in self.context.proofs if each.file.path == file.path])
        breaches = self._together()
        clear = {id(proof) for proof in self.clear}
        return Sight(
            breaches=breaches,
            unseen=tuple(each for each in self.context.proofs if id(each) not in clear),
            files=tuple(each for each in self.context.files if each not in self.files),
            bug=bug,
        )

    def _take(self, file: CampaignFile, proofs: list[Proof]) -> None:
        if not self._fails((file,), proofs):
            self.files.append(file)
            self.clear += proofs
        elif not self._fails((file,), ()):
            self.files.append(file)
            self.clear += [each for each in proofs if not self._fails((file,), (each,))]

    def _together(self) -> tuple[Breach, ...]:
        """What it finds in all that it can look at; without those that make it fail together."""
        for _ in range(MOST_PAIRS):
            found = self._look(self.files, self.clear)
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

    def _fails(self, files: Iterable[CampaignFile], proofs: Iterable[Proof]) -> bool:
        return isinstance(self._look(files, proofs), Bug)

    def _look(
        self, files: Iterable[CampaignFile], proofs: Iterable[Proof]
    ) -> tuple[Breach, ...] | Bug:
        return _seen(self.rule, replace(self.context, files=tuple(files), proofs=tuple(proofs)))
