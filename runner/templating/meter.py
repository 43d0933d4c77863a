"""How much work a template may do, however it is written."""

from typing import Final

from runner.templating.errors import TemplateFault, unsafe_template

FUEL: Final = 50_000
"""Steps of one rendering: about one for each piece of a template that is evaluated."""
OUTPUT: Final = 30_000
"""Characters of one value, and of the whole; a post has 25,000 at most."""
WRITTEN: Final = 4 * OUTPUT
"""Characters written on the way, those of macros and `set` blocks included."""
SOURCE: Final = 64 * 1024
"""Characters of a template."""
TOKENS: Final = 8_000
"""Pieces that a template is read as: words, signs, spaces in tags."""
NODES: Final = 2_000
"""Parts that a template may be made of; reading it takes time for each."""
_CHARACTERS: Final = 20
"""Characters of plain words that cost one step."""
LARGEST: Final = 10**15
"""The greatest number that a template may work with."""


class Meter:
    """Counts the work of one rendering, and refuses what is past the bounds."""

    __slots__ = ("fuel", "written")

    def __init__(self) -> None:
        self.fuel = FUEL
        self.written = WRITTEN

    def charge(self, steps: int) -> None:
        """Uses up steps. Raises TemplateFault where none are left."""
        self.fuel -= steps
        if self.fuel < 0:
            raise unsafe_template(
                "this template does too much work for one post",
                "repeat over fewer things, or write it out",
            )

    def write(self, characters: int) -> None:
        """Uses up characters of output. Raises TemplateFault where none are left."""
        self.written -= characters
        if self.written < 0 or characters > OUTPUT:
            raise too_long()

    def size(self, value: object) -> None:
        """Charges for taking a value in hand, whatever it is."""
        if isinstance(value, str):
            self.charge(1 + len(value) // 16)
        elif isinstance(value, list | tuple | dict):
            self.charge(1 + len(value))
        else:
            self.charge(1)


def steps_of_words(characters: int) -> int:
    """The steps of writing a stretch of plain words."""
    return characters // _CHARACTERS


def too_long() -> TemplateFault:
    return unsafe_template(
        f"this template makes a text of more than {OUTPUT:,} characters", "make it shorter"
    )
