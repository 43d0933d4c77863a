"""What is said of a ledger on a remote whose branch is not where its witness is, and how a person
restores it."""

from typing import Final

from runner.problems import LedgerUnusable
from runner.stores.commit_message import is_of_the_runner
from runner.stores.ledger_files import PROJECT
from runner.stores.refs import WITNESSES, Heads, Refs
from runner.value import Value

_BY_HAND: Final = 10
"""Commits of a person that are looked through."""


class Losses(Value, kw_only=True):
    """Tells what was lost of ledgers. `branch` is above the ledgers' branches."""

    refs: Refs
    branch: str

    def cut_back(self, name: str, heads: Heads) -> LedgerUnusable:
        """The error about a ledger whose branch and witness differ, or are gone. Restoring it takes
        no guess: the witness stands where the last push has left both."""
        branch, witness = f"{self.branch}/{name}", f"{WITNESSES}/{name}"
        restored = "git fetch origin {} && git push --force origin FETCH_HEAD:{}"
        if name not in heads.branches and name not in heads.witnesses:
            return LedgerUnusable(
                f"the ledger was cut back: {branch} and its witness are gone",
                help="push both again, from whatever has them; if nothing does, "
                f"{self._begun_anew(name)}, and what went out is looked for on X",
            )
        if name not in heads.witnesses:
            return LedgerUnusable(
                f"the ledger was cut back: {branch} is there, and its witness {witness} is not",
                help=f"if nobody has changed the branch: {restored.format(branch, witness)}",
            )
        if name in heads.branches and self._leads_to(heads.branches[name], heads.witnesses[name]):
            return self._added_by_hand(name, heads.branches[name], heads.witnesses[name])
        how = "is gone" if name not in heads.branches else f"is not where {witness} is"
        return LedgerUnusable(
            f"the ledger was cut back: {branch} {how}",
            help=f"to restore it: {restored.format(witness, f'refs/heads/{branch}')}",
        )

    def _begun_anew(self, name: str) -> str:
        """What the project's ledger said of each account nobody else knows: all begin again."""
        if name != PROJECT:
            return "`runner ledger adopt` begins it anew"
        left = f"'refs/heads/{self.branch}/*' '{WITNESSES}/*'"
        return (
            f"delete all that is left, holds too: git ls-remote origin {left} | cut -f 2 | "
            "xargs git push origin --delete; the next run begins anew"
        )

    def _leads_to(self, commit: str, before: str) -> bool:
        """Whether a commit stands on top of another one, a few commits further."""
        at: str | None = commit
        for _ in range(_BY_HAND):
            at = self.refs.parent(at) if at else None
            if at == before:
                return True
        return False

    def _added_by_hand(self, name: str, commit: str, ours: str) -> LedgerUnusable:
        """The error about a commit that somebody has added by hand. Nothing that the runner wrote
        is lost, and the help loses nothing that was added."""
        branch, witness = f"{self.branch}/{name}", f"{WITNESSES}/{name}"
        fetched = f"git fetch origin refs/heads/{branch}"
        if is_of_the_runner(self.refs.messages({name: commit})[name]):
            return LedgerUnusable(
                f"{branch} is ahead of its witness {witness}: {commit[:9]} stands there alone",
                help=f"if it is right: {fetched} && git push origin FETCH_HEAD:{witness}",
            )
        made = f"git commit-tree '{ours}^{{tree}}' -p {commit} -m"
        return LedgerUnusable(
            f"somebody has committed to {branch} by hand: {commit[:9]} is no record of the runner",
            help=f'to take it back: {fetched} {witness} && BACK=$({made} "$(git log -1 --format=%B '
            f'{ours})") && git push --atomic origin $BACK:refs/heads/{branch} $BACK:{witness}',
        )
