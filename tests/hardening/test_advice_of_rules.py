"""What a rule advises to write is followed to the letter over each rule's golden: the breach is
gone, and nothing else is wrong that was not wrong before. So is what a model's help advises."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from runner.cli.context import CommandContext, ShiftedClock
from runner.cli.file_problems import all_problems
from runner.cli.ledger_store import ledger_of
from runner.cli.opened_project import open_project
from runner.cli.planning import plan_ahead
from runner.parsing import parse, validate
from runner.problems import Severity
from runner.rules import RULES, Rule, Stage
from tests.hardening.following import (
    SUGGESTED,
    Data,
    Shown,
    changed,
    followed,
    put,
    spot_of,
    written,
)
from tests.hardening.test_advice import EVERY, ROOT, is_prose, judge
from tests.unit.parsing.test_golden_errors import CAMPAIGN
from tests.unit.rules.test_golden_rules import NOW, files_of, lay_out, remember

Edit = tuple[str, str]
"""The path of a file, and what it says after the advice was followed."""
SPOT = tuple(
    re.compile(pattern)
    for pattern in (
        r"^a space is missing: write `(?P<new>[^`]+)`$",
        r"^write it so that it is no link, or whole: `(?P<new>[^`]+)`$",
        r"^if it is the name of a file, write `(?P<new>[^`]+)`; else whole: `[^`]+`$",
        r"^write (?P<new>\w+) without the `\$`$",
        rf"^{SUGGESTED}(?P<new>@\w+)\?$",
        r"^write it in one: `(?P<new>[^`]+)`$",
        r"^write as many as it has: (?P<new>[\d.]+)$",
        r"^raise it to (?P<new>[\d.]+), or post less often$",
    )
)
"""New words in the place of those that are marked."""
INSTEAD = re.compile(r"^write `(?P<new>[^`]+)` in its place$")
QUOTE = re.compile("`([^`]+)`$")
"""What a message quotes at its end."""
IN_THE_POST = re.compile(
    r"^(?:let its grace end sooner: `|write the date, or let its grace end sooner: `|"
    r".*, or say why(?: it may be)?: `)(?P<line>(?:grace|ignore): [^`]+)`$"
)
IN_A_FILE = re.compile(r".*\bwrite `(?P<line>[a-z]+: [^`]+)` in (?P<path>campaigns/\S+\.yaml)\b")
IN_THE_TEXT = re.compile(
    r"^(?=add: |.*, or remove (?:it|the key)$)(?:add: |write |use it in a text, )`(?P<new>[^`]+)`"
)
REMOVE = re.compile(r"^remove `(?P<key>[\w-]+): \w+`$")
BEGIN = re.compile(r"^begin the text with it, in quotes: `text: \"(?P<new>[^\"]+) …\"`$")
OF_A_PERSON = {
    # what no machine can do: to say something, to choose, to look elsewhere, to make a file
    r"raise it, or move posts .*|move what can wait .*|plan something .*|move it[ ,:].*": "",
    r"let one entry count .*|is the year right\?|say it in other words, or .*": "",
    r"remove \d+(, or replace .*)?|leave one of them out|type it anew, .*|mend the date, .*": "",
    r"scale it down, .*|cut it|export it .*|save .*": "",
    r"add it in `\w+`: `alt: what there is to see`|write it in each: `\{en: …, es: …\}`": "",
    r"write it in one word, .*|write the handle as its profile .*|give it a later moment, .*": "",
    r"write another answer|put other posts between .*|write them in small letters .*": "",
    r"X shows plain text: .*|put the text in double quotes, .*|write the discount, .*": "",
    r"make it a draft, too, or publish `story`|give it a new id if it is to go out then; .*": "",
    # what is told of another file, by what to rename
    rf"give the account its id `store` back in runner.yaml|{SUGGESTED}`[^`]+\.j2`\?": "",
    r"write `link: \S+` in the campaign, and `\{\{ link \}\}` in the text": "",
}


REVEALED = {"undisclosed-partner"}
"""What can be seen only when a partner is known."""


def shown_by(rule: Rule, root: Path, edit: Edit | None = None) -> list[Shown]:
    """All problems of a rule's golden, perhaps after an edit."""
    root.mkdir()
    files, told = files_of(rule.id)
    lay_out(files, told, root)
    if edit:
        (root / edit[0]).write_text(edit[1], "utf-8")
    clock = ShiftedClock(datetime.fromisoformat(told.get("now", NOW)))
    talk = io.StringIO()
    outside = CommandContext(root=root, clock=clock, environ={}, out=talk, talk=talk)
    opened = open_project(outside)
    problems = all_problems(opened, outside)
    if rule.stage is Stage.PLAN and opened.inputs:
        ledger = ledger_of(outside, opened.inputs.project)
        remember(told, ledger)
        problems += plan_ahead(opened.inputs, ledger, clock.now())[1]
    found = []
    for problem in dict.fromkeys(problems):
        source = opened.sources[problem.place.path]
        data = parse(source.path, source.text.encode()).data if source.text else None
        found.append(Shown(problem=problem, source=source, data=data))
    return found


def edited(shown: Shown, root: Path) -> Edit | None:
    """The file that the advice is about, as it is after it was followed; None where it can't be."""
    path, route = shown.source.path, shown.problem.place.route
    if any((found := each.search(shown.help)) for each in SPOT):
        assert found
        return path, put(shown.source.text, *spot_of(shown), found["new"])
    if (found := INSTEAD.search(shown.help)) and (slip := QUOTE.search(shown.problem.message)):
        at = shown.source.text.index(slip[1], spot_of(shown)[0])
        return path, put(shown.source.text, at, at + len(slip[1]), found["new"])
    if found := IN_THE_POST.search(shown.help):
        return path, written(changed(shown.data, route[:2], _adding(found["line"])))
    if found := IN_A_FILE.match(shown.help):
        text = (root / found["path"]).read_text("utf-8")
        data = parse(found["path"], text.encode()).data
        return found["path"], written(changed(data, (), _adding(found["line"])))
    if found := REMOVE.search(shown.help):
        return path, written(changed(shown.data, route[:-1], _without(found["key"])))
    if found := BEGIN.search(shown.help):
        return path, written(changed(shown.data, route[:3], _joining(found["new"], "{} {}")))
    if found := IN_THE_TEXT.search(shown.help):
        return path, _in_a_text(shown, found["new"])
    text = followed(shown)
    return (path, text) if text is not None else None


def _in_a_text(shown: Shown, new: str) -> str:
    route = shown.problem.place.route
    if route[-1] == "text":
        target = route
    elif "items" in route:
        target = (*route[:-1], "text")
    else:
        target = ("posts", next(iter(shown.data["posts"])), "text")
    return written(changed(shown.data, target, _joining(new, "{1} {0}")))


def _adding(line: str) -> Callable[[Data], Data]:
    value = parse("x.yaml", f"{line}\n".encode()).data
    return lambda mapping: {**mapping, **value}


def _without(key: str) -> Callable[[Data], Data]:
    return lambda mapping: {name: value for name, value in mapping.items() if name != key}


def _joining(new: str, how: str) -> Callable[[Data], Data]:
    return lambda text: how.format(new, text)


def _count(problems: list[Shown], like: Shown) -> int:
    wanted = like.problem.rule, like.problem.message
    return sum((each.problem.rule, each.problem.message) == wanted for each in problems)


def _errors(problems: list[Shown]) -> set[str]:
    return {each.problem.rule for each in problems if each.problem.severity is Severity.ERROR}


def sampled() -> Iterator[object]:
    for at, rule in enumerate(RULES):
        slow = () if at % EVERY == 0 else pytest.mark.slow
        yield pytest.param(rule, marks=slow, id=rule.id)


@pytest.mark.parametrize("rule", [*sampled()])
def test_the_advice_of_a_rule_is_safe_to_follow(rule: Rule, tmp_path: Path) -> None:
    before = shown_by(rule, tmp_path / "before")
    assert before
    for at, shown in enumerate(before):
        if any(re.fullmatch(each, shown.help) for each in OF_A_PERSON):
            continue
        edit = edited(shown, tmp_path / "before")
        if edit is None:
            assert is_prose(shown.help), f"nobody knows how to follow: {shown.help}"
            continue
        later = shown_by(rule, tmp_path / f"after{at}", edit)
        assert _count(later, shown) < _count(before, shown), f"not mended: {shown.help}"
        assert _errors(later) <= _errors(before) | REVEALED, f"broken by: {shown.help}"


MODELS = sorted((ROOT / "tests/golden/errors/model").glob("*.yaml"))
HINT = r"|hours go from 00 to 23|such as `opens`"
"""What the models of these goldens say themselves, which are none of ours; or nothing at all."""


def read_as_a_model(name: str, text: str) -> list[Shown]:
    parsed = parse(name, text.encode())
    _, problems = validate(parsed, CAMPAIGN)
    return [
        Shown(problem=problem, source=parsed.source, data=parsed.data)
        for problem in (*parsed.problems, *problems)
    ]


@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.stem)
def test_the_advice_about_a_model_is_safe_to_follow(file: Path) -> None:
    before = read_as_a_model(file.name, file.read_text("utf-8"))
    assert before
    for shown in before:
        text = followed(shown)
        if text is None:
            assert is_prose(shown.help) or re.fullmatch(HINT, shown.help), shown.help
            continue
        judge(shown, text, before, read_as_a_model(file.name, text))


HELP = re.compile(r"^(?: += help: |  help: |  suggestion: )", re.MULTILINE)
OTHERS = {"change", "layout"}
"""Goldens of pull requests, and of how problems look: these are those of the rules above."""


def test_no_golden_is_left_out() -> None:
    folders = {path.parent for path in (ROOT / "tests/golden").rglob("*.txt")}
    helping = {
        folder.relative_to(ROOT / "tests/golden").as_posix()
        for folder in folders
        if any(HELP.search(path.read_text("utf-8")) for path in folder.glob("*.txt"))
    }
    assert helping <= {"mistakes", "rules", "errors/yaml", "errors/model"} | OTHERS
