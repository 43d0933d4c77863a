"""The pieces of the pages that are made from the code, `<!-- made: NAME --> … <!-- end -->`."""

import re
from functools import cache

from runner.workspace.assets import standard_templates
from tests.docs.goldens import goldens
from tests.docs.inbox_pieces import inbox_pieces
from tests.docs.reference import reference
from tests.docs.troubles import troubles

PIECE = re.compile(r"^<!-- made: (.+?) -->\n(.*?)^<!-- end -->\n", re.MULTILINE | re.DOTALL)


@cache
def made() -> dict[str, str]:
    """All of them, by name."""
    templates = standard_templates()
    return {**reference(templates, goldens()), **troubles(), **inbox_pieces(templates)}


def remade(page: str) -> str:
    """The text of a page, with its pieces made anew."""
    return PIECE.sub(
        lambda found: f"<!-- made: {found[1]} -->\n{made()[found[1]]}\n<!-- end -->\n", page
    )
