"""Doing what a help line says of how a file is laid out: brackets, quotes, indents, what goes."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tests.hardening.following import Shown, put, spot_of

GONE: Final = re.compile(r"^remove `(?P<word>[&!][^`]+)`$|^write the entry, or remove the comma$")
ENTRY: Final = re.compile(r"^put `(?P<mark>[\]}])` after its last entry$")
QUOTE: Final = re.compile(
    r"^put `(?P<mark>[\"'])` at the end of the text, or begin it without$"
    r"|^the quote was opened on line (?P<line>\d+); close it where that text ends$"
)
DEEPER: Final = re.compile(r"^indent (?:it|them) by two spaces more than `(?P<key>[^`]+)`$")
BESIDE: Final = re.compile(r"^begin it in the (?:same column as the entries|column of the keys) ")
UNDER: Final = re.compile(r"; if it belongs to the text above, indent it further than that key$")
COMMA: Final = re.compile(
    r"^put a comma before the key; or if it is one text, quotes around it: (?P<text>.+)$"
)
BREAK: Final = re.compile(r"^delete it, and begin a new line (?:there|in its place)$")
BACKSLASH: Final = re.compile(r"^write `(?P<new>\\\\\S)` for a backslash\b")
NAMED: Final = re.compile(
    r"^a name with a hyphen stands in brackets: (?P<new>\w+\['(?P<key>.+)'\]), "
    r"or (?P<other>\S+) where the text stands in single quotes$"
)
BRACES: Final = re.compile(r"^write it so: (?P<new>\{\{.*\}\})$")


def laid_out_anew(shown: Shown, keys: frozenset[str]) -> Iterator[str]:
    """The file as each way of following its advice leaves it; `keys` are those that a file has."""
    for pattern, follow in FOLLOWED.items():
        found = pattern.search(shown.help)
        if found:
            yield from follow(shown, found)
    found = COMMA.search(shown.help)
    if found:
        yield _separated(shown, found["text"], keys)


def _gone(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text, (start, end) = shown.source.text, spot_of(shown)
    assert not found["word"] or text[start:end] == found["word"]
    yield put(text, start, end + (text[end : end + 1] == " "), "")


def _closed(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text, start = shown.source.text, spot_of(shown)[0]
    end = text.index("\n", start)
    yield put(text, end, end, found["mark"])


def _closed_quote(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text = shown.source.text
    lines = text.splitlines()
    at = int(found["line"]) - 1 if found["line"] else text[: spot_of(shown)[0]].count("\n")
    mark = found["mark"] or re.search(r": ([\"'])", lines[at])[1]  # type: ignore[index]
    tail = re.search(r"[}\]]*$", lines[at])
    assert tail
    yield _with_line(lines, at, lines[at][: tail.start()] + mark + tail[0])


def _deeper(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    """What stands as deep as the line that is marked, and what hangs on it."""
    lines = shown.source.text.splitlines()
    first = shown.source.text[: spot_of(shown)[0]].count("\n")
    said = re.findall(r"`([^`]+)`", shown.problem.message)[:-1]
    above = max(at for at in range(first) if lines[at].lstrip().startswith(f"{found['key']}:"))
    by = _depth(lines[above]) + 2 - _depth(lines[first])
    moving = False
    for at in range(first, len(lines)):
        if _depth(lines[at]) <= _depth(lines[first]):
            moving = lines[at].lstrip().partition(":")[0] in said
        lines[at] = " " * (by if moving else 0) + lines[at]
    yield "\n".join(lines) + "\n"


def _in_spaces(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    yield re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), shown.source.text, flags=re.MULTILINE)


def _aligned(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    """In each column that lines above begin in, the nearest first, with what hangs on the line."""
    lines = shown.source.text.splitlines()
    first = shown.source.text[: spot_of(shown)[0]].count("\n")
    own = _depth(lines[first])
    for depth in sorted({_depth(line) for line in lines[:first]}, key=lambda one: abs(one - own)):
        moved = [
            " " * max(0, _depth(line) + depth - own) + line.lstrip() if at >= first else line
            for at, line in enumerate(lines)
            if at < first or _depth(line) >= own or at == first
        ]
        if len(moved) == len(lines):
            yield "\n".join(moved) + "\n"


def _keyed(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    start = spot_of(shown)[0]
    yield put(shown.source.text, start, start + 1, "key:")


def _under(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    lines = shown.source.text.splitlines()
    first = shown.source.text[: spot_of(shown)[0]].count("\n")
    yield _with_line(lines, first, " " * (_depth(lines[first - 1]) + 2) + lines[first].lstrip())


def _broken(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    text, (start, end) = shown.source.text, spot_of(shown)
    escaped = text[start] == "\\"
    yield put(text, start, end, r"\n" if escaped else "\n  ")


def _new(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    yield put(shown.source.text, *spot_of(shown), found["new"])


def _named(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text, name = shown.source.text, found["new"].partition("[")[0]
    first = text.rindex(": ", 0, text.index(f"{name}.{found['key']}"))
    single = re.search(r": ['\"]", text[first - 30 :])
    new = found["other"] if single and single[0] == ": '" else found["new"]
    yield text.replace(f"{name}.{found['key']}", new)


def _in_braces(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text, start = shown.source.text, spot_of(shown)[0]
    first = text.rindex("{{", 0, start + 2)
    yield put(text, first, text.index("}}", first) + 2, found["new"])


def _ended(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    text = shown.source.text
    start = text.index("{% if", spot_of(shown)[0] - 1)
    end = re.compile(r"[\"']?[}\]]*\n").search(text, start)
    assert end
    yield put(text, end.start(), end.start(), "{% endif %}")


def _separated(shown: Shown, quoted: str, keys: frozenset[str]) -> str:
    """A comma where the word is a key of files; else it is a text, and gets its quotes."""
    text, start = shown.source.text, spot_of(shown)[0]
    word = re.search(r"([\w-]+)$", text[:start])
    assert word
    if word[1] in keys:
        return put(text, word.start() - 1, word.start() - 1, ",")
    at = text.rindex(quoted[1:-1], 0, text.index("\n", start))
    return put(text, at, at + len(quoted) - 2, quoted)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _with_line(lines: list[str], at: int, line: str) -> str:
    return "\n".join([*lines[:at], line, *lines[at + 1 :]]) + "\n"


Follow = Callable[[Shown, re.Match[str]], Iterator[str]]
FOLLOWED: Final[dict[re.Pattern[str], Follow]] = {
    GONE: _gone,
    ENTRY: _closed,
    QUOTE: _closed_quote,
    DEEPER: _deeper,
    re.compile(r"^indent with spaces, two for each level$"): _in_spaces,
    BESIDE: _aligned,
    UNDER: _under,
    re.compile(r"^give it a key in place of its `-`, or begin it "): _keyed,
    BREAK: _broken,
    BACKSLASH: _new,
    NAMED: _named,
    BRACES: _in_braces,
    re.compile(r"^write `\{% endif %\}` where it ends$"): _ended,
}
