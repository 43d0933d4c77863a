"""Fields stand where their record says, and nothing that is no table ends in an error of Python."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runner.measure.csv_records import records, span_of_field
from runner.measure.exports import BadExport
from runner.measure.order_exports import read_orders
from runner.measure.x_exports import read_x_analytics
from runner.problems import InvalidValue, Span

SEPARATORS = st.sampled_from([",", ";", "\t", "|"])
FIELDS = st.text('ab ,;|"\r\n\t\u2028ķ', max_size=6)


def lines_of(text: str) -> list[str]:
    return list(StringIO(text, newline=""))


def between(lines: list[str], span: Span) -> str:
    """What stands from the beginning to the end of a span."""
    own = lines[span.line - 1 : span.end_line]
    own[-1] = own[-1][: span.end_column - 1]
    return "".join(own)[span.column - 1 :]


@given(
    st.lists(st.lists(FIELDS, min_size=1, max_size=4), max_size=4),
    SEPARATORS,
    st.sampled_from(
        [("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_NONNUMERIC)]
    ),
)
def test_a_field_stands_in_the_file_as_it_was_written(table, separator, style):
    written = StringIO(newline="")
    end, quoting = style
    csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    lines = lines_of(written.getvalue())
    read = list(records(lines, separator, strict=True))
    assert [each.fields for each in read] == table
    for record in read:
        for place, field in enumerate(record.fields):
            source = between(lines, span_of_field(lines, separator, record, place))
            plain = source[1:-1].replace('""', '"') if source.startswith('"') else source
            assert plain == field


@given(st.text('ab,"\n', max_size=40))
@example('"a\n')
@example('a,"b"c\n')
def test_a_quote_is_refused_where_it_opens_and_does_not_close(text):
    lines = lines_of(text)
    try:
        told = [each.fields for each in records(lines, ",", strict=True)]
    except InvalidValue as wrong:
        told = lines[wrong.line - 1][wrong.column - 1]
    assert told == '"' or told == list(csv.reader(lines))


EXPORTS = (
    b'Post id,Date,Impressions,Post text\n1895000000000000001,2027-03-01,98,"a, b"\n',
    b'Date,Campaign,Orders,Total,Currency\n2027-03-01,tips,2,"1,119.80",EUR\n',
)


@given(
    st.sampled_from(EXPORTS),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 9), st.binary(max_size=4)), max_size=3),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]),
)
def test_whatever_a_file_holds_it_is_read_or_refused_at_a_place(data, changes, encoding):
    data = data.decode().encode(encoding)
    for at, gone, new in changes:
        data = data[:at] + new + data[at + gone :]
    for read in (read_x_analytics, lambda *of: read_orders(*of, source="x", mark=None)):
        problems = ()
        try:
            read(data, "export.csv")
        except BadExport as bad:
            problems = bad.problems
        assert all(problem.place.span.start >= (1, 1) for problem in problems)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_quote_within_a_value_that_does_not_begin_with_one_is_a_part_of_it(separator):
    lines = lines_of(f'5" pipe{separator}b\n')
    (record,) = records(lines, separator, strict=True)
    assert record.fields == ['5" pipe', "b"]
    assert span_of_field(lines, separator, record, 1).start == (1, 9)
