"""`dataclass`, frozen for whoever writes code, and at run time as cheap as one that is not.

mypy refuses what would change a frozen one. Python refuses it again at run time, and therefore
takes three times as long for each, field by field, and twice as long to make the class: a tenth of
what a file takes to be compiled, and of a start.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(
        made: type | None = None, /, *, frozen: bool = False, eq: bool = True, **options: Any
    ) -> Any:
        """Python's own; a frozen one is compared and hashed by its fields, as always."""
        return dataclasses.dataclass(made, eq=eq, unsafe_hash=frozen and eq, **options)
