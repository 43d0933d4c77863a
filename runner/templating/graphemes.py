"""Characters as people see them: a letter with its accents is one, and an emoji with all that is
joined in it. So no part that a template takes of a text cuts through one."""

import unicodedata
from typing import Final

_JOINER: Final = "\u200d"


def characters(text: str) -> list[str]:
    """The text, character by character."""
    if text.isascii():
        return list(text)
    starts = []
    is_half = False  # of a flag, which is two letters
    for at, sign in enumerate(text):
        is_flag = "\U0001f1e6" <= sign <= "\U0001f1ff"
        is_second = is_flag and is_half
        if not at or not (is_second or text[at - 1] == _JOINER or _goes_on(sign)):
            starts.append(at)
        is_half = is_flag and not is_second
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _goes_on(sign: str) -> bool:
    """Whether it belongs to what stands before it: an accent, a joiner, a tone of skin, a tag."""
    return sign > "\u02ff" and (
        unicodedata.category(sign)[0] == "M"
        or sign == _JOINER
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )
