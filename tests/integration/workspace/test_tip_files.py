"""G4: what is published is read out of git, as the default branch has it."""

import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from runner.git import GitFailed
from runner.git.objects import entries_of
from runner.ledger import Need
from runner.workspace import FolderFiles, ProjectFiles
from runner.workspace.project_files import UnreadableFile
from runner.workspace.tip_files import TipFiles
from tests.integration.stores.repositories import PROJECT, Repositories, new_repositories, write
from tests.integration.stores.test_files_of_the_tip import OPENED
from tests.wire import Wire

BYTES = {path: text.encode() for path, text in PROJECT.items()}
SLIM = "campaigns/slim.yaml"
NO_BYTES = sys.platform != "linux"  # where a name is no bytes of its own choice


def files_of(repositories: Repositories, project: Path) -> TipFiles:
    return TipFiles(repositories.tip(project))


def everything(files: ProjectFiles) -> dict[str, bytes]:
    """All that can be read, by path."""
    folders = [name for name in files.names() if not files.is_plain(name)]
    paths = [name for name in files.names() if files.is_plain(name)]
    paths += (path for folder in folders for path in files.walk(folder))
    return {path: files.read(path, 10**6) for path in paths if files.is_plain(path)}


# --- What is not merged is not there


def edited(at: Repositories, project: Path) -> None:
    write(project, {SLIM: "kind: series\n"})


def staged(at: Repositories, project: Path) -> None:
    edited(at, project)
    at.git("add", "--all", at=project)


def committed(at: Repositories, project: Path) -> None:
    edited(at, project)
    at.git("commit", "--quiet", "--all", "--message=Draft", at=project)


def on_a_branch(at: Repositories, project: Path) -> None:
    at.git("switch", "--quiet", "--create", "draft", at=project)
    committed(at, project)
    at.git("push", "--quiet", "origin", "draft", at=project)


def half_merged(at: Repositories, project: Path) -> None:
    blob = at.git("rev-parse", "HEAD:README.md", at=project)
    conflict = "".join(f"100644 {blob} {stage}\t{SLIM}\n" for stage in (1, 2, 3))
    at.git("update-index", "--force-remove", SLIM, at=project)
    at.git("update-index", "--index-info", at=project, stdin=conflict)


def promised(promise: str):
    def promising(at: Repositories, project: Path) -> None:
        at.git("update-index", promise, SLIM, at=project)
        edited(at, project)

    return promising


def untracked(at: Repositories, project: Path) -> None:
    write(project, {"campaigns/new.yaml": "kind: series\n", "templates/new.j2": "New"})


def ignored(at: Repositories, project: Path) -> None:
    write(project / ".git/info", {"exclude": "new.yaml\n"})
    untracked(at, project)


def removed(at: Repositories, project: Path) -> None:
    (project / SLIM).unlink()


def left_out(at: Repositories, project: Path) -> None:
    at.git(
        "update-index", "--refresh", at=project
    )  # a copied clone has other inodes than git knows
    at.git("sparse-checkout", "set", "--no-cone", "/*", "!campaigns", at=project)
    assert not (project / "campaigns").exists()


def replaced(at: Repositories, project: Path) -> None:
    other = at.git("hash-object", "-w", "--stdin", at=project, stdin="kind: series\n")
    at.git("replace", at.git("rev-parse", f"HEAD:{SLIM}", at=project), other, at=project)


def filtered(at: Repositories, project: Path) -> None:
    write(project / ".git/info", {"attributes": "*.yaml filter=evil\n"})
    for way in ("smudge", "clean"):
        at.git("config", f"filter.evil.{way}", "sed s/launch/series/", at=project)


def a_repository(at: Repositories, project: Path) -> None:
    """In the place of the campaigns, with a file of its own."""
    at.git("rm", "-r", "--quiet", "campaigns", at=project)
    (project / "campaigns").mkdir()
    at.git("init", "--quiet", at=project / "campaigns")
    write(project, {"campaigns/new.yaml": "kind: series\n"})


STATES = {
    "as-it-is": lambda at, project: None,
    "edited": edited,
    "staged": staged,
    "committed": committed,
    "on-a-branch": on_a_branch,
    "half-merged": half_merged,
    "assume-unchanged": promised("--assume-unchanged"),
    "skip-worktree": promised("--skip-worktree"),
    "untracked": untracked,
    "ignored": ignored,
    "removed": removed,
    "sparse": left_out,
    "replaced": replaced,
    "filtered": filtered,
    "a-repository": a_repository,
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("state", STATES.values(), ids=[f"G4-{name}" for name in STATES])
def test_what_is_not_merged_is_not_there(repositories, state):
    project = repositories.clone("work")
    state(repositories, project)
    assert everything(files_of(repositories, project)) == BYTES


def test_g4_what_is_merged_is_there_without_a_pull(repositories):
    project = repositories.clone("work")
    repositories.push({SLIM: "kind: series\n"})
    assert (project / SLIM).read_text() == "kind: launch\n"
    assert everything(files_of(repositories, project)) == {**BYTES, SLIM: b"kind: series\n"}


def test_g4_inside_of_a_hook_it_is_the_same(repositories):
    project = repositories.clone("work")
    astray = {"GIT_DIR": str(repositories.remote), "GIT_INDEX_FILE": "elsewhere"}
    repositories.environ |= {**astray, "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_PREFIX": "x/"}
    assert everything(files_of(repositories, project)) == BYTES


def test_g4_attributes_that_are_merged_change_nothing_either(repositories):
    """What stands in a commit is published; how a checkout would write it is not asked."""
    repositories.push({".gitattributes": "*.yaml text eol=crlf ident\n", SLIM: "# $Id$\n"})
    project = repositories.clone("work")
    assert (project / SLIM).read_bytes().endswith(b" $\r\n")
    assert files_of(repositories, project).read(SLIM, 99) == b"# $Id$\n"


# --- From every clone, with every server


@pytest.mark.sampled(2)
@pytest.mark.parametrize("behind", [True, False], ids=["behind", "at-the-tip"])
@pytest.mark.parametrize(
    ("options", "prefix", "filters"),
    [
        ((), "marketing/x/", True),
        (("--depth=1",), "", True),
        (("--depth=1",), "marketing/x/", False),
        (("--depth=1", "--filter=blob:none", "--no-checkout"), "", True),
        (("--filter=tree:0", "--no-checkout"), "marketing/x/", True),
    ],
    ids=["whole", "shallow", "server-without-filters", "blobless", "treeless"],
)
def test_it_works_from_every_clone(tmp_path, options, prefix, filters, behind):
    repositories = new_repositories(tmp_path, prefix=prefix, filters=filters)
    project = repositories.clone("work", *options)
    project.mkdir(parents=True, exist_ok=True)
    if behind:
        repositories.push({SLIM: "kind: series\n"})
    files = files_of(repositories, project)
    assert everything(files) == ({**BYTES, SLIM: b"kind: series\n"} if behind else BYTES)


@pytest.mark.parametrize(
    "prefix",
    [
        " posts/",
        pytest.param(os.fsdecode(b"caf\xe9/"), marks=pytest.mark.skipif(NO_BYTES, reason="")),
    ],
    ids=["with-a-blank", "of-other-bytes"],
)
def test_its_folder_may_have_any_name_and_the_address_of_the_remote_be_relative(tmp_path, prefix):
    repositories = new_repositories(tmp_path, prefix=prefix)
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "../remote.git", at=project)
    tip = repositories.tip(project)
    assert everything(TipFiles(tip)) == BYTES
    assert repositories.refs(project).declared_at(tip.commit) == tip.declared


def test_it_works_with_the_longer_ids_of_git(repositories):
    work = repositories.folder / "work"
    for words in (("--bare", "longer.git"), (str(work),)):
        repositories.git("init", "--quiet", "--object-format=sha256", "-b", "main", *words)
    write(work, PROJECT)
    repositories.git("remote", "add", "origin", "../longer.git", at=work)
    repositories.git("add", "--all", at=work)
    repositories.git("commit", "--quiet", "--message=Begin", at=work)
    repositories.git("push", "--quiet", "origin", "main", at=work)
    ledger = repositories.ledger(work, tip=repositories.tip(work))
    ledger.read(Need())
    ledger.claim(OPENED)
    assert ledger.read(Need()).unsettled
    assert everything(files_of(repositories, work)) == BYTES


def test_a_folder_whose_mode_an_old_program_has_padded_is_one():
    entries = dict(entries_of(b"040000 campaigns\0" + bytes(20), 40))
    assert entries["campaigns"].is_folder


def test_a_clone_that_lacks_files_gets_them_in_one_go(repositories):
    repositories.push({f"campaigns/c{n}.yaml": f"kind: series # {n}\n" for n in range(20)})
    project = repositories.clone("work", "--filter=blob:none", "--no-checkout")
    log = repositories.folder / "fetches"
    path = repositories.program(
        f'case "$*" in *fetch*--stdin*) echo >> {log};; esac; exec $git "$@"'
    )
    repositories.environ["PATH"] = path
    assert len(everything(files_of(repositories, project))) == 20 + len(PROJECT)
    assert log.read_text().count("\n") == 1


def test_a_clone_that_has_all_fetches_nothing_and_gets_nothing(repositories):
    project = repositories.clone("work", "--depth=1")
    path = repositories.program('case "$*" in *fetch*--stdin*) exit 1;; esac; exec $git "$@"')
    repositories.environ["PATH"] = path
    before = sorted(path.name for path in (project / ".git").rglob("*"))
    assert everything(files_of(repositories, project)) == BYTES
    assert sorted(path.name for path in (project / ".git").rglob("*")) == before


def test_what_is_read_at_once_may_be_large(repositories):
    film = os.urandom(3 * 2**19)
    (repositories.main / "campaigns/film.mp4").write_bytes(film)
    repositories.push({})
    files = files_of(repositories, repositories.clone("work"))
    with files.opened("campaigns/film.mp4") as file:
        assert file.read() == film
    assert files.read("campaigns/film.mp4", 10) == film[:10]
    assert files.read(SLIM, 99) == b"kind: launch\n", "what comes next is not put out of step"


def test_a_project_that_the_tip_does_not_have_is_empty(repositories):
    project = repositories.clone("work") / "elsewhere"
    project.mkdir()
    files = files_of(repositories, project)
    assert everything(files) == {}
    assert not files.exists("runner.yaml")


# --- It is read as a folder is


ODD = {
    "campaigns/a.yaml/b.yaml": "in a folder that is named like a file",
    "campaigns/data/tips.yaml": "- text: x",
    "campaigns/sub/z.yaml": "z",
    "campaigns/sub/a.yaml": "a",
    "campaigns/sa\u0304kums.yaml": "decomposed",
    "campaigns/Empty.yaml": "",
    "media/slim27.jpg": "not really",
    "templates/launch/über.j2": "x",
}
PATHS = (
    *("campaigns", "campaigns/slim.yaml", "campaigns/a.yaml", "campaigns/a.yaml/b.yaml"),
    *("campaigns/link.yaml", "campaigns/linked", "campaigns/linked/z.yaml", "campaigns/nowhere"),
    *("campaigns/s\u0101kums.yaml", "campaigns/sa\u0304kums.yaml", "campaigns/empty.yaml"),
    *("campaigns/Empty.yaml", "campaigns/slim.yam", "campaigns/slim.yaml/x", "media/slim72.jpg"),
    *("media/slim27.jpg", "../x", "/etc/passwd", "C:x", "https://a.lv/x", "", ".", "runner.yaml"),
    *("templates/launch/\u00fcber.j2", "templates/launch/u\u0308ber.j2", "campaigns/./slim.yaml"),
)


@pytest.fixture(scope="module")
def alike(tmp_path_factory) -> tuple[TipFiles, FolderFiles]:
    """The same files as they are merged, and as they lie in a clone."""
    repositories = new_repositories(tmp_path_factory.mktemp("alike"))
    write(repositories.main, ODD)
    (repositories.main / "campaigns/link.yaml").symlink_to("slim.yaml")
    (repositories.main / "campaigns/linked").symlink_to("sub")
    (repositories.main / "campaigns/nowhere").symlink_to("gone")
    repositories.push({})
    project = repositories.clone("work")
    return files_of(repositories, project), FolderFiles(project)


def answer(files: ProjectFiles, path: str) -> object:
    try:
        return files.read(path, 99)
    except UnreadableFile as refused:
        return refused.message


@pytest.mark.parametrize("path", PATHS)
def test_each_path_is_answered_as_in_a_folder(alike, path):
    merged, folder = alike
    assert answer(merged, path) == answer(folder, path)


@pytest.mark.parametrize("name", ["campaigns", "templates", "media", "nowhere", "runner.yaml"])
def test_each_folder_is_walked_as_a_folder_is(alike, name):
    merged, folder = alike
    walked = list(merged.walk(name))
    assert walked == list(folder.walk(name))
    assert list(merged.walk(name, skip=frozenset({"data"}))) == [
        path for path in walked if "/data/" not in path
    ]
    for path in walked:
        assert merged.hides(path) == folder.hides(path)
        assert merged.is_plain(path) == folder.is_plain(path)
        assert merged.exists(path)
    assert merged.names(name) == folder.names(name)
    assert merged.names() == [name for name in folder.names() if name != ".git"]


# --- What is no file of the repository is refused by name


def test_g4_a_repository_within_what_is_declared_is_refused_by_name(repositories):
    """A commit names its commit alone: nobody has merged what else lies in it."""
    inner = repositories.main / "campaigns/partner"
    inner.mkdir()
    repositories.git("init", "--quiet", at=inner)
    write(inner, {"slim.yaml": "kind: launch\n"})
    repositories.git("add", "--all", at=inner)
    repositories.git("commit", "--quiet", "--message=Begin", at=inner)
    repositories.push({})
    files = files_of(repositories, repositories.clone("work"))
    assert list(files.walk("campaigns")) == ["campaigns/partner", SLIM]
    assert files.hides("campaigns/partner")
    for path in ("campaigns/partner", "campaigns/partner/slim.yaml"):
        with pytest.raises(UnreadableFile, match="a git repository of its own") as refused:
            files.read(path, 99)
        assert "in this repository" in str(refused.value.message.help)


def pointer(content: bytes) -> str:
    oid = sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n"


def kept(project: Path, content: bytes, *, instead: bytes | None = None) -> None:
    """Git LFS has fetched that file, or what calls itself so."""
    oid = sha256(content).hexdigest()
    folder = project / ".git/lfs/objects" / oid[:2] / oid[2:4]
    folder.mkdir(parents=True)
    (folder / oid).write_bytes(content if instead is None else instead)


def test_g4_what_git_lfs_keeps_is_what_its_pointer_says(repositories):
    content = os.urandom(2**12)
    repositories.push({"campaigns/media/slim.jpg": pointer(content)})
    project = repositories.clone("work")
    write(project, {"campaigns/media/slim.jpg": "another picture"})
    with pytest.raises(UnreadableFile, match="Git LFS") as refused:
        files_of(repositories, project).read("campaigns/media/slim.jpg", 10**6)
    assert "`RUNNER_LFS`" in str(refused.value.message.help)
    kept(project, content)
    assert files_of(repositories, project).read("campaigns/media/slim.jpg", 10**6) == content


@pytest.mark.parametrize("text", ["another picture", ""])
def test_g4_what_git_lfs_keeps_under_a_wrong_name_is_refused(repositories, text):
    content = os.urandom(2**12)
    repositories.push({"campaigns/media/slim.jpg": pointer(content)})
    project = repositories.clone("work")
    kept(project, content, instead=text.encode())
    with pytest.raises(UnreadableFile, match="Git LFS"):
        files_of(repositories, project).opened("campaigns/media/slim.jpg")


def test_a_pointer_that_names_no_file_is_refused(repositories):
    repositories.push({SLIM: "version https://git-lfs.github.com/spec/v1\noid sha256:../../x\n"})
    with pytest.raises(UnreadableFile, match="Git LFS"):
        files_of(repositories, repositories.clone("work")).read(SLIM, 99)


# --- The default branch


def test_g12_a_remote_whose_head_leads_nowhere_is_named(repositories):
    project = repositories.clone("work")
    repositories.git("symbolic-ref", "HEAD", "refs/heads/master", at=repositories.remote)
    with pytest.raises(GitFailed, match="leads to no branch") as failed:
        repositories.tip(project)
    assert failed.value.final
    assert "`git symbolic-ref HEAD refs/heads/main`" in str(failed.value.help)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["heads/draft/HEAD", "heads/HEAD", "tags/HEAD", "HEAD"])
def test_g4_what_is_called_like_the_default_branch_is_not_published(repositories, name):
    """Where HEAD leads nowhere, the remote shows what else is called so."""
    project = repositories.clone("work")
    tip = repositories.git("rev-parse", "HEAD", at=project)
    repositories.git("update-ref", f"refs/{name}", tip, at=repositories.remote)
    assert repositories.refs(project).heads((), tip=True).tip == tip
    repositories.git("symbolic-ref", "HEAD", "refs/heads/gone", at=repositories.remote)
    with pytest.raises(GitFailed, match="leads to no branch"):
        repositories.tip(project)
    assert repositories.refs(project).heads((), tip=True).tip is None


def test_g12_a_remote_that_nothing_was_pushed_to_is_named(repositories):
    project = repositories.clone("work")
    repositories.git("update-ref", "-d", "refs/heads/main", at=repositories.remote)
    with pytest.raises(GitFailed, match="nothing was pushed") as failed:
        repositories.tip(project)
    assert failed.value.help == "git push -u origin HEAD"


# --- The remote has moved on, and the clone knows some of the way


def merged_by_an_old_branch(at: Repositories) -> None:
    """A merge of a branch that left main before the clone was made."""
    at.git("switch", "--quiet", "old", at=at.main)
    write(at.main / at.prefix, {"campaigns/old.yaml": "kind: series # of a branch\n"})
    at.git("add", "--all", at=at.main)
    at.git("commit", "--quiet", "--message=Edit", at=at.main)
    at.git("switch", "--quiet", "main", at=at.main)
    at.git("merge", "--quiet", "--no-edit", "--no-ff", "old", at=at.main)
    at.git("push", "--quiet", "origin", "main", at=at.main)


def taken_back(at: Repositories) -> None:
    """A file is again as it was before the clone was made."""
    at.push({SLIM: "kind: launch # first\n"})


def begun_anew(at: Repositories) -> None:
    """main has another history, which a push forced."""
    at.git("switch", "--quiet", "--orphan", "another", at=at.main)
    write(at.main / at.prefix, {SLIM: "kind: launch # anew\n"})
    at.git("add", "--all", at=at.main)
    at.git("commit", "--quiet", "--message=Begin", at=at.main)
    at.git("push", "--quiet", "--force", "origin", "another:main", at=at.main)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("moved", [merged_by_an_old_branch, taken_back, begun_anew])
@pytest.mark.parametrize("options", [(), ("--depth=1",), ("--filter=tree:0", "--no-checkout")])
@pytest.mark.parametrize("filters", [True, False])
def test_a_clone_that_is_behind_gets_what_is_published_now(tmp_path, moved, options, filters):
    repositories = new_repositories(tmp_path, filters=filters)
    repositories.push({SLIM: "kind: launch # first\n"})
    repositories.git("branch", "old", at=repositories.main)
    repositories.push({SLIM: "kind: launch # second\n"})
    project = repositories.clone("work", *options)
    moved(repositories)
    published = repositories.clone("published")
    shutil.rmtree(published / ".git")
    expected = {
        path.relative_to(published).as_posix(): path.read_bytes()
        for path in published.rglob("*")
        if path.is_file()
    }
    assert everything(files_of(repositories, project)) == expected


def test_a_clone_that_is_behind_gets_no_history(repositories, tmp_path):
    """It has much of it, or none, or stands where the remote never was."""
    grow(repositories, 200)
    whole, ahead = repositories.clone("whole"), repositories.clone("ahead")
    committed(repositories, ahead)
    shallow = repositories.clone("shallow", "--depth=1")
    repositories.push({SLIM: "kind: launch # now\n"})
    wire = Wire(tmp_path / "wire", path=repositories.environ["PATH"])
    repositories.environ["PATH"] = wire.path
    for project in (whole, ahead, shallow):
        assert everything(files_of(repositories, project))[SLIM] == b"kind: launch # now\n"
        assert 1_000 < wire.taken() < 8_000


@pytest.mark.sampled(1)
@pytest.mark.parametrize("filters", [True, False])
def test_a_remote_that_lacks_its_history_is_published(repositories, filters):
    grow(repositories, 3)
    project = repositories.clone("work")
    grow(repositories, 3)
    repositories.push({SLIM: "kind: launch # now\n"})
    shutil.rmtree(repositories.remote)
    main, remote = f"file://{repositories.main}", str(repositories.remote)
    repositories.git("clone", "--quiet", "--bare", "--depth=2", main, remote)
    repositories.git("config", "uploadpack.allowFilter", str(filters), at=repositories.remote)
    assert everything(files_of(repositories, project))[SLIM] == b"kind: launch # now\n"


def grow(at: Repositories, number: int) -> None:
    """Commits that change nothing."""
    one = "commit refs/heads/main\ncommitter anna <anna> 0 +0000\ndata 2\n.\n"
    stream = f"{one}from refs/heads/main^0\n\n{one * (number - 1)}"
    at.git("fast-import", "--quiet", at=at.main, stdin=stream)
    at.git("push", "--quiet", "origin", "main", at=at.main)
