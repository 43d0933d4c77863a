"""A contest that is announced, closed and drawn in September 2023, before round 657413 of the
beacon."""

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions

ID = "winter-lois"
RESULTS = f"campaigns/results/{ID}.yaml"
CONTEST = """\
kind: contest
account: shop
prize: three pairs of jeans
timezone: UTC
opens: 2023-09-10 10:00
closes: 2023-09-13 11:00
entry: {{how: mention, phrase: "#ZiemasLois"}}
winners: 2
alternates: 3
key: {{fingerprint: {key}, user-id: "{user}"}}
posts:
  announce: {{at: opens}}
  closed: {{at: closes, reply-to: announce}}
  winners: {{at: drawn + 1h}}
"""
CROWD = ("anna", "karlis", "ilze", "juris", "liga", "peteris", "maija")


def said(desktop, command, *arguments) -> tuple[int, str]:
    outside = desktop.outside()
    code = command(outside, *arguments)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def posted(desktop, *, code: int = 0) -> list[str]:
    """What the account shows after a run, newest first."""
    outside = desktop.outside()
    assert post(outside, PostOptions()) == code, outside.out.getvalue() + outside.talk.getvalue()
    return [each.text for each in desktop.sandbox.timeline("acme_lv")]


def rewritten(desktop, path: str, old: str, new: str) -> None:
    text = (desktop.root / path).read_text()
    assert old in text
    desktop.write(path, text.replace(old, new, 1))
