"""Whether a text says a phrase that was asked for."""

from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from runner.text.entity import hashtags


@dataclass(frozen=True)
class Phrase:
    """A phrase. Capitals and spaces don't count, and each hashtag of it has to stand whole."""

    text: str

    def is_in(self, said: str) -> bool:
        plain = _plain(said)
        return self._plain in plain and self._tags <= {tag.text for tag in hashtags(plain)}

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self._plain.split())

    @cached_property
    def _plain(self) -> str:
        return _plain(self.text)

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset(tag.text for tag in hashtags(self._plain))


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
