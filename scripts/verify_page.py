"""Puts the page that verifies draws together: docs/verify.html, one file that loads nothing.

    python scripts/verify_page.py

Its library, noble.js, is bundled by scripts/verify_page/bundle.mjs.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

PARTS = Path(__file__).parent / "verify_page"
PAGE = Path(__file__).parents[1] / "docs" / "verify.html"


def page() -> str:
    """The whole page; its policy lets nothing run but what stands in it."""
    texts = {name: (PARTS / name).read_text(encoding="utf-8") for name in ("page.html", "page.css")}
    script = "\n".join(
        (PARTS / name).read_text(encoding="utf-8") for name in ("noble.js", "draw.js", "page.js")
    )
    style = texts["page.css"]
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    made = texts["page.html"]
    for name, text in (("policy", policy), ("style", style), ("script", script)):
        made = made.replace(f"{{{name}}}", text, 1)
    return made


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
