"""What was collected of a contest: sealed, reading after reading, with a line of numbers before.

Who entered is on a branch that others may read, and nobody can. Each message has a key of its own,
from a new salt; so no key ever meets a second message, and the nonce may stand still. A message
belongs to its contest and its name, and opens nowhere else.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from runner.charter import Charter
from runner.contest.costs import END, Tally
from runner.contest.readings import Reading, Readings, as_bytes, read_reading
from runner.contest.seen_posts import SeenEntry
from runner.contest.tickets import ContestKey
from runner.reading import BadReadings, KeptFiles, expect_whole, file_name
from runner.value import Value

SALT_BYTES: Final = 32
_NONCE: Final = bytes(12)


class Unopened(ValueError):
    """A message that this key did not seal, or that was changed since."""


def seal(
    key: ContestKey, contest: str, name: str, plain: bytes, *, salt: bytes, openly: bytes = b""
) -> bytes:
    """The bytes encrypted under the contest's key. `salt` is new each time, even where the same is
    sealed again; `openly` is not encrypted, but can't be changed without notice."""
    return salt + _cipher(key, contest, name, salt).encrypt(_NONCE, plain, openly)


def unseal(key: ContestKey, contest: str, name: str, data: bytes, *, openly: bytes = b"") -> bytes:
    """What was sealed with this key, beside this. Raises Unopened."""
    salt, message = data[:SALT_BYTES], data[SALT_BYTES:]
    try:
        return _cipher(key, contest, name, salt).decrypt(_NONCE, message, openly)
    except InvalidTag:
        raise Unopened(f"{name} was not sealed with this key, or was changed since") from None


def _cipher(key: ContestKey, contest: str, name: str, salt: bytes) -> ChaCha20Poly1305:
    purpose = b"\0".join((b"runner/seal/v1", contest.encode(), name.encode()))
    return ChaCha20Poly1305(key.derived(purpose, salt=salt))


class Collector(Value, kw_only=True):
    """What is kept of one contest, for who has its key."""

    key: ContestKey
    charter: Charter
    files: KeptFiles
    new_salt: Callable[[], bytes]

    def readings(self) -> Readings:
        """What was collected so far. Raises BadReadings, and LedgerUnusable."""
        return Readings(self._opened_files(self._files()))

    def snapshots(self) -> Iterator[Readings]:
        """What was collected by each reading, the last one first. Raises as `readings` does."""
        files = self._files()
        for count in range(len(files), 0, -1):
            yield Readings(islice(self._opened_files(files), count))

    def _files(self) -> Mapping[str, bytes]:
        files = self.files.read()
        expect_whole(files)
        return files

    def _opened_files(self, files: Mapping[str, bytes]) -> Iterator[Reading]:
        return (self._opened(name, data) for name, data in files.items())

    def keep(self, number: int, reading: Reading, tally: Tally) -> None:
        """Adds the reading of this number. Raises FilesRaced and LedgerUnusable."""
        name, line = file_name(number), tally.model_dump_json().encode()
        self.files.add(name, self._sealed(name, line, reading))

    def forget(self, who: str) -> int:
        """Takes a person, by handle or user id, out of all that is kept, as if nobody had seen them
        enter; how many posts that were. Raises BadReadings, FilesRaced and LedgerUnusable."""
        files, name_or_id = self._files(), who.casefold()
        users = {
            each.user
            for each in self._seen(files)
            if name_or_id in (each.user, each.handle.casefold())
        }
        theirs = [each for each in self._seen(files) if each.user in users]
        posts = {id for each in theirs for id in (each.post, each.first)}
        if posts:
            self.files.replace(
                {
                    name: self._sealed(
                        name, data.partition(END)[0], self._opened(name, data).without(posts)
                    )
                    for name, data in files.items()
                }
            )
        return len({each.first for each in theirs})

    def _seen(self, files: Mapping[str, bytes]) -> Iterator[SeenEntry]:
        return (each for reading in self._opened_files(files) for each in reading.seen)

    def _sealed(self, name: str, line: bytes, reading: Reading) -> bytes:
        """A reading as it is kept, behind its numbers."""
        plain, contest = as_bytes(reading), self.charter.contest
        sealed = seal(self.key, contest, name, plain, salt=self.new_salt(), openly=line)
        return line + END + sealed

    def _opened(self, name: str, data: bytes) -> Reading:
        line, _, sealed = data.partition(END)
        try:
            plain = unseal(self.key, self.charter.contest, name, sealed, openly=line)
            return read_reading(plain)
        except ValueError as error:
            raise BadReadings(str(error)) from None
