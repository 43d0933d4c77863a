"""Two states of a project opened together: what is the same in both is read and rendered once, and
nothing else comes of it."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_campaigns import KnownCampaigns
from runner.cli.opened_project import OpenedProject, open_project
from runner.ledger import Facts
from runner.plan import Plan, plan
from runner.schedule.timetable import EARLIEST_DUE, LATEST_DUE

PICTURES = sorted((Path(__file__).parents[3] / "campaigns/media").glob("*.jpg"))
HEAD = "kind: series\naccount: shop\nstarts: 2027-03-01\nends: 2027-03-31\nposts:\n"
FILES = {
    "runner.yaml": "timezone: Europe/Riga\nslots: {morning: 09:00}\n"
    "accounts:\n  shop: {handle: acme_lv, locale: lv}\n",
    "templates/own.j2": "Skaisti bikses mēnesim un gadam\n",
    "campaigns/data/tips.yaml": "- {text: Mazgā aukstā ūdenī}\n- {text: Žāvē ēnā}\n",
    "campaigns/plain.yaml": f"{HEAD}  one: {{at: 2027-03-02 10:00, text: Pirmais teksts}}\n",
    "campaigns/ring.yaml": f"{HEAD}  tip: {{every: {{days: [mon], slots: [morning]}}, "
    "items: data/tips.yaml}\n",
    "campaigns/shown.yaml": f"{HEAD}  own: {{at: 2027-03-03 10:00, template: own}}\n"
    "  look: {at: 2027-03-04 10:00, text: Skaties, media: [{file: media/a.jpg, alt: Bikses}]}\n",
    "campaigns/win.yaml": "kind: contest\naccount: shop\nprize: bikses\n"
    "opens: 2027-03-01 10:00\ncloses: 2027-03-08 20:00\nentry: {how: reply}\n"
    "posts: {announce: {at: opens}, winners: {at: drawn + 1h}}\n",
}
ALL = frozenset({"plain", "ring", "shown", "win"})
Edit = Callable[[Path], object]


def write(path: str, text: str) -> Edit:
    def do(root: Path) -> None:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

    return do


def add(path: str, text: str) -> Edit:
    return lambda root: write(path, (root / path).read_text(encoding="utf-8") + text)(root)


RESULT = "drawn: 2027-03-09 12:00\nwinners: [anna]\n"
EDITS: dict[str, tuple[Edit, frozenset[str]]] = {
    "nothing": (lambda _: None, ALL),
    "a campaign": (add("campaigns/plain.yaml", "title: Cits\n"), ALL - {"plain"}),
    "items": (write("campaigns/data/tips.yaml", "- {text: Gludini}\n"), ALL - {"ring"}),
    "items that can't be read": (write("campaigns/data/tips.yaml", "- {"), ALL - {"ring"}),
    "no items": (lambda root: (root / "campaigns/data/tips.yaml").unlink(), ALL - {"ring"}),
    "a picture": (
        lambda root: shutil.copy(PICTURES[1], root / "campaigns/media/a.jpg"),
        ALL - {"shown"},
    ),
    "no picture": (lambda root: (root / "campaigns/media/a.jpg").unlink(), ALL - {"shown"}),
    "results": (write("campaigns/results/win.yaml", RESULT), ALL - {"win"}),
    "a campaign with the same id": (
        write("campaigns/a.yaml", f"id: plain\n{FILES['campaigns/plain.yaml']}"),
        ALL - {"plain"},
    ),
    "a hidden character": (add("campaigns/plain.yaml", "title: a\u200bb\n"), ALL - {"plain"}),
    "a template": (write("templates/own.j2", "Citas bikses\n"), frozenset()),
    "another template": (write("templates/more.j2", "Vairāk\n"), frozenset()),
    "settings": (add("runner.yaml", "budget: {usd-per-month: 5}\n"), frozenset()),
    "no settings": (write("runner.yaml", "accounts: ["), frozenset()),
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    root = tmp_path / "here"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "campaigns/media").mkdir()
    shutil.copy(PICTURES[0], root / "campaigns/media/a.jpg")
    return root


def outside(root: Path) -> CommandContext:
    return CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())


def planned(opened: OpenedProject) -> Plan | None:
    """Whatever may go out of it."""
    if opened.inputs is None:
        return None
    dates = opened.inputs.occurrences(now=EARLIEST_DUE, until=LATEST_DUE)
    return plan(opened.inputs, dates, Facts(), now=EARLIEST_DUE)


QUICK = ("nothing", "a campaign", "a template")


@pytest.mark.parametrize(
    "edit",
    [edit if edit in QUICK else pytest.param(edit, marks=pytest.mark.thorough) for edit in EDITS],
)
def test_what_two_states_share_is_done_once_and_what_differs_anew(here: Path, edit: str) -> None:
    change, shared = EDITS[edit]
    there = here.with_name("there")
    shutil.copytree(here, there)
    change(there)
    known = KnownCampaigns()
    first = open_project(outside(here), checked=True, known=known)
    assert all_problems(first) == all_problems(open_project(outside(here), checked=True))
    planned(first)
    second = open_project(outside(there), checked=True, known=known)
    alone = open_project(outside(there), checked=True)
    assert second.problems == alone.problems
    assert planned(second) == planned(alone)
    assert all_problems(second) == all_problems(alone)
    if second.inputs and alone.inputs:
        assert second.inputs.assets.media == alone.inputs.assets.media
        assert second.inputs.unread == alone.inputs.unread
    tables = {id(table) for table in first.inputs.timetables} if first.inputs else set()
    found = second.inputs.timetables if second.inputs else ()
    assert {table.campaign.id for table in found if id(table) in tables} == shared
