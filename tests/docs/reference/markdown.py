"""What the pieces of the reference are put together from."""

from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |"]
    lines.append("|" + "---|" * (lines[0].count(" | ") + 1))
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def code(text: str) -> str:
    """A literal; one that holds a backtick stands between two."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def anchored(name: str, shown: str) -> str:
    """Text that a link can lead to, as `#name`."""
    return f'<a id="{name}"></a>{shown}'


def line(text: str) -> str:
    """Text of several lines as one."""
    return " ".join(text.split())


def listed(names: Iterable[str], last: str = "and") -> str:
    """`a`, `b` and `c`."""
    *most, end = [code(name) for name in names]
    return f"{', '.join(most)} {last} {end}" if most else end
