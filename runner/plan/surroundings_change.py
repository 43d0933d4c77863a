"""What a comparison of two sides tells beside the changes of posts: settings and files that change,
errors for which posts can't be compared, and posts that a renamed campaign would send twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from runner.compile import DatedCampaign
from runner.plan.change import Comparison, WhyBroken
from runner.plan.inputs import PlanInputs
from runner.plan.matching_campaigns import DifferingFiles
from runner.plan.settings import settings, warnings
from runner.plan.snapshot import PostSnapshot
from runner.plan.surroundings import CampaignPost, FilesByPost, Surroundings, file_changes
from runner.problems import Place, Problem, Severity
from runner.schedule import Once, Timetable

RULE = "renamed-post"
_PAST_POST = "past-post"
"""The rule that calls a post missed; it is no use for one that is out under another name."""


def campaigns_of(inputs: PlanInputs | None) -> Mapping[str, DatedCampaign]:
    """The campaigns of a plan's inputs by id; empty without inputs."""
    return inputs.campaigns if inputs else {}


def changed_surroundings(
    before: PlanInputs | None,
    after: PlanInputs,
    found: Comparison,
    problems: Iterable[Problem],
    *,
    files: DifferingFiles,
    files_of_posts: tuple[FilesByPost, FilesByPost],
    program: tuple[str, ...],
    touched: Mapping[str, bool],
    unread: tuple[str, ...],
) -> Surroundings:
    """What changes beside the posts of the comparison `found`.

    `problems` are those of the new files. `files` are the campaigns that differ, and
    `files_of_posts` the files that their posts are made of, on both sides. `touched` has all paths
    that differ, below the project's folder, each with whether both sides have it.
    """
    names = {old.id: new for new, old in found.renamed.items()}
    changed, files = frozenset(_changed_posts(found)), files.under(names)
    differ, old_project = files.edited, before.project if before else None
    return Surroundings(
        program=program,
        warnings=tuple(warnings(before.project, after.project)) if before else (),
        settings=settings((old_project, files.old), (after.project, files.new)),
        files=file_changes(
            *files_of_posts,
            touched=touched,
            changed=changed,
            names=names,
        ),
        unread=unread,
        edited=differ,
        timeless=_timeless(
            [table for table in after.timetables if table.campaign.id in differ], changed, problems
        ),
    )


def broken_by(problems: Iterable[Problem], campaigns: Mapping[str, DatedCampaign]) -> WhyBroken:
    """A function that tells why the new files don't plan a post of the old ones: the error that
    stands in the way, or None where they just don't declare it any more."""
    wrong = _errors(problems)

    def why(snapshot: PostSnapshot) -> str | None:
        errors, new = wrong.get(snapshot.campaign.path, ()), campaigns.get(snapshot.key.campaign)
        if new is None:
            return errors[0].message if errors else None
        declared = (
            snapshot.key.post in new.campaign.posts
            and snapshot.key.account in new.campaign.accounts
        )
        return _why_timeless(snapshot.key.post, errors) if declared else None

    return why


def _errors(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is Severity.ERROR:
            found[problem.place.path].append(problem)
    return found


def _why_timeless(post: str, errors: Iterable[Problem]) -> str | None:
    """The first error of the post itself, else of its campaign as a whole; None without one."""
    routes = (("posts", post), ("posts",))
    own = [each for each in errors if each.place.route[:2] == routes[0]]
    shared = [each for each in errors if each.place.route[:1] != routes[1]]
    return next((each.message for each in (*own, *shared)), None)


def _changed_posts(found: Comparison) -> Iterable[CampaignPost]:
    for change in found.changes:
        yield change.snapshot.key.campaign, change.snapshot.key.post


def _timeless(
    tables: Iterable[Timetable], told: Collection[CampaignPost], problems: Iterable[Problem]
) -> dict[str, tuple[str, ...]]:
    """Lines about posts that are never due and why, by the path of their campaign; but for posts
    that are `told` of anyway."""
    wrong = _errors(problems)
    lines: dict[str, tuple[str, ...]] = {}
    for table in tables:
        campaign = table.campaign
        placed = {key.post for key in table.waiting} | {
            each.key.post for each in table.entries if isinstance(each, Once) or any(each.walls())
        }
        silent = [
            name
            for name in campaign.posts
            if name not in placed and (campaign.id, name) not in told
        ]
        errors = wrong.get(campaign.path, ())
        whys = [(name, _why_timeless(name, errors)) for name in silent]
        lines[campaign.path] = tuple(
            f"{name} has no time: {why or 'it never comes'}" for name, why in whys
        )
    return lines


def with_second_names(problems: tuple[Problem, ...], comparison: Comparison) -> tuple[Problem, ...]:
    """The problems, with one for each post that is out under the old name of its campaign."""
    second = {problem.place: problem for problem in _second_name_problems(comparison)}
    posts = {(place.path, place.route[:2]) for place in second}
    told = {(each.place.path, each.place.route[:2]) for each in problems if each.rule == RULE}
    kept = (
        each
        for each in problems
        if each.rule != _PAST_POST or (each.place.path, each.place.route[:2]) not in posts
    )
    new = (each for each in second.values() if (each.place.path, each.place.route[:2]) not in told)
    return (*kept, *new)


def _second_name_problems(comparison: Comparison) -> Iterator[Problem]:
    for change in comparison.changes:
        former, snapshot = change.former, change.snapshot
        if former is not None:
            yield Problem(
                rule=RULE,
                message=f"`{snapshot.key.post}` is out already, as `{former}`: its campaign has "
                "another name now, by which the ledger does not know it",
                place=Place(
                    path=snapshot.campaign.path, route=("posts", snapshot.key.post), on_key=True
                ),
                help=f"write `id: {former.campaign}` in {snapshot.campaign.path}; if it is another "
                "post, give the post another name",
            )
