"""What a new user does: new, validate, preview, post to the local X, post again."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.local_x.server import Sandbox
from runner.models import KINDS
from tests.acceptance.typed import typed


def started(root: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own prints, which remembers nothing."""
    return subprocess.run(
        [sys.executable, "-m", "runner", *words],
        cwd=root,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_campaign_of_each_kind_is_valid_and_shows_its_posts(tmp_path, kind):
    made = typed(tmp_path, "new", kind, "first", environ={})
    assert made.returncode == 0, made.stderr
    checked = typed(tmp_path, "validate", "--strict", environ={})
    assert checked.returncode == 0, checked.stdout
    shown = typed(tmp_path, "preview", environ={})
    assert shown.returncode == 0
    assert "campaigns/first.yaml" in shown.stdout
    assert "  + " in shown.stdout


def test_new_never_writes_over_a_file(tmp_path):
    assert typed(tmp_path, "new", "series", "tips", environ={}).returncode == 0
    path = tmp_path / "campaigns/tips.yaml"
    path.write_text(path.read_text() + "# mine\n")
    again = typed(tmp_path, "new", "series", "tips", environ={})
    assert again.returncode == 2
    assert "already there" in again.stderr
    assert path.read_text().endswith("# mine\n")


def test_a_new_user_posts_to_the_local_x_and_a_second_run_sends_nothing(tmp_path):
    typed(tmp_path, "new", "series", "tips", environ={})
    campaign = tmp_path / "campaigns/tips.yaml"
    campaign.write_text(
        "kind: series\naccount: shop\nposts:\n  hello: {at: 2027-03-01 10:00, text: Hello}\n"
    )
    moment = datetime(2027, 3, 1, 8, 1, tzinfo=UTC)
    with Sandbox.start({"shop": "your_handle"}, clock=lambda: moment) as sandbox:
        now = ("--now", moment.isoformat())
        first = typed(tmp_path, "post", *now, environ=sandbox.environment())
        second = started(tmp_path, "post", *now, **sandbox.environment())
        assert "Sent 1 post" in first.stdout, first.stdout + first.stderr
        assert "Sent 0 posts" in second.stdout
        assert [post.text for post in sandbox.timeline()] == ["Hello"]
    shown = typed(tmp_path, "status", *now, environ={})
    assert "posted     Mon  1 Mar 2027 10:01 +02:00  shop/tips/hello" in shown.stdout
