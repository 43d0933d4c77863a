"""The report's page, with plots as SVG that takes its colours. It loads nothing, runs nothing, and
has light and dark colours."""

import re
from collections.abc import Sequence
from math import log2
from typing import Final

import drawsvg
from markupsafe import Markup, escape

from runner.report import Finding
from runner.views.html.templates import content_hash, environment, style
from runner.views.report.listing import Bar, ReportListing, Whisker
from runner.views.safe_text import unhidden

_WIDE: Final = 160
_HIGH: Final = 22
_OCTAVES: Final = 2
"""From a quarter to four times: what lies beyond is drawn at the edge."""
_MARKS: Final = {Finding.BETTER: "better", Finding.WORSE: "worse"}
_BAR_WIDE: Final = 640
_BAR_HIGH: Final = 160
_ROOM: Final = 22
"""Above and below the bars, for their figures and labels."""
_MOST_LABELS: Final = 10


def report_as_html(listing: ReportListing) -> str:
    """The page. The same report gives the same page, byte for byte."""
    css = style("preview.css", "report.css")
    made = (
        environment()
        .get_template("report.html")
        .render(
            page=listing,
            css=css,
            policy=f"default-src 'none'; style-src {content_hash(str(css))}; base-uri 'none'; "
            "form-action 'none'",
            whisker=_whisker,
            in_pieces=_in_pieces,
            bars=bar_plot,
        )
    )
    return f"{made}\n"


def _in_pieces(name: str) -> Markup:
    """The name of a post, which may go on in the next line where one of its parts ends."""
    shown = re.sub(r"(?<=/)(?=[^/])|(?=@)", "<wbr>", escape(unhidden(name)))
    return Markup(shown)  # noqa: S704 - it is escaped


def _whisker(whisker: Whisker | None) -> Markup:
    return whisker_plot(whisker) if whisker else Markup()


def whisker_plot(whisker: Whisker) -> Markup:
    """A group beside the others: where it is, and between what the truth lies."""
    drawing, middle = drawsvg.Drawing(_WIDE, _HIGH, class_="whisker"), _HIGH / 2
    low, at, high = map(_across, (whisker.ratio.low, whisker.ratio.value, whisker.ratio.high))
    mark = _MARKS.get(whisker.finding, "alike")
    drawing.append(drawsvg.Line(_across(1), 0, _across(1), _HIGH, class_="even"))
    drawing.append(drawsvg.Line(low, middle, high, middle, class_=f"reach {mark}"))
    drawing.append(drawsvg.Circle(at, middle, 4.5, class_=f"dot {mark}"))
    return _markup(drawing)


def bar_plot(bars: Sequence[Bar]) -> Markup:
    """Bars from left to right, with as many labels as fit."""
    drawing = drawsvg.Drawing(_BAR_WIDE, _BAR_HIGH, class_="bars")
    longest = max(bar.value for bar in bars) or 1.0
    step, room = _BAR_WIDE / len(bars), _BAR_HIGH - 2 * _ROOM
    every = -(-len(bars) // _MOST_LABELS)
    for place, bar in enumerate(bars):
        high, left = round(room * bar.value / longest, 1), round(step * place, 1)
        top, middle = _BAR_HIGH - _ROOM - high, round(left + step / 2, 1)
        drawing.append(
            drawsvg.Rectangle(left + 2, top, round(max(step - 4, 1), 1), high, class_="length")
        )
        if place % every == 0:
            below = _BAR_HIGH - 6
            drawing.append(drawsvg.Text(bar.shown, 12, middle, top - 6, class_="figure"))
            drawing.append(drawsvg.Text(bar.label, 12, middle, below, class_="label"))
    return _markup(drawing)


def _across(ratio: float) -> float:
    """Where a ratio lies: each doubling is as far as the one before."""
    octaves = max(-_OCTAVES, min(_OCTAVES, log2(ratio))) if ratio > 0 else -_OCTAVES
    return round(_WIDE / 2 + octaves * (_WIDE / 2 - 6) / _OCTAVES, 1)


def _markup(drawing: drawsvg.Drawing) -> Markup:
    drawn = drawing.as_svg(header="").replace("<svg ", '<svg aria-hidden="true" ', 1)
    return Markup(drawn)  # noqa: S704 - words in it are escaped by what draws it
