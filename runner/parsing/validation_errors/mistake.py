"""One of pydantic's errors, and what the file has in its place."""

from collections.abc import Mapping
from typing import Any

from runner.parsing.data import Data
from runner.parsing.validation_errors.model_schema import SchemaPath
from runner.problems import Message, Route, kebab_case
from runner.sources import Source
from runner.value import Value


class Mistake(Value, kw_only=True):
    """One of pydantic's errors, where it leads to, and what stands there."""

    type: str
    path: SchemaPath
    found: Data
    source: Source
    context: Mapping[str, Any]
    words: str
    """What pydantic says of it."""
    message: Message | None = None
    """What is said of it, where that is known already: a validator of ours raised it."""
    inside: tuple[int, int] | None = None
    """The line and the column of the text, from 1, where it lies."""
    expected: tuple[str, ...] = ()
    """The types of error that the members of a union gave, when all of them did."""
    known_as: str | None = None
    """Of an unknown key: the key that it stands for."""
    is_taken: bool = False
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
        return self.path.route

    @property
    def written(self) -> str:
        """What stands there as the file writes it, where it is one line."""
        span = self.source.map.values.get(self.route)
        if not span or span.line != span.end_line:
            return ""
        return self.source.line(span.line)[span.column - 1 : span.end_column - 1]

    @property
    def key(self) -> str:
        """The last key on its way; empty at the top of the file."""
        return next((step for step in reversed(self.route) if isinstance(step, str)), "")

    @property
    def alternative(self) -> str | None:
        """What to do in place of an unknown key, where the model can't have it."""
        lacks: Mapping[str, str] = getattr(self.path.model, "lacks", {})
        return lacks.get(kebab_case(self.key))
