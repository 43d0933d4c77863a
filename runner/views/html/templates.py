"""The templates of our pages: what they print is escaped, and invisible characters are marked."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from runner.views.phrases import moment
from runner.views.safe_text import code_point, unhidden

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

HUES: Final = (
    "#0670c0",
    "#c24221",
    "#0b7f3a",
    "#9e4bb0",
    "#996208",
    "#007a7f",
    "#745acd",
    "#c03d67",
    "#717204",
    "#027797",
    "#4c65d2",
    "#017c6c",
)
"""The colours of accounts. All are equally bright: white reads well on them (4.5:1,
https://www.w3.org/TR/WCAG22, 1.4.3), and they stand out from the light and the dark page (3:1,
1.4.11)."""


@cache
def environment() -> "jinja2.Environment":
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("runner.views", "html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_unhidden,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = moment
    made.filters["numbered"] = code_point
    return made


def _unhidden(value: object) -> object:
    # not what is markup already: it was made of what came through here
    return unhidden(value) if type(value) is str else value


@cache
def own_files(*names: str) -> "Markup":
    """The text of style sheets or scripts of ours, one after the other, as it goes into a page."""
    from markupsafe import Markup

    loader = environment().loader
    assert loader  # noqa: S101 - given above
    texts = (loader.get_source(environment(), name)[0] for name in names)
    return Markup("\n".join(texts))  # noqa: S704 - no value of anybody's goes into it


def content_hash(text: str) -> str:
    """The hash by which a page's Content-Security-Policy allows one style sheet or script
    (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def style(*names: str) -> "Markup":
    """The CSS of posts, with the colours of accounts, then that of these files."""
    hues = "".join(f".hue{n} {{ --hue: {hue}; }}\n" for n, hue in enumerate(HUES))
    return own_files("page.css") + hues + own_files(*names)
