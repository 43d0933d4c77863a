"""What a help line advises is safe to do to the letter: the problem is gone, no key is lost or has
become text, nothing else is changed, and no time is another one."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pytest

from runner.parsing import parse
from runner.problems import Problem, Route
from tests import diagnostics
from tests.acceptance.mistakes import MISTAKES, files_of, names
from tests.hardening.advice import KNOWN, ROOT, count, shown_anew, ways_of
from tests.hardening.following import Shown, followed, leaves, read
from tests.hardening.following_by_people import PROSE, is_prose
from tests.hardening.following_files import refiled

GOLDEN: Final = ROOT / "tests/golden"
YAML_ERRORS: Final = GOLDEN / "errors/yaml"
TOLD: Final = ("errors/model", "errors/yaml", "mistakes", "rules")
"""Where golden files hold what is found."""
MEANT: Final[Mapping[str, str]] = {
    "every-except-date": "2026-12-24",
    "duration-clock": "2h",
    "duration-fraction": "90m",
    "duration-min": "45m",
    "duration-mixed": "90m",
    "duration-words": "2d",
    "runner-partner-until": "2027-03-01",
    "slot-on-two-clocks": "2026-12-01 13:00",
    "slot-unknown": "2026-12-01 morning",
    "slot-with-a-dot": "09:30",
    "when-24": "2026-12-02 00:00",
    "when-am": "2026-12-01 10:00",
    "when-am-apart": "2026-12-01 09:30",
    "when-anchor-misspelt": "launches - 1d 10:00",
    "when-at": "launches - 7d 09:00",
    "when-before": "launches - 7d",
    "when-capital": "launches + 1d 10:00",
    "when-clock-dot": "2026-12-01 10:30",
    "when-clock-first": "2026-12-01 10:00",
    "when-comma": "2026-12-01 10:00",
    "when-dots": "2026-12-01 10:00",
    "when-en-dash": "launches - 7d",
    "when-glued": "launches - 7d",
    "when-half": "launches + 90m",
    "when-hour-only": "2026-12-01 10:00",
    "when-machine": "2026-12-01 12:00",
    "when-month-first": "2026-12-01 10:00",
    "when-month-name": "2026-12-01 10:00",
    "when-offset": "2026-12-01 10:00",
    "when-one-digit": "2026-12-01 10:00",
    "when-repeated": "2026-10-25 03:30 +03:00",
    "when-seconds": "2026-12-01 10:00",
    "when-slash-european": "2026-12-01 10:00",
    "when-slot-first": "launches - 7d noon",
    "when-words": "launches - 7d",
    "when-wrong-offset": "2026-12-01 07:00",
    "when-zone": "2026-12-01 10:00",
    "when-zone-name": "2026-12-01 10:00",
}
"""The times that people meant, as a file says them, in Europe/Riga: +02:00 in winter."""
QUOTED: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|#[ \n].*")
KEY: Final = re.compile(r"(?<![\w-])([a-z][a-z-]*):(?=\s|$)")


Look = Callable[[Mapping[str, str]], Iterable[Shown]]
"""All problems that are found in some files, by path."""


def parsed_in(files: Mapping[str, str]) -> Iterator[Shown]:
    """The same of files that are only read as YAML."""
    for name, text in files.items():
        parsed = parse(name, text.encode())
        for problem in parsed.problems:
            yield Shown(problem=problem, source=parsed.source, data=parsed.data)


def helps_told() -> list[str]:
    """Each help line of all goldens."""
    told = [path.read_text("utf-8") for room in TOLD for path in (GOLDEN / room).glob("*.txt")]
    return [problem.help or "" for text in told for problem in diagnostics.read(text)]


def judge(shown: Shown, text: str, before: list[Shown], later: list[Shown]) -> None:
    """What was done to a file has mended it, and nothing else has changed."""
    problem = shown.problem
    assert count(later, shown) < count(before, shown), f"not mended: {shown.help}"
    after = read(shown.source.path, text)
    if after.data is None:
        return
    own = {*problem.place.route, *re.findall(r"`([\w-]+)", problem.message)}
    written = {key for key in KEY.findall(QUOTED.sub("", shown.source.text)) if key in KNOWN}
    kept = {step for route in after.source.map.keys for step in route}
    assert written - own <= kept, "a key is lost"
    for _, leaf in leaves(after.data):
        swallowed = KEY.search(re.sub(r"^.*?[,}\]]", "", leaf)) if isinstance(leaf, str) else None
        assert not (swallowed and swallowed[1] in KNOWN and "," in str(leaf)), "a key became text"
    if shown.data is not None and not problem.place.span:
        untouched = [
            (route, leaf)
            for route, leaf in leaves(shown.data)
            if leaf is not None and not _concerns(problem, route)
        ]
        rest = json.dumps([*leaves(after.data)], default=float)
        for _, leaf in untouched:
            assert json.dumps(leaf, default=float) in rest, f"{leaf} is lost"


def _concerns(problem: Problem, route: Route) -> bool:
    """Whether a value is what the advice is about, or, where a comma cuts, a part of it."""
    place = problem.place.route[: -1 if problem.rule == "comma-cut" else None]
    return route[: len(place)] == place


def follow_each(files: dict[str, str], look: Look) -> Iterator[tuple[Shown, str]]:
    """Each problem of some files, and the file as its help makes it."""
    problems = list(look(files))
    assert problems
    for shown in problems:
        anew = refiled(shown, files)
        if anew is not None:
            later = list(look(anew))
            assert count(later, shown) < count(problems, shown), f"not mended: {shown.help}"
            continue
        ways = ways_of(shown)
        if not ways:
            assert is_prose(shown.help), f"nobody knows how to follow: {shown.help}"
            continue
        assert not is_prose(shown.help), f"a machine can follow: {shown.help}"
        yield shown, first_that_mends(shown, ways, files, look)


def first_that_mends(shown: Shown, ways: list[str], files: Mapping[str, str], look: Look) -> str:
    """Of several columns that a line may be moved to, a person sees which; one has to do."""
    before = list(look(files))
    for text in ways:
        assert text != shown.source.text
        try:
            judge(shown, text, before, list(look({**files, shown.source.path: text})))
        except AssertionError:
            if text == ways[-1]:
                raise
        else:
            return text
    raise AssertionError


EVERY: Final = 8
"""One of so many is followed in an ordinary run; all are in a proof."""


def sampled() -> Iterator[object]:
    for at, name in enumerate(names()):
        yield name if at % EVERY == 0 else pytest.param(name, marks=pytest.mark.slow)


@pytest.mark.sampled(30)
@pytest.mark.parametrize("name", [*sampled()])
def test_the_advice_about_a_mistake_is_safe_to_follow(name, tmp_path):
    for _, text in follow_each(files_of(MISTAKES / name), lambda f: shown_anew(tmp_path, f)):
        if name in MEANT:
            meant = rf"""[ \["]{re.escape(MEANT[name])}[",}}\]\n]"""
            assert re.search(meant, text), "another time"


@pytest.mark.parametrize("file", sorted(YAML_ERRORS.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_advice_about_yaml_is_safe_to_follow(file):
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError:
        return
    for _ in follow_each({file.name: text}, parsed_in):
        pass


ROWS: Final[Mapping[str, tuple[str, str]]] = {
    # what is written: the help, and what the file says after it was followed to its end
    "D1-hash-in-braces": ("{at: 2027-02-04 10:00, text: Buy #now, grace: 2h}", "Buy #now"),
    "D1-commas-in-the-text": (
        "{at: 2027-02-04 10:00, text: Buy #now, all, grace: 2h}",
        "Buy #now, all",
    ),
    "D1-begins-with-a-hash": ("{at: 2027-02-04 10:00, text: #now, all, grace: 2h}", "#now, all"),
    "D1-two-lines": (
        "\n    {at: 2027-02-04 10:00, text: Buy #now,\n    grace: 2h}",
        "Buy #now",
    ),
    "D1-hash-behind-quotes": ('{at: 2027-02-04 10:00, text: "Buy" #now, grace: 2h}', "Buy #now"),
    "D1-mention-in-braces": ("{at: 2027-02-04 10:00, text: @lo, hi, grace: 2h}", "@lo, hi"),
    "D1-template-in-braces": (
        "{at: 2027-02-04 10:00, text: Get {{ at }}, ha, grace: 2h}",
        "Get {{ at }}, ha",
    ),
    "D1-long": (
        f"\n    at: 2027-02-04 10:00\n    text: {'on ' * 40}and: so\n    grace: 2h",
        f"{'on ' * 40}and: so",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_text_is_kept_and_the_keys_behind_it(name):
    post, text = ROWS[name]
    written = f"kind: series\nposts:\n  a: {post}\n"
    for _ in range(6):
        problems = [*parsed_in({"a.yaml": written})]
        if not problems:
            break
        written = followed(problems[0]) or pytest.fail(problems[0].help)
    data = parse("a.yaml", written.encode()).data
    assert data["posts"]["a"] == {"at": "2027-02-04 10:00", "text": text, "grace": "2h"}


def test_every_reason_why_nobody_can_follow_is_needed() -> None:
    found = {is_prose(help) for help in helps_told()}
    assert [each for patterns in PROSE.values() for each in patterns if each not in found] == []
