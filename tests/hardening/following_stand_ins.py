"""Doing what a help line says where a person has to fill it: with a stand-in for what they know."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from runner.parsing import parse
from runner.problems import Route
from tests.hardening.following import Data, Shown, at_route, changed, put, spot_of, written

STAND_INS: Final[Mapping[str, Data]] = {
    "account": "shop",
    "accounts": {"shop": {"handle": "acme_lv", "locale": "en"}},
    "at": "2026-12-01 10:00",
    "file": "media/jeans.jpg",
    "handle": "acme_new",
    "locale": "en",
    "partner": "lois",
    "prize": "a mug",
    "slots": ["morning"],
}
"""What a person might say for a key; for any other, words."""
WORDS: Final = "Words of a person"
FILL: Final = re.compile(r"^add (?:it: )?`(?P<key>[\w-]+): (?:…|NAME|\{NAME: .*\})`")
TEXT: Final = re.compile(
    r"^(?:write `text`; posts of kind |write a text$|write at least one item$)"
)
VARS: Final = re.compile(r"^write it under `vars:`: (?P<key>\w+): …$")
FORM: Final = re.compile(
    r"^(?:write (?:it like this|one, such as|it as in|year, month and day first|a place|its three "
    r"letters|a time of day|a number and m, h, d or w|one of|a place that keeps this time, such as)"
    r"|a file says the same on every day: write the date,"
    r"|an offset knows no summer time; write a place that keeps it:"
    r"|`[\w-]+` is a slot; begin with a date or an anchor:|from)"
    r":? `(?P<new>[^`]+)`"
)
ADDRESS: Final = re.compile(
    r"^(?:write one address|copy the link of one post): (?P<new>https://\S+)$"
)
KNOWN: Final = re.compile(r"^known: `(?P<new>[^`]+)`")
CLOCK: Final = re.compile(
    r"^write the time of day in its place, .*: `(?P<new>[\d:]+)` as on (?P<on>\w+)"
)
SLOT: Final = re.compile(
    r"^name it under `slots`: \{(?P<key>\w+): \"(?P<new>[\d:]+)\"\}, then write the name$"
)
HANDLE: Final = re.compile(r"^it has up to 15 letters|^write the handle as its profile has it")
SHORTER: Final = re.compile(r"\bremove (?P<count>\d+)$")
GONE: Final = re.compile(
    r"^write the value after `[^`]+`, or remove the key$|^add `items`, or remove `rest`$"
    r"|^it belongs below `[^`]+`: keep one of the two, there$"
    r"|^remove it, or give it an `id` of its own$|^name each once$|^remove `[\w-]+: \w+`$"
)
BEGIN: Final = re.compile(r"^begin the text with it, in quotes: `text: \"(?P<new>[^\"]+) …\"`$")
PART: Final = re.compile(r"^move it into a part of the thread$")


def stood_in(shown: Shown) -> Iterator[str]:
    """The file as its advice makes it when somebody fills what it leaves open."""
    for pattern, follow in FOLLOWED.items():
        if found := pattern.search(shown.help):
            yield from follow(shown, found)
    found = SHORTER.search(shown.problem.message)
    if found and shown.help.startswith("shorten it"):
        yield _cut(shown, int(found["count"]))


def _filled(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    """A key beside those that are there; words where they lack are one for each language."""
    route, key = shown.problem.place.route, found["key"]
    here = at_route(shown.data, route)
    if isinstance(here, str):
        yield _with(shown, route, lambda text: {"en": text, key: WORDS})
    else:
        target = route if isinstance(here, dict) else route[:-1]
        yield _with(shown, target, lambda mapping: {**mapping, key: STAND_INS.get(key, WORDS)})


def _worded(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    route = shown.problem.place.route
    if "item" in found[0]:
        yield _with(shown, route, lambda _: [{"text": WORDS}])
    elif found[0].endswith("kind "):
        yield _with(shown, route, lambda post: {**post, "text": WORDS})
    elif route[-1] == "text":
        yield _with(shown, route, lambda _: WORDS)
    elif route[-1] == "template":
        rest = without(shown.data, route)
        yield written(changed(rest, route[:-1], lambda post: {**post, "text": WORDS}))


def _named(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    if shown.data is not None:
        yield _with(shown, ("vars",), lambda names: {**(names or {}), found["key"]: WORDS})


def _formed(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    """The form as it stands, with what a person has meant still to be put in."""
    route = shown.problem.place.route
    new = found["new"].replace("NAME", "shop")
    form = new if re.match(r"[\w-]+: ", new) else f"form: {new}"
    data = parse("x.yaml", f"{form}\n".encode()).data
    data = data["form"] if form != new else data
    if isinstance(data, dict) and route and {*data} == {route[-1]}:
        data = data[route[-1]]
    unknown_key = shown.problem.place.on_key and shown.problem.rule == "unknown-value"
    if unknown_key and isinstance(at_route(shown.data, route), str | dict):
        yield put(shown.source.text, *spot_of(shown), found["new"])
        return
    yield _with(shown, route, lambda _: data)


def _begun(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    """A name in the place of the first word, which is the unknown one."""
    yield _with(
        shown,
        shown.problem.place.route,
        lambda text: re.sub(r"^[\w-]+", found["new"], text, count=1),
    )


def _timed(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    yield _with(
        shown,
        shown.problem.place.route,
        lambda text: re.sub(r"[\w-]+$", found["new"], text),
    )


def _slotted(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    data = changed(
        shown.data, ("slots",), lambda slots: {**(slots or {}), found["key"]: found["new"]}
    )
    yield written(changed(data, shown.problem.place.route, lambda _: found["key"]))


def _handled(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    if shown.problem.place.route[-1] == "handle":
        yield _with(shown, shown.problem.place.route, lambda _: STAND_INS["handle"])


def _gone(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    yield written(without(shown.data, shown.problem.place.route))


def _in_a_part(shown: Shown, _found: re.Match[str]) -> Iterator[str]:
    *above, key = shown.problem.place.route
    moved = at_route(shown.data, (*above, key))
    rest = without(shown.data, (*above, key))
    yield written(changed(rest, (*above, "thread", 0), lambda part: {**_part(part), key: moved}))


def _part(part: Data) -> dict[str, Data]:
    return part if isinstance(part, dict) else {"text": part}


def _joined(shown: Shown, found: re.Match[str]) -> Iterator[str]:
    text = ("posts", shown.problem.place.route[1], "text")
    yield _with(shown, text, lambda words: f"{found['new']} {words}")


def _cut(shown: Shown, count: int) -> str:
    return _with(shown, shown.problem.place.route, lambda text: text[:-count])


def _with(shown: Shown, route: Route, change: Callable[[Data], Data]) -> str:
    return written(changed(shown.data, route, change))


def without(data: Data, route: Route) -> Data:
    """The data but for what stands at a route."""
    *above, key = route

    def less(here: Data) -> Data:
        if isinstance(here, list):
            return [each for at, each in enumerate(here) if at != key]
        return {name: value for name, value in here.items() if name != key}

    return changed(data, tuple(above), less)


Follow = Callable[[Shown, re.Match[str]], Iterator[str]]
FOLLOWED: Final[dict[re.Pattern[str], Follow]] = {
    FILL: _filled,
    TEXT: _worded,
    VARS: _named,
    FORM: _formed,
    ADDRESS: _formed,
    KNOWN: _begun,
    CLOCK: _timed,
    SLOT: _slotted,
    HANDLE: _handled,
    GONE: _gone,
    BEGIN: _joined,
    PART: _in_a_part,
}
