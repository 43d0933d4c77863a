"""How values read in our own English: moments, money, counts, excerpts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

LONGEST = 300
"""How many characters of a value that people write freely are shown."""
EXCERPT = 40
"""How many characters of a text are shown where it differs from another."""


def moment(at: datetime) -> str:
    """`Tue 1 Dec 2026 10:00 +02:00`: never a bare UTC, never without the day of the week."""
    return f"{day(at)} {clock(at)}"


def day(at: datetime) -> str:
    return f"{at:%a} {at.day:>2} {at:%b %Y}"


def clock(at: datetime) -> str:
    offset = f"{at:%z}"
    return f"{at:%H:%M} {offset[:3]}:{offset[3:5]}"


def clock_beside(at: datetime, other: datetime) -> str:
    """Its time of day, with the day where that is not the one of another moment."""
    return clock(at) if at.date() == other.date() else moment(at)


def usd(amount: Decimal) -> str:
    """`$0.215`, `$3.00`: cents at least, and no digit less than X charges."""
    exact = amount.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"${amount:.{places}f}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 post`, `2 posts`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def first_names(names: Sequence[str], most: int) -> str:
    """`a, b and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def shortened(text: str) -> str:
    """The text, or its beginning and how long it is."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rstrip()}… ({len(text):,} characters)"


def excerpts(was: str, now: str) -> tuple[str, str]:
    """Both texts on one line in quotation marks, cut to where they begin to differ."""
    old, new = " ".join(was.split()), " ".join(now.split())
    pairs = zip(old, new, strict=False)
    same = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    word = old.rfind(" ", 0, max(same - EXCERPT // 4, 0)) + 1
    # not every language has spaces between its words
    start = max(word, same - EXCERPT // 2) if same > EXCERPT // 2 else 0
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(text: str, start: int) -> str:
    shown = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        space = shown.rfind(" ", EXCERPT // 2)
        shown = (shown[:space] if space > 0 else shown) + "…"
    return f"“{'…' if start else ''}{shown}”"


def skipped_words(skipped: Mapping[str, int]) -> str:
    """How many nobody is to answer, by why not."""
    causes = ", ".join(f"{number:,} {cause}" for cause, number in skipped.items())
    return f"{sum(skipped.values()):,} skipped{f' ({causes})' if causes else ''}"
