"""The preview's page. It loads nothing, and its policy lets nothing run but its own script."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC

from runner.ledger import Key
from runner.models import Project
from runner.plan import UNTOUCHED, Action, ChangeKind, Comparison, Plan
from runner.problems import Problem
from runner.sources import Source
from runner.value import Value, field
from runner.views.difference import drift_in_words, lines_of
from runner.views.foreword import PROGRAM, WHO_LOOKS, Foreword, foreword
from runner.views.html.calendar import Day, days, months, weeks
from runner.views.html.cards import Album, Read, ShownAccount, shown_accounts
from runner.views.html.occurrences import (
    OccurrenceCard,
    OccurrenceCards,
    Revision,
    revisions,
    shown_of,
)
from runner.views.html.problems import ShownProblem, shown_problems
from runner.views.html.templates import content_hash, environment, own_files, style
from runner.views.html.totals import Sums, sums_of
from runner.views.phrases import count, moment
from runner.views.plan_listing import row_of

MOST_POSTS = 300
"""How many posts are shown, unless all are asked for: of the text of a page a browser takes about
two megabytes at once on a phone."""
LARGE = 600
"""From more posts on, the page draws each where somebody looks, and lists them by month."""


class Material(Value, kw_only=True):
    """What the page is made of beside the plan. `problems` are those of the files; `project` is
    None where runner.yaml can't be read."""

    project: Project | None
    read: Read
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    comparison: Comparison | None = None
    """What changes, for the preview of a pull request."""


class UndatedPost(Value, kw_only=True):
    """A post without a time yet, and what it will say."""

    name: str
    note: str
    lines: tuple[str, ...]


class PreviewPage(Value, kw_only=True):
    """All that the template shows."""

    made: str
    foreword: Foreword
    sums: Sums
    accounts: tuple[ShownAccount, ...]
    campaigns: tuple[str, ...]
    days: tuple[Day, ...]
    problems: tuple[ShownProblem, ...]
    undated: tuple[UndatedPost, ...]
    timeless: tuple[str, ...]
    """Posts of edited campaigns that are never due, and why."""
    gone: tuple[str, ...]
    """What is out, and no file leads to it any more."""
    removed: tuple[Revision, ...]
    dateless: tuple[Revision, ...]
    """What changes of posts that have no time yet, or that an error keeps from having one."""
    compares: bool
    is_large: bool
    left_out: str | None
    pictures_left_out: str | None


def plan_as_html(plan: Plan, material: Material, *, everything: bool = False) -> str:
    """The page. The same plan and files give the same page, byte for byte."""
    page = _page(plan, material, most=None if everything else MOST_POSTS)
    css, script = style("preview.css"), own_files("preview.js")
    template = environment().get_template("preview.html")
    made = template.render(
        page=page,
        program=PROGRAM,
        who_looks=WHO_LOOKS,
        months=months(page.days),
        weeks=weeks(page.days),
        css=css,
        script=script,
        policy=_policy(str(css), str(script)),
    )
    return f"{made}\n"


def _page(plan: Plan, material: Material, *, most: int | None) -> PreviewPage:
    problems = shown_problems(material.problems, material.sources)
    album = Album(material.read)
    revised = revisions(material.comparison)
    shown = shown_of(plan, most=most, changed=revised)
    accounts = shown_accounts(material.project) if material.project else {}
    made = OccurrenceCards(
        plan=plan,
        accounts=accounts,
        album=album,
        problems=problems,
        sources=material.sources,
        revisions=revised,
    ).of(shown)
    planned = {action.key for action in plan.actions}
    undated = [each for key, each in revised.items() if key not in planned]
    here = plan.now.astimezone(material.project.timezone if material.project else UTC)
    return PreviewPage(
        made=f"{moment(here)} · {here.astimezone(UTC):%H:%M} UTC",
        foreword=foreword(material.comparison),
        sums=sums_of(plan, problems, material.comparison),
        accounts=_accounts(made, accounts.values()),
        campaigns=tuple(sorted({card.campaign for card in made})),
        days=days(made),
        problems=problems,
        undated=tuple(map(_undated_post, plan.undated)),
        timeless=tuple(_timeless(material.comparison)),
        gone=_gone_notes(plan, planned),
        removed=tuple(each for each in undated if each.kind is ChangeKind.REMOVED),
        dateless=tuple(each for each in undated if each.kind is not ChangeKind.REMOVED),
        compares=material.comparison is not None,
        is_large=len(made) > LARGE,
        left_out=_left_out(plan, shown),
        pictures_left_out=_pictures_left_out(album),
    )


def _undated_post(action: Action) -> UndatedPost:
    row, post = row_of(action, several=False), action.post
    return UndatedPost(
        name=str(action.key),
        note=" · ".join((row.when, *row.facts, *row.notes, *row.ignored)),
        lines=tuple(line for part in (post.parts if post else ()) for line in lines_of(part)),
    )


def _timeless(comparison: Comparison | None) -> Iterator[str]:
    basis = comparison.basis if comparison else UNTOUCHED
    for path, notes in basis.timeless.items():
        yield from (f"{path}: {note}" for note in notes)


def _gone_notes(plan: Plan, planned: Collection[Key]) -> tuple[str, ...]:
    drifts = (drift for key, drift in sorted(plan.drift.items()) if key not in planned)
    return tuple(f"{drift.key}: {line}" for drift in drifts for line in drift_in_words(drift))


def _accounts(
    made: tuple[OccurrenceCard, ...], declared: Iterable[ShownAccount]
) -> tuple[ShownAccount, ...]:
    """The accounts that have something to say, in runner.yaml's order; last, who left it."""
    found = {card.account for card in made}
    known = dict.fromkeys(each for each in declared if each in found)
    return (*known, *sorted(found - known.keys(), key=lambda account: account.id))


def _left_out(plan: Plan, shown: Iterable[Action]) -> str | None:
    keys = {action.key for action in shown}
    more = [action for action in plan.actions if action.key not in keys]
    if not more:
        return None
    named = f"{count(len(more), 'post')} further away, the last {moment(more[-1].occurrence.due)}"
    return f"{named}, not shown here: ask with --all"


def _pictures_left_out(album: Album) -> str | None:
    if not album.left_out:
        return None
    return f"{count(album.left_out, 'picture')} left out to keep this file small"


def _policy(*inline: str) -> str:
    """Only this style and this script, named by what is in them."""
    style_hash, script_hash = (content_hash(text) for text in inline)
    return (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
