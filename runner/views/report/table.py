"""A table of a report, before it has a format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """Rows of words. All columns are figures but those that are `words`, by their places; `links`
    are addresses."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset({0})
    links: frozenset[int] = frozenset()
