"""A length of time, as the command line takes it."""

from datetime import timedelta


def duration(text: str) -> timedelta:
    """`10m`, `5h30m`. Raises BadUsage."""
    import re

    from runner.problems import BadUsage
    from runner.when import BadTime, parse_duration

    parts = re.findall(r"\d+[a-z]+", text)
    try:
        if not parts or "".join(parts) != text:
            raise BadTime("", "")
        return sum((parse_duration(part) for part in parts), timedelta(0))
    except BadTime:
        raise BadUsage(f"`{text}` is not a length of time", help="write 10m, or 5h30m") from None
