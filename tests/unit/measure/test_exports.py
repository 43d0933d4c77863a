"""Exports are read whatever program wrote them, and what is wrong in one is told at its place."""

import codecs
from datetime import date
from decimal import Decimal

import pytest

from runner.measure import Counts, DayOfOrders
from runner.measure.exports import BadExport, Export
from runner.measure.imports import ExportedCounts, Imported, as_lines, lines_in
from runner.measure.numbers import DecimalMark, whole
from runner.measure.order_exports import read_orders
from runner.measure.x_exports import read_x_analytics
from runner.problems import InvalidValue
from runner.reading import BadReadings
from runner.value import replace

X_CONTENT = """\
"Post id","Date","Post text","Post Link","Impressions","Likes","Engagements","Bookmarks","Shares",\
"New follows","Replies","Reposts","Profile visits","Detail Expands","URL Clicks","Hashtag Clicks",\
"Permalink Clicks"
"1895000000000000001","Mon, Mar 1, 2027","Wash it, \
inside
out","https://x.com/acme_lv/status/1895000000000000001","2,082","31","77","4","5","2","6","7",\
"12","20","9","0","1"
"1895000000000000002","Tue, Mar 2, 2027","Dry it","https://x.com/acme_lv/status/1895000000000000002","98","3","4",\
"0","0","0","0","0","1","0","0","0","0"
"""
X_DAYS = """\
Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,\
Profile visits,Create Post,Video views,Media views
"Tue, Mar 2, 2027",500,9,20,1,2,3,1,4,2,17,1,0,0
"""
GA4 = """\
# ----------------------------------------
# Acme
# Start date: 20270301
# End date: 20270302
# ----------------------------------------
Date,Session campaign,Session manual ad content,Session source,Ecommerce purchases,Purchase revenue
,,,,7,401.50
20270301,denim-tips,tip,x,2,119.8
20270301,(not set),(not set),google,3,200
20270302,denim-tips,tip,x,1,59.90
20270302,denim-tips,(not set),x,1,21.80
"""
SHOPIFY = """\
Name,Email,Financial Status,Paid at,Total,Currency,Created at,Lineitem name,Billing Name,\
Landing Site
#1001,anna@example.com,paid,2027-03-01 11:00:00 +0200,119.80,EUR,2027-03-01 10:59:58 +0200,Slim 27,\
Anna Ozola,/slim27?utm_source=x&utm_medium=social&utm_campaign=denim-tips&utm_content=tip
#1001,anna@example.com,,,,,2027-03-01 10:59:58 +0200,Belt,,\
/slim27?utm_source=x&utm_medium=social&utm_campaign=denim-tips&utm_content=tip
#1002,karlis@example.com,paid,2027-03-01 12:00:00 +0200,59.90,EUR,2027-03-01 12:00:00 +0200,\
Slim 27,Karlis Berzins,/
"""
WOO = """\
"Order Number";"Order Date";"First Name (Billing)";"Order Total Amount";"Currency";\
"Meta: _wc_order_attribution_utm_source";"Meta: _wc_order_attribution_utm_campaign";\
"Meta: _wc_order_attribution_utm_content"
"501";"2027-03-01 10:12";"Anna";"1.119,80";"EUR";"x";"denim-tips";"tip"
"502";"2027-03-01 18:40";"Ilze";"59,90";"EUR";"x";"denim-tips";"tip"
"503";"2027-03-02 09:00";"Juris";"59,90";"EUR";"newsletter";"denim-tips";"tip"
"""


def orders(text: str | bytes, *, mark: DecimalMark | None = None) -> Export:
    data = text if isinstance(text, bytes) else text.encode()
    return read_orders(data, "orders.csv", source="x", mark=mark)


def of_day(day: int, post: str | None, count: int, revenue: str | None, currency=None):
    return DayOfOrders(
        day=date(2027, 3, day),
        campaign="denim-tips",
        post=post,
        orders=count,
        revenue=Decimal(revenue) if revenue else None,
        currency=currency,
    )


def test_the_export_of_x_tells_of_each_post():
    export = read_x_analytics(X_CONTENT.encode(), "content.csv")
    first, second = export.lines
    assert (first.post, second.post) == ("1895000000000000001", "1895000000000000002")
    assert first.counts == Counts(
        impressions=2082,
        likes=31,
        engagements=77,
        bookmarks=4,
        shares=5,
        follows=2,
        replies=6,
        reposts=7,
        profile_clicks=12,
        link_clicks=9,
        unfollows=None,
    )
    assert export.rows == 2
    assert b"inside" not in as_lines(export.lines)


def test_the_export_of_x_tells_of_each_day():
    (day,) = read_x_analytics(X_DAYS.encode(), "overview.csv").lines
    assert day.day == date(2027, 3, 2)
    assert (day.counts.follows, day.counts.unfollows, day.counts.profile_clicks) == (3, 1, 17)


def test_days_of_another_network_are_none_of_x():
    with pytest.raises(BadExport) as caught:
        read_x_analytics(b"Date,Impressions,Clicks\n2027-03-02,500,9\n", "ads.csv")
    assert "no column is called `post id`" in caught.value.problems[0].message


def test_google_analytics_tells_of_orders_by_day_campaign_and_post():
    export = orders(GA4)
    assert export.lines == (
        of_day(1, "tip", 2, "119.8"),
        of_day(2, "tip", 1, "59.90"),
        of_day(2, None, 1, "21.80"),
    )
    assert (export.rows, export.others) == (5, 2)


def test_shopify_tells_of_orders_by_the_page_that_they_began_on():
    export = orders(SHOPIFY)
    assert export.lines == (of_day(1, "tip", 1, "119.80", "EUR"),)
    assert export.others == 1


def test_woocommerce_tells_of_orders_by_their_attribution():
    export = orders(WOO)
    assert export.lines == (of_day(1, "tip", 2, "1179.70", "EUR"),)
    assert export.others == 1


@pytest.mark.parametrize("text", [GA4, SHOPIFY, WOO], ids=["ga4", "shopify", "woocommerce"])
def test_nothing_personal_is_kept(text):
    kept = as_lines(orders(text).lines)
    for personal in (b"anna", b"Anna", b"example.com", b"1001", b"501", b"Berzins", b"Slim"):
        assert personal not in kept


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + WOO.encode(),
        WOO.encode("utf-16"),
        WOO.replace("Juris", "Jüris").encode("cp1252"),
        WOO.replace(";", "\t").encode(),
        b"sep=;\r\n" + WOO.replace("\n", "\r\n").encode(),
        WOO.replace("1.119,80", "1 119,80 €").encode(),
        WOO.replace("1.119,80", "EUR 1\u00a0119,80").encode(),
    ],
    ids=["bom", "utf-16", "windows", "tabs", "sep", "euro", "hard-space"],
)
def test_encodings_separators_and_numbers_of_all_kinds_say_the_same(data):
    assert orders(data).lines == (of_day(1, "tip", 2, "1179.70", "EUR"),)


@pytest.mark.parametrize(
    ("written", "mark", "revenue"),
    [
        ("1,119.80", None, "1119.80"),
        ("1.119,80", None, "1119.80"),
        ("1,119,800", None, "1119800"),
        ("1119", None, "1119"),
        ("1.119", DecimalMark.POINT, "1.119"),
        ("1.119", DecimalMark.COMMA, "1119"),
        ("-59.90", None, "-59.90"),
        ("-$59.90", None, "-59.90"),
        ("($59.90)", None, "-59.90"),
        ("\u221259,90 €", None, "-59.90"),
        ("59,90-", None, "-59.90"),
        ("59,-", DecimalMark.COMMA, "59"),
        ("20.–", DecimalMark.POINT, "20"),
        ("1\u00a0119,80 руб.", None, "1119.80"),
        ("kr. 59,90", None, "59.90"),
        ("Rs. 1,19,119.80", None, "119119.80"),
        ("1234.567", None, "1234.567"),
        ("0,125", None, "0.125"),
    ],
)
def test_a_number_is_read_as_its_column_writes_them(written, mark, revenue):
    text = f'Date,Campaign,Total\n2027-03-01,denim-tips,"{written}"\n'
    assert orders(text, mark=mark).lines == (replace(of_day(1, None, 1, revenue), whole=True),)


@pytest.mark.parametrize(
    "written",
    [
        "2027-03-25",
        "20270325",
        "20270325.0",
        "2027.03.25.",
        "2027/03/25 10:59",
        "25.03.2027",
        "25.03.2027 10:59",
        "03/25/2027",
        "25/3/2027",
    ],
)
def test_a_day_is_read_however_it_is_written(written):
    (line,) = orders(f"Date,Campaign\n{written},denim-tips\n").lines
    assert line.day == date(2027, 3, 25)


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("Date,Campaign,Total\n2027-03-01,a,1\n2027-03-02,a,ten\n", 3, 14, "no-number"),
        ("Date,Campaign,Total\n2027-03-01,a,1\n2.3.,a,1\n", 3, 1, "no-day"),
        ("Date,Campaign,Total\n03/04/2027,a,1\n", 2, 1, "which-day"),
        ('Date,Campaign,Total\n2027-03-01,"a",1.119\n', 2, 16, "which-number"),
        ("Date,Campaign,Orders\n2027-03-01,a,1.5 or so\n", 2, 14, "no-number"),
        ('Note,Date,Campaign,Total\n"a, b\nc",2027-03-01,a,ten\n', 3, 17, "no-number"),
        ('Date,Campaign,Note,Total\n2027-03-01,a,"b\nc\n",ten\n', 4, 3, "no-number"),
        ("Post id,Likes\n1,2\n", 1, 1, "no-such-table"),
        ("Date,Campaign,Total\n2027-03-01,a,9999999999\n", 2, 14, "no-number"),
        ('Date,Campaign,Total\n2027-03-01,a,"1,2.3,4.5"\n', 2, 14, "no-number"),
        ("Date,Campaign,Total\n2027-03-01,a,119.\n", 2, 14, "no-number"),
        ("Date,Campaign,Total\n2027-03-01,a,.50\n", 2, 14, "no-number"),
        ("Date,Campaign,Total\n2027-03-01,a,5 99\n", 2, 14, "no-number"),
        ("Date;Campaign;Total\n2027-03-01;a;Rs. 1,119\n", 2, 14, "which-number"),
        ("Date;Campaign;Total\n2027-03-01;a;n.a.\n", 2, 14, "no-number"),
        ("Date;Campaign;Total\n2027-03-01;a;5.90\n2027-03-01;a;5,90\n", 3, 14, "no-number"),
        ("Campaign,Date\na,2027112\n", 2, 3, "no-day"),
        ("Date,Campaign\r2027-03-01,\x01a\r", 2, 12, "no-such-table"),
        ("Date,Campaign,Orders\n2027-03-01,a,9999999999\n", 2, 14, "no-number"),
        ("Date,Campaign,Orders\n2027-03-01,a,٣\n", 2, 14, "no-number"),
        (f"Date,Campaign\n{'9' * 200_000},a\n", 2, 1, "no-such-table"),
        ("PK\x03\x04\0\0\r\rxl/workbook.xml", 1, 1, "no-such-table"),
        ("", 1, 1, "no-such-table"),
        ("<html><body>Sign in</body></html>", 1, 1, "no-such-table"),
        ("\x1f\x8b\x08compressed", 1, 1, "no-such-table"),
        ("Date,Campaign\n2027-03-01,\x01a\n", 2, 12, "no-such-table"),
        ("# Acme\nDay,Campaign name\n2027-03-01,a\n", 2, 1, "no-such-table"),
        ("Date,Campaign,Orders,orders\n2027-03-01,a,1,2\n", 1, 22, "doubled-column"),
        ("Date,Campaign,Orders\n2027-03-01,a,1\n2027-03-02,a\n", 3, 12, "cut-off"),
        ("Date,Campaign,Orders\n2027-03-01,a,1\n2027-0", 3, 1, "cut-off"),
        ("Note,Date,Campaign\na, b,2027-03-01,c\n", 2, 17, "too-many-values"),
        ("Note,Date,Campaign\na, b, c,2027-03-01,d\n", 2, 9, "too-many-values"),
        ('Note,Date,Campaign\nx,2027-03-01,a\n"b,2027-03-01,c\n', 3, 1, "open-quote"),
        ('Note,Date,Campaign\n"a "b" c",2027-03-01,d\n', 2, 1, "open-quote"),
        ('"Date,Campaign\n2027-03-01,a\n', 1, 1, "open-quote"),
        ("Date,Campaign,Orders\n2027-03-01,a,1.5\n", 2, 14, "no-number"),
        ("Date,Campaign,Orders\n,a,1\n", 2, 1, "empty-cell"),
        ("Date,Campaign,Total,Currency\n2027-03-01,a,1,€\n", 2, 16, "no-currency"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_column(text, line, column, rule):
    with pytest.raises(BadExport) as caught:
        orders(text)
    (problem,) = caught.value.problems
    span = problem.place.span
    assert (problem.rule, span.line, span.column) == (rule, line, column)
    assert problem.help or rule in ("no-number", "no-currency", "empty-cell")


@pytest.mark.parametrize("mark", [DecimalMark.COMMA, DecimalMark.POINT])
def test_a_decimal_mark_that_the_numbers_do_not_have_makes_no_others_of_them(mark):
    text = f"Date;Campaign;Total\n2027-03-01;a;119{mark.other}80\n"
    with pytest.raises(BadExport, match="1 problems") as caught:
        orders(text, mark=mark)
    (problem,) = caught.value.problems
    assert f"no number with `{mark}` before its decimals" in problem.message
    assert "--decimal" in problem.help


@pytest.mark.parametrize("cut", range(1, len(",119.80,EUR")))
def test_a_last_line_without_its_end_is_cut_off_where_it_lacks_any_column(cut):
    line = "2027-03-01,tips,119.80,EUR,x"
    with pytest.raises(BadExport) as caught:
        orders(f"Date,Campaign,Total,Currency,Note\n{line}\n{line[: -cut - 2]}")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.span.line) == ("cut-off", 3)


def test_a_last_line_may_lack_its_end_or_what_does_not_count_but_not_both():
    text = "Date,Campaign,Total,Currency,Note\n2027-03-01,tips,119.80,EUR"
    assert orders(f"{text},x") == orders(f"{text},x\n") == orders(f"{text}\n")


@pytest.mark.parametrize(("note", "page"), [("Чёрные джинсы", "cp1251"), ("LABĀ„ ķēdes", "cp1257")])
def test_letters_of_windows_may_look_like_one_of_unicode(note, page):
    data = f"Date;Note;Campaign\n2027-03-01;{note};denim-tips\n".encode(page)
    assert orders(data).lines == (replace(of_day(1, None, 1, None), whole=True),)


def test_google_analytics_may_write_the_days_of_a_plot_above_the_table():
    plot = "".join(f"{day:04},7,9\n" for day in range(366))
    above = f"# Acme\nNth day,x,google\n{plot}\n"
    assert orders(above + GA4) == orders(GA4)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("Date,Campaign\n2027-03-01,a".encode("utf-16")[:-1], 2, 12),
        ("Date,Campaign,Note\n2027-03-01,a,ķ\n2027-03-01,a,ķ".encode()[:-1], 3, 14),
        (codecs.BOM_UTF8 + b"Date,Campaign\n2027-03-01,\xff\n", 2, 12),
    ],
    ids=["utf-16", "utf-8", "bom"],
)
def test_a_file_that_ends_within_a_character_is_cut_off(data, line, column):
    with pytest.raises(BadExport) as caught:
        orders(data)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.span.start) == ("cut-off", (line, column))


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1234", 1234),
        ("1,234", 1234),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1\u202f234", 1234),
        ("1’234", 1234),
        ("98.0", 98),
        ("1,234.00", 1234),
        *((wrong, None) for wrong in ("1.5", "1,23", "1,2345", "1,234.567", "1.2K", "-3", "3.10")),
    ],
)
def test_a_count_has_thousands_and_no_decimals(written, count):
    if count is None:
        with pytest.raises(InvalidValue, match="is no count"):
            whole(written)
    else:
        assert whole(written) == count


def test_lines_of_x_say_which_numbers_they_lack():
    def refused(rows: str) -> list[tuple[str, int, int]]:
        with pytest.raises(BadExport) as caught:
            read_x_analytics(f"Post id,Impressions\n{rows}".encode(), "content.csv")
        return [(each.rule, *each.place.span.start) for each in caught.value.problems]

    assert refused("1,9\n2\n3,\n") == [("cut-off", 3, 1), ("empty-cell", 4, 3)]
    assert refused("1,9,9\n") == [("too-many-values", 2, 5)]
    assert read_x_analytics(b"Post id,Impressions\n,9\n1,2,\n", "content.csv").others == 1


def test_a_day_of_x_without_a_number_is_called_no_post():
    with pytest.raises(BadExport) as caught:
        read_x_analytics(b"Date,Impressions,Profile visits\n2027-03-01,,\n", "days.csv")
    assert [each.message for each in caught.value.problems] == ["no number stands in this line"]


def test_a_mark_of_another_separator_within_a_value_opens_no_quote():
    rest = "".join(f"{number},{number},some words\n" for number in range(10_000, 20_000))
    text = f'Post id,Impressions,Post text\n1,9,"Washed, dried;"\n{rest}'
    assert read_x_analytics(text.encode(), "content.csv").rows == 10_001


@pytest.mark.parametrize("told", ['"', "\r"])
def test_what_can_separate_nothing_is_no_separator(told):
    assert orders(f"sep={told}\n{GA4}") == orders(GA4)


def test_a_line_separator_within_a_value_ends_no_line():
    text = "Note,Date,Campaign,Total\na\u2028b,2027-03-01,c,1\nd,2027-03-01,e,ten\n"
    with pytest.raises(BadExport) as caught:
        orders(text)
    assert caught.value.problems[0].place.span.line == 3


def test_google_analytics_may_write_a_grand_total_and_another_table_below():
    below = "\n# Acme\n# Start date: 20270301\nDate,Sessions\n20270301,7\n"
    total = GA4.replace(",,,,7,401.50", ",,,,7,401.50,Grand total")
    assert orders(total + below) == replace(orders(GA4), more=2)


def test_an_order_that_goes_on_in_a_second_line_is_left_out_once():
    other = "#1003,x@example.com,paid,,1,EUR,2027-03-01,Belt,,/\n#1003,,,,,,,Cap,,\n"
    assert orders(SHOPIFY + other).others == 2


def test_the_column_that_is_called_just_so_comes_before_one_that_only_ends_so():
    text = "Gross order total,Order total,Date,Campaign\n1,2,2027-03-01,denim-tips\n"
    (line,) = orders(text).lines
    assert line.revenue == Decimal(2)


def refusal(text: str) -> str:
    with pytest.raises(BadExport) as caught:
        orders(text)
    return caught.value.problems[0].message


def test_of_a_file_of_another_kind_it_says_which_columns_are_missing():
    campaign = (
        "no column is called `utm campaign`, `utm campaign name`, `session campaign` or `campaign`"
    )
    day = "`created at`, `order date`, `date created`, `day` or `date`"
    assert refusal("Date,Likes\n2027-03-01,2\n") == campaign
    assert refusal("a,b\n1,2\n") == f"{campaign}, and none {day}"
    assert refusal("Session campaign,Purchases\na,2\n") == f"no column is called {day}"
    assert refusal("Landing page,Orders\n/?utm_campaign=a,2\n") == f"no column is called {day}"
    assert refusal("") == "the file is empty"
    assert refusal("<!doctype html><p>Sign in") == "it is a web page, and no CSV"
    assert refusal("PK\x03\x04\0xl/workbook.xml") == "it is a spreadsheet, or a ZIP, and no CSV"


@pytest.mark.parametrize("written", ["2027-31-12", "0001-01-01", "9999-12-31", "12/31/1999"])
def test_a_day_that_there_is_not_or_on_which_nobody_came_from_x_is_none(written):
    assert "no day since X began" in refusal(f"Date,Campaign\n{written},a\n")


def test_a_value_in_the_wrong_column_is_not_repeated_since_it_may_be_a_name():
    for shifted in ("anna@example.com,a,1,EUR", "2027-03-01,a,+371 29 111 222 Anna,EUR"):
        assert "nna" not in refusal(f"Date,Campaign,Total,Currency\n{shifted}\n")


@pytest.mark.parametrize(("other", "month"), [("03/25/2027", 3), ("25/03/2027", 4)])
def test_one_day_tells_the_order_of_all_in_its_column(other, month):
    first, _ = orders(f"Date,Campaign\n03/04/2027,denim-tips\n{other},denim-tips\n").lines
    assert first.day.month == month


def test_days_with_several_currencies_are_counted():
    text = "Date,Campaign,Total,Currency\n2027-03-01,a,100,EUR\n2027-03-01,a,50,USD\n"
    export = orders(text)
    assert (export.mixed_days, export.lines[0].orders, export.lines[0].revenue) == (1, 2, None)
    assert orders(text.replace("USD", "EUR")).mixed_days == 0


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(BadExport) as caught:
        orders("Date,Campaign,Total\nsoon,a,1\n2027-03-02,a,ten\n")
    assert [each.place.span.line for each in caught.value.problems] == [2, 3]


@pytest.mark.parametrize(
    "ids",
    [
        ("1,895E+18", "1,895E+18"),
        ("1895000000000001000", "1895000000000002000"),
        ("1895000000000001500", "1895000000000002300", "1895000000000003700"),
    ],
    ids=["exponent", "rounded", "float"],
)
def test_ids_that_a_spreadsheet_has_spoiled_are_recognised(ids):
    rows = "".join(f'"{id}","Mon, Mar 1, 2027","9"\n' for id in ids)
    with pytest.raises(BadExport) as caught:
        read_x_analytics(f"Post id,Date,Impressions\n{rows}".encode(), "content.csv")
    assert {each.rule for each in caught.value.problems} == {"mangled-id"}


def test_the_id_of_one_post_that_is_not_that_of_its_address_was_rounded():
    link = "https://x.com/acme_lv/status/1895000000000000123"
    head = "Post id,Post Link,Impressions\n"
    with pytest.raises(BadExport) as caught:
        read_x_analytics(f"{head}1895000000000000000,{link},9\n".encode(), "content.csv")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.span.start) == ("mangled-id", (2, 1))
    whole = read_x_analytics(f"{head}1895000000000000123,{link},9\n".encode(), "content.csv")
    assert len(whole.lines) == 1


def test_exports_that_overlap_count_nothing_twice():
    imported = Imported()
    first, longer = (
        orders(GA4).lines,
        orders(
            GA4.replace(
                "20270302,denim-tips,tip,x,1,59.90",
                ("20270302,denim-tips,tip,x,3,179.70\n20270303,denim-tips,tip,x,1,59.90"),
            )
        ).lines,
    )
    assert all(imported.add(line) for line in first)
    assert [imported.add(line) for line in longer] == [False, True, True, False]
    assert [imported.add(line) for line in first] == [False, False, False]
    assert sum(line.orders for line in imported.orders) == 2 + 3 + 1 + 1


@pytest.mark.parametrize("whole_first", [True, False])
@pytest.mark.parametrize(("told", "counted"), [(3, 4), (4, 4), (6, 6)])
def test_an_export_that_tells_no_posts_apart_counts_only_where_it_tells_of_more(
    told, counted, whole_first
):
    of_posts = [of_day(1, "tip", 3, "9"), of_day(1, None, 1, "3")]
    (whole,) = orders(f"Date,Campaign,Orders\n2027-03-01,denim-tips,{told}\n").lines
    imported = Imported([whole, *of_posts] if whole_first else [*of_posts, whole])
    assert sum(line.orders for line in imported.orders) == counted
    assert imported.add(whole) is False


@pytest.mark.parametrize("paid_back_first", [True, False])
def test_what_is_paid_back_counts_on_a_day_without_an_order(paid_back_first):
    lines = orders(
        "Date,Campaign,Orders,Total\n2027-03-01,denim-tips,2,50.00\n2027-03-02,denim-tips,0,-50.00\n"
    ).lines
    imported = Imported(reversed(lines) if paid_back_first else lines)
    assert imported.orders == lines
    assert [imported.add(line) for line in lines] == [False, False]


def test_of_two_exports_of_a_post_the_greater_numbers_count():
    first = ExportedCounts(post="7", counts=Counts(impressions=90, follows=1))
    later = ExportedCounts(post="7", counts=Counts(impressions=98, shares=2))
    imported = Imported([later, first])
    assert imported.posts == {"7": Counts(impressions=98, follows=1, shares=2)}
    assert not imported.add(later)


def test_a_kept_file_without_its_end_is_no_import():
    data = as_lines(orders(WOO).lines)
    for cut in (b"", data[:-1]):
        with pytest.raises(BadReadings, match="a file is cut off"):
            lines_in({"000001": cut})


def test_what_is_kept_of_exports_reads_back_as_it_was():
    lines = (*orders(WOO).lines, *read_x_analytics(X_DAYS.encode(), "days.csv").lines)
    assert lines_in({"000001": as_lines(lines)}) == lines
