"""A contest that is open, a crowd that enters it, and what collecting says and keeps."""

from runner.cli.commands.collect import collect
from runner.cli.contests import KEYS
from tests.unit.contest.building import KEY

CONTEST = """\
kind: contest
account: shop
prize: three pairs of jeans
opens: 2027-03-01 10:00
closes: 2027-03-08 20:00
entry: {{how: {how}, phrase: "#ZiemasLois", exclude: [acme_support]}}
winners: 2
alternates: 3
key: {{fingerprint: {key}, user-id: "{user}"}}
posts:
  announce: {{at: opens}}
  closed: {{at: closes, reply-to: announce}}
  winners: {{at: drawn + 1h}}
"""


def contest_by(desktop, how: str):
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(
        "campaigns/winter-lois.yaml",
        CONTEST.format(how=how, key=KEY.fingerprint, user=user),
    )
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2027-03-01T10:01+02:00")
    return desktop


def enter(desktop, handle: str, text: str = "@acme_lv #ziemaslois for me", **more):
    desktop.clock.sleep(1)
    return desktop.sandbox.seed(handle, text, **more)


def collected(desktop, id: str | None = "winter-lois", **more) -> tuple[int, str]:
    outside = desktop.outside()
    code = collect(outside, id, **more)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def files(desktop):
    folder = desktop.root / ".runner/ledger-contests/winter-lois/runner-entries/files"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def rewritten(desktop, old: str, new: str) -> None:
    path = desktop.root / "campaigns/winter-lois.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
