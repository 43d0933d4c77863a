"""git in a room of its own: what reaches it, what leads it astray, what it runs for a stranger."""

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from runner.cli.context import CommandContext, person_name
from runner.git import Git, GitFailed
from runner.git.checkout import Checkout
from runner.git.tip import tip_of
from runner.problems import BadUsage
from runner.stores.project_store import is_on_this_machine, try_push
from runner.stores.remote import RemoteRefs
from runner.workspace.commit import fork_point
from tests.acceptance.commits import begin, commit, git

PACKAGE = Path(__file__).parents[2] / "runner"
SECRETS = {
    "X_API_KEY": "5ecret-key",
    "X_ACCESS_SECRET": "5ecret-of-the-only-account",
    "X_SHOP_ACCESS_TOKEN": "5ecret-of-shop",
    "RUNNER_ENTRIES_KEY": "5ecret-of-contests",
    "NOTIFY_URL": "https://hooks.example/5ecret",
    "ACTIONS_RUNTIME_TOKEN": "5ecret-of-the-run",
    "GITHUB_TOKEN": "5ecret-of-github",
    "AWS_SECRET_ACCESS_KEY": "5ecret-of-somebody-else",
    "GIT_TRACE_CURL": "5ecret-of-a-trace",
}
NEEDED = {
    "SSH_AUTH_SOCK": "/run/agent",
    "GIT_SSH_COMMAND": "ssh -i key",
    "https_proxy": "http://proxy.example:3128",
    "SSL_CERT_FILE": "/etc/ssl/ours.pem",
    "GIT_CONFIG_GLOBAL": "/etc/ours",
    "XDG_CONFIG_HOME": "/home/anna/.config",
    "SystemRoot": "C:\\Windows",
}


PLAIN = {"PATH": os.environ["PATH"], "USER": "anna"}


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the branches `main` and, checked out and one commit further, `edit`."""
    folder = tmp_path_factory.mktemp("standing")
    root = folder / "work"
    (root / "campaigns").mkdir(parents=True)
    (root / "campaigns/tips.yaml").write_text("kind: series\n")
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    begin(root)
    git(root, "remote", "add", "origin", f"file://{folder}/remote.git")
    git(root, "push", "--quiet", "origin", "main", "main:unheard")
    git(root, "update-ref", "-d", "refs/remotes/origin/unheard")
    commit(root)
    return root


@pytest.fixture
def commits(standing: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(standing, tmp_path / "work"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that has nothing to do with it."""
    root = tmp_path_factory.mktemp("elsewhere")
    begin(root)
    return root


def program(folder: Path, script: str) -> str:
    """A PATH on which `git` is a shell script; the real one is `$git` in it."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\ngit={shutil.which('git')}\n{script}\n")
    (folder / "git").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


# --- What reaches git

USES = {
    "commit-of-the-files": lambda at: at.commit(),
    "name-of-the-person": lambda at: person_name(at),
    "fork-point": lambda at: fork_point(at.root, "main", at.environ),
    "files-of-the-tip": lambda at: tip_of(Checkout(at.root, at.environ), at.environ),
    "remote": lambda at: RemoteRefs(Checkout(at.root, at.environ), at.environ).heads(None),
    "push": lambda at: try_push(at.root, at.environ, "refs/runner/doctor-1"),
    "where-the-remote-is": lambda at: is_on_this_machine(at.root, at.environ),
}


@pytest.mark.parametrize("use", USES.values(), ids=[f"F3-{name}" for name in USES])
def test_no_secret_reaches_git(standing, tmp_path, use):
    path = program(tmp_path / "bin", f'env >> {tmp_path}/env\nexec $git "$@"')
    environ = {**PLAIN, **SECRETS, "PATH": path, "TZ": "Europe/Riga"}
    use(CommandContext(root=standing, environ=environ))
    heard = (tmp_path / "env").read_text()
    assert "TZ=Europe/Riga" in heard
    assert "5ecret" not in heard
    assert not SECRETS.keys() & {line.partition("=")[0] for line in heard.splitlines()}


def test_f3_what_the_way_to_the_remote_needs_stays(tmp_path):
    path = program(tmp_path / "bin", "env")
    asked = Git(tmp_path, {**NEEDED, **SECRETS, "PATH": path})("status").decode()
    assert {f"{name}={value}" for name, value in NEEDED.items()} <= set(asked.splitlines())


def test_f3_configuration_of_the_caller_stays_below_ours(tmp_path):
    theirs = {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": "/bin/evil",
        "GIT_CONFIG_KEY_1": "user.name",
        "GIT_CONFIG_VALUE_1": "Anna",
    }
    asked = Git(tmp_path, {"PATH": os.environ["PATH"], **theirs})
    assert asked.answer("config", "core.fsmonitor") == "false"
    assert asked.answer("config", "user.name") == "Anna"


# --- What leads it astray

ASTRAY = {
    "GIT_DIR": "{elsewhere}/.git",
    "GIT_WORK_TREE": "{elsewhere}",
    "GIT_INDEX_FILE": "{elsewhere}/.git/index",
    "GIT_OBJECT_DIRECTORY": "{elsewhere}/.git/objects",
    "GIT_COMMON_DIR": "{elsewhere}/.git",
    "GIT_CEILING_DIRECTORIES": "{root}",
    "GIT_NAMESPACE": "other",
    "GIT_SHALLOW_FILE": "{elsewhere}/shallow",
    "GIT_EXTERNAL_DIFF": "false",
    "GIT_PAGER": "false",
    "GIT_CONFIG_COUNT": "many",
    "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
}


@pytest.mark.parametrize("name", ASTRAY, ids=[f"F3-{name}" for name in ASTRAY])
def test_where_the_caller_points_leads_nothing_astray(standing, elsewhere, name):
    environ = {**PLAIN, name: ASTRAY[name].format(elsewhere=elsewhere, root=standing)}
    inside = Git(standing / "campaigns", environ)
    assert fork_point(standing, "main", environ).id == git(standing, "rev-parse", "main")
    assert inside.answer("rev-parse", "HEAD") == git(standing, "rev-parse", "edit")
    assert inside.answer("rev-parse", "--show-prefix") == "campaigns/"


def test_f3_within_a_hook_the_repository_is_that_of_the_folder(commits, tmp_path):
    """By the environment of a real one: git points it at an index of its own."""
    hook = commits / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\nenv -0 > {tmp_path}/env\n")
    hook.chmod(0o755)
    (commits / "campaigns/tips.yaml").write_text("kind: launch\n")
    git(commits, "commit", "--quiet", "--message", "x", "campaigns")
    each = (tmp_path / "env").read_text().split("\0")[:-1]
    heard = dict(variable.split("=", 1) for variable in each)
    assert {"GIT_INDEX_FILE", "GIT_CONFIG_PARAMETERS"} <= heard.keys()
    astray = {**heard, "GIT_DIR": str(tmp_path / "nowhere")}
    assert fork_point(commits, "main", astray).id == git(commits, "rev-parse", "main")


# --- What it runs for a stranger


def evil(folder: Path, names: Iterable[str]) -> Path:
    """Programs that leave a file named `ran-…` when they are started."""
    for name in names:
        (folder / name).write_text(f'#!/bin/sh\ntouch "{folder}/ran-$(basename $0)"\n')
        (folder / name).chmod(0o755)
    return folder


def hostile(root: Path, bin: Path) -> None:
    """All that the configuration of a repository can name of programs."""
    for name in ("fsmonitor", "pager", "sshCommand", "editor", "alternateRefsCommand", "gitProxy"):
        git(root, "config", f"core.{name}", f"{bin}/{name}")
    git(root, "config", "core.hooksPath", str(bin))
    git(root, "config", "alias.rev-parse", f"!{bin}/alias")
    git(root, "config", "filter.evil.smudge", f"{bin}/smudge")
    git(root, "config", "filter.evil.clean", f"{bin}/clean")
    git(root, "config", "diff.evil.textconv", f"{bin}/textconv")
    git(root, "config", "diff.external", f"{bin}/diff")
    (root / ".git/info/attributes").write_text("* filter=evil diff=evil\n")


HOOKS = ("reference-transaction", "post-index-change", "post-checkout", "pre-auto-gc")
PROGRAMS = (
    *("fsmonitor", "pager", "sshCommand", "editor", "alternateRefsCommand", "gitProxy"),
    *("alias", "smudge", "clean", "textconv", "diff"),
)


def test_f3_reading_a_strangers_checkout_runs_nothing_of_it(commits, elsewhere, tmp_path):
    bin = evil(tmp_path, (*HOOKS, *PROGRAMS))
    (commits / ".git/objects/info/alternates").write_text(f"{elsewhere}/.git/objects\n")
    hostile(commits, bin)
    (into := tmp_path / "into").mkdir()
    fork_point(commits, "origin/unheard", PLAIN).write_to(into)
    assert (into / "campaigns/tips.yaml").is_file()
    assert tip_of(Checkout(commits, PLAIN), PLAIN).declared["campaigns"]
    assert CommandContext(root=commits, environ=PLAIN).commit()
    assert person_name(CommandContext(root=commits, environ=PLAIN))
    assert [path.name for path in bin.glob("ran-*")] == []


def test_f3_a_remote_that_is_a_program_is_not_run(commits, tmp_path):
    bin = evil(tmp_path, ["program"])
    git(commits, "config", "remote.origin.url", f"ext::{bin}/program")
    git(commits, "config", "protocol.ext.allow", "always")
    with pytest.raises(BadUsage, match="git knows no commit"):
        fork_point(commits, "origin/unheard", PLAIN)
    assert not list(bin.glob("ran-*"))


def test_f3_a_folder_of_a_pull_request_that_looks_like_a_repository_is_none(commits, tmp_path):
    """A project below the top of its repository, whose own folder has git's files in it."""
    bin = evil(tmp_path, ["program"])
    below = commits / "campaigns"
    for name in ("objects/any", "refs/any"):
        (below / name).parent.mkdir(parents=True)
        (below / name).write_text("")
    (below / "HEAD").write_text(f"{git(commits, 'rev-parse', 'main')}\n")
    (below / "config").write_text(
        '[core]\nrepositoryformatversion = 0\nbare = true\n[protocol "ext"]\nallow = always\n'
        f'[remote "origin"]\nurl = ext::{bin}/program\n[user]\nname = Mallory\n'
    )
    with pytest.raises(BadUsage, match="there is none here"):
        fork_point(below, "origin/main", PLAIN)
    outside = CommandContext(root=below, environ={**PLAIN, "USER": "anna"})
    assert outside.commit() is None
    assert person_name(outside) == "anna"
    assert not list(bin.glob("ran-*"))


# --- Where it is started, and where it is not there


def users(pattern: str) -> dict[Path, str]:
    """The modules in which something stands, and their texts."""
    texts = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert len(texts) >= 200
    found = re.compile(pattern, re.MULTILINE)
    return {path.relative_to(PACKAGE): text for path, text in texts.items() if found.search(text)}


def test_f3_programs_are_started_in_one_module_alone():
    starts = (
        r"^\s*(import|from) (subprocess|pty)\b|\bos\.(system|popen|exec|spawn|posix_spawn|fork)"
    )
    assert list(users(starts)) == [Path("git/program.py")]


def test_f3_other_processes_are_forks_of_this_one_and_start_no_program():
    found = users(r"^\s*(import|from) (multiprocessing|concurrent)\b")
    assert found.keys() == {Path("cli/compiled_campaigns.py"), Path("cli/signing.py")}
    for text in found.values():
        assert re.findall(r"get_context\(([^)]*)\)", text) == ['"fork"']


def test_f3_without_git_who_asks_for_little_goes_on_and_who_needs_it_says_so(tmp_path):
    outside = CommandContext(root=tmp_path, environ={"PATH": str(tmp_path), "USERNAME": "anna"})
    assert outside.commit() is None
    assert person_name(outside) == "anna"
    with pytest.raises(BadUsage) as stopped:
        fork_point(tmp_path, "main", outside.environ)
    assert stopped.value.help == "install git"


def test_f3_somebody_elses_repository_is_told_as_that(tmp_path):
    said = "fatal: detected dubious ownership in repository at '/srv/posts'"
    path = program(tmp_path / "bin", f'echo "{said}" >&2; exit 128')
    with pytest.raises(GitFailed, match="belongs to somebody else") as caught:
        Git(tmp_path, {"PATH": path})("status")
    assert "safe.directory" in caught.value.help
