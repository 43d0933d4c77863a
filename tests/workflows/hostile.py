"""Texts that somebody may type into a form, and whether they were anything but texts."""

from tests.workflows.acting import Acted, Machine

MARK = "gotcha"
HOSTILE = (
    f"$(touch {MARK})",
    f"`touch {MARK}`",
    f'"; touch {MARK}; "',
    f"'; touch {MARK}; '",
    f"\ntouch {MARK}\n",
    f"x\n::error::{MARK}",
    f"x\r::warning::{MARK}\u2028::notice::{MARK}",
    f"##[error]{MARK}",
    f"--help {MARK}",
    "${{ secrets.X_API_KEY }}",
    "$X_API_KEY $GITHUB_TOKEN",
    "<img src=https://example.com/1.png> @octocat ![x](https://example.com/2.png)",
    "\u202egnorts\u202c \x1b[2J",
    "x" * 60_000,
)


def nothing_of_it_was_done(machine: Machine, run: Acted) -> None:
    assert not list(machine.hub.folder.rglob(MARK))
    assert not [each for kind in ("error", "warning", "notice") for each in run.of(kind)]
    assert "@octocat" not in run.summary
    assert "<img" not in run.summary.replace("\\<", "")
    assert not [value for value in machine.secrets.values() if value in str(run)]
