"""What is published: the project as it stands at the tip of the remote's default branch."""

from collections.abc import Mapping
from typing import Final

from runner.git.checkout import DECLARED, Checkout
from runner.git.failure import GitFailed
from runner.git.objects import Objects
from runner.git.scratch import FETCH, ScratchRepository, head_to
from runner.value import Value

_TIP: Final = "refs/tip/"


class Tip(Value, kw_only=True):
    """A commit, and what there is of the project in it."""

    commit: str
    folder: str | None
    """The id of the project's folder; None where the commit has none."""
    declared: Mapping[str, str | None]
    """The ids of what people declare, by name; None for what is not there. Equal ids are equal
    contents."""
    objects: Objects
    checkout: Checkout


def tip_of(checkout: Checkout, environ: Mapping[str, str]) -> Tip:
    """The tip as the remote has it now; all of the project is at hand. Raises GitFailed, and
    LedgerOutOfReach without a remote."""
    checkout.expect_remote()
    scratch = ScratchRepository(checkout, environ)
    scratch.borrow(checkout)
    objects = Objects(scratch)
    commit = _commit(scratch)
    folder = _folder(objects, commit, checkout.prefix)
    there = objects.entries(folder) if folder else {}
    if folder:
        objects.fetch_below(folder)
    return Tip(
        commit=commit,
        folder=folder,
        declared={name: there[name].id if name in there else None for name in DECLARED},
        objects=objects,
        checkout=checkout,
    )


def _commit(scratch: ScratchRepository) -> str:
    """Fetches the commit, without its history. It is asked for by name, since `ls-remote` is told
    of every ref that there is."""
    try:
        scratch.git(*FETCH, "--depth=1", "--filter=tree:0", "origin", head_to(_TIP))
    except GitFailed as failed:
        if failed.brings_nothing:
            raise _without_default_branch(scratch) from None
        raise
    commit = scratch.git("for-each-ref", "--format=%(objectname)", _TIP).decode().rstrip("\n")
    if not commit:
        raise GitFailed("the remote did not send what its HEAD leads to")
    return commit


def _folder(objects: Objects, commit: str, path: str) -> str | None:
    with objects.opened(commit) as file:
        folder = file.readline().decode().split()[1]
    for name in path.split("/")[:-1]:
        entry = objects.entries(folder).get(name)
        if entry is None or not entry.is_folder:
            return None
        folder = entry.id
    return folder


def _without_default_branch(scratch: ScratchRepository) -> GitFailed:
    """Why HEAD of the remote leads nowhere."""
    listed = scratch.git("ls-remote", "--heads", "origin").decode().splitlines()
    if not listed:
        return GitFailed(
            "nothing was pushed to the remote `origin` yet",
            help="git push -u origin HEAD",
            final=True,
        )
    return GitFailed(
        "HEAD of the remote `origin` leads to no branch, so that nobody knows what is merged",
        help="choose a default branch that is there: on GitHub in Settings, General; elsewhere "
        "`git symbolic-ref HEAD refs/heads/main` in the remote repository",
        final=True,
    )
