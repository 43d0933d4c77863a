"""A file or a post that is renamed while anything else is edited goes out once."""

import pytest

from runner.value import replace
from tests.simulation.check import first_broken, holds
from tests.simulation.crashes import scenario
from tests.simulation.drafts import EDITS, RENAMES
from tests.simulation.tampering import HONEST, Nameless, Tampering
from tests.simulation.world import Edit, World
from tests.unit.stores.building import at

MENU = frozenset({"announce", "photo", "tip"})
RENAMED = [name for name in EDITS if name.startswith(RENAMES)]


def edited(name: str, store: str = "git") -> World:
    """Everything that is due is out, then somebody merges an edit; the next runs come soon."""
    edit = Edit(at=at("2026-12-01 11:50"), name=name)
    return replace(scenario(MENU, store=store), edits=(edit,), calm=False)  # type: ignore[arg-type]


def goes_out_once(name: str) -> None:
    simulation = holds(edited(name))
    assert simulation.happened[f"edit: {name}"] == 1
    assert simulation.x.posts


@pytest.mark.parametrize("name", RENAMED[::5], ids=lambda name: f"A8-{name}")
def test_what_is_renamed_and_edited_goes_out_once(name):
    goes_out_once(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", RENAMED, ids=lambda name: f"A8-{name}")
def test_whatever_else_is_edited_it_goes_out_once(name):
    goes_out_once(name)


@pytest.mark.parametrize("store", ["git", "files"])
def test_the_second_copy_is_seen_where_the_ledger_does_not_tell_what_it_was(store):
    world = edited("a renamed file, all in other words", store)
    assert first_broken([world], HONEST) is None
    blind = Tampering(ledger=Nameless)
    assert first_broken([world], blind, saying="under several names")
