"""The repository's own workflows: linted, audited, and the promises that no linter knows."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from runner.cli.commands.redraw import Because
from tests.repository.schema_checking import check_jsonschema

ROOT = Path(__file__).parents[2]
BIN = Path(sys.prefix) / "bin"
A_CACHE = "{uses: actions/cache@v6, with: {path: x, key: y}}"
SECRETS = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    own = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME")}
    environment = {"PATH": f"{BIN}:/usr/bin:/bin", **own}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )


def workflows(root: Path) -> list[Path]:
    return sorted((root / ".github/workflows").iterdir())


def actionlint(root: Path) -> subprocess.CompletedProcess[str]:
    # without shellcheck and pyflakes, which some machines have and others not
    return run(
        BIN / "actionlint", "-verbose", "-shellcheck=", "-pyflakes=", *workflows(root), cwd=root
    )


def zizmor(root: Path) -> subprocess.CompletedProcess[str]:
    command = (BIN / "zizmor", "--offline", "--persona", "auditor")
    return run(*command, ".github", "action.yml", cwd=root)


def schema(root: Path) -> Result:
    told = ("--verbose", "--output-format", "json")
    return check_jsonschema(*told, "--builtin-schema", "vendor.github-workflows", *workflows(root))


@pytest.fixture
def root() -> Path:
    """What the promises are about, but where a test breaks one in a copy."""
    return ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    shutil.copy(ROOT / "action.yml", tmp_path)
    return tmp_path


def replace(root: Path, name: str, old: str, new: str) -> None:
    path = root / ".github/workflows" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


NAMES = [
    "answer.yml",
    "ci.yml",
    "decide.yml",
    "draw.yml",
    "listen.yml",
    "post.yml",
    "preview-comment.yml",
    "preview.yml",
    "remember.yml",
    "report.yml",
    "watch.yml",
]


def test_these_are_the_workflows() -> None:
    assert [path.name for path in workflows(ROOT)] == NAMES


def test_actionlint_finds_nothing_in_any_workflow() -> None:
    result = actionlint(ROOT)
    assert result.returncode == 0, result.stdout
    assert len(re.findall(r"Found total \d+ errors? in \d+ ms for ", result.stderr)) == len(NAMES)


def test_actionlint_finds_a_context_that_does_not_exist(copy: Path) -> None:
    replace(copy, "post.yml", "inputs.dry-run", "inputs.dry-rum")
    result = actionlint(copy)
    assert result.returncode == 1
    assert 'property "dry-rum" is not defined' in result.stdout


def test_zizmor_finds_nothing_in_any_workflow() -> None:
    result = zizmor(ROOT)
    assert result.returncode == 0, result.stdout
    assert len(re.findall(r"completed \S*\.github/workflows/\S+\.yml", result.stderr)) == len(NAMES)
    assert re.search(r"completed \S*\.github/dependabot\.yml", result.stderr)
    assert re.search(r"completed \S*action\.yml", result.stderr)


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "ci.yml",
            "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
            "actions/checkout@v7",
            "unpinned-uses",
        ),
        ("ci.yml", "persist-credentials: false", "persist-credentials: true", "artipacked"),
        ("ci.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("preview.yml", "  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        (
            "preview.yml",
            "runner validate",
            "runner validate ${{ github.event.pull_request.title }}",
            "template-injection",
        ),
    ],
)
def test_zizmor_finds(copy: Path, name: str, old: str, new: str, finding: str) -> None:
    replace(copy, name, old, new)
    result = zizmor(copy)
    assert result.returncode != 0
    assert f"[{finding}]" in result.stdout


def test_every_workflow_fits_the_schema() -> None:
    result = schema(ROOT)
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["checked_paths"]) == len(NAMES)


def test_the_action_fits_the_schema() -> None:
    result = check_jsonschema("--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    assert result.exit_code == 0, result.output


def test_the_schema_refuses_an_unknown_key(copy: Path) -> None:
    replace(copy, "ci.yml", "timeout-minutes:", "time-out:")
    result = schema(copy)
    assert result.exit_code == 1
    assert "time-out" in result.output


def test_ci_tries_the_three_systems() -> None:
    jobs = load(ROOT / ".github/workflows/ci.yml")["jobs"]
    systems = [jobs["test"]["runs-on"], *jobs["elsewhere"]["strategy"]["matrix"]["system"]]
    assert systems == ["ubuntu-latest", "windows-latest", "macos-latest"]
    assert [job["steps"][-1]["run"] for job in jobs.values()] == [
        "bash .ci/run",
        "bash .ci/elsewhere",
        "bash .ci/lowest",
        "make prove",
    ]
    scripts = (ROOT / ".ci" / name for name in ("elsewhere", "lowest"))
    tried = [each for script in scripts for each in re.findall(r"tests/\S+", script.read_text())]
    assert len(tried) == 5
    assert all((ROOT / each).exists() for each in tried)


def test_g2_ci_tries_the_lowest_versions_of_all_dependencies() -> None:
    script = (ROOT / ".ci/lowest").read_text()
    assert "--resolution lowest-direct --all-extras --group dev" in script


def test_every_job_is_bounded_in_time(root: Path) -> None:
    jobs = [job for path in workflows(root) for job in load(path)["jobs"].values()]
    assert len(jobs) == 22
    longer = {job["name"]: job["timeout-minutes"] for job in jobs if job["timeout-minutes"] > 20}
    listen = "Listen (${{ matrix.account }})"
    assert longer == {"Let the next in order win": 80, "Prove": 350, listen: 25}


def test_only_the_steps_that_ask_x_see_secrets_and_only_those_of_one_account(root: Path) -> None:
    seen = {}
    for path in workflows(root):
        for name, job in load(path)["jobs"].items():
            steps = [step for step in job["steps"] if "secrets." in str(step)]
            if steps or "environment" in job:
                names = " · ".join(step["name"] for step in steps)
                seen[f"{path.stem}/{name}"] = names, job.get("environment")
                for step in steps:
                    credentials = {each for each in step.get("env", {}) if each.startswith("X_")}
                    assert not credentials or credentials == {f"X_{each}" for each in SECRETS}
    assert seen == {
        "answer/send": (
            "Send the answer, or hide the reply",
            "x-${{ needs.show.outputs.account }}",
        ),
        "decide/look": ("Look, and decide", "x-${{ inputs.account }}"),
        "draw/draw": ("Draw", "x-${{ matrix.account }}"),
        "draw/redraw": ("Redraw", "x-${{ fromJSON(needs.accounts.outputs.due)[0] }}"),
        "listen/listen": ("Measure · Read the inbox · Collect", "x-${{ matrix.account }}"),
        "post/post": ("Post", "x-${{ matrix.account }}"),
    }


def test_nothing_of_an_event_stands_in_a_script(root: Path) -> None:
    jobs = [job for path in workflows(root) for job in load(path)["jobs"].values()]
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert len(scripts) >= 7
    assert not [script for script in scripts if "${{" in script]


def test_a_run_that_posts_is_never_cancelled_and_waits_only_for_its_own_account(
    root: Path,
) -> None:
    jobs = load(root / ".github/workflows/post.yml")["jobs"]
    concurrency = jobs["post"]["concurrency"]
    assert concurrency["cancel-in-progress"] is False
    assert "format('post-{0}', matrix.account)" in concurrency["group"]
    assert jobs["post"]["strategy"]["fail-fast"] is False


def test_a_decision_waits_for_nothing_and_nothing_takes_its_place(root: Path) -> None:
    jobs = load(root / ".github/workflows/decide.yml")["jobs"].values()
    assert [job["concurrency"] for job in jobs] == [
        {"group": "decide-${{ github.run_id }}", "cancel-in-progress": False}
    ] * 2


def test_one_of_the_two_jobs_of_a_decision_runs_and_both_do_the_same(root: Path) -> None:
    jobs = load(root / ".github/workflows/decide.yml")["jobs"]
    assert jobs["decide"]["if"] == "inputs.decision != 'not posted' || !inputs.account"
    assert jobs["look"]["if"] == "inputs.decision == 'not posted' && inputs.account"
    decides, looks = (job["steps"] for job in jobs.values())
    assert decides[:-1] == looks[:-1]
    assert decides[-1]["run"] == looks[-1]["run"]
    assert looks[-1]["env"].items() >= decides[-1]["env"].items()


def test_who_calls_a_form_gives_it_the_same_fields(root: Path) -> None:
    required = {"decide.yml": ["decision", "because"], "draw.yml": []}
    for name, needed in required.items():
        on = load(root / ".github/workflows" / name)[True]
        asked, given = (on[each]["inputs"] for each in ("workflow_dispatch", "workflow_call"))
        assert asked.keys() == given.keys()
        assert [each for each in asked if asked[each].get("required")] == needed


def test_a_redraw_is_offered_for_each_reason_and_nothing_is_drawn_beside_it(root: Path) -> None:
    workflow = load(root / ".github/workflows/draw.yml")
    offered = workflow[True]["workflow_dispatch"]["inputs"]["because"]["options"]
    assert set(offered) == set(Because)
    draws, redraws = (workflow["jobs"][each] for each in ("draw", "redraw"))
    assert "&& !inputs.contest && !inputs.fallen" in draws["if"]
    assert redraws["if"] == "inputs.contest || inputs.fallen"
    assert draws["steps"][:-1] == redraws["steps"][:-1]


def test_the_runner_ends_before_its_job_is_cut_off(root: Path) -> None:
    job = load(root / ".github/workflows/post.yml")["jobs"]["post"]
    (script,) = (step["run"] for step in job["steps"] if step["name"] == "Post")
    waits, limit = (
        int(re.findall(rf"--{name} (\d+)m", script)[0]) for name in ("wait", "time-limit")
    )
    assert waits < limit < job["timeout-minutes"]
    assert script.splitlines()[-1].startswith("exec ")


def test_whoever_listens_has_waited_for_x_before_its_job_is_cut_off(root: Path) -> None:
    job = load(root / ".github/workflows/listen.yml")["jobs"]["listen"]
    waits = [int(each) for each in re.findall(r"--wait (\d+)m", str(job["steps"]))]
    assert len(waits) == 3
    assert sum(waits) + 3 < job["timeout-minutes"]


def test_each_job_may_do_what_it_needs_and_no_more(root: Path) -> None:
    assert all(load(path)["permissions"] == {} for path in workflows(root))
    granted = {
        f"{path.stem}/{name}": job["permissions"]
        for path in workflows(root)
        for name, job in load(path)["jobs"].items()
    }
    assert granted == {
        "answer/send": {"contents": "write", "issues": "write"},
        "answer/show": {"contents": "write", "issues": "write"},
        "ci/test": {"contents": "read"},
        "ci/elsewhere": {"contents": "read"},
        "ci/lowest": {"contents": "read"},
        "ci/prove": {"contents": "read"},
        "decide/decide": {"contents": "write"},
        "decide/look": {"contents": "write"},
        "draw/accounts": {"contents": "read"},
        "draw/draw": {"contents": "write", "pull-requests": "write", "actions": "write"},
        "draw/redraw": {"contents": "write", "pull-requests": "write", "actions": "write"},
        "listen/accounts": {"contents": "read"},
        "listen/listen": {"contents": "write", "issues": "write"},
        "post/accounts": {"contents": "read"},
        "post/post": {"contents": "write"},
        "preview-comment/comment": {
            "contents": "read",
            "actions": "read",
            "pull-requests": "write",
        },
        "preview/comment": {"contents": "read", "actions": "read", "pull-requests": "write"},
        "preview/preview": {"contents": "read"},
        "remember/remember": {"contents": "read"},
        "report/report": {"contents": "read", "issues": "write"},
        "report/slots": {"contents": "write", "pull-requests": "write", "actions": "write"},
        "watch/watch": {"contents": "read", "actions": "write"},
    }


def test_only_the_default_branch_saves_a_cache_and_no_job_with_secrets_has_one(root: Path) -> None:
    steps = [
        (f"{path.stem}/{name}", step)
        for path in workflows(root)
        for name, job in load(path)["jobs"].items()
        for step in job["steps"]
    ]
    steps += [("action", step) for step in load(root / "action.yml")["runs"]["steps"]]
    caches = [
        (where, step["uses"].partition("@")[0], step["with"]["path"])
        for where, step in steps
        if step.get("uses", "").startswith("actions/cache")
    ]
    outside = "${{ runner.temp }}/campaign-runner"
    assert caches == [
        ("preview/preview", "actions/cache/restore", outside),
        ("remember/remember", "actions/cache/save", outside),
    ]
    settings = [each for _, step in steps for each in step.get("with", {}).items()]
    assert [each for each in settings if "cache" in each[0]] == [("enable-cache", False)] * 3
    remember = load(root / ".github/workflows/remember.yml")
    assert remember[True].keys() == {"push"}
    default_branch = "github.ref_name == github.event.repository.default_branch"
    assert remember["jobs"]["remember"]["if"] == default_branch


def test_what_shows_a_pull_request_takes_nothing_that_one_may_have_left_for_itself(
    root: Path,
) -> None:
    caching = {
        f"{path.stem}: {' '.join(step['run'].split()[:2])}"
        for path in workflows(root)
        for job in load(path)["jobs"].values()
        for step in job["steps"]
        if "CAMPAIGN_RUNNER_CACHE" in str({**job.get("env", {}), **step.get("env", {})})
    }
    assert caching == {"preview: runner validate", "remember: runner validate"}
    (validate,) = (
        step["run"]
        for step in load(root / ".github/workflows/preview.yml")["jobs"]["preview"]["steps"]
        if step.get("run", "").startswith("runner validate")
    )
    assert "preview" not in validate


def test_only_a_branch_of_this_repository_gets_a_comment(root: Path) -> None:
    job = load(root / ".github/workflows/preview.yml")["jobs"]["comment"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]


@pytest.mark.parametrize(
    ("holds", "name", "old", "new"),
    [
        (test_every_job_is_bounded_in_time, "ci.yml", "timeout-minutes: ", "timeout-minutes: 9"),
        (
            test_only_the_steps_that_ask_x_see_secrets_and_only_those_of_one_account,
            "preview.yml",
            "runner validate",
            "runner validate ${{ secrets.X_API_KEY }}",
        ),
        (
            test_nothing_of_an_event_stands_in_a_script,
            "preview.yml",
            "runner validate",
            "runner validate ${{ github.event.number }}",
        ),
        (
            test_a_run_that_posts_is_never_cancelled_and_waits_only_for_its_own_account,
            "post.yml",
            "cancel-in-progress: false",
            "cancel-in-progress: true",
        ),
        (
            test_the_runner_ends_before_its_job_is_cut_off,
            "post.yml",
            "--time-limit ",
            "--time-limit 9",
        ),
        (
            test_whoever_listens_has_waited_for_x_before_its_job_is_cut_off,
            "listen.yml",
            "--wait 16m",
            "--wait 20m",
        ),
        (
            test_each_job_may_do_what_it_needs_and_no_more,
            "watch.yml",
            "contents: read",
            "contents: write",
        ),
        (
            test_a_decision_waits_for_nothing_and_nothing_takes_its_place,
            "decide.yml",
            "github.run_id",
            "github.ref",
        ),
        (
            test_one_of_the_two_jobs_of_a_decision_runs_and_both_do_the_same,
            "decide.yml",
            "== 'not posted' && inputs.account",
            "== 'not posted'",
        ),
        (
            test_who_calls_a_form_gives_it_the_same_fields,
            "decide.yml",
            "      campaign:\n        type",
            "      campaigns:\n        type",
        ),
        (
            test_only_a_branch_of_this_repository_gets_a_comment,
            "preview.yml",
            "head.repo.full_name ==",
            "head.repo.full_name !=",
        ),
        (
            test_only_the_default_branch_saves_a_cache_and_no_job_with_secrets_has_one,
            "preview.yml",
            "actions/cache/restore@",
            "actions/cache@",
        ),
        (
            test_only_the_default_branch_saves_a_cache_and_no_job_with_secrets_has_one,
            "post.yml",
            "      - name: Post\n",
            f"      - {A_CACHE}\n      - name: Post\n",
        ),
        (
            test_only_the_default_branch_saves_a_cache_and_no_job_with_secrets_has_one,
            "remember.yml",
            "if: github.ref_name == github.event.repository.default_branch",
            "if: github.ref_name != ''",
        ),
        (
            test_only_the_default_branch_saves_a_cache_and_no_job_with_secrets_has_one,
            "../../action.yml",
            "enable-cache: false",
            "enable-cache: true",
        ),
        (
            test_what_shows_a_pull_request_takes_nothing_that_one_may_have_left_for_itself,
            "preview.yml",
            "--output preview.html\n        env:\n",
            "--output preview.html\n        env:\n          CAMPAIGN_RUNNER_CACHE: ours\n",
        ),
        (
            test_a_redraw_is_offered_for_each_reason_and_nothing_is_drawn_beside_it,
            "draw.yml",
            " && !inputs.fallen",
            "",
        ),
    ],
    ids=[
        "time",
        "secrets",
        "scripts",
        "cancelling",
        "limit",
        "waits",
        "permissions",
        "decision",
        "either",
        "fields",
        "fork",
        "F2-restores-and-saves",
        "F2-beside-secrets",
        "F2-any-branch",
        "F2-action",
        "page",
        "redraw",
    ],
)
def test_what_breaks_a_promise_is_seen(
    copy: Path, holds: Callable[[Path], None], name: str, old: str, new: str
) -> None:
    holds(copy)
    replace(copy, name, old, new)
    with pytest.raises(AssertionError):
        holds(copy)


@pytest.mark.parametrize(
    ("name", "job"),
    [
        pytest.param("preview.yml", "comment", id="F5-branch-of-this-repository"),
        pytest.param("preview-comment.yml", "comment", id="F5-fork"),
        pytest.param("watch.yml", "watch", id="F5-watch"),
        pytest.param("post.yml", "post", id="F5-post"),
        pytest.param("answer.yml", "show", id="F5-answer-show"),
        pytest.param("answer.yml", "send", id="F5-answer-send"),
        pytest.param("decide.yml", "decide", id="F5-decide"),
        pytest.param("decide.yml", "look", id="F5-look"),
        pytest.param("draw.yml", "draw", id="F5-draw"),
        pytest.param("draw.yml", "redraw", id="F5-redraw"),
        pytest.param("listen.yml", "listen", id="F5-listen"),
        pytest.param("report.yml", "report", id="F5-report"),
        pytest.param("report.yml", "slots", id="F5-slots"),
    ],
)
def test_a_job_that_may_write_runs_the_default_branch(name: str, job: str) -> None:
    steps = load(ROOT / ".github/workflows" / name)["jobs"][job]["steps"]
    out = [step["with"] for step in steps if "checkout" in step.get("uses", "")]
    assert out
    assert all("default_branch" in each["ref"].lower() for each in out)


def test_who_looks_at_pictures_brings_what_git_lfs_keeps_where_that_is_asked_for() -> None:
    """All of it in each run, which would use up what may be transferred where nobody wants it."""
    brought = {
        f"{path.stem}/{name}": step["with"]["lfs"]
        for path in workflows(ROOT)
        for name, job in load(path)["jobs"].items()
        for step in job.get("steps", ())
        if "lfs" in step.get("with", {})
    }
    jobs = ("post/accounts", "post/post", "preview/preview", "remember/remember")
    assert brought == dict.fromkeys(jobs, "${{ vars.RUNNER_LFS == 'true' }}")


def test_f5_no_other_job_may_write() -> None:
    writing = {
        f"{path.stem}/{name}"
        for path in workflows(ROOT)
        for name, job in load(path)["jobs"].items()
        if "write" in job["permissions"].values()
    }
    assert writing == {
        "answer/send",
        "answer/show",
        "decide/decide",
        "decide/look",
        "draw/draw",
        "draw/redraw",
        "listen/listen",
        "post/post",
        "preview/comment",
        "preview-comment/comment",
        "report/report",
        "report/slots",
        "watch/watch",
    }


def test_f5_what_the_other_job_left_is_only_read_by_the_runner() -> None:
    *_, set_up, comment = load(ROOT / ".github/workflows/preview.yml")["jobs"]["comment"]["steps"]
    assert set_up.keys() == {"name", "uses"}
    assert comment["run"] == "runner comment"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ci.yml"])
def test_f8_no_workflow_counts_on_the_name_of_the_default_branch(name: str) -> None:
    assert not re.search(r"\b(main|master)\b", (ROOT / ".github/workflows" / name).read_text())


def test_after_a_fork_nothing_of_it_is_checked_out_and_only_the_runner_is_started() -> None:
    workflow = load(ROOT / ".github/workflows/preview-comment.yml")
    (job,) = workflow["jobs"].values()
    out, set_up, comment = job["steps"]
    branch = "${{ github.event.repository.default_branch }}"
    assert out["with"] == {"ref": branch, "persist-credentials": False}
    assert set_up.keys() == {"name", "uses"}
    assert comment["run"] == "runner comment"
    assert comment["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}
    assert workflow[True]["workflow_run"]["workflows"] == [
        load(ROOT / ".github/workflows/preview.yml")["name"]
    ]


def test_the_hook_for_pre_commit_runs_for_what_validate_reads() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    read = ["campaigns/slim27.yaml", "templates/launch/launch.en.j2", "runner.yaml"]
    assert [name for name in (*read, "docs/README.md") if re.search(hook["files"], name)] == read
    assert run(*(BIN / "runner", "validate"), cwd=ROOT).returncode == 0
    assert hook["entry"] == "runner validate"


def load(path: Path) -> dict:
    return loaded(path.read_text())


@cache
def loaded(text: str) -> dict:
    """Each text once: nearly all tests look at the same ones, and leave them as they are."""
    return yaml.safe_load(text)
