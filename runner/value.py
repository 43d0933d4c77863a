"""The base of the runner's values."""

from typing import TYPE_CHECKING, dataclass_transform

from msgspec import Struct, field

if TYPE_CHECKING:  # mypy holds the arguments of this one against the fields, of values, too
    from dataclasses import replace
else:
    import dataclasses

    from msgspec import structs

    def replace(value, /, **changes):
        """A copy of a value, or of a frozen dataclass, in which some fields say something else."""
        kind = structs if isinstance(value, Struct) else dataclasses
        return kind.replace(value, **changes)


__all__ = ["Value", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value that nobody can change: made, compared and hashed by its fields, in C.

    What hides a field from its repr or leaves one out when it is compared, what pydantic reads, and
    what has state, is a dataclass.
    """
