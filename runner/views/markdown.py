"""Text in GitHub's Markdown that cannot become anything else."""

import re


def plain(text: str) -> str:
    """Text that Markdown and GitHub leave alone: no mentions, no markup, no table borders, one
    line."""
    escaped = re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))
    return escaped.replace("@", "&#64;")
