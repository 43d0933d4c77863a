"""A length of time, as the command line takes it."""

from datetime import timedelta


def duration(text: str) -> timedelta:
    """`10m`, `5h30m`. Raises BadUsage."""
    import re

    from runner.problems import BadUsage, InvalidValue
    from runner.when import parse_duration

    parts = re.findall(r"\d+[a-z]+", text)
    try:
        if parts and "".join(parts) == text:
            return sum((parse_duration(part) for part in parts), timedelta(0))
    except InvalidValue:
        pass
    raise BadUsage(f"`{text}` is not a length of time", help="write 10m, or 5h30m")
