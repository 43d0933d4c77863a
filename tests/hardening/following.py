"""Doing what a help line says, to the letter: its words into the file, at their place."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from runner.parsing import Parsed, parse
from runner.problems import Problem, Route, Span, Suggestion
from runner.sources import Source

Data = object
QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
QUOTES = re.compile(
    rf"(?:quote the text|if it is text, quote it|put it in quotes|put quotes around all of it|"
    rf"quote it if it is text|quote the key): (?P<new>{QUOTED})"
)
ENDS = re.compile(
    r"quote the text: `(?P<mark>.)` before `(?P<first>.*?)` and behind `(?P<last>.*?)`"
)
SUGGESTED = re.escape(str(Suggestion("@")).partition("@")[0])
"""What stands before a name that was probably meant."""
BARE = r"(?P<new>[^\s`,;()]+)"
REPLACE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{SUGGESTED}`(?P<new>[^`]+)`",
        r"^that is the handle of `\w+`: write `(?P<new>[^`]+)`",
        r"^(?:a post goes out at one moment: )?write `(?P<new>[^`]+)`(?:$| or `[^`]+`$)",
        r"^write `(?P<new>[^`]+)`(?:, which it is in \S+| where all of that day counts)$",
        r"^leave it out: `(?P<new>[^`]+)`; days may have one$",
        r"^put it in brackets: (?P<new>\[.*\])$",
        r"^write it with those of the keyboard: (?P<new>[\[{].*[\]}])$",
        r"^use lower-case letters, digits and hyphens: `(?P<new>[^`]+)`$",
        rf"^write (?:it so|it whole|it without the \S+|its address|the number as): {BARE}$",
        rf"^write the number (?:as|with a point:|alone, with a point:) {BARE}",
        r"^write (?:it in digits: )?(?P<new>[0-9]+)(?:, for [0-9]+%)?$",
        r"^write it with its # and in quotes: `(?P<new>[^`]+)`$",
        r"^write it like this: `(?P<new>.+)`$",
        r"^(?:put a space after the colon|write `/` between folder and file): `(?P<new>[^`]+)`$",
        r"^add [0-9]+ items, or write `(?P<new>rest: [^`]+)`$",
        r"^name it from this file on: `(?P<new>[^`]+)`$",
        r"^add it: `(?P<new>[0-9][^`]+)`",
    )
)
ADD = re.compile(
    r"^add (?:(?:it|it with its # and in quotes|a moment|its last day to the campaign"
    r"|it to the campaign): )?"
    r"`(?P<new>(?P<key>[a-z][\w-]*): (?P<value>[^`]+))`"
)
BESIDE = re.compile(r", and beside it `(?P<new>currency: \w+)`$")
MARK = re.compile(
    r"^write `(?P<new>.+)` in its place$|^(?P<space>put a space of the keyboard there)$"
)
MOVE = re.compile(
    r"^(?:it|they) belongs? (?:below `(?P<to>[^`]+)`: move (?:it|them) there"
    r"(?:, as `(?P<name>[^`]+)`)?|to the file as a whole: begin it at the left edge)$"
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A problem beside the file that it is in."""

    problem: Problem
    source: Source
    data: Data

    @property
    def help(self) -> str:
        return self.problem.help or ""


def read(path: str, text: str) -> Parsed:
    """A file in our dialect, be it of keys or a list of items."""
    found = parse(path, text.encode())
    return found if found.data is not None else parse(path, text.encode(), top="list")


def followed(shown: Shown) -> str | None:
    """The file after its first advice was taken; None where a person has to decide."""
    for follow in (_quoted, _between_quotes, _marked, _replaced, _added, _moved):
        text = follow(shown)
        if text is not None:
            return text
    return None


def _offsets(source: Source, span: Span) -> tuple[int, int]:
    starts = [0]
    for line in source.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1


def spot_of(shown: Shown) -> tuple[int, int]:
    """Where what is marked begins and ends."""
    return _offsets(shown.source, shown.source.locate(shown.problem.place))


def _start(shown: Shown) -> int:
    return _offsets(shown.source, shown.source.locate(shown.problem.place))[0]


def put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _quoted(shown: Shown) -> str | None:
    """The text that is in the quotes of the advice is looked for around its place."""
    found = QUOTES.search(shown.help)
    if not found:
        return None
    content = yaml.safe_load(found["new"])
    text, (at, _) = (
        shown.source.text,
        _offsets(shown.source, shown.source.locate(shown.problem.place)),
    )
    # as it is written: with any white space, and with quotes around a part of it or all
    words = (
        r"[\"']?" + r"[\"']?\s+[\"']?".join(re.escape(word) for word in content.split()) + r"[\"']?"
    )
    spots = [spot for spot in re.finditer(words, text) if spot.end() >= at]
    spot = min(spots, key=lambda one: (abs(one.start() - at), one.start()))
    return put(text, *spot.span(), found["new"])


def _between_quotes(shown: Shown) -> str | None:
    found = ENDS.search(shown.help)
    if not found:
        return None
    text, start = (
        shown.source.text,
        _offsets(shown.source, shown.source.locate(shown.problem.place))[0],
    )
    first = text.rfind("\n", 0, start) + 1
    first = text.index(found["first"], first)
    last = text.index("\n", first) if "\n" in text[first:] else len(text)
    last = text.rindex(found["last"], first, last) + len(found["last"])
    return text[:first] + found["mark"] + text[first:last] + found["mark"] + text[last:]


def _marked(shown: Shown) -> str | None:
    found = MARK.fullmatch(shown.help)
    if not found and shown.help != "delete it":
        return None
    span = shown.problem.place.span
    if not found and span:
        return put(shown.source.text, *_offsets(shown.source, span), "")
    told = re.search(r"U\+([0-9A-F]{4,6})", shown.problem.message)
    wanted = re.escape(chr(int(told[1], 16))) if told else r"[^\x00-\x7f]"
    where = re.compile(wanted).search(shown.source.text, _start(shown))
    new = "" if not found else " " if found["space"] else found["new"]
    return put(shown.source.text, *where.span(), new) if where else None


def _replaced(shown: Shown) -> str | None:
    found = next((found for each in REPLACE if (found := each.search(shown.help))), None)
    if not found or not _carries_over(shown, found):
        return None
    start, end = _stretch(shown, found["new"])
    beside = BESIDE.search(shown.help) if "currency:" not in shown.source.text else None
    new = f"{found['new']}, {beside['new']}" if beside else found["new"]
    return put(shown.source.text, start, end, new)


def _carries_over(shown: Shown, found: re.Match[str]) -> bool:
    """Whether a form has in it what was written: else it only shows how such a thing looks."""
    if not found.re.pattern.startswith("^write it like this"):
        return True
    new = found["new"]
    leaf_texts = (leaf for _, leaf in leaves(at_route(shown.data, shown.problem.place.route)))
    pieces = [piece for leaf in leaf_texts for piece in re.split(r" to |[-–]", str(leaf))]
    return all(piece in new and piece != "None" for piece in pieces)


def _stretch(shown: Shown, new: str) -> tuple[int, int]:
    """What the new words stand for: a name in a template, a key, a value, or both of these."""
    source, place = shown.source, shown.problem.place
    if place.span:
        return _offsets(source, place.span)
    route = place.route
    if place.inside and shown.problem.rule.startswith(("unknown-", "template-")):
        start, _ = _offsets(source, source.locate(place))
        word = re.compile(r"[\w-]+").match(source.text, start)
        return word.span() if word else (start, start)
    key = re.match(r"(?P<key>[\w-]+): ", new)
    if key and route and route[-1] != key["key"] and route not in source.map.keys:
        key = None
    if key and route in source.map.keys:
        return _offsets(source, source.map.keys[route])[0], _offsets(
            source, source.map.values[route]
        )[1]
    span = source.map.keys[route] if place.on_key else source.map.values[route]
    return _offsets(source, span)


def _added(shown: Shown) -> str | None:
    found = ADD.match(shown.help)
    if not found or "NAME" in found["new"] or "…" in found["new"]:
        return None
    route = shown.problem.place.route
    whole = "to the campaign" in shown.help
    target = () if whole else route if isinstance(at_route(shown.data, route), dict) else route[:-1]
    value = parse("x.yaml", f"{found['new']}\n".encode()).data
    return written(changed(shown.data, target, lambda mapping: {**mapping, **value}))


def _moved(shown: Shown) -> str | None:
    found = MOVE.fullmatch(shown.help)
    if not found:
        return None
    *above, key = shown.problem.place.route
    keys = re.findall(r"`([^`]+)`", shown.problem.message)
    values = {name: at_route(shown.data, (*above, name)) for name in keys}
    if found["name"]:
        values = {found["name"]: values[key]}
    without = changed(
        shown.data, tuple(above), lambda m: {k: v for k, v in m.items() if k not in keys}
    )
    to = tuple((found["to"] or "").split(".")) if found["to"] else ()
    to = tuple("new" if step == "NAME" else step for step in to)
    return written(changed(without, to, lambda mapping: {**(mapping or {}), **values}))


def at_route(data: Data, route: Route) -> Data:
    for step in route:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def changed(data: Data, route: Route, change: Callable[[Data], Data]) -> Data:
    if not route:
        return change(data)
    if isinstance(data, list):
        return [
            changed(each, route[1:], change) if at == route[0] else each
            for at, each in enumerate(data)
        ]
    mapping = dict(data) if isinstance(data, Mapping) else {}
    return {**mapping, route[0]: changed(mapping.get(route[0]), route[1:], change)}


def written(data: Data) -> str:
    """As JSON, which is YAML, so that nothing depends on how it is laid out."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=float)


def leaves(data: Data, route: Route = ()) -> Iterator[tuple[Route, Data]]:
    """All that is no list and no mapping, by its route."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from leaves(value, (*route, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from leaves(value, (*route, at))
    else:
        yield route, data
