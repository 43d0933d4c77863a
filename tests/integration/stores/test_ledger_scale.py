"""What a run reads does not grow with what the ledger holds."""

import pytest

from scripts.bench_ledger import NOTHING, ONE_DUE, a_ledger, in_folder, on_branch


@pytest.mark.parametrize("store", [in_folder, on_branch])
def test_history_costs_nothing(store, tmp_path):
    young, old = (store(tmp_path / str(n), a_ledger(n)) for n in (1_000, 5_000))
    idle, later = young(NOTHING), old(NOTHING)
    assert idle.bytes > 0
    assert (later.bytes, later.lines) == (idle.bytes, idle.lines)
    assert bool(idle.wire) is (store is on_branch)
    assert later.wire == pytest.approx(idle.wire, rel=0.1)
    due = young(ONE_DUE)
    assert due.lines > 15
    assert due.bytes <= old(ONE_DUE).bytes <= 2 * due.bytes
