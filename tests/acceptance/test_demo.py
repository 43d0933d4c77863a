"""What `make demo` does, for two days of its fortnight, on the repository's own campaigns."""

import io
import shlex
import shutil
import subprocess
from pathlib import Path

from runner.cli.commands.demo import demo
from runner.cli.context import CommandContext

ROOT = Path(__file__).parents[2]


def test_the_demo_sends_and_answers_all_once_and_its_contest_is_verified_and_tampered_with_in_vain(
    tmp_path,
):
    for name in ("campaigns", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "runner.yaml", tmp_path)
    shutil.move(tmp_path / "campaigns/media", tmp_path / "media")
    slim27 = tmp_path / "campaigns/slim27.yaml"
    text = slim27.read_text(encoding="utf-8").replace("file: media/", "file: ../media/")
    slim27.write_text(text, encoding="utf-8")
    out = io.StringIO()
    outside = CommandContext(root=tmp_path, environ={}, out=out, talk=io.StringIO())

    assert demo(outside, days=2, entrants=40) == 0

    shown = out.getvalue()
    assert "campaigns with" in shown
    assert "all well" in shown
    assert "The 2 days sent 12 posts; run a second time, they sent 0." in shown
    assert "posted  shop/valentine-jeans/announce  Tue  2 Feb 2027 11:00 +02:00 (on time)" in shown
    assert shown.count("(on time)") == 12
    assert "Draw code: " in shown
    assert "verified: the draw was not steered" in shown
    tampered = shown.partition("somebody tampers")[2]
    assert "a friend wins: The entry" in tampered
    assert "another round decides: The round that decides is 657,413" in tampered
    assert "nobody noticed" not in shown
    heard = shown.partition("three people speak")[2]
    assert "3 new mentions ($0.003): 1 complaint, 1 question, 1 praise." in heard
    assert "│ Atvainojamies, tā nevajadzēja notikt." in heard
    assert "0 mentions wait; 3 answered" in heard
    assert "3 answers on X, one for each; the second /send sent nothing." in heard
    report = shown.partition("— runner report")[2]
    assert "Worth it?   $" in report
    assert "engagement-rate: " in report
    assert "slot evening" not in report  # two days are too few to tell
    assert "tienda: 695 → " in report
    assert (tmp_path / ".runner/demo/report.html").stat().st_size > 10_000
    last = shlex.split(shown.splitlines()[-1])
    assert last[:3] == ["cd", str(tmp_path / ".runner/demo"), "&&"]
    again = subprocess.run(last[3:], cwd=last[1], capture_output=True, check=True, text=True)
    comes_to = report.partition("All of it is on a page")[0].partition("\n\n")[2].strip()
    assert comes_to in again.stdout
