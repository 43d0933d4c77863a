"""`make check` and `make test` run each test that they are to run, whoever gets which."""

from itertools import chain
from pathlib import Path

import pytest
import run_tests

TESTS = Path(__file__).parents[1]
ROOMS = TESTS / "unit"


@pytest.mark.parametrize("tests", [TESTS, ROOMS])
@pytest.mark.parametrize("cores", [1, 2, 8])
def test_each_module_of_tests_is_dealt_once_and_nobody_gets_far_more_than_others(
    cores: int, tests: Path
) -> None:
    hands = run_tests.deal(run_tests.modules_in(tests), cores)
    assert sorted(chain.from_iterable(hands)) == sorted(tests.rglob("test_*.py"))
    sizes = [sum(module.stat().st_size for module in hand) for hand in hands]
    assert min(sizes) > 0.9 * max(sizes)


def test_a_seed_draws_of_some_folders_a_share_and_of_the_others_all() -> None:
    first, again, other = (set(run_tests.drawn(TESTS, seed)) for seed in ("1", "1", "2"))
    assert first == again != other
    everything = set(TESTS.rglob("test_*.py"))
    assert {module.relative_to(TESTS).parts[0] for module in everything - first} == {
        *run_tests.DRAWN
    }
    for folder, share in run_tests.DRAWN.items():
        modules = set((TESTS / folder).rglob("test_*.py"))
        assert len(modules & first) == pytest.approx(share * len(modules), abs=1)


def test_any_module_is_drawn_now_and_then() -> None:
    met = set().union(*(run_tests.drawn(TESTS, str(seed)) for seed in range(100)))
    assert met == set(TESTS.rglob("test_*.py"))


def test_one_failure_in_one_room_fails_it_and_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for room, holds in (("good", True), ("bad", False)):
        (tmp_path / "unit" / room).mkdir(parents=True)
        module = tmp_path / "unit" / room / f"test_{room}.py"
        module.write_text(f"def test_it(): assert {holds}")
    assert run_tests.quick(tmp_path, cores=2) == 1
    told = capfd.readouterr().out
    assert "FAILED" in told
    assert "1 passed" in told
