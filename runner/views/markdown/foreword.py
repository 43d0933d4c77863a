"""The foreword of a change as Markdown. It takes a third of what fits, at most, and is whole as far
as it goes: what is left out of it is counted, the gravest last."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from runner.models import PROJECT_FILE
from runner.views.foreword import PROGRAM, WHO_LOOKS, Foreword, SettingRow
from runner.views.markdown.bounded import Limit
from runner.views.markdown.escaping import plain

SHARE: Final = 3
SHORT: Final = 200
"""Characters of a path or a key that are shown."""


def foreword_as_markdown(said: Foreword, limit: Limit) -> str:
    """Empty where there is nothing to say."""
    if not said:
        return ""
    room = limit.size // SHARE
    first = "\n".join(_program(said))
    table = _fitting(said, limit, room - limit.measure(first))
    files = _files(said, limit, room - limit.measure(first + table))
    return "\n".join([*filter(None, (first, table, files)), "\n"])


def _program(said: Foreword) -> Iterable[str]:
    if said.program:
        yield "> [!CAUTION]"
        yield f"> **{PROGRAM}:** {plain(said.program[: SHORT * 10])}. {WHO_LOOKS}\n"


def _fitting(said: Foreword, limit: Limit, room: int) -> str:
    """The table, with as many rows as fit."""
    if not (said.settings or said.notes):
        return ""
    head = ["## Settings", "", *(f"**{plain(note[: SHORT * 5])}**\n" for note in said.notes)]
    if said.settings:
        head += ["| | key | before | now |", "|---|---|---|---|"]
    left = room - limit.measure("\n".join(head)) - limit.measure(limit.rest) - SHORT * 2
    shown = []
    for row in map(_row, said.settings):
        left -= limit.measure(row) + 1
        if left < 0:
            break
        shown.append(row)
    return "\n".join([*head, *shown, "", *_left_out(said.settings[len(shown) :], limit)])


def _row(row: SettingRow) -> str:
    mark = f"**{row.concern}**" if row.grave else row.concern
    where = "" if row.path == PROJECT_FILE else f"<br>{plain(row.path[:SHORT])}"
    return f"| {mark} | {plain(row.key[:SHORT])}{where} | {plain(row.old)} | {plain(row.new)} |"


def _left_out(rows: tuple[SettingRow, ...], limit: Limit) -> Iterable[str]:
    if rows:
        counts = Counter(row.concern for row in rows)
        kinds = ", ".join(f"{count} {concern}" for concern, count in counts.items())
        yield f"**{len(rows)} more settings change ({kinds}):** {limit.rest}\n"


def _files(said: Foreword, limit: Limit, room: int) -> str:
    if not said.files:
        return ""
    lines, left = ["**Files of posts**", ""], room - SHORT - limit.measure(limit.rest)
    for number, line in enumerate(said.files):
        item = f"- {plain(line[: SHORT * 5])}"
        left -= limit.measure(item) + 1
        if left < 0:
            lines.append(f"- **{len(said.files) - number} more files:** {limit.rest}")
            break
        lines.append(item)
    return "\n".join([*lines, ""])
