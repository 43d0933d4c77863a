"""Of a whole contest nothing that is kept or said names anybody, but for those who win."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.preview import PreviewFormat, preview
from runner.cli.commands.status import status
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.local_x.accounts import user_id
from runner.local_x.crowd import crowd_acts
from runner.public_web import DRAND_VARIABLE
from tests.acceptance.beacons import a_beacon
from tests.acceptance.clones import cloned
from tests.acceptance.contests import CONTEST, ID, posted
from tests.acceptance.test_whole_contest import everything_in, merged
from tests.unit.contest.building import KEY

OPENS = datetime(2023, 9, 10, 10, 5, tzinfo=UTC)
CLOSES = datetime(2023, 9, 13, 11, tzinfo=UTC)
WORDS = "because blue suits me"


@pytest.fixture
def on_github(desktop, tmp_path_factory):
    """A contest that is open, in a clone, within a job of GitHub's."""
    folder = tmp_path_factory.mktemp("hub")
    project = (desktop.root / "runner.yaml").read_text().replace("store: files", "store: git")
    desktop.write("runner.yaml", project)
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.clock.set("2023-09-10T10:01+00:00")
    cloned(desktop, folder / "posts.git")
    summary = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    desktop.environ |= {KEYS: KEY.secret.hex(), **summary}
    return desktop


class Spoken:
    """All that commands have said."""

    def __init__(self, desktop) -> None:
        self.desktop = desktop
        self.text = ""

    def run(self, command, *arguments, **more) -> None:
        outside = self.desktop.outside()
        assert command(outside, *arguments, **more) == 0
        self.text += outside.out.getvalue() + outside.talk.getvalue()


def everything(desktop, spoken: Spoken) -> bytes:
    """All refs, working files, logs, artifacts and summaries."""
    summary = Path(desktop.environ["GITHUB_STEP_SUMMARY"])
    kept = everything_in(summary.with_name("posts.git")) + everything_in(desktop.root)
    files = [path for path in desktop.root.rglob("*") if path.is_file()]
    loose = b"".join(path.read_bytes() for path in (summary, *files))
    return kept + loose + spoken.text.encode()


def test_nothing_names_who_entered_but_the_winners(on_github) -> None:
    desktop, spoken = on_github, Spoken(on_github)
    posted(desktop)
    acts = crowd_acts(40, opens=OPENS, closes=CLOSES, text=f"@acme_lv #ZiemasLois {WORDS}")
    desktop.sandbox.play(acts)
    for at in (OPENS + timedelta(days=1), CLOSES + timedelta(minutes=20)):
        desktop.clock.set(at.isoformat())
        spoken.run(collect, ID)
        spoken.run(status)
        spoken.run(preview, format=PreviewFormat.HTML, output=desktop.root / "preview.html")
    secrets = secrets_of(desktop, acts)
    assert len(secrets) > 110
    spoken.run(commit_entries, ID)
    merged(desktop)
    posted(desktop)
    before = everything(desktop, spoken)
    assert b"people have entered so far" in before
    assert named(secrets, before) == []
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        spoken.run(draw, ID)
    merged(desktop)
    spoken.run(check_draw, ID, offline=True)
    result = contest_of(desktop.outside(), ID).file.draw
    theirs = {value for each in result.proof.places for value in (each.user, each.post)}
    found = named(secrets, everything(desktop, spoken))
    assert set(found) == theirs | set(result.winners)


def secrets_of(desktop, acts) -> list[str]:
    """Ids, names and words of everybody."""
    people = {act.who for act in acts}
    posts = [each for each in desktop.sandbox.timeline() if WORDS in each.text]
    ids = {each.id for each in posts} | {each.author for each in posts}
    return sorted(ids | people | set(map(user_id, people)) | {WORDS, KEY.secret.hex()})


def named(secrets: list[str], text: bytes) -> list[str]:
    words = set(re.findall(rb"\w+", text))
    said = [each for each in secrets if " " in each and each.encode() in text]
    return said + [each for each in secrets if each.encode() in words]
