"""The base of the runner's values."""

from typing import TYPE_CHECKING, dataclass_transform

from msgspec import Struct, field

if TYPE_CHECKING:  # mypy checks the arguments of this one against the fields
    from dataclasses import replace
else:
    from dataclasses import is_dataclass
    from dataclasses import replace as dataclass_replace

    from msgspec.structs import replace as struct_replace

    def replace(value, /, **changes):
        return (dataclass_replace if is_dataclass(value) else struct_replace)(value, **changes)


__all__ = ["Value", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value that nobody can change: made, compared and hashed by its fields, in C.

    What hides a field from its repr or leaves one out when it is compared, and what has state, is a
    dataclass.
    """
