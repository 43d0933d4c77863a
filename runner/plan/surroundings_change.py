"""What an edit changes beside posts, found by comparing two sides; and what it leaves untold."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from runner.compile import DatedCampaign
from runner.plan.change import Comparison
from runner.plan.differing_files import DifferingFiles
from runner.plan.inputs import PlanInputs
from runner.plan.material import CampaignPost, FilesByPost, file_changes
from runner.plan.settings import settings, warnings
from runner.plan.snapshot import PostSnapshot
from runner.plan.surroundings import Surroundings
from runner.problems import Problem, Severity
from runner.schedule import Timetable
from runner.schedule.recurrence import Once

Why = Callable[[PostSnapshot], str | None]


def campaigns_of(inputs: PlanInputs | None) -> Mapping[str, DatedCampaign]:
    """The campaigns of a plan's inputs by id; none where there are none."""
    return inputs.campaigns if inputs else {}


def basis_of(
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
    """What changes beside the posts that were `found` to change. `problems` are those of the new
    files; `files_of_posts` are those of both sides' differing `files`; `touched` are all
    paths that differ, from the project's folder on, and whether each is there on both sides."""
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


def broken_by(problems: Iterable[Problem], campaigns: Mapping[str, DatedCampaign]) -> Why:
    """Why the new files can't tell of a post that the old ones plan: the error that stands in the
    way; None where they just don't declare it any more."""
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
    """The error of the post itself, or of its campaign as a whole."""
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
    """The posts that are never due, by campaign, each with what stands in its way; not those that
    are `told` of anyway."""
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
