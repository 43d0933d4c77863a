"""The results of contests, held against the lists of entries that they were drawn from."""

from collections.abc import Iterator, Mapping

from runner.cli.contests import OpenedContest, contests_in
from runner.cli.context import CommandContext
from runner.cli.stores import is_on_branches
from runner.contest.list_head import LIST_FILE
from runner.contest.published import PublishedList, Verdict, Verification
from runner.contest.verifying import verify, verify_list
from runner.git import Git, GitFailed
from runner.problems import BadFiles, LedgerOutOfReach, Place, Problem
from runner.stores import KeptBranch, files_at
from runner.value import Value

RULE = "contest-result"


class ResultsFindings(Value, kw_only=True):
    """What is wrong in results, and which could not be checked."""

    problems: tuple[Problem, ...]
    unchecked: tuple[str, ...]
    """What to do about each of them."""
    is_lasting: bool
    """Whether the same files always give the same: each list is the one of the commit that its
    results name."""


def check_results(context: CommandContext, *, fetch: bool) -> ResultsFindings:
    """Holds each contest's results against its list: the one that is at hand, or with `fetch` the
    one that is published now. Raises LedgerUnusable where that was cut back."""
    problems: list[Problem] = []
    unchecked: list[str] = []
    is_lasting = True
    for contest in _with_a_list(context):
        files = {} if fetch else _committed_list(contest, context)
        if LIST_FILE not in files:
            is_lasting = False
            files = _published(contest, context) if fetch else _at_hand(contest, context)
        if LIST_FILE not in files:
            branch = f"{KeptBranch.LIST}/{contest.file.id}"
            unchecked.append(
                f"{contest.file.results} was not held against its list of entries, which is not "
                f"here: git fetch origin {branch}:refs/remotes/origin/{branch}"
            )
            continue
        checked = _verification(context, contest, files)
        if checked.verdict is Verdict.FALSE:
            problems.append(_problem(contest, checked))
    return ResultsFindings(
        problems=tuple(problems), unchecked=tuple(unchecked), is_lasting=is_lasting
    )


def _with_a_list(context: CommandContext) -> Iterator[OpenedContest]:
    try:
        contests = contests_in(context)
    except BadFiles:
        return  # nothing can be read, which is told elsewhere
    for each in contests:
        draw = each.file.draw
        if each.contest.key and draw and (draw.digest or draw.proof):
            yield each


def _published(contest: OpenedContest, context: CommandContext) -> Mapping[str, bytes]:
    """The files of the list; none where it is out of reach."""
    try:
        return contest.list_files(context).read()
    except LedgerOutOfReach:
        return {}


def _committed_list(contest: OpenedContest, context: CommandContext) -> Mapping[str, bytes]:
    """The files of the list in the commit that the results name, where this machine has it."""
    commit = contest.file.draw.commit if contest.file.draw else None
    if commit is None or not is_on_branches(context, contest.project):
        return {}
    return _files_here(context, commit)


def _at_hand(contest: OpenedContest, context: CommandContext) -> Mapping[str, bytes]:
    """The files of the list on its branch, as far as this machine has it: nothing is fetched."""
    if not is_on_branches(context, contest.project):
        return _published(contest, context)
    return _files_here(context, f"refs/remotes/origin/{KeptBranch.LIST}/{contest.file.id}")


def _files_here(context: CommandContext, commit: str) -> Mapping[str, bytes]:
    try:
        return files_at(Git(context.root, context.environ), commit)
    except GitFailed:
        return {}


def _verification(
    context: CommandContext, contest: OpenedContest, files: Mapping[str, bytes]
) -> Verification:
    published = contest.published_draw(context, files)
    if published:
        return verify(published)
    draw = contest.file.draw
    assert draw, "it has a list"  # noqa: S101
    return verify_list(PublishedList(promised=contest.charter(), draw=draw, list=files))


def _problem(contest: OpenedContest, checked: Verification) -> Problem:
    return Problem(
        rule=RULE,
        message=(checked.wrong or "").removesuffix("."),
        place=Place(path=contest.file.results, route=(checked.about or "digest",), on_key=True),
        help=f"put back what `runner draw` wrote; see each step: runner verify {contest.file.id}",
    )
