"""How the store gets to the remote, and what it says when it does not get there."""

import json
import time
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from runner.git import Git, GitFailed
from runner.git.checkout import Checkout, repository_of
from runner.ledger import Need, Record
from runner.problems import LedgerOutOfReach
from runner.stores.project_store import is_on_this_machine, try_push
from runner.stores.remote import RemoteRefs
from tests.integration.stores.repositories import Repositories, new_repositories
from tests.unit.stores.building import a_key, attempting

OPENED = Record(entries=(attempting(a_key()),))


@pytest.mark.parametrize(
    ("said", "message", "help"),
    [
        (
            "remote: Permission to acme/posts.git denied to anna.\nfatal: error: 403",
            "git may not push",
            "contents: write",
        ),
        ("git@github.com: Permission denied (publickey).", "does not know us", "a key or a token"),
        (
            "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
            "does not know us",
            "contents: write",
        ),
        (
            "remote: Repository not found.\nfatal: repository 'https://x/' not found",
            "no such repository",
            "git remote get-url origin",
        ),
        (
            "remote: error: GH006: Protected branch update failed for refs/heads/runner-ledgers.",
            "a rule of the repository",
            "rulesets",
        ),
        (
            "fatal: unable to access 'https://x/': Could not resolve host: github.com",
            "Could not resolve host",
            "can be reached",
        ),
    ],
)
def test_what_git_says_is_told_to_who_can_mend_it(repositories, said, message, help):
    path = repositories.program(
        f'case " $* " in *" fetch "*) cat >&2 <<END\n{said}\nEND\nexit 128;; esac\nexec $git "$@"'
    )
    ledger = repositories.ledger(repositories.clone("work"), PATH=path)
    with pytest.raises(LedgerOutOfReach, match=message) as caught:
        ledger.read(Need())
    assert help in caught.value.help
    assert caught.value.exit_code == 5


def test_a_remote_that_is_not_there_is_named(repositories):
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "file:///nowhere/posts.git", at=project)
    with pytest.raises(LedgerOutOfReach, match="no such repository"):
        repositories.ledger(project).read(Need())
    repositories.git("remote", "remove", "origin", at=project)
    with pytest.raises(LedgerOutOfReach, match="no remote `origin`") as caught:
        repositories.ledger(project)
    assert "git remote add origin" in caught.value.help


def test_a_folder_outside_of_git_is_named(repositories, tmp_path):
    (tmp_path / "plain").mkdir()
    with pytest.raises(LedgerOutOfReach, match="is in no git repository") as caught:
        repositories.ledger(tmp_path / "plain")
    assert "store: files" in caught.value.help


def test_a_machine_without_git_is_told(repositories):
    with pytest.raises(LedgerOutOfReach, match="git can't be started"):
        repositories.ledger(repositories.clone("work"), PATH=str(repositories.folder))


def test_a_git_that_hangs_is_ended_with_all_that_it_has_started(repositories):
    path = repositories.program("sleep 100 & wait")
    git = Git(repositories.folder, {**repositories.environ, "PATH": path})
    began = time.monotonic()
    with pytest.raises(GitFailed, match="took longer than"):
        git("fetch", seconds=0.3)
    assert time.monotonic() - began < 20


# --- Credentials


def told(repositories: Repositories, project, **environ: str) -> tuple[str, dict[str, str]]:
    """The words and the configuration with which git is started to ask the remote."""
    seen = repositories.folder / "seen"
    path = repositories.program(
        f'case " $* " in *" fetch "*) (echo "$*"; env) > {seen}; echo "fatal: no" >&2; exit 1;; '
        'esac\nexec $git "$@"'
    )
    with pytest.raises(LedgerOutOfReach):
        repositories.ledger(project, PATH=path, **environ).read(Need())
    words, *lines = seen.read_text().splitlines()
    environment = dict(line.split("=", 1) for line in lines if "=" in line)
    count = int(environment["GIT_CONFIG_COUNT"])
    pairs = (
        (environment[f"GIT_CONFIG_{each}_{n}"] for each in ("KEY", "VALUE")) for n in range(count)
    )
    return words, dict(pairs)


def test_what_the_repository_knows_of_its_remote_is_taken_along(repositories):
    project = repositories.clone("work")
    ours = {
        "http.https://github.com/.extraheader": "AUTHORIZATION: basic c2VjcmV0",
        "credential.helper": "store",
        "core.sshCommand": "ssh -i key",
        "url.https://mirror/.insteadOf": "https://github.com/",
    }
    for name, value in ours.items():
        repositories.git("config", name, value, at=project)
    repositories.git("config", "user.name", "anna", at=project)
    words, config = told(repositories, project)
    lower = {name.lower(): value for name, value in config.items()}
    assert {name.lower(): value for name, value in ours.items()}.items() <= lower.items()
    assert "anna" not in lower.values()
    assert "c2VjcmV0" not in words


def test_the_token_of_a_workflow_goes_by_the_environment_to_its_server_alone(repositories):
    project = repositories.clone("work")
    header = "http.https://github.com/.extraheader"
    repositories.git("remote", "set-url", "origin", "https://github.com/acme/posts", at=project)
    words, config = told(repositories, project, GITHUB_TOKEN="ghs_1")
    basic = b64encode(b"x-access-token:ghs_1").decode()
    assert config[header] == f"AUTHORIZATION: basic {basic}"
    assert "ghs_1" not in words
    assert basic not in words
    for url in ("https://github.com.evil.example/acme/posts", "git@github.com:acme/posts"):
        repositories.git("remote", "set-url", "origin", url, at=project)
        assert header not in told(repositories, project, GITHUB_TOKEN="ghs_1")[1]


def test_a_second_header_would_be_refused_so_the_checkouts_own_stays_alone(repositories):
    project = repositories.clone("work")
    header = "http.https://github.com/.extraheader"
    repositories.git("remote", "set-url", "origin", "https://github.com/acme/posts", at=project)
    repositories.git("config", header, "AUTHORIZATION: basic x", at=project)
    _, config = told(repositories, project, GITHUB_TOKEN="ghs_1")
    assert [config[name] for name in config if "extraheader" in name] == ["AUTHORIZATION: basic x"]


# Where configuration may stand, with what says only there that it counts. actions/checkout has kept
# its header in an included file since its version 6.
BESIDE_IT = {
    "the repository": ("--local", None),
    "a file that the repository includes here": ("--local", "includeIf.gitdir:{git}.path"),
    "the person": ("--global", None),
    "a file that the person includes here": ("--global", "includeIf.gitdir:{git}.path"),
    "the worktree": ("--worktree", None),
}


@pytest.fixture
def asked(repositories):
    """A clone of what is on a server that answers nothing; the headers of each request."""
    found: list[list[str]] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.headers.get_all("Authorization", []))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever).start()
        repositories.environ["GIT_ALLOW_PROTOCOL"] = "http"
        repositories.url = f"http://127.0.0.1:{server.server_port}/posts"
        yield found
        server.shutdown()


@pytest.mark.parametrize("token", [{}, {"GITHUB_TOKEN": "ghs_1"}], ids=["", "with a token"])
@pytest.mark.parametrize("where", BESIDE_IT)
def test_the_header_that_counts_in_the_repository_is_sent_once(repositories, where, token, asked):
    scope, included = BESIDE_IT[where]
    project = repositories.folder / "main"
    repositories.git("remote", "set-url", "origin", repositories.url, at=project)
    repositories.git("config", "extensions.worktreeConfig", "true", at=project)
    file = [scope]
    if included:
        file = ["--file", str(repositories.folder / "credentials")]
        included = included.format(git=project / ".git")
        repositories.git("config", scope, included, file[1], at=project)
    root = repositories.url.removesuffix("/posts")
    header = (f"http.{root}/.extraheader", "AUTHORIZATION: basic c2VjcmV0")
    repositories.git("config", *file, *header, at=project)
    with pytest.raises(LedgerOutOfReach):
        repositories.ledger(project, **token, GITHUB_SERVER_URL=root).read(Need())
    assert asked
    assert {tuple(each) for each in asked} == {("basic c2VjcmV0",)}


def test_a_header_for_elsewhere_keeps_no_token_from_its_server(repositories):
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "https://github.com/acme/posts", at=project)
    repositories.git("config", "http.https://x.example/.extraheader", "X: 1", at=project)
    _, config = told(repositories, project, GITHUB_TOKEN="ghs_1")
    assert "http.https://github.com/.extraheader" in config


@pytest.mark.parametrize("password", ["s3cret", "p@s3cret", "@s3cret@"])
def test_no_secret_of_an_address_is_in_a_message(repositories, password):
    project = repositories.clone("work")
    address = f"https://anna:{password}@x.example/a"
    repositories.git("remote", "set-url", "origin", address, at=project)
    path = repositories.program(
        'case " $* " in *" fetch "*) '
        f"echo \"fatal: unable to access '{address}'\" >&2; exit 128;; esac\n"
        'exec $git "$@"'
    )
    with pytest.raises(LedgerOutOfReach) as caught:
        repositories.ledger(project, PATH=path).read(Need())
    assert "x.example" in caught.value.message
    assert "s3cret" not in json.dumps([caught.value.message, caught.value.help])


def test_an_address_that_leads_elsewhere_by_configuration_names_the_same_ledger(repositories):
    """As a mirror, or a test of a workflow, has it."""
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "https://github.com/Acme/posts", at=project)
    leads = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repositories.url}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/Acme/posts",
    }
    repositories.ledger(project, **leads).record(OPENED)
    origin = repositories.ledger(project, **leads).read(Need()).origin
    assert origin is not None
    assert origin.repository == "github.com/acme/posts"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/posts",
        "https://github.com/Acme/Posts.git",
        "https://anna:token@github.com/acme/posts.git/",
        "git@github.com:acme/posts.git",
        "github.com:acme/posts",
        "ssh://git@github.com:22/acme/posts.git",
    ],
)
def test_a_repository_has_one_name(url):
    assert repository_of(url) == "github.com/acme/posts"


def test_an_address_may_be_a_path(repositories):
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "../remote.git", at=project)
    repositories.ledger(project).record(OPENED)
    assert len(repositories.heads()) == 4
    assert Checkout(project, repositories.environ).repository == "/../remote"


# --- Remotes near by


def test_a_push_is_tried_where_the_address_of_the_remote_leads(tmp_path):
    repositories = new_repositories(tmp_path, prefix="shop/")
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", "../remote.git", at=project)
    repositories.ledger(project).record(OPENED)
    before = repositories.heads()
    try_push(project, repositories.environ, "refs/runner/doctor-1")
    assert repositories.heads() == before


def test_a_push_is_tried_in_the_form_that_the_objects_of_the_repository_have(repositories):
    new, project = ("init", "--quiet", "--object-format=sha256"), repositories.folder / "work"
    repositories.git(*new, "--bare", "modern.git")
    repositories.git(*new, "work")
    repositories.git("remote", "add", "origin", "../modern.git", at=project)
    repositories.ledger(project).record(OPENED)
    try_push(project, repositories.environ, "refs/runner/doctor-1")


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("file:///srv/posts.git", True),
        ("/srv/posts.git", True),
        ("../posts.git", True),
        ("./at:noon/posts.git", True),
        ("posts.git", True),
        ("https://github.com/acme/posts.git", False),
        ("ssh://git@github.com/acme/posts.git", False),
        ("git@github.com:acme/posts.git", False),
        ("near:posts.git", False),
        ("gh:acme/posts.git", False),
    ],
)
def test_a_remote_is_on_this_machine_where_its_address_is_a_path(repositories, url, is_here):
    project = repositories.clone("work")
    repositories.git("remote", "set-url", "origin", url, at=project)
    assert is_on_this_machine(project, repositories.environ) is is_here


def test_without_a_remote_none_is_on_this_machine(repositories, tmp_path):
    project = repositories.clone("work")
    repositories.git("remote", "remove", "origin", at=project)
    assert not is_on_this_machine(project, repositories.environ)
    (tmp_path / "plain").mkdir()
    assert not is_on_this_machine(tmp_path / "plain", repositories.environ)


def test_a_server_that_was_away_is_asked_for_as_little_as_before(repositories):
    project, away = repositories.clone("work"), repositories.folder / "away"
    path = repositories.program(
        f'case " $* " in *" fetch "*) echo "$*" >> {repositories.folder}/asked\n'
        f'if [ -e {away} ]; then echo "fatal: the remote end hung up" >&2; exit 128; fi;; esac\n'
        'exec $git "$@"'
    )
    refs = RemoteRefs(Checkout(project, environ := {**repositories.environ, "PATH": path}), environ)
    away.touch()
    with pytest.raises(GitFailed, match="hung up"):
        refs.heads({"shop"})
    away.unlink()
    refs.heads({"shop"})
    asked = (repositories.folder / "asked").read_text().splitlines()
    filters = [word for line in asked for word in line.split() if word.startswith("--filter=")]
    assert filters[:4] == [
        *(f"--filter={each}" for each in ("tree:1", "tree:0", "blob:none")),
        filters[0],
    ]
