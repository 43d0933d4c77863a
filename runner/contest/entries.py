"""Who entered a contest, and with which post; and sequences of a million such things of a few bytes
each, which take no more than those bytes."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import ClassVar, Final, NamedTuple, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)
_IDS: Final = Struct("=QQ")


@dataclass(frozen=True, slots=True)
class Packed(Sequence[T_co]):
    """Items of `SIZE` bytes, one after the other."""

    packed: bytes = field(repr=False)
    SIZE: ClassVar[int]

    @staticmethod
    @abstractmethod
    def item(data: bytes) -> T_co:
        """The item that these bytes stand for."""
        ...

    def __len__(self) -> int:
        return len(self.packed) // self.SIZE

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T_co | Self:
        chosen, size = range(len(self))[index], self.SIZE
        if isinstance(chosen, int):
            return self.item(self.packed[chosen * size : (chosen + 1) * size])
        if chosen.step == 1:
            return type(self)(self.packed[chosen.start * size : chosen.stop * size])
        return type(self)(b"".join(self.packed[at * size : (at + 1) * size] for at in chosen))

    def __iter__(self) -> Iterator[T_co]:
        for at in range(0, len(self.packed), self.SIZE):
            yield self.item(self.packed[at : at + self.SIZE])


class ContestEntry(NamedTuple):
    """Who entered, and with which post: ids of X."""

    user: str
    post: str


class PackedEntries(Packed[ContestEntry]):
    """Entries, a million of which may be at hand at once."""

    __slots__ = ()
    SIZE = _IDS.size

    @classmethod
    def of(cls, entries: Iterable[ContestEntry]) -> Self:
        packed = bytearray()
        for user, post in entries:
            packed += _IDS.pack(int(user), int(post))
        return cls(bytes(packed))

    @staticmethod
    def item(data: bytes) -> ContestEntry:
        user, post = _IDS.unpack(data)
        return ContestEntry(str(user), str(post))
