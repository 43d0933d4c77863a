"""What goes wrong while a post is sent, and while it is in doubt, played."""

from datetime import timedelta

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.value import replace
from tests.acceptance.conftest import Desktop
from tests.docs.playing import HELLO, ONE, TIPS, Played, fails, given, in_doubt, now, said

THREAD = HELLO.replace("text: Hello", "thread: [One, Two]")


def killed(desktop: Desktop, *, applied: bool) -> Played:
    """What a run leaves behind that dies before it can record X's answer."""
    in_doubt(desktop, applied=applied)
    for file in (desktop.root / ".runner").rglob("*.jsonl"):
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(line for line in lines if '"unknown"' not in line))
    now(desktop, "09:10")
    return said(desktop)


def killed_after_claim(desktop: Desktop) -> Played:
    return killed(desktop, applied=False)


def killed_after_request(desktop: Desktop) -> Played:
    return killed(desktop, applied=True)


def no_network(desktop: Desktop) -> Played:
    given(desktop)
    desktop.environ["X_API_URL"] = "http://127.0.0.1:9"
    return said(desktop)


def line_broken(desktop: Desktop) -> Played:
    given(desktop)
    fails(desktop, drop=True, applied=True)
    return said(desktop)


def job_ends(desktop: Desktop) -> Played:
    given(desktop)
    return said(desktop, post, replace(ONE, time_limit=timedelta(minutes=1)))


def found(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=True)
    now(desktop, "09:03")
    return said(desktop)


def absent(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    now(desktop, "09:10")
    return said(desktop)


def timeline_late(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=True)
    desktop.sandbox.set_lag(timedelta(minutes=30))
    now(desktop, "09:10")
    refused = said(desktop)
    now(desktop, "09:45")
    code, printed = said(desktop)
    assert (code, "found" in printed) == (0, True), printed
    return refused


def timeline_unreadable(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=True)
    now(desktop, "09:10")
    desktop.sandbox.fail({"route": "timeline", "status": 500, "times": 3})
    return said(desktop)


def twice_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    now(desktop, "09:10")
    fails(desktop, status=503, applied=False)
    said(desktop)
    now(desktop, "09:20")
    return said(desktop)


def edited_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=True)
    desktop.sandbox.edit(desktop.sandbox.timeline()[0].id, "Good morning")
    now(desktop, "09:10")
    return said(desktop)


def deleted_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=True)
    desktop.sandbox.remove(desktop.sandbox.timeline()[0].id)
    now(desktop, "09:10")
    return said(desktop)


def reworded_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    given(desktop, HELLO.replace("Hello", "Good morning"), at="09:10")
    return said(desktop)


def renamed_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    (desktop.root / TIPS).rename(desktop.root / "campaigns/hints.yaml")
    now(desktop, "09:02")
    return said(desktop, post, PostOptions())


def removed_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    (desktop.root / TIPS).unlink()
    now(desktop, "09:10")
    return said(desktop, post, PostOptions())


def late_in_doubt(desktop: Desktop) -> Played:
    in_doubt(desktop, applied=False)
    now(desktop, "22:00")
    code, printed = said(desktop)
    assert (code, "missed" in printed) == (0, False), printed
    desktop.clock.set("2027-03-02T10:00+02:00")
    return said(desktop)


def thread_interrupted(desktop: Desktop) -> Played:
    given(desktop, THREAD)
    fails(desktop, delay=0)
    fails(desktop, status=402)
    assert said(desktop)[0] == 4
    now(desktop, "09:12")
    return said(desktop)


def thread_refused(desktop: Desktop) -> Played:
    given(desktop, THREAD)
    fails(desktop, delay=0)
    fails(desktop, answer="cashtags")
    return said(desktop)


def thread_reworded(desktop: Desktop) -> Played:
    given(desktop, THREAD)
    fails(desktop, delay=0)
    fails(desktop, status=402)
    said(desktop)
    given(desktop, THREAD.replace("Two", "Three"), at="09:12")
    return said(desktop)
