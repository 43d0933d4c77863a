"""GitHub on this machine: a bare repository, its pull requests, and the little of the REST API that
the runner calls."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

NAME = "acme/shop"
RUNNER = "acme/campaign-runner"
BRANCH = "trunk"
"""The default branch: nothing may count on its being called `main`."""
URL = f"https://github.com/{NAME}"
BOT = "github-actions[bot]"
WRITES, READS = "token-that-writes", "token-that-reads"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Marta"), ("EMAIL", "marta@example.com"))
}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request to the REST API."""

    method: str
    path: str
    body: dict


@dataclass
class Hub:
    """A repository on GitHub. `work` is the clone in which people change it."""

    folder: Path
    api: str = ""
    comments: list[dict] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    """Those that a workflow has opened."""
    labels: dict[str, str] = field(default_factory=dict)
    """The colours of those that the repository has, by name."""
    runs: list[dict] = field(default_factory=list)
    enabled: list[str] = field(default_factory=list)
    dispatched: list[tuple[str, dict]] = field(default_factory=list)
    """The workflows that somebody asked for, and with what."""
    calls: list[Call] = field(default_factory=list)
    pulls: dict[int, str] = field(default_factory=dict)
    """The open pull requests, and the commit that each proposes."""
    proposed: list[dict] = field(default_factory=list)
    """The pull requests that a workflow has opened, as GitHub tells of them."""
    refuses_pulls: bool = False
    """Whether workflows may open none."""
    rules: dict[str, list[str]] = field(default_factory=dict)
    """The kinds of the rules in force, by branch."""
    protected: set[str] = field(default_factory=set)
    """The branches with the older branch protection."""
    around: Callable[[Literal["before", "after"]], None] = lambda _: None
    """Called ahead of each request to the REST API, and once it was done."""
    refuses: Callable[[Call], int | None] = lambda _: None
    """The status with which a request to the REST API is refused, if it is."""
    reason: str = "No"
    """What it says then."""
    is_private: bool = False
    people: dict[str, str] = field(default_factory=dict)
    """What each person may do here, as GitHub calls it."""
    understated: bool = False
    """Whether artifacts are listed as smaller than they are."""

    @property
    def artifacts(self) -> Path:
        """What runs have left, each a file of its own."""
        return self.folder / "artifacts"

    @property
    def bare(self) -> Path:
        return self.folder / "remotes" / f"{NAME}.git"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def runner(self) -> Path:
        """A clone of the repository that holds the runner: this one, or one of its own."""
        return self.work if (self.work / "action.yml").exists() else self.folder / "runner"

    def part(self) -> None:
        """Puts the runner into a repository of its own, and leaves only campaigns in this one."""
        bare = self.folder / "remotes" / f"{RUNNER}.git"
        self.git("clone", "--quiet", "--bare", str(self.bare), str(bare), cwd=self.folder)
        self.git("clone", "--quiet", str(bare), str(self.folder / "runner"), cwd=self.folder)
        self.git("rm", "--quiet", "-r", ".github", "action.yml", "bin", cwd=self.work)

    @property
    def git_config(self) -> dict[str, str]:
        """The environment in which git finds this machine where it looks for github.com."""
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{self.folder / 'remotes'}/.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": "file",
        }

    def git(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *words],
            cwd=cwd or self.bare,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(self.folder),
                "GIT_TEMPLATE_DIR": os.environ["GIT_TEMPLATE_DIR"],
                **self.git_config,
                **IDENTITY,
            },
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def create(self) -> None:
        self.bare.mkdir(parents=True)
        self.git("init", "--quiet", "--bare", "--initial-branch", BRANCH)
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.git("clone", "--quiet", URL, str(self.work), cwd=self.folder)

    def commit(self, files: Mapping[str, str], *, branch: str = BRANCH) -> str:
        """Writes the files on top of `branch`, which begins at the default one, and pushes it."""
        git = self.work
        if branch != BRANCH:
            self.git("checkout", "--quiet", "-B", branch, cwd=git)
        for name, text in files.items():
            path = git / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "--all", cwd=git)
        self.git("commit", "--quiet", "--message", "Change", cwd=git)
        self.git("push", "--quiet", "origin", f"HEAD:{branch}", cwd=git)
        return self.git("rev-parse", "HEAD", cwd=git).strip()

    def open_pull(self, branch: str, number: int = 7) -> None:
        """What GitHub makes of a branch with a pull request: a ref of the merge."""
        git = self.work
        self.git("checkout", "--quiet", "--detach", f"origin/{BRANCH}", cwd=git)
        self.git("merge", "--quiet", "--no-ff", "--no-edit", f"origin/{branch}", cwd=git)
        self.git("push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/merge", cwd=git)
        self.git("checkout", "--quiet", branch, cwd=git)
        self.pulls[number] = self.git("rev-parse", "HEAD", cwd=git).strip()

    def merge(self, branch: str) -> None:
        self.git("checkout", "--quiet", BRANCH, cwd=self.work)
        self.git("merge", "--quiet", "--no-ff", "--no-edit", branch, cwd=self.work)
        self.git("push", "--quiet", "origin", BRANCH, cwd=self.work)

    def count(self, ref: str) -> int:
        """How many commits a branch has; 0 where there is none."""
        if not self.git("for-each-ref", f"refs/heads/{ref}"):
            return 0
        return int(self.git("rev-list", "--count", ref))

    def files(self, ref: str) -> dict[str, str]:
        names = self.git("ls-tree", "-r", "--name-only", ref).split()
        return {name: self.git("show", f"{ref}:{name}") for name in names}

    def says(self, author: str, text: str, *, on: int, at: str, type: str = "User") -> int:
        """Somebody comments on an issue; the comment's id."""
        user = {"login": author, "type": type}
        made = {"id": self._next_comment(), "user": user, "body": text, "created_at": at}
        self.comments.append({**made, "on": on})
        return made["id"]

    def answer(self, call: Call, *, token: str) -> tuple[int, object]:
        """As GitHub answers, with ids that count up."""
        if call.path.startswith("/blobs/"):
            # somebody else's machine, which no token is for
            return (403, None) if token else (200, self._artifact(call.path).read_bytes())
        if token not in (WRITES, READS):
            return 401, {"message": "Bad credentials"}
        path = call.path.removeprefix(f"/repos/{NAME}").partition("?")[0]
        if status := self.refuses(call):
            return status, {"message": self.reason}
        if call.method == "GET":
            return self._shown(path, call.path)
        if token != WRITES:
            return 403, {"message": "Resource not accessible by integration"}
        return self._done(path, call)

    def _shown(self, path: str, asked: str) -> tuple[int, object]:
        if path.startswith(("/issues", "/collaborators")):
            return self._shown_issue(path, asked)
        if path == "/pulls":
            return 200, self._pulls(re.search(r"head=[^:]+:([^&]+)", asked))
        if re.fullmatch(r"/actions/runs/\d+/artifacts", path):
            return 200, {"artifacts": list(map(self._listed, self._left()))}
        if found := re.fullmatch(r"/actions/artifacts/(\d+)/zip", path):
            return 302, f"{self.api}/blobs/{found[1]}"
        if path == "":
            return 200, {"default_branch": BRANCH, "private": self.is_private}
        if found := re.fullmatch(r"/rules/branches/(.+)", path):
            return 200, [{"type": each} for each in self.rules.get(unquote(found[1]), [])]
        if found := re.fullmatch(r"/branches/(.+)", path):
            return 200, {"protected": unquote(found[1]) in self.protected}
        if path in ("/actions/workflows/post.yml/runs", "/actions/workflows/listen.yml/runs"):
            return 200, {"workflow_runs": self.runs[-1:]}
        return 404, {"message": "Not Found"}

    def _shown_issue(self, path: str, asked: str) -> tuple[int, object]:
        """Issues, their comments, and what those may do here who write them."""
        if found := re.fullmatch(r"/issues/(\d+)/comments", path):
            return 200, self._page(int(found[1]), asked)
        if path == "/issues":
            return 200, _paged(self.issues, asked)
        if found := re.fullmatch(r"/collaborators/([^/]+)/permission", path):
            may = self.people.get(unquote(found[1]))
            return (200, {"permission": may}) if may else (404, {"message": "Not Found"})
        there = [each for each in self.issues if path == f"/issues/{each['number']}"]
        return (200, there[0]) if there else (404, {"message": "Not Found"})

    def _done(self, path: str, call: Call) -> tuple[int, object]:
        if path.startswith("/issues"):
            return self._done_to_issue(path, call)
        match call.method:
            case "PUT" if named := re.fullmatch(r"/actions/workflows/(.+)/enable", path):
                self.enabled.append(named[1])
                return 204, None
            case "POST" if path == "/pulls" and self.refuses_pulls:
                return 403, {"message": "GitHub Actions is not permitted to create pull requests."}
            case "POST" if path == "/pulls":
                return 201, self._propose(call.body)
            case "POST" if named := re.fullmatch(r"/actions/workflows/(.+)/dispatches", path):
                self.dispatched.append((named[1], call.body))
                return 204, None
            case _:
                return 404, {"message": "Not Found"}

    def _pulls(self, of_branch: re.Match | None) -> list[dict]:
        """The open ones; of a branch all, the newest first."""
        if of_branch:
            branch = unquote(of_branch[1])
            return [each for each in self.proposed[::-1] if each["head"]["ref"] == branch]
        open_ones = [each for each in self.proposed if each["state"] == "open"]
        return [{"number": n, "head": {"sha": s}} for n, s in self.pulls.items()] + open_ones

    def _done_to_issue(self, path: str, call: Call) -> tuple[int, object]:
        match call.method:
            case "POST" if on := re.fullmatch(r"/issues/(\d+)/comments", path):
                made = {"id": self._next_comment(), "user": {"login": BOT}, **call.body}
                self.comments.append({**made, "on": int(on[1])})
                return 201, made
            case "DELETE" if gone := re.fullmatch(r"/issues/comments/(\d+)", path):
                self.comments = [each for each in self.comments if each["id"] != int(gone[1])]
                return 204, None
            case "POST" if path == "/issues":
                made = {"number": 101 + len(self.issues), "user": {"login": BOT}, **call.body}
                made |= {"state": "open", "labels": self._labelled(call.body.get("labels", []))}
                self.issues.append(made)
                return 201, made
            case "POST" if on := re.fullmatch(r"/issues/(\d+)/labels", path):
                (found,) = (each for each in self.issues if each["number"] == int(on[1]))
                more = self._labelled(call.body["labels"])
                found["labels"] = list(dict.fromkeys([*found["labels"], *more]))
                return 200, found["labels"]
            case "PATCH" if named := re.fullmatch(r"/issues/(\d+)", path):
                (found,) = (each for each in self.issues if each["number"] == int(named[1]))
                found.update({**call.body, **_closed_by_us(call)})
                return 200, found
            case "PATCH" if re.fullmatch(r"/issues/comments/\d+", path):
                (found,) = (each for each in self.comments if path.endswith(f"/{each['id']}"))
                found.update(call.body)
                return 200, found
            case _:
                return 404, {"message": "Not Found"}

    def _propose(self, body: dict) -> dict:
        sha = self.git("rev-parse", f"refs/heads/{body['head']}").strip()
        assert body["base"] == BRANCH
        pull = {"number": 11 + len(self.proposed), "state": "open", **body}
        pull["head"] = {"ref": body["head"], "sha": sha}
        self.proposed.append(pull)
        return pull

    def _left(self) -> list[Path]:
        return sorted(self.artifacts.iterdir()) if self.artifacts.exists() else []

    def _listed(self, file: Path) -> dict:
        id, size = self._left().index(file), 0 if self.understated else file.stat().st_size
        return {"id": id, "name": file.name, "size_in_bytes": size}

    def _artifact(self, path: str) -> Path:
        return self._left()[int(path.rpartition("/")[2])]

    def _next_comment(self) -> int:
        return max((each["id"] for each in self.comments), default=0) + 1

    def _page(self, number: int, path: str) -> list[dict]:
        """Comments on an issue, or on a pull request; a test that says on which none stands means
        the one that is asked about."""
        return _paged([each for each in self.comments if each.get("on", number) == number], path)

    def _labelled(self, names: list[str]) -> list[str]:
        """Labels as the repository has them, whatever their case; those that it lacks are made."""
        for name in names:
            if name.casefold() not in {each.casefold() for each in self.labels}:
                self.labels[name] = "ededed"
        asked = {name.casefold() for name in names}
        return [each for each in self.labels if each.casefold() in asked]


def _paged(rows: list[dict], asked: str) -> list[dict]:
    size, page = (int(re.findall(rf"\b{name}=(\d+)", asked)[0]) for name in ("per_page", "page"))
    return rows[size * (page - 1) : size * page]


def _closed_by_us(call: Call) -> dict:
    return {"closed_by": {"login": BOT}} if call.body.get("state") == "closed" else {}


@contextmanager
def listening(hub: Hub) -> Iterator[None]:
    """The hub's REST API, on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            call = Call(method=self.command, path=self.path, body=body)
            hub.calls.append(call)
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            hub.around("before")
            status, answer = hub.answer(call, token=token)
            hub.around("after")
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            data = b"" if answer is None else data
            self.send_response(status)
            if status == 302:
                self.send_header("Location", str(answer))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    hub.api = f"http://127.0.0.1:{server.server_port}"
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
