"""One of pydantic's errors, and what the file has in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runner.parsing.levels import Data
from runner.parsing.validation_errors.model_schema import Way
from runner.parsing.validation_errors.suggestions import kebab
from runner.problems import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One of pydantic's errors, where it leads to, and what stands there."""

    type: str
    way: Way
    found: Data
    written: str
    """What stands there as the file writes it, where it is one line."""
    context: Mapping[str, Any]
    said: str
    expected: tuple[str, ...] = ()
    """The types of error that the members of a union gave, when all of them did."""
    meant: str | None = None
    """Of an unknown key: the key that it stands for."""
    taken: bool = False
    """Whether that key is there, too."""
    home: Route | None = None
    """Of an unknown key: where it belongs, from the top of the file or from its mapping."""
    kinds: tuple[str, ...] = ()
    """Of an unknown key: the kinds that have it."""
    beside: tuple[str, ...] = ()
    """Other keys with the same mistake, which this one speaks for."""

    values: tuple[Data, ...] = ()
    """What stands under this key and those."""

    @property
    def route(self) -> Route:
        return self.way.route

    @property
    def key(self) -> str:
        """The last key on its way; empty at the top of the file."""
        return next((step for step in reversed(self.route) if isinstance(step, str)), "")

    @property
    def lacking(self) -> str | None:
        """Of an unknown key: what to do in its place, where the model can't have it."""
        lacks: Mapping[str, str] = getattr(self.way.model, "lacks", {})
        return lacks.get(kebab(self.key))

    @property
    def is_ours(self) -> bool:
        """Whether a validator of ours raised it, whose words are for people already."""
        return "-" in self.type or "help" in self.context
