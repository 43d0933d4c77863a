"""What X's own exports say of posts and of days."""

import re
from typing import Final

from runner.measure.days import day, slashed_day
from runner.measure.exports import Export, ExportReader
from runner.measure.imports import ExportedCounts, ImportedLine
from runner.measure.measurement import Counts
from runner.measure.numbers import whole
from runner.measure.tables import Columns, TableForm, TableRow
from runner.problems import InvalidValue, Message

_COUNTS: Final = {
    "impressions": ("impressions",),
    "likes": ("likes",),
    "engagements": ("engagements",),
    "bookmarks": ("bookmarks",),
    "shares": ("shares", "^share"),
    "follows": ("new follows", "^follows"),
    "unfollows": ("unfollows",),
    "replies": ("replies",),
    "reposts": ("reposts", "retweets"),
    "profile_clicks": ("profile visits", "profile clicks"),
    "link_clicks": ("url clicks", "link clicks"),
}
_COLUMNS: Final[Columns] = {
    "post": ("^post id", "^tweet id"),
    "link": ("^post link", "^tweet permalink"),
    "day": ("^date",),
    **_COUNTS,
}
_FORM: Final = TableForm(
    columns=_COLUMNS,
    either=(("post", "impressions"), ("day", "impressions", "profile_clicks")),
    uncut=frozenset(_COLUMNS),
)
_NO_COUNT: Final = Message(
    "empty-cell", "no number stands in this line", "export it again, and import it as it came"
)
_MANGLED: Final = Message(
    "mangled-id",
    "a spreadsheet has rounded the ids of the posts",
    "import the file as X gave it, and not as a spreadsheet has saved it",
)


def read_x_analytics(data: bytes, path: str) -> Export:
    """X's export of the posts of an account, or of its days. Raises BadExport."""
    help = "export it on x.com: Analytics, Content, Export; of orders: runner import orders"
    reader = ExportReader(data, path, _FORM, help=help)
    _expect_true_ids(reader)
    first = slashed_day(row.text("day") for row in reader.rows)
    lines: list[ImportedLine] = []
    others = 0
    for row in filter(reader.fits, reader.rows):
        if not row.text("post" if "post" in reader.has else "day"):
            others += 1
            continue
        if not any(map(row.text, _COUNTS)):
            reader.refuse(row.cells["impressions"], _NO_COUNT)
        counts = Counts(**{name: reader.read(row, name, whole) for name in _COUNTS})
        if "post" not in reader.has:
            if at := reader.read(row, "day", lambda text: day(text, first)):
                lines.append(ExportedCounts(day=at, counts=counts))
        elif _is_of_another(row):
            reader.refuse(row.cells["post"], _MANGLED)
        elif post := reader.read(row, "post", _post_id):
            lines.append(ExportedCounts(post=post, counts=counts))
    reader.done()
    return Export(
        lines=tuple(lines),
        rows=len(reader.rows),
        others=others,
        why_others="no post or day stands in them",
        more=reader.more,
    )


def _expect_true_ids(reader: ExportReader) -> None:
    """A spreadsheet knows fifteen digits of a number, and puts zeros in the place of the others."""
    ids = [row.cells["post"] for row in reader.rows if row.text("post")]
    zeros = "000" if len(ids) == 2 else "00"  # programs that count in floats leave only two
    if len(ids) > 1 and all(cell.text.endswith(zeros) for cell in ids):
        reader.refuse(ids[0], _MANGLED)


def _is_of_another(row: TableRow) -> bool:
    """Whether the address beside the id, which no spreadsheet takes for a number, has another."""
    found = re.search(r"/status/([0-9]+)", row.text("link"))
    return found is not None and found[1] != row.text("post")


def _post_id(text: str) -> str:
    """The id of a post that a cell holds. Raises InvalidValue for what is none."""
    if text.isascii() and text.isdecimal() and len(text) <= 19 and text[0] != "0":
        return text
    raise InvalidValue(_MANGLED.rule, f"`{text[:40]}` is no id of a post", _MANGLED.help)
