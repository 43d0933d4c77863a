"""What a preview says in a terminal: the foreword of a change, and what it lists."""

from collections.abc import Iterator

from runner.models import PROJECT_FILE
from runner.views.difference import Line
from runner.views.foreword import PROGRAM, WHO_LOOKS, Foreword
from runner.views.listing import Group, Listing, Row
from runner.views.phrases import moment
from runner.views.safe_text import Paint, safe

_COLORS = {"+": "green", "~": "yellow", ">": "yellow", "=": "dim", "!": "red"}
_LINES = {"@": ("bold", ""), "-": ("red", "- "), "+": ("green", "+ ")}


def foreword_as_text(said: Foreword, *, color: bool = False) -> str:
    """The foreword for a terminal, with an empty line below it; empty where there is nothing to
    say."""
    lines = list(_foreword_lines(said, Paint(on=color)))
    return "\n".join([*lines, ""]) + "\n" if lines else ""


def _foreword_lines(said: Foreword, paint: Paint) -> Iterator[str]:
    if said.program:
        yield paint("red", safe(f"! {PROGRAM}: {said.program}"))
        yield f"  {WHO_LOOKS}"
        yield ""
    if said.settings or said.notes:
        yield paint("bold", "Settings")
        yield from (paint("yellow", safe(f"  {note}")) for note in said.notes)
    width = max((len(row.concern) for row in said.settings), default=0)
    for row in said.settings:
        mark = paint("red" if row.grave else "bold", f"{row.concern:<{width}}")
        where = "" if row.path == PROJECT_FILE else f"{row.path} "
        yield f"  {mark}  {safe(f'{where}{row.key}: {row.old} → {row.new}')}"
    if said.files:
        if said.settings or said.notes:
            yield ""
        yield paint("bold", "Files of posts")
        yield from (f"  {safe(line)}" for line in said.files)


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
