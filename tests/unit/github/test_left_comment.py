"""What another job left becomes a comment that does nothing; a fork's stands in a fence."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.cli.commands.comment import MOST, comment_of_what_was_left
from runner.cli.context import CommandContext
from runner.github import MARKER
from runner.problems import BadUsage, Refused
from tests.workflows.hub import NAME, READS, URL, WRITES, Hub, listening

pytestmark = pytest.mark.thorough  # each asks a stand-in for GitHub over HTTP
HEAD = "ab" * 20
TEXT = "Change: 1 added.\n"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path, pulls={7: HEAD, 8: "cd" * 20})
    made.artifacts.mkdir()
    with listening(made):
        yield made


def commented(hub: Hub, *, token: str = WRITES, **event: object) -> str:
    """What the command says, after a run for HEAD."""
    file = hub.folder / "event.json"
    file.write_text(json.dumps(event or {"workflow_run": {"id": 5, "head_sha": HEAD}}))
    environ = {
        "GITHUB_API_URL": hub.api,
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_REPOSITORY": NAME,
        "GITHUB_RUN_ID": "5",
        "GITHUB_TOKEN": token,
    }
    out = io.StringIO()
    assert comment_of_what_was_left(CommandContext(root=hub.folder, environ=environ, out=out)) == 0
    return out.getvalue()


def left(hub: Hub, text: str, name: str = "pull-7.txt") -> None:
    (hub.artifacts / name).write_text(text)


def test_the_comment_quotes_it_links_the_run_and_is_edited_after(hub: Hub) -> None:
    for words in ("one thing", "another"):
        left(hub, f"Change: {words}.\n")
        assert commented(hub) == "Commented on pull request 7.\n"
    (comment,) = hub.comments
    first, *lines = comment["body"].splitlines()
    assert first == MARKER
    assert f"[The run]({URL}/actions/runs/5)" in comment["body"]
    assert lines[-3:] == ["```text", "Change: another.", "```"]


def test_no_text_breaks_out_of_the_fence(hub: Hub) -> None:
    left(hub, "```\n@acme/all <img src=https://e.vil/x.png>\n\u202ekcab\n<!-- -->\n````\n")
    commented(hub)
    *_, first, fence, called, turned, hidden, inner, last = hub.comments[0]["body"].splitlines()
    assert (first, last) == ("`````text", "`````")
    assert (fence, inner) == ("```", "````")
    assert (called, hidden) == ("@acme/all <img src=https://e.vil/x.png>", "<!-- -->")
    assert turned == "⟨U+202E⟩kcab"


def test_a_long_text_is_cut_at_a_line_and_says_so(hub: Hub) -> None:
    left(hub, "a line, 🎁\n" * 12_000)
    commented(hub)
    body = hub.comments[0]["body"]
    assert 50_000 < len(body.encode("utf-16-le")) // 2 <= 65_536
    *_, line, fence, _, cut = body.splitlines()
    assert (line, fence) == ("a line, 🎁", "```")
    assert "more lines left out here:** see [the summary of the run]" in cut


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pull-8.txt", "not for what pull request 8 proposes now"),
        ("pull-9.txt", "not for what pull request 9 proposes now"),
        ("pull-7.md", "has not left one text"),
        ("pull-٧.txt", "has not left one text"),
        ("pull-7.txt.exe", "has not left one text"),
        ("pull-07.txt", "has not left one text"),
    ],
)
def test_a_forged_number_gets_no_comment(hub: Hub, name: str, why: str) -> None:
    left(hub, TEXT, name)
    assert why in commented(hub)
    assert hub.comments == []


def test_a_run_for_an_older_commit_says_nothing_more(hub: Hub) -> None:
    left(hub, TEXT)
    hub.pulls[7] = "ef" * 20
    assert "proposes now" in commented(hub)
    assert hub.comments == []


def test_texts_for_two_pull_requests_are_none(hub: Hub) -> None:
    left(hub, TEXT)
    left(hub, TEXT, "pull-8.txt")
    assert "has not left one text" in commented(hub)


def test_a_run_that_left_nothing_is_no_mistake(hub: Hub) -> None:
    assert "has not left one text" in commented(hub)


@pytest.mark.parametrize("admits", [True, False])
def test_what_is_too_large_is_not_read(hub: Hub, admits: bool) -> None:
    left(hub, "x" * (MOST + 1))
    hub.understated = not admits
    assert "more than" in commented(hub)
    assert hub.comments == []
    assert any(call.path.startswith("/blobs/") for call in hub.calls) is not admits


def test_bytes_that_are_no_text_are_shown_as_such(hub: Hub) -> None:
    (hub.artifacts / "pull-7.txt").write_bytes(b"PK\x03\x04\xff\x00")
    commented(hub)
    assert "PK⟨U+0003⟩⟨U+0004⟩⟨U+FFFD⟩⟨U+0000⟩" in hub.comments[0]["body"]


def test_without_the_right_to_write_it_is_refused(hub: Hub) -> None:
    left(hub, TEXT)
    with pytest.raises(Refused, match="403"):
        commented(hub, token=READS)


def test_a_workflow_that_runs_after_no_other_is_a_mistake(hub: Hub) -> None:
    with pytest.raises(BadUsage, match="does not run after another"):
        commented(hub, push={})


# --- A branch of this repository: another job of the same run has left it


def of_this_run(hub: Hub, *, number: int = 7, head: str = HEAD) -> str:
    return commented(hub, pull_request={"number": number, "head": {"sha": head}})


def test_f5_the_markdown_of_another_job_is_the_comment_once(hub: Hub) -> None:
    for words in ("1 added", "2 added"):
        left(hub, f"## Change: {words}.\n\n<details><summary>Texts</summary>\n", "pull-7.md")
        assert of_this_run(hub) == "Commented on pull request 7.\n"
    (comment,) = hub.comments
    assert comment["body"].startswith(f"{MARKER}\n## Change: 2 added.\n\n<details><summary>Texts<")
    assert "From a fork" not in comment["body"]


@pytest.mark.parametrize(
    ("name", "number", "head", "why"),
    [
        pytest.param("pull-8.md", 7, HEAD, "has not left one text", id="F5-another-number"),
        pytest.param("pull-7.txt", 7, HEAD, "has not left one text", id="F5-a-forks-ending"),
        pytest.param("pull-7.md", 7, "ef" * 20, "proposes now", id="F5-an-older-commit"),
        pytest.param("my-pull-7.md", 7, HEAD, "has not left one text", id="F5-another-name"),
    ],
)
def test_what_another_job_left_wrongly_is_no_comment(
    hub: Hub, name: str, number: int, head: str, why: str
) -> None:
    left(hub, TEXT, name)
    assert why in of_this_run(hub, number=number, head=head)
    assert hub.comments == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("@acme/all", "@\u200bacme/all", id="F5-a-call"),
        pytest.param("![x](https://e.vil/x.png)", "!\u200b[x]", id="F5-a-picture"),
        pytest.param("<img src=https://e.vil/x.png>", "<\u200bimg", id="F5-html"),
        pytest.param("<!-- hidden", "<\u200b!--", id="F5-a-remark"),
        pytest.param("<details onclick=x>", "<\u200bdetails onclick", id="F5-an-attribute"),
        pytest.param("\u202ekcab", "⟨U+202E⟩kcab", id="F5-turned-around"),
        pytest.param("a\0b", "a⟨U+0000⟩b", id="F5-a-control-character"),
    ],
)
def test_the_markdown_of_another_job_does_nothing(hub: Hub, written: str, shown: str) -> None:
    left(hub, f"{written}\n", "pull-7.md")
    of_this_run(hub)
    assert shown in hub.comments[0]["body"]


def test_f5_the_own_markdown_of_a_preview_looks_as_before(hub: Hub) -> None:
    folded = "<details open><summary>Texts (1)</summary>"
    own = f"{folded}\n\n<sub>`+`</sub> 10:00<br>08:00 @\u200bacme\n\n</details>"
    left(hub, own, "pull-7.md")
    of_this_run(hub)
    assert own in hub.comments[0]["body"]


def test_f5_too_much_markdown_is_cut_at_a_line_and_says_so(hub: Hub) -> None:
    left(hub, "a line, 🎁\n" * 12_000, "pull-7.md")
    of_this_run(hub)
    body = hub.comments[0]["body"]
    assert len(body.encode("utf-16-le")) // 2 <= 65_536
    assert "more lines left out here:** see [the summary of the run]" in body


def test_a_text_that_github_keeps_no_more_is_told_with_its_answer(hub: Hub) -> None:
    left(hub, TEXT)
    hub.refuses = lambda call: 410 if call.path.endswith("/zip") else None
    hub.reason = "Artifact has expired"
    with pytest.raises(Refused, match="GitHub answered 410: Artifact has expired"):
        commented(hub)
