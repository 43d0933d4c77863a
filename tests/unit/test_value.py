"""Values, and copies of them."""

from dataclasses import dataclass
from functools import cached_property

import pytest

from runner.value import Value, replace


class Word(Value, dict=True):
    text: str

    @cached_property
    def length(self) -> int:
        return len(self.text)


@dataclass(frozen=True)
class Place:
    line: int
    column: int = 1


def test_a_copy_works_out_anew_what_follows_from_its_fields() -> None:
    word = Word("jeans")
    assert word.length == 5
    other = replace(word, text="jacket")
    assert (other.length, word.length) == (6, 5)
    assert replace(other, text="hat").length == 3


def test_a_copy_of_a_dataclass_keeps_its_other_fields() -> None:
    assert replace(Place(1, column=7), line=2) == Place(2, column=7)


def test_nobody_changes_a_value() -> None:
    with pytest.raises(AttributeError):
        Word("jeans").text = "jacket"  # type: ignore[misc]
