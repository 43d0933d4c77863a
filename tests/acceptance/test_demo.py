"""What `make demo` does, for two days of its fortnight, on the repository's own campaigns."""

import io
import shutil
from pathlib import Path

from runner.cli.commands.demo import demo
from runner.cli.context import CommandContext

ROOT = Path(__file__).parents[2]


def test_the_demo_sends_everything_once_and_nothing_the_second_time(tmp_path):
    for name in ("campaigns", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "runner.yaml", tmp_path)
    out = io.StringIO()
    outside = CommandContext(root=tmp_path, environ={}, out=out, talk=io.StringIO())

    assert demo(outside, days=2) == 0

    shown = out.getvalue()
    assert "campaigns with" in shown
    assert "all well" in shown
    assert "The 2 days sent 12 posts; run a second time, they sent 0." in shown
    assert "posted  shop/valentine-jeans/announce  Tue  2 Feb 2027 11:00 +02:00 (on time)" in shown
    assert shown.count("(on time)") == 12
