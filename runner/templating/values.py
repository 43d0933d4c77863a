"""What templates see: bags of named values, and values that exist only later.

Such are the link of a post that is not out yet, and the results of a draw: a reviewer approves the
text without them. So a text may carry such a value, but no template may look at it, neither before
it is known nor after.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final

from runner.problems import Message
from runner.templating.errors import (
    TESTED,
    Subject,
    TemplateFault,
    TemplateMessage,
    column_of,
    unsafe_template,
)
from runner.text import nfc
from runner.value import Value

OPENING, CLOSING = "⟦", "⟧"
PLACEHOLDER: Final = f"{OPENING}{{}}{CLOSING}"
LINK_STAND_IN: Final = "https://x.com/i/status/1234567890123456789"
HANDLE_STAND_IN: Final = "w" * 15
DIGEST: Final = "digest of the draw"
DIGEST_STAND_IN: Final = "0" * 64
ROUND_STAND_IN: Final = "0" * 10
ENTRIES_STAND_IN: Final = "0" * 7
ID_STAND_IN: Final = "0" * 19
MOMENT_STAND_IN: Final = "w" * 30
DISGUISES: Final = ("http://a.lv/{}-a", "Ж日 ftp://пример.испытание/ʻōlelo-ท้ายสุด#{}")
"""What values that exist only later are rendered as, in turn, to prove that nothing else of a text
changes with them: values of different lengths, scripts and schemes."""

_MARKS: Final = tuple(map(chr, range(0xFDD0, 0xFDF0)))
"""Code points that Unicode never makes characters: one that a text lacks can hold the place of
something else in it."""


class Later(Value, eq=False):
    """A value that exists only later, as a piece of a text. `name` says which it is (`link to
    announce`), `known` is the value once there is one, and `stand_in` has its greatest weight until
    then."""

    name: str
    stand_in: str
    known: str | None = None

    @property
    def text_by_now(self) -> str:
        return PLACEHOLDER.format(self.name) if self.known is None else self.known

    @property
    def greatest(self) -> str:
        return self.stand_in if self.known is None else self.known

    def disguise(self, number: int) -> str:
        """The made-up value that stands for it in the proof of this number."""
        return DISGUISES[number].format(self.name)


def is_disguise(text: str) -> bool:
    """Whether a text is such a made-up value of a proof, of which nobody has to be told."""
    return any(text.startswith(each.partition("{}")[0]) for each in DISGUISES)


class Unseen:
    """A value that no template may look at, known or not."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> bool:
        raise look_fault(self, TESTED)


class Opaque(Unseen):
    """A text with values in it that exist only later. It has no method of a `str`, so that all code
    that was not made for it refuses it."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: Iterable["str | Later"]) -> None:
        self.pieces = tuple(pieces)
        super().__init__(next(each.name for each in self.pieces if isinstance(each, Later)))

    @property
    def size(self) -> int:
        """Characters, as far as the meter knows: the same whether the values are known or not."""
        return sum(len(one) if isinstance(one, str) else len(one.stand_in) for one in self.pieces)

    def fill_in(self, fill: Callable[[Later], str]) -> str:
        """The text with what `fill` gives in the place of each value."""
        return "".join(one if isinstance(one, str) else fill(one) for one in self.pieces)


class OpaqueMoment(Unseen):
    """A moment, or a day, that exists only later. `moment` stands in for it until it is known."""

    __slots__ = ("known", "moment")

    def __init__(self, name: str, moment: date, *, known: bool) -> None:
        super().__init__(name)
        self.moment = moment
        self.known = known


Spoken = str | Opaque
"""A text, perhaps with values in it that exist only later."""


def join_spoken(pieces: Iterable[Spoken]) -> Spoken:
    """The pieces as one text."""
    pieces = tuple(pieces)
    try:
        return "".join(pieces)  # type: ignore[arg-type]
    except TypeError:
        inner = (one.pieces if isinstance(one, Opaque) else (one,) for one in pieces)
        return Opaque(piece for several in inner for piece in several)


def words_of(said: Spoken) -> str:
    """The plain words of a text, without what exists only later."""
    return said if isinstance(said, str) else said.fill_in(lambda _: "")


def size_of(said: Spoken) -> int:
    """How many characters a text has at most."""
    return len(said) if isinstance(said, str) else said.size


def shown_in(said: Spoken) -> str:
    """The text as it is now, with `⟦…⟧` for what is not known yet."""
    return said if isinstance(said, str) else said.fill_in(lambda later: later.text_by_now)


def greatest_in(said: Spoken) -> str:
    """The text with what is not known yet at its greatest weight."""
    return said if isinstance(said, str) else said.fill_in(lambda later: later.greatest)


def disguised_in(said: Spoken, number: int) -> str:
    """The text with the made-up values of the proof of this number."""
    return said if isinstance(said, str) else said.fill_in(lambda later: later.disguise(number))


def split_at(mark: re.Pattern[str], said: Spoken) -> tuple[Spoken, ...]:
    """The text in parts, where the mark stands in its plain words."""
    if isinstance(said, str):
        return tuple(mark.split(said))
    parts: list[list[Spoken]] = [[]]
    for known, pieces in groupby(said.pieces, lambda piece: isinstance(piece, str)):
        if known:
            first, *others = mark.split("".join(map(str, pieces)))
            parts[-1].append(first)
            parts += [[other] for other in others]
        else:
            parts[-1] += [Opaque((piece,)) for piece in pieces]
    return tuple(join_spoken(part) for part in parts)


def tidy(said: Spoken) -> Spoken:
    """The text as people would have typed it: NFC, no spaces at the ends of lines, no more than one
    empty line. What exists only later is no part of it."""
    if isinstance(said, str):
        return _tidy_text(said)
    words = words_of(said)
    mark = next((each for each in _MARKS if each not in words), None)
    if mark is None:
        raise unsafe_template("this text has signs in it that no text can have", "remove them")
    later = iter([piece for piece in said.pieces if isinstance(piece, Later)])
    first, *rest = _tidy_text(said.fill_in(lambda _: mark)).split(mark)
    return Opaque((first, *(piece for stretch in rest for piece in (next(later), stretch))))


def _tidy_text(text: str) -> str:
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" in text:
        text = re.sub(r"[ \t]+(?=\n)", "", text)
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text.strip()


def look_fault(value: Unseen, subject: Subject | None = None) -> TemplateFault:
    """The error for a template that looks at a value which exists only later."""
    ways = "write it, join it with `~` or `join`, or `mention` it"
    if isinstance(value, OpaqueMoment):
        ways = f"write it: {{{{ {value.name.replace('-', '_')} | date }}}}"
    text = f"{PLACEHOLDER.format(value.name)} exists only later, and no text may depend on it"
    help = f"{ways}; nothing else can be done with it"
    return TemplateFault(Message("later-value", text, help), subject)


class Bag:
    """Named values, and nothing else: no methods, no other attributes. A `partial` among them is
    called when it is first looked at, so that only words that are used have to be translated."""

    __slots__ = ("_fields", "noun")

    def __init__(self, fields: Mapping[str, object], noun: str = "value") -> None:
        self._fields = dict(fields)
        self.noun = noun

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def look(self, name: str) -> object:
        """A value by its name, worked out when it is first asked for. Raises KeyError."""
        value = self._fields[name]
        if isinstance(value, partial):
            value = self._fields[name] = value()
        return value

    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)


def placeholder_message(source: str) -> TemplateMessage:
    """The message for a source that has ⟦ or ⟧ itself, which mark values that exist only later."""
    before = re.split(f"[{OPENING}{CLOSING}]", source, maxsplit=1)[0]
    written = len(before) < len(source)
    text = f"`{OPENING}` and `{CLOSING}` stand for values that exist only later"
    return TemplateMessage(
        message=Message("later-value", text, "write other brackets: [ ]"),
        line=before.count("\n") + 1 if written else 1,
        column=len(before.rpartition("\n")[2]) + 1 if written else 1,
    )


def dependence_message(source: str) -> TemplateMessage:
    """The message for a text that changes elsewhere, too, once a later value is known."""
    text = "this text depends on a value that exists only later"
    help = "write such a value, join it or `mention` it; nothing else can be done with it"
    column = column_of(source.splitlines()[0] if source else "", None)
    return TemplateMessage(message=Message("later-value", text, help), column=column)
