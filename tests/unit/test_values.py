"""The dataclass of values: Python's own, but for what a frozen one costs."""

import pickle
from dataclasses import FrozenInstanceError, replace
from dataclasses import dataclass as python_dataclass

import pytest

from runner.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    x: int
    y: int = 0


@python_dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPoint:
    x: int
    y: int = 0


@dataclass(slots=True)
class Counter:
    count: int = 0


def test_values_are_compared_and_hashed_by_their_fields():
    assert {Point(x=1): "found"}[Point(x=1, y=0)] == "found"
    assert Point(x=1) != Point(x=1, y=2)
    assert hash(Point(x=1)) == hash(FrozenPoint(x=1))
    assert repr(Point(x=1)) == "Point(x=1, y=0)"


def test_another_process_gets_an_equal_value():
    assert pickle.loads(pickle.dumps(Point(x=1))) == Point(x=1)
    assert replace(Point(x=1), y=2) == Point(x=1, y=2)


def test_what_is_not_frozen_has_no_hash():
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter())


def test_nothing_is_paid_for_being_frozen_at_run_time():
    with pytest.raises(FrozenInstanceError):
        FrozenPoint(x=1).__setattr__("x", 2)
    assert "__setattr__" in vars(FrozenPoint)
    assert "__setattr__" not in vars(Point)
