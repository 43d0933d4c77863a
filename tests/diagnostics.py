"""What is found in files, as golden files hold it: values, without any layout.

    error unknown-key
      place: campaigns/tips.yaml 3:5-3:10 posts.tip.tweet
      message: unknown key `tweet`
      suggestion: `text`

A help that only says "did you mean" stands there as what it suggests, so that the sentence can
change; `help` is what it says beside. What nobody sees stands as `\\u{…}`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from runner.parsing import parse, validate
from runner.problems import Place, Problem, Route, Severity, Span

BLOCK: Final = re.compile(r"^(?P<severity>\w+) (?P<rule>\S+)\n(?P<values>(?:  \S.*\n)+)", re.M)
VALUE: Final = re.compile(r"^  (\w+): (.*)\n", re.MULTILINE)
PLACE: Final = re.compile(
    r"(?P<path>.*?)(?: (?P<span>\d+:\d+-\d+:\d+))?(?: (?P<route>(?<=\d ).*))?"
)
STEP: Final = re.compile(r'\[(\d+)\]|("(?:[^"\\]|\\.)*")|([^."\[]+)')
ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


# --- The words of a suggestion, which no test has to hold


class _Known(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = ""


@cache
def _around_a_suggestion() -> tuple[str, str]:
    """What the runner says before and behind the key that was meant."""
    _, (problem,) = validate(parse("a.yaml", b"txet: Hello"), TypeAdapter(_Known))
    before, _, behind = (problem.help or "").partition("`text`")
    return before, behind


def did_you_mean(suggestion: str, beside: str = "") -> str:
    """The help line that suggests this, in the runner's own words; `beside`: what follows."""
    before, behind = _around_a_suggestion()
    return f"{before}{suggestion}{behind}{beside and f' {beside}'}"


def _suggestion(help: str) -> dict[str, str]:
    before, behind = _around_a_suggestion()
    sentence = rf"{re.escape(before)}(.+?){re.escape(behind)}(?: (.*))?"
    if found := re.fullmatch(sentence, help, re.DOTALL):
        return {"suggestion": found[1], "help": found[2] or ""}
    return {"help": help}


# --- Written and read


def values(document: str) -> str:
    """The problems of a document that `runner validate --format json` writes, one block each."""
    return "\n".join(_blocks(document))


def _blocks(document: str) -> Iterator[str]:
    for one in json.loads(document)["problems"]:
        span = "{line}:{column}-{end-line}:{end-column}".format_map(one) if one["line"] else ""
        place = " ".join(filter(None, [one["path"], span, span and _written(one["route"])]))
        found = {"place": place, "message": one["message"], **_suggestion(one["help"] or "")}
        lines = (f"  {name}: {_visible(value)}\n" for name, value in found.items() if value)
        yield f"{one['severity']} {one['rule']}\n{''.join(lines)}"


def read(text: str) -> list[Problem]:
    """The problems of such blocks. Raises ValueError where a line belongs to none."""
    if rest := BLOCK.sub("", text).strip():
        raise ValueError(f"this is no problem: {rest}")
    return [_problem(block) for block in BLOCK.finditer(text)]


def _problem(block: re.Match[str]) -> Problem:
    found = {name: _plain(value) for name, value in VALUE.findall(block["values"])}
    help = found.get("help", "")
    if "suggestion" in found:
        help = did_you_mean(found["suggestion"], help)
    place = PLACE.fullmatch(found["place"])
    assert place
    return Problem(
        rule=block["rule"],
        message=found["message"],
        place=Place(
            path=place["path"], route=_route(place["route"] or ""), span=_span(place["span"])
        ),
        help=help or None,
        severity=Severity(block["severity"]),
    )


def _span(text: str | None) -> Span | None:
    if text is None:
        return None
    line, column, end_line, end_column = map(int, re.split("[:-]", text))
    return Span(line=line, column=column, end_line=end_line, end_column=end_column)


def _written(route: Iterable[str | int]) -> str:
    """A route as people write it; a key that could be read as several is quoted."""
    steps = (
        f"[{step}]"
        if isinstance(step, int)
        else "." + (json.dumps(step, ensure_ascii=False) if re.search(r'[."\[]', step) else step)
        for step in route
    )
    return "".join(steps).removeprefix(".")


def _route(text: str) -> Route:
    return tuple(
        int(number) if number else json.loads(quoted) if quoted else key
        for number, quoted, key in STEP.findall(text)
    )


def _visible(text: str) -> str:
    escaped = text.replace("\\u{", "\\u{5c}u{")
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in escaped)


def _plain(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
