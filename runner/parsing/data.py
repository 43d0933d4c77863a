"""Plain data, and the lists and mappings that are still open while it is read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from runner.problems import Route

Data: TypeAlias = "str | int | Decimal | bool | list[Data] | dict[str, Data] | None"
"""What a file holds: nothing but these types, whatever it says."""


@dataclass(slots=True, kw_only=True)
class Level:
    """A list or mapping that is being read. Without a route it is read and thrown away."""

    into: "list[Data] | dict[str, Data]"
    route: Route | None
    start: int
    column: int
    flow: bool
    key: str | None = None
    """The key whose value comes next; None when that value is thrown away."""
    awaits_value: bool = False
    last_text: tuple[str, int] | None = None
    """The scalar that was read last, as far as it was meant to go, and where that ends."""
    cut: Route | None = None
    """The first of the keys without a value that came right after it."""

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.into, dict) and not self.awaits_value

    def begin(self, key: str | None) -> None:
        """A key was read; without one its value is thrown away."""
        self.awaits_value, self.key = True, key

    def note_scalar(self, text: str, end: int) -> None:
        """A scalar was read, which ends there."""
        self.last_text, self.cut = (text, end), None

    def take(self, value: Data) -> Route | None:
        """Put a value in its place. Returns its route, or None where it is not kept."""
        if isinstance(self.into, list):
            self.into.append(value)
            return None if self.route is None else (*self.route, len(self.into) - 1)
        self.awaits_value = False
        if self.route is None or self.key is None:
            return None
        self.into[self.key] = value
        return (*self.route, self.key)

    def correct(self, value: Data) -> None:
        """Replace the value taken last."""
        if isinstance(self.into, list):
            self.into[-1] = value
        elif self.key is not None:
            self.into[self.key] = value


def at(data: Data, route: Route) -> Data:
    """What stands at a route; None where nothing does."""
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
