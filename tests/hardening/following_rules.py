"""Doing what a rule's help line says, in each way that it offers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from runner.problems import Route
from runner.value import replace
from tests.hardening.advice import ways_of
from tests.hardening.following import SUGGESTED, Data, Shown, changed, put, read, spot_of, written
from tests.hardening.following_files import refiled
from tests.hardening.following_stand_ins import without

SPOT = tuple(
    re.compile(pattern)
    for pattern in (
        r"^write it in one: `(?P<new>[^`]+)`$",
        r"^write as many as it has: (?P<new>[\d.]+) or [\d.]+$",
        r"^write as many as it has: [\d.]+ or (?P<new>[\d.]+)$",
        r"^raise it to (?P<new>[\d.]+), or post less often$",
    )
)
"""New words in the place of those that are marked."""
DOMAIN = r"[\w.]+\w"
WORD = (
    (r"^a space is missing: write `(?P<new>[^`]+)`$", DOMAIN, None),
    (r"^write it so that it is no link, or whole: `(?P<new>[^`]+)`$", DOMAIN, None),
    (r"^if it is the name of a file, write `(?P<new>[^`]+)`; else whole: ", DOMAIN, None),
    (r"^if it is the name of a file, .*; else whole: `(?P<new>[^`]+)`$", DOMAIN, None),
    (rf"^{SUGGESTED}(?P<new>@\w+)\?$", r"@\w+", None),
    (r"^write (?P<new>\w+) without the `\$`$", r"\$\w+", None),
    (r"^write it in one word, with a letter in it and a space before it$", r"#[^\s#]+", " #spring"),
    (r"^write the handle as its profile has it: ", r"@[\w-]+", "@acme_shop"),
)
"""Advice about a word of a text, what that word is like, and what a person writes for it."""
INSTEAD = re.compile(
    r"^write `(?P<new>[^`]+)` in its place$|^write it with them: `(?P<with>[^`]+)`$"
)
QUOTE = re.compile(r"`([^`]+)`$|leads to (https?://\S+)")
"""What a message quotes, of the text that is to be another."""
IN_THE_POST = re.compile(
    r"^(?:let its grace end sooner: `|write the date, or let its grace end sooner: `|"
    r".*, or say why(?: it may be)?: `)(?P<line>(?:grace|ignore): [^`]+)`$"
)
IN_A_FILE = re.compile(r".*\bwrite `(?P<line>[a-z]+: [^`]+)` in (?P<path>campaigns/\S+\.yaml)\b")
IN_THE_TEXT = re.compile(
    r"^(?=add: |.*, or remove (?:it|the key)$)(?:add: |write |use it in a text, )`(?P<new>[^`]+)`"
)
LINK = re.compile(r"^write `link: (?P<link>\S+)` in the campaign, and `(?P<new>.+)` in the text$")
ALT = re.compile(r"^add it in `\w+`: `alt: (?P<new>[^`]+)`$")
EACH = re.compile(r"^write it in each: `\{(?P<first>\w+): …, (?P<second>\w+): …\}`$")
DRAFT = re.compile(r"^make it a draft, too, or publish ")
FROM = re.compile(r"^move it: from (?P<new>[\d-]+ [\d:]+) \(")
FEWER = re.compile(r"^remove (?P<count>\d+)(?:, or replace .*)?$")
UNTIL = re.compile(r"^move it, or renew `until` of `(?P<partner>\w+)` in runner.yaml$")
OLD_ID = re.compile(
    r"^give the account its id `(?P<id>\w+)` back, in runner.yaml and in each campaign$"
)
UNUSED = re.compile(r"^name it in a post \(`template: [^`]+`\), or remove it$")
OUT = re.compile(r"^mend the date, or remove it$")
EITHER = re.compile(r"^leave out `(?P<one>\w+)`, or `(?P<other>\w+)` with its `(?P<its>\w+)`$")


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What the files say after advice was followed: their texts by path, None where one is gone."""

    texts: Mapping[str, str | None]
    at: tuple[Route, ...] = ()
    """What may be another one than before, and what hangs on it."""
    moved: bool = False
    """Whether the advice is about when a post goes out, or whether."""


def edits(shown: Shown, root: Path) -> Iterator[Edit]:
    """Each way of following the advice; none where a person has to."""
    for look in (_in_place, _in_the_file, _in_the_value, _beside, _elsewhere):
        if ways := [*look(shown, root)]:
            yield from ways
            return
    path, route = shown.source.path, shown.problem.place.route
    for text in ways_of(shown):
        yield Edit(texts={path: text}, at=(route,))


def _in_place(shown: Shown, _root: Path) -> Iterator[Edit]:
    """Other words at the spot that is marked."""
    path, text, at = shown.source.path, shown.source.text, (shown.problem.place.route,)
    for pattern in SPOT:
        if found := pattern.search(shown.help):
            yield Edit(texts={path: put(text, *spot_of(shown), found["new"])}, at=at)
    for help, word, meant in WORD:
        if found := re.search(help, shown.help):
            old = re.compile(word).search(text, spot_of(shown)[0])
            assert old
            yield Edit(texts={path: put(text, *old.span(), meant or found["new"])}, at=at)
    if (found := INSTEAD.search(shown.help)) and (slip := QUOTE.search(shown.problem.message)):
        old = slip[1] or slip[2]
        spot = text.index(old, spot_of(shown)[0])
        new = found["new"] or found["with"]
        yield Edit(texts={path: put(text, spot, spot + len(old), new)}, at=at)


def _in_the_file(shown: Shown, _root: Path) -> Iterator[Edit]:
    """Keys of the file that the problem is in, which are added or go."""
    route = shown.problem.place.route
    post = route[:2]
    if found := IN_THE_POST.search(shown.help):
        yield _anew(shown, post, _adding(found["line"]), (*post, "grace"))
    if found := ALT.search(shown.help):
        yield _anew(shown, route, _adding(f"alt: {found['new']}"))
    if DRAFT.search(shown.help):
        yield replace(_anew(shown, post, _adding("draft: true")), moved=True)
    if found := EITHER.search(shown.help):
        for keys in ([found["one"]], [found["other"], found["its"]]):
            left = {key: value for key, value in shown.data["offer"].items() if key not in keys}
            gone = [(*route[:-1], key) for key in keys]
            yield _anew(shown, route[:-1], lambda _, left=left: left, *gone)
    if OUT.search(shown.help):
        yield Edit(texts={shown.source.path: written(without(shown.data, route))}, at=(route,))


def _in_the_value(shown: Shown, _root: Path) -> Iterator[Edit]:
    """Values of that file, which become others."""
    route = shown.problem.place.route
    if found := IN_THE_TEXT.search(shown.help):
        to, new = _text_of(shown), found["new"]
        yield _anew(shown, to, lambda text: f"{text} {new}", to)
    if found := EACH.search(shown.help):
        one, other = found["first"], found["second"]
        yield _anew(shown, route, lambda text: {one: text, other: "Palabras"}, route)
    if found := FROM.search(shown.help):
        begun = found["new"]
        yield replace(_anew(shown, route, lambda _: begun, route), moved=True)
    if found := FEWER.search(shown.help):
        each = r"\s*#\w+\S*" if "hashtags" in shown.problem.rule else r"(?s:.)"
        last = rf"(?:{each}){{{found['count']}}}$"
        yield _anew(shown, route, lambda text: re.sub(last, "", text), route)


def _anew(shown: Shown, to: Route, change: Callable[[Data], Data], *at: Route) -> Edit:
    return Edit(texts={shown.source.path: written(changed(shown.data, to, change))}, at=at)


def _beside(shown: Shown, root: Path) -> Iterator[Edit]:
    """Keys and values of another file, or of two places."""
    route = shown.problem.place.route
    if found := LINK.search(shown.help):
        data = {**shown.data, "link": found["link"]}
        text = changed(data, route, lambda text: text.replace(found["link"], found["new"]))
        yield Edit(texts={shown.source.path: written(text)}, at=(route,))
    if found := IN_A_FILE.match(shown.help):
        path = found["path"]
        data = read(path, (root / path).read_text("utf-8")).data
        line = _adding(found["line"])
        key = found["line"].partition(":")[0]
        yield Edit(texts={path: written(changed(data, (), line))}, at=((key,),))
    if found := UNTIL.search(shown.help):
        to = ("partners", found["partner"], "until")
        data = read("runner.yaml", (root / "runner.yaml").read_text("utf-8")).data
        yield Edit(
            texts={"runner.yaml": written(changed(data, to, lambda _: "2027-12-31"))}, at=(to,)
        )


def _elsewhere(shown: Shown, root: Path) -> Iterator[Edit]:
    """Files that get another name, or go, or speak of another id."""
    texts = {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in root.rglob("*")
        if path.suffix in (".yaml", ".j2")
    }
    if found := OLD_ID.search(shown.help):
        *_, account = shown.problem.place.route
        named = re.compile(rf"\b{account}:|(?<=account: ){account}\b")
        back = {path: named.sub(_same_end(found["id"]), text) for path, text in texts.items()}
        yield Edit(texts=back, at=(("accounts", account), ("account",)))
    if UNUSED.search(shown.help):
        yield Edit(texts={shown.source.path: None})
    anew = refiled(shown, texts)
    if anew is not None:
        yield Edit(texts={**dict.fromkeys(texts), **anew})


def _same_end(new: str) -> Callable[[re.Match[str]], str]:
    return lambda found: new + (":" if found[0].endswith(":") else "")


def _text_of(shown: Shown) -> Route:
    """The text that the advice is about: its own, that of its item, or the first of the file."""
    route = shown.problem.place.route
    if route[-1] == "text":
        return route
    if "items" in route:
        return (*route[:-1], "text")
    name, post = next(iter(shown.data["posts"].items()))
    return ("posts", name, "items", 0, "text") if "items" in post else ("posts", name, "text")


def _adding(line: str) -> Callable[[Data], Data]:
    value = read("x.yaml", f"{line}\n").data
    return lambda mapping: {**mapping, **value}
