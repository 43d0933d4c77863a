"""The message about invisible characters: which they are, and what to do about them."""

import unicodedata

from runner.text.invisible import code_point

HIDDEN_CHARACTER = "hidden-character"
"""The id of the problem, wherever such a character stands."""


def as_spans(found: tuple[int, ...]) -> list[tuple[int, int]]:
    """Runs of places that follow one another, each as its start and its end."""
    spans: list[tuple[int, int]] = []
    for at in found:
        if spans and spans[-1][1] == at:
            spans[-1] = spans[-1][0], at + 1
        else:
            spans.append((at, at + 1))
    return spans


def hidden_characters_message(hidden: str) -> tuple[str, str]:
    """The message about invisible characters that stand together, and the help that mends them."""
    first, count = hidden[0], len(hidden)
    if count > 1:
        return f"{count:,} characters that nobody sees, from {_name_of(first)} on", _help(
            first, "them"
        )
    return f"{_name_of(first)}, {_fault(first)}", _help(first, "it")


def _name_of(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"{code_point(character)} ({name})" if name else code_point(character)


def _fault(character: str) -> str:
    """What is wrong with an invisible character, as a clause behind its name."""
    if character == "\ufffd":
        return "which stands for a character that was lost"
    match unicodedata.category(character):
        case "Cc":
            return "which is a control character"
        case "Co":
            return "which looks different in each font"
        case "Cs":
            return "which is half a character"
        case "Cn":
            return "which is no character"
        case _:
            return "which nobody sees"


def _help(character: str, them: str) -> str:
    """What to do about such characters; `them` is `it` for one alone."""
    match character:
        case "\ufffd":
            return f"write {them} anew"
        case "\u200d":
            return f"delete {them}, or choose the emoji anew if one was meant"
        case "\xad":
            return f"delete {them}: X hyphenates nothing"
        case "\r" | "\x0b" | "\x0c" | "\x85" | "\u2028" | "\u2029":
            return f"delete {them}, and begin a new line there"
        case _ if "\U000e0020" <= character <= "\U000e007f":
            return f"delete {them}, or choose the flag anew if one was meant"
        case _:
            return f"delete {them}"
