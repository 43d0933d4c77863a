"""What a renamed campaign would send a second time, told while the old files are still known."""

from collections.abc import Iterator

from runner.plan.change import Comparison
from runner.problems import Place, Problem

RULE = "renamed-post"
_ECHO = "past-post"
"""What is out under another name has not been missed."""


def with_second_names(problems: tuple[Problem, ...], comparison: Comparison) -> tuple[Problem, ...]:
    """The problems, with one for each post that is out under the old name of its campaign."""
    second = {problem.place: problem for problem in _second_names(comparison)}
    posts = {(place.path, place.route[:2]) for place in second}
    told = {(each.place.path, each.place.route[:2]) for each in problems if each.rule == RULE}
    kept = (
        each
        for each in problems
        if each.rule != _ECHO or (each.place.path, each.place.route[:2]) not in posts
    )
    new = (each for each in second.values() if (each.place.path, each.place.route[:2]) not in told)
    return (*kept, *new)


def _second_names(comparison: Comparison) -> Iterator[Problem]:
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
