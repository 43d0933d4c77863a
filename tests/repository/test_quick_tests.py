"""`make check` runs the quick tests of all rooms, whoever gets which."""

from pathlib import Path

import pytest
import quick_tests

ROOMS = Path(__file__).parents[1] / "unit"


@pytest.mark.parametrize("cores", [1, 2, 8])
def test_each_module_of_tests_is_dealt_once_and_nobody_gets_far_more_than_others(
    cores: int,
) -> None:
    hands = quick_tests.deal(ROOMS, cores)
    dealt = [module for hand in hands for path in hand for module in modules(path)]
    assert sorted(dealt) == sorted(ROOMS.rglob("test_*.py"))
    sizes = [sum(map(quick_tests.size, hand)) for hand in hands]
    assert min(sizes) > 0.6 * max(sizes)


def test_one_failure_in_one_room_fails_it_and_is_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for room, holds in (("good", True), ("bad", False)):
        (tmp_path / room).mkdir()
        (tmp_path / room / f"test_{room}.py").write_text(f"def test_it(): assert {holds}")
    assert quick_tests.main(tmp_path, cores=2) == 1
    told = capfd.readouterr().out
    assert "FAILED" in told
    assert "1 passed" in told


def modules(path: Path) -> list[Path]:
    return list(path.rglob("test_*.py")) if path.is_dir() else [path]
