"""The ledger is shown, moved from one store to the other, and taken over."""

import pytest

from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.ledger import adopt, export, import_from, show
from runner.ledger import Key, Need, Origin, Record
from runner.problems import BadUsage
from runner.stores.files import FilesLedger
from tests.acceptance.conftest import output_of
from tests.acceptance.doubts import OPENS, a_link, an_attempt, in_doubt, ledger_of, say
from tests.acceptance.typed import typed


@pytest.fixture
def used(desktop):
    """A ledger with a post that is out, one in doubt, and a hold."""
    in_doubt(desktop)
    say(desktop, posted=a_link(1))
    tip = Key("shop", "tips", "tip", "2027-03-01.morning")
    accounted = Record(entries=(an_attempt(tip),), accounted={"shop": OPENS})
    ledger_of(desktop).record(accounted)
    hold(desktop.outside(), Scope(campaign="winter-lois"), because="the price is wrong")
    return desktop


def refusal(desktop, command, *words) -> str:
    with pytest.raises(BadUsage) as refused:
        command(desktop.outside(), *words)
    assert refused.value.help
    return refused.value.message


def moved(desktop) -> None:
    """The project has another ledger from now on."""
    text = (desktop.root / "runner.yaml").read_text().replace("{store: files}", "{folder: other}")
    desktop.write("runner.yaml", text)


def files(folder) -> dict[str, bytes]:
    """But for how many records each has."""
    paths = [path for path in folder.rglob("*.jsonl") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_ledger_that_is_not_there_is_shown_as_such(desktop):
    assert "There is no ledger in the folder .runner/ledger yet" in output_of(desktop, show)
    assert "There is no ledger yet" in output_of(desktop, adopt)
    assert ledger_of(desktop).read(Need()).origin is None


def test_what_the_ledger_holds_is_shown(used):
    told = output_of(used, show)
    assert "The ledger in the folder .runner/ledger, of this machine, since Mon  1 Mar" in told
    assert "  shop: accounted for up to Mon  1 Mar 2027 10:00 +02:00" in told
    assert "4 entries about 2 posts; 1 out, 1 unsettled." in told
    assert "Notice: campaign `winter-lois` is on hold since" in told


def test_an_exported_ledger_is_the_ledger_file_by_file(used, tmp_path):
    assert "4 entries exported" in output_of(used, export, tmp_path / "copy")
    assert files(tmp_path / "copy") == files(used.root / ".runner/ledger")
    assert len(files(tmp_path / "copy")) == 7


def test_an_exported_ledger_is_imported_whole(used, tmp_path):
    before = ledger_of(used).everything()
    output_of(used, export, tmp_path / "copy")
    moved(used)
    assert "4 entries imported" in output_of(used, import_from, tmp_path / "copy")
    assert FilesLedger(used.root / "other").everything() == before
    assert "exactly that already" in output_of(used, import_from, tmp_path / "copy")


def test_exporting_twice_changes_nothing_and_covers_nothing(used, tmp_path):
    output_of(used, export, tmp_path / "copy")
    copy = files(tmp_path / "copy")
    output_of(used, export, tmp_path / "copy")
    assert files(tmp_path / "copy") == copy
    say(used, "tips/tip@2027-03-01.morning", skip=True)
    assert "something else" in refusal(used, export, tmp_path / "copy")
    assert files(tmp_path / "copy") == copy


def test_nothing_is_exported_over_other_files(used, tmp_path):
    used.write("notes/a.txt", "mine")
    assert "something else" in refusal(used, export, tmp_path / "notes")
    assert "something else" in refusal(used, export, tmp_path / "notes/a.txt")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["a.txt"]


def test_a_ledger_that_holds_something_else_takes_nothing(used, tmp_path):
    output_of(used, export, tmp_path / "copy")
    moved(used)
    FilesLedger(used.root / "other").record(Record(entries=(an_attempt(after=3),)))
    before = files(used.root / "other")
    assert "holds 1 entry already" in refusal(used, import_from, tmp_path / "copy")
    assert files(used.root / "other") == before


@pytest.mark.parametrize("name", ["nowhere", "campaigns", "runner.yaml"])
def test_only_a_ledger_is_imported(used, name):
    assert "there is no ledger in" in refusal(used, import_from, used.root / name)


def test_adopting_says_who_did_and_forgets_who_the_accounts_were(used):
    was = Origin(at=OPENS, run="run", users={"shop": "42"})
    ledger_of(used).record(Record(origin=was))
    assert "shop: X's user 42" in output_of(used, show)

    told = output_of(used, adopt)
    assert told == (
        "It was the ledger of this machine.\nIt is the ledger of this machine, adopted by anna.\n"
    )
    facts = ledger_of(used).read(Need())
    assert (facts.origin.by, facts.origin.users) == ("anna", {})
    assert facts.born == ledger_of(used).everything().born


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export",), "`export` needs a folder"),
        (("import",), "`import` needs a folder"),
        (("adopt", "here"), "`adopt` takes no folder"),
        (("show", "here"), "`show` takes no folder"),
    ],
)
def test_what_is_missing_or_too_much_is_told_to_who_types(desktop, words, told):
    done = typed(desktop.root, "ledger", *words, environ={"USER": "anna"})
    assert done.returncode == 2
    assert told in done.stderr
