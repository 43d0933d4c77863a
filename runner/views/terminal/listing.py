"""What a preview lists, in a terminal."""

from collections.abc import Iterator

from runner.views.difference import Line
from runner.views.listing import Group, Listing, Row
from runner.views.phrases import moment
from runner.views.safe_text import safe
from runner.views.terminal import Paint

_COLORS = {"+": "green", "~": "yellow", ">": "yellow", "=": "dim", "!": "red"}
_LINES = {"@": ("bold", ""), "-": ("red", "- "), "+": ("green", "+ ")}


def listing_as_text(listing: Listing, *, color: bool = False) -> str:
    """Each campaign's posts with time, length, cost and text, or what changes of them; then the
    sums and what is next."""
    paint = Paint(on=color)
    lines: list[str] = []
    for group in listing.groups:
        lines += [*_group(group, paint), ""]
    if lines:
        lines.append(paint("dim", listing.legend))
    lines += [safe(line) for line in (*listing.sums, listing.next)]
    return "\n".join(lines) + "\n"


def _group(group: Group, paint: Paint) -> Iterator[str]:
    was = f" (was {group.was})" if group.was else ""
    yield f"{paint('bold', safe(group.path + was))}   {group.heading}"
    width = max((len(row.name) for row in group.rows), default=0)
    for row in group.rows:
        yield from _row(row, width, paint)
    for note in group.notes:
        yield f"    {paint('dim', safe(note))}"


def _row(row: Row, width: int, paint: Paint) -> Iterator[str]:
    # what is taken away has its text below it; what only stays away has not
    color = _COLORS.get(row.symbol, "red" if row.blocks else "dim")
    was = f", was {moment(row.was)}" if row.was else ""
    about = "   ".join(filter(None, (row.when, f"{row.what}{was}")))
    head = paint(color, f"  {row.symbol} {row.name:<{width}}  {about}")
    yield f"{head}   {safe('   '.join((*row.facts, *row.notes, *row.ignored)))}".rstrip()
    if row.url:
        yield f"      {row.url}"
    yield from (f"      {paint('yellow', safe(note))}" for note in row.drift)
    for number, block in enumerate(row.blocks, start=1):
        if number > 1:
            yield f"      {paint('dim', f'· part {number}')}"
        yield from (f"      {_line(line, paint)}" for line in block)


def _line(line: Line, paint: Paint) -> str:
    if line.sign == " ":
        return f"{paint('dim', '│')} {safe(line.text)}".rstrip()
    color, sign = _LINES[line.sign]
    return paint(color, f"{sign}{safe(line.text)}".rstrip())
