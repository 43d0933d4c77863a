"""The refs of the remote `origin`, through the git program.

Refs are asked for by name, with their commits, but without history, folders and files, so that it
does not matter how much the ledger holds; `remote_objects.py` fetches those that are needed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from runner.git import Checkout, GitFailed, entries_of, head_to
from runner.stores.json_lines import Content, bytes_of
from runner.stores.ledger_files import PROJECT
from runner.stores.refs import BRANCH, OLD_WITNESS, WITNESSES, At, Heads, Move, OldHeads
from runner.stores.remote_objects import RemoteObjects

_SEEN, _BRANCHES, _WITNESSED = "refs/seen", "refs/seen/branches/", "refs/seen/witnesses/"
_TIP = f"{_SEEN}/tip/"
_OLD = "runner-ledger"


class RemoteRefs:
    """Satisfies `Refs` for the branches below `branch` of the remote of `checkout`, whose witnesses
    are below `witnesses`; `known` is what is declared at commits that were looked at already."""

    def __init__(
        self,
        checkout: Checkout,
        environ: Mapping[str, str],
        *,
        branch: str = BRANCH,
        witnesses: str = WITNESSES,
        known: Mapping[str, Mapping[str, str | None]] = MappingProxyType({}),
    ) -> None:
        self._checkout = checkout
        self._branch = branch
        self._witnesses = witnesses
        self._objects = RemoteObjects(checkout, environ)
        self._git = self._objects.git
        self._declared = dict(known)

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        """Heads by name; all of them where the project's own is not there."""
        also = (head_to(_TIP),) if tip else ()
        if names is not None:
            asked = {PROJECT, *names}
            # as patterns, since it is no failure that one of them is not there, and git asks for a
            # plain name in six ways
            self._see([f"{name}*" for name in sorted(asked)], also, self._objects.filters)
            heads = self._heads(asked, tip=tip)
            if PROJECT in heads.branches:
                return heads
        # who begins with all of them looks into each, and who comes back wants the heads alone
        deep = self._objects.filters if not self._objects.at_hand else []
        self._see(["*"], also, deep or [each for each in self._objects.filters if each != "tree:1"])
        return self._heads(None, tip=tip)

    def old(self) -> OldHeads | None:
        names = tuple(dict.fromkeys((self._branch, self._branch.removesuffix("s"), _OLD)))
        branches = {f"refs/heads/{name}": name for name in names}
        listed = self._git("ls-remote", "origin", *branches, OLD_WITNESS).decode()
        refs = {name: id for id, name in (line.split("\t") for line in listed.splitlines())}
        there = [name for name in branches if name in refs]
        if not there and OLD_WITNESS not in refs:
            return None
        branch = there[0] if there else f"refs/heads/{names[-1]}"
        return OldHeads(
            name=branches[branch], branch=refs.get(branch), witness=refs.get(OLD_WITNESS)
        )

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        if tip not in self._declared:
            self._declared[tip] = self._fetched_ids(tip)
        return self._declared[tip]

    def read(self, at: At, names: Collection[str]) -> Mapping[str, Content]:
        found = self._objects.ids_on_the_way(at, names)
        ids = {name: found[name] for name in names if name in found}
        contents = self._objects.read(ids.values())
        return {name: contents[id] for name, id in ids.items()}

    def names(self, at: At, folders: Collection[str]) -> tuple[str, ...]:
        found = self._objects.ids_on_the_way(at, [f"{folder}/any.jsonl" for folder in folders])
        wanted = set(folders)
        inside = (name for name in found if name.rpartition("/")[0] in wanted)
        return tuple(sorted(name for name in inside if name.endswith(".jsonl")))

    def everything(self, at: At) -> tuple[str, ...]:
        found: list[str] = []
        self._objects.whole(at.values())
        folders = {f"{name}/": self._objects.root(commit) for name, commit in at.items()}
        while folders:  # a level at once: `git ls-tree` would fetch each folder alone
            contents = self._objects.read(folders.values())
            inside = [
                (f"{folder}{name}", each)
                for folder, id in folders.items()
                for name, each in entries_of(bytes_of(contents[id]), len(id))
            ]
            found += (path for path, each in inside if not each.is_folder)
            folders = {f"{path}/": each.id for path, each in inside if each.is_folder}
        return tuple(sorted(found))

    def messages(self, at: At) -> Mapping[str, str]:
        whole = self._objects.whole(at.values())
        return {name: whole[commit].partition("\n\n")[2] for name, commit in at.items()}

    def parent(self, commit: str) -> str | None:
        lines = self._objects.whole([commit])[commit].partition("\n\n")[0].splitlines()
        parents = [line.removeprefix("parent ") for line in lines if line.startswith("parent ")]
        return parents[0] if parents else None

    def commit(
        self,
        parent: str | None,
        changes: Mapping[str, bytes],
        message: str,
        *,
        date: datetime | None = None,
    ) -> str:
        return self._objects.commit(parent, changes, message, date=date)

    def push(self, moves: Mapping[str, Move]) -> None:
        self.push_refs({ref: move for name, move in moves.items() for ref in self._pair(name)})

    def remove(self, at: At) -> None:
        self._push({ref: (commit, "") for name, commit in at.items() for ref in self._pair(name)})

    def _pair(self, name: str) -> tuple[str, str]:
        """The branch, and its witness."""
        return f"refs/heads/{self._branch}/{name}", f"{self._witnesses}/{name}"

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        """Moves all of these refs, or none, only if each stands where it is said to."""
        self._push({ref: (move.old or "", move.new) for ref, move in refs.items()})

    def _push(self, refs: Mapping[str, tuple[str, str]]) -> None:
        """Pushes refs, each from one commit to another, all or none; an empty commit stands for no
        ref."""
        self._git(
            "push",
            "--quiet",
            "--atomic",
            "--no-verify",
            "--recurse-submodules=no",
            *(f"--force-with-lease={ref}:{old}" for ref, (old, _) in refs.items()),
            "origin",
            *(f"{new}:{ref}" for ref, (_, new) in refs.items()),
        )

    def _refspecs(self, name: str) -> tuple[str, str]:
        branch, witness = self._pair(name)
        return f"+{branch}:{_BRANCHES}{name}", f"+{witness}:{_WITNESSED}{name}"

    def _see(self, patterns: Iterable[str], also: Collection[str], filters: list[str]) -> None:
        """Brings the refs of these ledgers, and what else is named, with their commits."""
        refspecs = [each for pattern in patterns for each in self._refspecs(pattern)]
        try:
            self._objects.fetch(*refspecs, *also, filters=filters)
        except GitFailed as failed:
            if not failed.brings_nothing:
                raise
            # there is no default branch, or no ledger
            for ref in self._git("for-each-ref", "--format=%(refname)", _SEEN).decode().split():
                self._git("update-ref", "-d", ref)
            asked = (each.partition(":")[0].removeprefix("+") for each in refspecs)
            if self._git("ls-remote", "origin", *asked):
                self._objects.fetch(*refspecs, filters=filters)

    def _heads(self, names: Collection[str] | None, *, tip: bool) -> Heads:
        """What was seen last of these, or of all."""
        listed = self._git("for-each-ref", "--format=%(objectname) %(refname)", _SEEN).decode()
        refs = {name: id for id, name in (line.split(" ") for line in listed.splitlines())}
        self._objects.at_hand.update(refs.values())

        def below(start: str) -> dict[str, str]:
            found = {n.removeprefix(start): id for n, id in refs.items() if n.startswith(start)}
            return {name: id for name, id in found.items() if names is None or name in names}

        return Heads(
            branches=below(_BRANCHES),
            witnesses=below(_WITNESSED),
            tip=refs.get(f"{_TIP}HEAD") if tip else None,
        )

    def _fetched_ids(self, tip: str) -> Mapping[str, str | None]:
        """The ids of what is declared at a tip: of a large repository a few folders are fetched."""
        levels = self._checkout.prefix.count("/") + 1
        self._objects.fetch(f"+{tip}:refs/runner/tip", filters=[f"tree:{levels}", "blob:none"])
        return self._checkout.ids(self._git, tip)
