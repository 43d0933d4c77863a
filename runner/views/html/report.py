"""The report's page. It loads nothing, runs nothing, and has light and dark colours."""

from markupsafe import Markup

from runner.views.html.plots import bar_plot, whisker_plot
from runner.views.html.templates import content_hash, environment, style
from runner.views.report.listing import ReportListing, Whisker


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
            bars=bar_plot,
        )
    )
    return f"{made}\n"


def _whisker(whisker: Whisker | None) -> Markup:
    return whisker_plot(whisker) if whisker else Markup()
