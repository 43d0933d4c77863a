"""Pages that scripts make, beside the reference: they are as they would be made anew."""

import json
import re

from scripts.verify_page import PAGE, PARTS, page


def test_the_page_is_made_of_its_parts_and_loads_nothing() -> None:
    """After a change: `python scripts/verify_page.py`."""
    assert PAGE.read_text(encoding="utf-8") == page()
    assert not re.findall(r'<(?:link|img|iframe)|src="', page())
    pinned = json.loads((PARTS / "package.json").read_text())["dependencies"]
    bundled = (PARTS / "noble.js").read_text()
    assert all(f"{name} {version} " in bundled for name, version in pinned.items())
    assert bundled.count("The MIT License") == len(pinned) == 2
