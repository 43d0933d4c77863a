"""`runner preview --base`: what the files of another commit would do, beside what the files here
do."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from runner.cli.context import CommandContext
from runner.cli.opened_campaigns import KnownCampaigns
from runner.cli.opened_project import OpenedProject, open_project
from runner.cli.planning import plan_ahead
from runner.cli.stores import ReadableLedger
from runner.plan import (
    Comparison,
    DifferingFiles,
    Plan,
    PlanInputs,
    Surroundings,
    broken_by,
    campaigns_of,
    changed_surroundings,
    compare,
    differing_files,
    files_by_post,
    program_paths,
    snapshots,
)
from runner.problems import Problem, Severity
from runner.value import Value, replace
from runner.views.phrases import first_names
from runner.workspace import fork_point

UNREADABLE = "runner.yaml can’t be read: all that it says may change"
MOST_PATHS = 5
"""How many files that can't be read are named."""


class BaseProject(Value, kw_only=True):
    """A project as it was at the commit at which HEAD left `ref`, and what of the program that
    publishes it is otherwise now."""

    ref: str
    opened: OpenedProject
    program: tuple[str, ...]
    touched: Mapping[str, bool]
    """All paths of the project that differ, and whether each is there on both sides."""


@contextmanager
def base_project(context: CommandContext, ref: str, known: KnownCampaigns) -> Iterator[BaseProject]:
    """The base, whose files are there for as long as this lasts. `known` are the campaigns by the
    files that are here. Raises BadUsage."""
    commit = fork_point(context.root, ref, context.environ)
    touched, project = commit.touched(), commit.prefix()
    own = [path.removeprefix(project) for path in touched if path.startswith(project)]
    with TemporaryDirectory(prefix="runner-base-") as folder:
        commit.write_to(Path(folder))
        opened = open_project(replace(context, root=Path(folder)), known=known)
        roots = (Path(folder), context.root)
        stays = {path: all(os.path.lexists(root / path) for root in roots) for path in own}
        program = program_paths(touched, project)
        yield BaseProject(ref=ref, opened=opened, program=program, touched=stays)


def change_since(
    base: BaseProject,
    now: OpenedProject,
    after: tuple[PlanInputs, Plan],
    *,
    files: DifferingFiles,
    ledger: ReadableLedger,
    campaigns: Collection[str] = (),
) -> Comparison:
    """What changes from the base to what is planned now, of all campaigns or of some; `files` are
    those that differ."""
    inputs, plan = after
    assert now.inputs  # noqa: S101 — `inputs` are a part of it
    broken = broken_by(now.problems, now.inputs.campaigns)
    files_of_posts = (
        files_by_post(base.opened.inputs, files.old.values()),
        files_by_post(now.inputs, files.new.values()),
    )
    before = snapshots(
        _plan_before(base, inputs, plan, ledger, files.edited.keys()), files_of_posts[0]
    )
    found = compare(before, snapshots(plan, files_of_posts[1]), broken, files)
    basis = changed_surroundings(
        base.opened.inputs,
        now.inputs,
        found,
        now.problems,
        files=files,
        files_of_posts=files_of_posts,
        program=base.program,
        touched=base.touched,
        unread=(*_unread_notes(base), *_unread_now(base, now.inputs, now.problems)),
    )
    return replace(found, basis=basis, is_part=_is_part(inputs)).of_campaigns(campaigns)


def change_of_program(base: BaseProject) -> Comparison:
    """What can be told where the new runner.yaml can't be read."""
    return Comparison(
        changes=(),
        renamed={},
        same={},
        cost_before=Decimal(0),
        cost_after=Decimal(0),
        basis=Surroundings(program=base.program, unread=(UNREADABLE,)),
    )


def files_since(base: BaseProject, now: OpenedProject) -> DifferingFiles:
    """The files of campaigns that differ, or are on one side only."""
    return differing_files(campaigns_of(base.opened.inputs), campaigns_of(now.inputs))


def _plan_before(
    base: BaseProject,
    inputs: PlanInputs,
    plan: Plan,
    ledger: ReadableLedger,
    whole: Collection[str],
) -> Plan:
    """What the files of the base plan now; nothing where its runner.yaml can't be read. Of `whole`
    campaigns everything is wanted."""
    old = base.opened.inputs
    if old is None:
        return Plan(now=plan.now, actions=())
    # who was asked for, as far as there was such an account
    looked_at = old.accounts & inputs.accounts if _is_part(inputs) else old.accounts
    old = replace(old, accounts=looked_at)
    return plan_ahead(old, ledger, plan.now, every_campaign=False, whole=whole).plan


def _is_part(inputs: PlanInputs) -> bool:
    return inputs.accounts != frozenset(inputs.project.accounts)


def _unread_now(base: BaseProject, now: PlanInputs, problems: Iterable[Problem]) -> Iterator[str]:
    """The edited campaigns that can't be read any more."""
    ids = {each.path: each.id for each in campaigns_of(base.opened.inputs).values()}
    broken = {each.place.path for each in problems if each.severity is Severity.ERROR}
    for path in sorted(broken & base.touched.keys()):
        if {PurePosixPath(path).stem, ids.get(path)} & now.unread:
            yield f"{path} can’t be read: its settings and the rules that it ignores may change"


def _unread_notes(base: BaseProject) -> Iterator[str]:
    ref, opened = base.ref, base.opened
    if opened.inputs is None:
        is_there = "no-project" not in {each.rule for each in opened.problems}
        why = f"runner.yaml of {ref} can’t be read" if is_there else f"{ref} has no runner.yaml"
        yield f"{why}, so all counts as added"
        return
    broken = sorted(
        {each.place.path for each in opened.problems if each.severity is Severity.ERROR}
    )
    if broken:
        named = first_names(broken, MOST_PATHS)
        yield f"{named} of {ref} can’t be read as a whole: what is missing there counts as added"
