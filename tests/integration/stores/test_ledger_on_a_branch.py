"""The ledger on a branch of a real repository, from every kind of clone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runner.ledger import Attempting, Hold, Need, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Ledger, Raced
from tests.integration.stores.repositories import (
    BRANCH,
    WITNESS,
    Repositories,
    bytes_of,
    new_repositories,
    write,
)
from tests.unit.stores.building import (
    ALL,
    KEY,
    OUT,
    TIP,
    a_key,
    at,
    attempting,
    closed,
)

OPENED = Record(entries=(attempting(KEY),), accounted={"shop": at("2026-12-01 10:00")})
CLONES = {
    "full": (),
    "depth 1": ("--depth=1",),
    "without blobs": ("--filter=blob:none",),
    "without trees": ("--filter=tree:0", "--depth=1"),
}


SERVERS = {
    "all filters": (),
    "no folders left out but all": (("uploadpackfilter.tree.maxDepth", "0"),),
    "no folders left out": (("uploadpackfilter.tree.allow", "false"),),
    "no filters": (("uploadpack.allowFilter", "false"),),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", CLONES)
@pytest.mark.parametrize("prefix", ["", "marketing/x"])
def test_it_works_from_every_clone(tmp_path, kind, prefix):
    repositories = new_repositories(tmp_path, prefix=prefix)
    works(repositories, repositories.clone("work", *CLONES[kind]))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("server", SERVERS)
def test_it_works_with_every_server(repositories, server):
    for name, value in SERVERS[server]:
        repositories.git("config", name, value, at=repositories.remote)
    works(repositories, repositories.clone("work"))


def works(repositories: Repositories, project: Path) -> None:
    ledger = repositories.ledger(project)
    assert ledger.read(ALL).standings == {}
    ledger.claim(OPENED)
    ledger.record(OUT)
    ledger.claim(Record(entries=(attempting(TIP),)))
    facts = repositories.ledger(project).read(ALL)
    assert facts.standings[KEY].entries == (*OPENED.entries, *OUT.entries)
    assert facts.journal == OUT.sent
    assert facts.accounted == OPENED.accounted
    assert [standing.key for standing in facts.unsettled] == [TIP]
    assert repositories.log() == [
        "Attempt shop/slim/tip@2026-12-01.morning",
        "Post shop/slim/launch",
        "Attempt shop/slim/launch",
    ]
    heads = repositories.heads()
    assert heads[BRANCH] == heads[WITNESS]
    everything = repositories.ledger(project).everything()
    assert len(everything.entries) == 3
    assert everything.sent == OUT.sent


def test_the_persons_repository_stays_byte_for_byte(repositories):
    project = repositories.clone("work")
    write(project, {"campaigns/slim.yaml": "kind: launch\n", "notes.txt": "mine", "README.md": "?"})
    repositories.git("add", "notes.txt", at=project)
    before = bytes_of(project)
    ledger = repositories.ledger(project, tip=repositories.tip(project))
    repositories.push({"templates/launch/teaser.j2": "Later\n"})
    ledger.read(ALL)
    assert ledger.stale()
    ledger.record(OPENED)
    repositories.ledger(project).read(ALL)
    assert bytes_of(project) == before


def test_the_commits_are_the_runners_whoever_is_configured(repositories):
    repositories.ledger(repositories.clone("work")).record(OPENED)
    who = repositories.git("log", "--format=%an|%ae|%cn", BRANCH, at=repositories.remote)
    assert who == "campaign-runner|campaign-runner@users.noreply.github.com|campaign-runner"


def test_other_files_of_the_branch_stay(repositories):
    project = repositories.clone("work")
    for number in range(3):
        key = a_key(nominal=f"2026-{number + 1:02}-01.noon")
        repositories.ledger(project).record(Record(entries=(closed(key, State.MISSED),)))
    names = repositories.git("ls-tree", "-r", "--name-only", BRANCH, at=repositories.remote)
    months = [f"campaigns/slim/2026-{number + 1:02}.jsonl" for number in range(3)]
    assert names.splitlines() == ["born.jsonl", *months, "open.jsonl"]
    newest = repositories.ledger(project).read(Need(newest=frozenset({"slim"})))
    assert [key.nominal for key in newest.standings] == ["2026-03-01.noon"]


def test_when_nothing_happened_nothing_is_pushed(repositories):
    ledger = repositories.ledger(repositories.clone("work"))
    ledger.read(ALL)
    ledger.record(Record())
    assert repositories.heads() == {}
    ledger.record(OPENED)
    before = repositories.heads()
    ledger.record(OPENED)
    assert repositories.heads() == before


def wins(ledger: Ledger, attempt: Attempting) -> bool:
    """Whether a claim is the first."""
    try:
        ledger.claim(Record(entries=(attempt,)))
    except Raced:
        return False
    return True


@pytest.mark.sampled(1)
@pytest.mark.parametrize("post", ["first", "second", "third"])
def test_of_runners_that_claim_at_once_one_wins_every_time(repositories, post):
    project, key = repositories.clone("work"), a_key(post)
    ledgers = [repositories.ledger(project) for _ in range(3)]
    for ledger in ledgers:
        ledger.read(Need())
    attempts = [attempting(key, attempt=f"attempt-{number}") for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(wins, ledgers, attempts)) == 1
    assert len(repositories.ledger(project).read(Need()).standings[key].entries) == 1


def test_results_brought_at_once_are_all_there(repositories):
    project = repositories.clone("work")
    ledgers = [repositories.ledger(project) for _ in range(3)]

    def records(index: int) -> None:
        for number in range(2):
            key = a_key(f"post-{index}-{number}")
            ledgers[index].record(Record(entries=(closed(key, State.MISSED),)))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(records, range(3)))
    assert len(repositories.ledger(project).read(ALL).standings) == 6
    assert len(repositories.log()) == 6


def test_a_hold_is_seen_by_who_claims(repositories):
    project = repositories.clone("work")
    repositories.ledger(project).record(Record(entries=(attempting(TIP),)))
    ledger = repositories.ledger(project)
    ledger.read(Need())
    hold = Hold(at=at("2026-12-01"), run="r", level="project", held=True, by="a", because="news")
    repositories.ledger(project).record(Record(holds=(hold,)))
    ledger.claim(OPENED)
    assert ledger.confirm(Need()).holds == (hold,)
    assert ledger.read(Need()).holds == (hold,)


def edited_by_hand(repositories: Repositories, files: dict[str, str]) -> Path:
    """A project whose ledger has these files, as if the runner had written them."""
    project = repositories.clone("work")
    repositories.ledger(project).record(OPENED)
    by_hand = repositories.clone("by-hand", "--branch=runner-ledgers/shop")
    write(by_hand, files)
    message = repositories.git("log", "-1", "--format=%B", at=by_hand)
    repositories.git("add", "--all", at=by_hand)
    repositories.git("commit", "--quiet", f"--message={message}", at=by_hand)
    repositories.git("push", "--quiet", "origin", f"HEAD:{BRANCH}", f"HEAD:{WITNESS}", at=by_hand)
    return project


def test_a_line_that_cannot_be_read_stops(repositories):
    project = edited_by_hand(repositories, {"open.jsonl": '{"state": "perhaps"}\n'})
    with pytest.raises(LedgerUnusable, match=r"runner-ledgers/shop:open\.jsonl, line 1: "):
        repositories.ledger(project).read(Need())


def test_a_file_where_a_folder_belongs_makes_room_for_what_is_recorded(repositories):
    """Else a post would go out, and its result never be recorded."""
    project = edited_by_hand(repositories, {"sent": "What we have sent\n"})
    repositories.ledger(project).record(OUT)
    assert repositories.ledger(project).read(ALL).journal == OUT.sent


@pytest.mark.sampled(1)
@pytest.mark.parametrize("what", ["a message in another alphabet", "a folder"])
def test_a_branch_that_leads_to_no_record_stops_its_account_alone(repositories, what):
    project = repositories.clone("work")
    other = attempting(a_key(account="tienda"), attempt="other")
    repositories.ledger(project).record(Record(entries=(*OPENED.entries, other)))
    tree = repositories.git("rev-parse", f"{BRANCH}^{{tree}}", at=repositories.remote)
    message = project / "message.txt"
    message.write_bytes("Labots ar roku: pēdējais\n".encode("cp1257"))
    encoded = ("-c", "i18n.commitEncoding=cp1257", "commit-tree", tree, "-F", str(message))
    made = repositories.git(*encoded, at=repositories.remote)
    for ref in (BRANCH, WITNESS):
        (repositories.remote / ref).write_text(f"{tree if what == 'a folder' else made}\n")
    facts = repositories.ledger(project).read(Need())
    assert list(facts.damaged) == ["shop"]
    assert "was not made by the runner" in facts.damaged["shop"].message
    assert [each.key.account for each in facts.unsettled] == ["tienda"]
