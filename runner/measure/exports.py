"""Reading an export: its cells as values, and what is wrong with them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from runner.measure.imports import ImportedLine
from runner.measure.tables import Cell, TableForm, TableRow, read_table
from runner.problems import InvalidValue, Message, Place, Problem, Span
from runner.value import Value

T = TypeVar("T")


class BadExport(Exception):
    """A file from which nothing is imported, with what is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class Export(Value, kw_only=True):
    """What a file says."""

    lines: tuple[ImportedLine, ...]
    rows: int
    """How many lines the file has."""
    others: int
    """How many of them are about nothing that the runner keeps."""
    why_others: str
    more: int
    """Lines of other tables, below the one that was read."""
    mixed_days: int = 0
    """Days on which a campaign has orders in several currencies, so that no sum is kept."""


class ExportReader:
    """Reads the cells of an export, and notes what is wrong with them."""

    def __init__(self, data: bytes, path: str, form: TableForm, *, help: str) -> None:
        """Raises BadExport where it is no table of this form; `help` says how to get one."""
        self._path = path
        self._problems: list[Problem] = []
        try:
            self._table = read_table(data, form)
        except InvalidValue as wrong:
            said = wrong.message
            column = wrong.column or 1
            span = Span(line=wrong.line, column=column, end_line=wrong.line, end_column=column + 1)
            message = Message(said.rule, said.text, said.help or help)
            raise BadExport([message.at(Place(path=path, span=span))]) from None

    @property
    def has(self) -> frozenset[str]:
        """The columns that are there."""
        return self._table.has

    @property
    def rows(self) -> tuple[TableRow, ...]:
        return self._table.rows

    @property
    def more(self) -> int:
        """Lines of other tables below."""
        return self._table.more

    def fits(self, row: TableRow) -> bool:
        """Whether a row has as many values as there are headings; notes where it does not."""
        if row.misfit:
            self.refuse(*row.misfit)
        return not row.misfit

    def read(self, row: TableRow, name: str, read: Callable[[str], T]) -> T | None:
        """What a cell says; None where it is empty, or wrong, which is noted."""
        if not row.text(name):
            return None
        try:
            return read(row.text(name))
        except InvalidValue as wrong:
            said, cell = wrong.message, row.cells[name]
            text = f"{cell.heading[:40]}: {said.text}"
            self.refuse(cell, Message(said.rule, text, said.help))
            return None

    def need(self, row: TableRow, name: str, read: Callable[[str], T]) -> T | None:
        """What a cell says; None where it is wrong, or empty, which is noted, too."""
        if not row.text(name):
            cell = row.cells[name]
            self.refuse(cell, Message("empty-cell", f"{cell.heading[:40]}: nothing stands here"))
        return self.read(row, name, read)

    def refuse(self, cell: Cell, message: Message) -> None:
        """Notes what is wrong with a cell."""
        self._problems.append(message.at(Place(path=self._path, span=self._table.span(cell))))

    def done(self) -> None:
        """Ends the reading. Raises BadExport where anything was wrong."""
        if self._problems:
            raise BadExport(self._problems)
