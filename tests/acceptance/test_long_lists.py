"""A list in 256 files is verified wherever it lies: in a folder, at an address, in a clone."""

from pathlib import Path

import pytest
import yaml

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.prove import prove
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_copy, check_draw
from runner.cli.contests import KEYS, contest_of
from runner.contest.list_head import LIST_FILE
from runner.local_x.crowd import storm
from runner.problems import BadUsage
from runner.public_web import DRAND_VARIABLE
from tests.acceptance.beacons import QuietHandler, a_beacon, served
from tests.acceptance.clones import cloned, git
from tests.acceptance.contests import CONTEST, ID, posted, said
from tests.acceptance.test_contests_to_verify import CONTEST as OF_2023
from tests.unit.contest.building import CLOSES, KEY, OPENS, a_draw, a_long_list

PUBLISHED = a_draw(a_long_list())
PART = "entries-07.txt"


def results(**more: object) -> str:
    draw_ = PUBLISHED.draw.model_dump(by_alias=True, mode="json", exclude={"drawn"})
    return yaml.safe_dump({"drawn": "2023-09-15 15:00", **draw_, **more})


@pytest.fixture
def copy(tmp_path_factory) -> Path:
    """All that was published of a contest of 10,001 entries."""
    folder = tmp_path_factory.mktemp("copy")
    for name, data in PUBLISHED.list.items():
        (folder / name).write_bytes(data)
    (folder / f"{ID}.yaml").write_text(results())
    return folder


def checked(desktop, place: object) -> tuple[int, str]:
    return said(
        desktop, lambda outside: check_copy(outside, ID, str(place), "acme_lv", offline=True)
    )


def test_a_folder_holds_a_long_list(desktop, copy):
    code, text = checked(desktop, copy)
    assert (code, "The list holds 10,001 entries" in text) == (0, True)
    (copy / PART).write_bytes((copy / PART).read_bytes()[130:])
    code, text = checked(desktop, copy)
    assert (code, f"{PART} is another one than it names" in text) == (1, True)
    (copy / PART).unlink()
    with pytest.raises(BadUsage, match=f"{PART} in .* can't be read: no such file"):
        checked(desktop, copy)


def test_an_address_holds_a_long_list_and_each_file_is_asked_for_once(desktop, copy):
    asked: list[str] = []

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body go out together

        def do_GET(self) -> None:  # noqa: N802
            asked.append(self.path.removeprefix("/"))
            file = copy / asked[-1]
            self.answer(200 if file.exists() else 404, file.read_bytes() if file.exists() else b"")

    with served(Handler) as url:
        assert checked(desktop, url)[0] == 0
        assert sorted(asked) == sorted([*PUBLISHED.list, f"{ID}.yaml"])
        (copy / PART).unlink()
        with pytest.raises(BadUsage, match=f"{PART} answered 404"):
            checked(desktop, url)


def test_a_file_of_a_list_has_its_others_beside_it(desktop, copy):
    desktop.write(f"campaigns/{ID}.yaml", OF_2023)
    desktop.write(f"campaigns/results/{ID}.yaml", results())
    assert check_draw(desktop.outside(), ID, copy / LIST_FILE, offline=True) == 0
    (copy / PART).unlink()
    with pytest.raises(BadUsage, match=f"{PART} in .* can't be read"):
        check_draw(desktop.outside(), ID, copy / LIST_FILE, offline=True)


def test_results_are_held_against_a_long_list_that_is_at_hand(desktop, copy, tmp_path_factory):
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "entries*")
    git(copy, "commit", "-q", "-m", "List")
    commit = git(copy, "rev-parse", "HEAD").strip()
    project = (desktop.root / "runner.yaml").read_text().replace("store: files", "store: git")
    desktop.write("runner.yaml", project)
    desktop.write(f"campaigns/{ID}.yaml", OF_2023)
    desktop.write(f"campaigns/results/{ID}.yaml", results(commit=commit))
    cloned(desktop, tmp_path_factory.mktemp("hub") / "posts.git")
    code, text = said(desktop, validate)
    assert (code, "was not held against its list" in text) == (0, True)
    git(desktop.root, "fetch", "-q", str(copy), "main")
    code, text = said(desktop, validate)
    assert (code, "was not held against its list" in text) == (0, False), text
    desktop.write(f"campaigns/results/{ID}.yaml", results(commit=commit, entries=10_002))
    code, text = said(desktop, validate)
    assert code == 1
    assert "The list holds 10,001 entries, and the results name 10002" in text


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_thousand_and_one_people_enter_and_one_wins(desktop):
    """Each is signed for twice: when the list is made, and when it is drawn from."""
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    posted(desktop)
    desktop.sandbox.play(
        storm(10_001, at=OPENS + (CLOSES - OPENS) / 2, text="@acme_lv #ZiemasLois")
    )
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect, ID)[0] == 0
    assert "10001 entries are on the list" in said(desktop, commit_entries, ID)[1]
    posted(desktop)
    folder = desktop.root / f".runner/ledger-contests/{ID}/runner-contests/files"
    assert len(list(folder.iterdir())) == 257
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        assert said(desktop, draw, ID)[0] == 0
    assert validate(desktop.outside()) == 0
    assert check_draw(desktop.outside(), ID, offline=True) == 0
    winner = contest_of(desktop.outside(), ID).file.draw.proof.places[0]
    address = f"https://x.com/a/status/{winner.post}"  # who asks below their own entry
    assert "of 10,001 on the list" in said(desktop, prove, ID, address)[1]
