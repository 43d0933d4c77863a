"""What goes wrong around the sending, played: the ledger, the files, the time, people."""

from datetime import timedelta
from functools import partial

from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.release import release
from runner.cli.commands.status import status
from runner.value import replace
from tests.acceptance.clones import git
from tests.acceptance.conftest import Desktop
from tests.docs.playing import HELLO, TIPS, Played, given, now, on_git, said


def no_credentials(desktop: Desktop) -> Played:
    given(desktop)
    return said(desktop.without_credentials())


def wrong_clock(desktop: Desktop) -> Played:
    given(desktop)
    desktop.sandbox.set_clock(desktop.clock.now().replace(minute=5))
    return said(desktop)


def late(desktop: Desktop) -> Played:
    given(desktop, at="09:12")
    return said(desktop)


def too_late(desktop: Desktop) -> Played:
    given(desktop, at="22:00")
    return said(desktop)


def many_overdue(desktop: Desktop) -> Played:
    posts = ", ".join(f"tip{n}: {{at: 2027-03-01 09:{n}0, text: Tip {n}}}" for n in range(6))
    given(desktop, f"kind: series\naccount: shop\nposts: {{{posts}}}\n", at="10:30")
    return said(desktop)


def over_budget(desktop: Desktop) -> Played:
    given(desktop)
    project = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", f"{project}budget: {{usd-per-month: 0.01}}\n")
    return said(desktop)


def renamed(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    (desktop.root / TIPS).rename(desktop.root / "campaigns/hints.yaml")
    now(desktop, "09:12")
    return said(desktop, post, PostOptions(campaigns=("hints",)))


def account_renamed(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    project = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", project.replace("shop:", "store:"))
    given(desktop, HELLO.replace("shop", "store"), at="09:12")
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    return said(desktop)


def reworded(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    given(desktop, HELLO.replace("Hello", "Good morning"), at="09:12")
    assert said(desktop)[0] == 0
    return said(desktop, status)


def deleted_by_hand(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    desktop.sandbox.remove(desktop.sandbox.timeline()[0].id)
    now(desktop, "09:30")
    return said(desktop, partial(status, check_x=True))


def held(desktop: Desktop) -> Played:
    given(desktop, at="08:50")
    slept = desktop.clock.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        hold(desktop.outside(), Scope(), because="the price is wrong")

    desktop.clock.sleep = sleep  # type: ignore[method-assign]
    waited = said(desktop, post, PostOptions(wait=timedelta(minutes=15), campaigns=("tips",)))
    assert (waited[0], desktop.sandbox.timeline()) == (0, [])
    return said(desktop, status)


def broken_file(desktop: Desktop) -> Played:
    given(desktop)
    desktop.write("campaigns/bad.yaml", "kind: series\naccount: shop\nposts: {a: {at: soon}}\n")
    return said(desktop, post, PostOptions())


def unreadable_line(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    desktop.write(".runner/ledger/ledgers/shop/open.jsonl", "this is no entry\n")
    return said(desktop)


def cut_line(desktop: Desktop) -> Played:
    given(desktop)
    said(desktop)
    shelf = desktop.root / ".runner/ledger/ledgers/shop/open.jsonl"
    shelf.write_bytes(shelf.read_bytes() + b'{"v": 1, "ke')
    return said(desktop)


def folder_on_actions(desktop: Desktop) -> Played:
    given(desktop)
    desktop.environ.pop("X_API_URL")
    desktop.environ["GITHUB_ACTIONS"] = "true"
    return said(desktop)


def old_files(desktop: Desktop) -> Played:
    on_git(desktop)
    desktop.write(TIPS, HELLO.replace("Hello", "Good morning"))
    return said(desktop)


def cut_back(desktop: Desktop) -> Played:
    remote = on_git(desktop)
    said(desktop)
    git(remote, "update-ref", "refs/heads/runner-ledgers/shop", "refs/heads/runner-ledgers/shop~1")
    return said(desktop)


def committed_by_hand(desktop: Desktop) -> Played:
    remote = on_git(desktop)
    said(desktop)
    shop = "refs/heads/runner-ledgers/shop"
    made = git(remote, "commit-tree", f"{shop}^{{tree}}", "-p", shop, "-m", "Mend a typo")
    git(remote, "update-ref", shop, made.strip())
    return said(desktop)


def ledger_deleted(desktop: Desktop) -> Played:
    remote = on_git(desktop)
    said(desktop)
    for name in ("_project", "shop"):
        for ref in (f"refs/heads/runner-ledgers/{name}", f"refs/runner/heads/{name}"):
            git(remote, "update-ref", "-d", ref)
    now(desktop, "09:12")
    return said(desktop)


def ledger_rolled_back(desktop: Desktop) -> Played:
    remote = on_git(desktop)
    hold(desktop.outside(), Scope(account="shop"), because="a try")
    release(desktop.outside(), Scope(account="shop"), because="it was one")
    before = git(remote, "rev-parse", "refs/heads/runner-ledgers/_project").strip()
    said(desktop)
    for ref in ("refs/heads/runner-ledgers/_project", "refs/runner/heads/_project"):
        git(remote, "update-ref", ref, before)
    for ref in ("refs/heads/runner-ledgers/shop", "refs/runner/heads/shop"):
        git(remote, "update-ref", "-d", ref)
    now(desktop, "09:12")
    return said(desktop)


def copied(desktop: Desktop) -> Played:
    remote = on_git(desktop)
    said(desktop)
    copy = remote.parent / "copy.git"
    git(remote.parent, "clone", "-q", "--mirror", str(remote), str(copy))
    git(desktop.root, "remote", "set-url", "origin", str(copy))
    return said(desktop)


def push_forbidden(desktop: Desktop) -> Played:
    hook = on_git(desktop) / "hooks/update"
    hook.write_text('#!/bin/sh\necho "GH013: Repository rule violations" >&2; exit 1\n')
    hook.chmod(0o755)
    return said(desktop)


def folder_beside_branch(desktop: Desktop) -> Played:
    on_git(desktop)
    said(desktop)
    project = (desktop.root / "runner.yaml").read_text()
    desktop.write("runner.yaml", project.replace("store: git", "store: files"))
    return said(replace(desktop, environ={}))
