"""What a help line advises is safe to do to the letter: the problem is gone, no key is lost or has
become text, nothing else is changed, and no time is another one."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_project import open_project
from runner.parsing import parse
from runner.problems import Problem, Route
from tests import diagnostics
from tests.acceptance.test_mistakes import MISTAKES, RUNNER, files_of, names
from tests.hardening.following import Shown, followed, leaves

ROOT: Final = Path(__file__).parents[2]
GOLDEN: Final = ROOT / "tests/golden"
YAML_ERRORS: Final = GOLDEN / "errors/yaml"
TOLD: Final = ("errors/model", "errors/yaml", "mistakes", "rules")
"""Where golden files hold what is found."""
PROSE: Final[Mapping[str, str]] = {
    # a person knows which of several things was meant
    r"keep .*one .*|keep `.*|keep one of (the two|them)|.* keep one of (the two|them).*": "which",
    r"name each once|move one of .*|give one of them a date|move it after `.*`": "which",
    r".*(rename|name) .*|write the first: .*|add the file .*|put the file .*": "a file, not words",
    r"(copy|save|keep|move) it (beside|as|to) .*|save the file .*|copy the link .*": "a page",
    r"write (one of|only) .*|known: .*|the keys here are .*|use codes such as .*": "which",
    r"only campaigns of kind .*|no file holds a secret: .*|.*`rest`.*|.*mend the tier .*": "which",
    r"remove (it|this line).*|remove `.*`|write it, or remove it|write the entry, or .*": "what",
    r"write the value after `.*`, or remove the key|write the keys out .*|one file is .*": "what",
    r"`[\w-]+`: .*|write a text|write at least one item|shorten it.*|end it sooner.*": "what",
    r"write `key: value`.*|begin each entry with .*|begin it .*|indent .*|nest it .*": "layout",
    r"put `.` after its last entry|put `.` at the end of the text.*|the quote was .*": "where",
    r"put a comma before the key; .*|put a comma between .*": "which of the two it is",
    r"write it like this: .*|add `(kind|closes|drawn|until): .*": "a form, with words of nobody",
    r"write a place: .*|give it another id|leave it out: .*": "what",
    r"check that each .*|write `{% endif %}` where it ends|divide it .*": "where",
    r"write (one, such as|it as in|a number|a place|a year|year, month) .*": "a form",
    r"write (its id|its three letters|one address|the time of day|a time of day).*": "a form",
    r"use m \(minutes\).*|look at .*|from `.*|it has up to .*|name a template.*": "a form",
    r"an offset knows .*|a file says the same .*|`.*` is a (slot|post); .*": "when",
    r"answer a post .*": "which",
    r"add [`0-9].*|use `.*` in place of `.*`|move it into a part of the thread": "words",
    r"write it under `vars:`.*|a name with a hyphen .*|begin the text with it.*": "words",
    r"write it so: \{\{.*|write `\\+.*` for a backslash.*|write `.*`, or add templates.*": "words",
    r"write `text`; posts of kind .*|begin each with .*": "words",
    r"delete (it|them), and begin a new line .*|delete (it|them), or choose .*": "which",
}
"""Advice that no machine can follow, since a person has to say something: by what that is."""
MEANT: Final[Mapping[str, str]] = {
    "every-except-date": "2026-12-24",
    "duration-clock": "2h",
    "duration-fraction": "90m",
    "duration-min": "45m",
    "duration-mixed": "90m",
    "duration-words": "2d",
    "runner-partner-until": "2027-03-01",
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
KNOWN: Final = frozenset(
    key
    for name in ("campaign", "runner", "items")
    if (path := ROOT / f"schemas/{name}.schema.json").exists()
    for key in re.findall(r'"([a-z][a-z-]*)": \{', path.read_text("utf-8"))
)
QUOTED: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|#[ \n].*")
KEY: Final = re.compile(r"(?<![\w-])([a-z][a-z-]*):(?=\s|$)")


def shown_in(root: Path, files: Mapping[str, str]) -> Iterator[Shown]:
    """All problems of a project that has these files."""
    for name, text in {"runner.yaml": RUNNER, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    opened = open_project(outside)
    for problem in all_problems(opened, outside):
        source = opened.sources[problem.place.path]
        data = parse(source.path, source.text.encode()).data if source.text else None
        yield Shown(problem=problem, source=source, data=data)


def parsed_in(files: Mapping[str, str]) -> Iterator[Shown]:
    """The same of files that are only read as YAML."""
    for name, text in files.items():
        parsed = parse(name, text.encode())
        for problem in parsed.problems:
            yield Shown(problem=problem, source=parsed.source, data=parsed.data)


def is_prose(help: str) -> str | None:
    return next((each for each in PROSE if re.fullmatch(each, help)), None)


def judge(shown: Shown, text: str, before: list[Shown], later: list[Shown]) -> None:
    """What was done to a file has mended it, and nothing else has changed."""
    problem = shown.problem
    again = [each for each in later if _said(each) == _said(shown)]
    assert len(again) < len([each for each in before if _said(each) == _said(shown)]), "not mended"
    after = parse(shown.source.path, text.encode())
    if after.data is None:
        return
    own = {*problem.place.route, *re.findall(r"`([\w-]+)", problem.message)}
    written = {key for key in KEY.findall(QUOTED.sub("", shown.source.text)) if key in KNOWN}
    kept = {step for route in after.source.keys for step in route}
    assert written - own <= kept, "a key is lost"
    for _, leaf in leaves(after.data):
        swallowed = KEY.search(re.sub(r"^.*?[,}\]]", "", leaf)) if isinstance(leaf, str) else None
        assert not (swallowed and swallowed[1] in KNOWN and "," in str(leaf)), "a key became text"
    if shown.data is not None and not problem.place.span:
        untouched = [one for one in leaves(shown.data) if not _concerns(problem, one[0])]
        rest = json.dumps([*leaves(after.data)], default=str)
        for _, leaf in untouched:
            assert json.dumps(leaf, default=str) in rest, f"{leaf} is lost"


def _said(shown: Shown) -> tuple[str, str]:
    return shown.problem.rule, shown.problem.message


def _concerns(problem: Problem, route: Route) -> bool:
    """Whether a value is what the advice is about, or, where a comma cuts, a part of it."""
    place = problem.place.route[: -1 if problem.rule == "comma-cut" else None]
    return route[: len(place)] == place


def follow_each(files: dict[str, str], look) -> Iterator[tuple[Shown, str]]:
    """Each problem of some files, and the file as its help makes it."""
    problems = list(look(files))
    assert problems
    for shown in problems:
        text = followed(shown)
        if text is None:
            assert is_prose(shown.help), f"nobody knows how to follow: {shown.help}"
            continue
        assert text != shown.source.text
        judge(shown, text, problems, list(look({**files, shown.source.path: text})))
        yield shown, text


EVERY: Final = 8
"""One of so many is followed in an ordinary run; all are in a proof."""


def sampled() -> Iterator[object]:
    for at, name in enumerate(names()):
        yield name if at % EVERY == 0 else pytest.param(name, marks=pytest.mark.slow)


@pytest.mark.parametrize("name", [*sampled()])
def test_the_advice_about_a_mistake_is_safe_to_follow(name, tmp_path):
    for _, text in follow_each(files_of(MISTAKES / name), lambda f: shown_in(tmp_path, f)):
        if name in MEANT:
            assert re.search(rf": \[?{re.escape(MEANT[name])}(?=[,}}\]\n])", text), "another time"


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


def test_every_reason_why_nobody_can_follow_is_needed(tmp_path):
    told = [path.read_text("utf-8") for room in TOLD for path in (GOLDEN / room).glob("*.txt")]
    helps = [problem.help or "" for text in told for problem in diagnostics.read(text)]
    found = {is_prose(help) for help in helps}
    assert [each for each in PROSE if each not in found] == []
