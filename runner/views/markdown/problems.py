"""Problems as Markdown: the worst first, as a compiler would say them, in a fence."""

from collections.abc import Iterable, Iterator, Mapping

from runner.problems import Problem, Severity
from runner.sources import Source
from runner.value import Value, field
from runner.views.markdown.bounded import Limit
from runner.views.markdown.escaping import fenced
from runner.views.problems import as_text, problem_count

SHARE = 4
"""Problems take a quarter of what fits, at most."""


class Wrong(Value):
    """What is wrong: `text` with all of it, and the rules that each post breaks."""

    text: str = ""
    rules: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By the file's path and the post's id."""

    def notes_beside(self, path: str, posts: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """What to note at each of these occurrences: at the first of a post what concerns all."""
        told: set[str] = set()
        for post in posts:
            rules = () if post in told else self.rules.get((path, post), ())
            told.add(post)
            yield (f"⚠ {', '.join(rules)}",) if rules else ()


NOTHING_WRONG = Wrong()


def wrong_of(problems: Iterable[Problem], sources: Mapping[str, Source], limit: Limit) -> Wrong:
    """The problems as Markdown, and which posts they are about."""
    found = tuple(problems)
    rules: dict[tuple[str, str], tuple[str, ...]] = {}
    for problem in found:
        match problem.place.route:
            case ("posts", str(post), *_):
                at = problem.place.path, post
                rules[at] = tuple(dict.fromkeys((*rules.get(at, ()), problem.rule)))
    return Wrong(_all_of(found, sources, limit), rules)


def _all_of(problems: Iterable[Problem], sources: Mapping[str, Source], limit: Limit) -> str:
    """A part that is unfolded where there are errors; empty without problems."""
    found = sorted(problems, key=lambda each: list(Severity).index(each.severity))
    if not found:
        return ""
    worst = found[: limit.problems]
    while len(worst) > 1 and limit.measure(_shown_problems(worst, sources)) > limit.size // SHARE:
        worst = worst[: len(worst) // 2]
    shown = _shown_problems(worst, sources)
    if limit.measure(shown) > limit.size // SHARE:
        worst, shown = [], ""
    opened = " open" if found[0].severity is Severity.ERROR else ""
    parts = [f"<details{opened}><summary>{problem_count(found)}</summary>", shown]
    if left := len(found) - len(worst):
        parts.append(f"**{left} more:** {limit.rest}")
    return "\n\n".join([*filter(None, parts), "</details>\n\n"])


def _shown_problems(problems: list[Problem], sources: Mapping[str, Source]) -> str:
    """One block each, and no count below them: the summary has it."""
    blocks = (as_text([each], sources).rpartition("\n\n")[0] for each in problems)
    return fenced("\n\n".join(blocks), broken=False)
