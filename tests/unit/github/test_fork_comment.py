"""What a fork's run left becomes a comment that can say nothing but what stands in its fence."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.cli.fork_comment import MOST, comment_of_fork
from runner.cli.outside import Outside
from runner.github import MARKER
from runner.problems import BadUsage, Refused
from tests.workflows.hub import NAME, READS, URL, WRITES, Hub, listening

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
        "GITHUB_TOKEN": token,
    }
    out = io.StringIO()
    assert comment_of_fork(Outside(root=hub.folder, environ=environ, out=out)) == 0
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
        commented(hub, pull_request={"number": 7})
