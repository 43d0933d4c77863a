"""What a rule advises to write is followed to the letter over each rule's golden: the breach is
gone, and nothing else is wrong that was not wrong before. So is what a model's help advises."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.machine import ShiftedClock
from runner.cli.opened_project import open_project
from runner.cli.planning import plan_ahead
from runner.cli.stores import ledger_of
from runner.parsing import parse, validate
from runner.problems import Severity
from runner.rules import RULES, Rule, Stage
from tests.hardening.advice import ROOT, count, ways_of
from tests.hardening.following import Data, Shown, leaves, read
from tests.hardening.following_by_people import is_prose
from tests.hardening.following_rules import Edit, edits
from tests.hardening.test_advice import EVERY, first_that_mends, helps_told
from tests.unit.parsing.test_golden_errors import CAMPAIGN
from tests.unit.rules.breaches import NOW, files_of, lay_out, remember

EVER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
OF_A_PERSON = (
    # what no machine can do: to say something, to choose, to look elsewhere, to make a file
    r"raise it, or move posts .*",
    r"move what can wait .*",
    r"plan something .*",
    r"is the year right\?",
    r"let one entry count .*",
    r"say it in other words, or .*",
    r"put other posts between .*",
    r"type it anew, .*",
    r"scale it down, .*",
    r"cut it",
    r"export it .*",
    r"save (it|a GIF) .*",
    r"write another answer",
    r"name the next person .*",
    r"name somebody else .*",
    r"fill it; .*",
    r"write the name without the `@`; .*",
    r"give it a later moment, .*",
    r"give it a new id .*",
    r"move it, or (greet|name) .*",
    r"move it before .*",
    r"write them in small letters .*",
    r"X shows plain text: .*",
    r"put the text in double quotes, .*",
    r"write the discount, .*",
    r"write `\{\{ [a-z.]+ \}\}` into its text",
    r"ask a question that .*",
    r"put back what was announced; .*",
    r".*; ask a lawyer",
)
REVEALED = {rule: {"undisclosed-partner"} for rule in ("unknown-handle", "unknown-partner")}
"""What can be seen of a golden only when its partner is known."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """All problems of a rule's golden, and when its posts are due, in order."""

    problems: list[Shown]
    due: Counter[datetime]


def shown_by(rule: Rule, root: Path, edit: Edit | None = None) -> Look:
    """What is found of a rule's golden, perhaps after an edit."""
    root.mkdir()
    files, told = files_of(rule.id)
    lay_out(files, told, root)
    for path, text in (edit.texts if edit else {}).items():
        if text is None:
            (root / path).unlink()
        else:
            (root / path).write_text(text, "utf-8")
    clock = ShiftedClock(datetime.fromisoformat(told.get("now", NOW)))
    talk = io.StringIO()
    outside = CommandContext(root=root, clock=clock, environ={}, out=talk, talk=talk)
    opened = open_project(outside, checked=True)
    problems = all_problems(opened)
    assert opened.inputs
    if rule.stage is Stage.PLAN:
        ledger = ledger_of(outside, opened.inputs.project)
        remember(told, ledger)
        problems += plan_ahead(opened.inputs, ledger, clock.now()).problems()
    found = []
    for problem in dict.fromkeys(problems):
        source = opened.sources[problem.place.path]
        data = read(source.path, source.text).data if source.text else None
        found.append(Shown(problem=problem, source=source, data=data))
    occurrences = (one for table in opened.inputs.timetables for one in table.occurrences(*EVER))
    return Look(problems=found, due=Counter(one.due for one in occurrences))


def unharmed(root: Path, edit: Edit) -> None:
    """Nothing is lost, and nothing is another one, but for what the advice is about."""
    for path, text in edit.texts.items():
        before = (root / path).read_text("utf-8") if (root / path).exists() else None
        if text is None or before is None or not path.endswith(".yaml"):
            continue
        after = dict(leaves(read(path, text).data))
        for route, leaf in leaves(read(path, before).data):
            about = any(route[: len(at)] == at for at in edit.at)
            assert about or _alike(after.get(route, "lost"), leaf), f"{route} is {after.get(route)}"


def _alike(after: Data, before: Data) -> bool:
    """Whether two leaves are the same; what was written as JSON has lost the zeros of a price."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return after == before
    return type(after) is type(before) and after == before


def _errors(look: Look) -> set[str]:
    problems = (each.problem for each in look.problems)
    return {each.rule for each in problems if each.severity is Severity.ERROR}


def sampled() -> Iterator[object]:
    for at, rule in enumerate(RULES):
        slow = () if at % EVERY == 0 else pytest.mark.slow
        yield pytest.param(rule, marks=slow, id=rule.id)


@pytest.mark.parametrize("rule", [*sampled()])
def test_the_advice_of_a_rule_is_safe_to_follow(rule: Rule, tmp_path: Path) -> None:
    root = tmp_path / "before"
    before = shown_by(rule, root)
    assert before.problems
    for at, shown in enumerate(before.problems):
        ways = [*edits(shown, root)]
        person = is_prose(shown.help) or any(re.fullmatch(each, shown.help) for each in OF_A_PERSON)
        assert bool(ways) != bool(person), f"followed by a machine and a person: {shown.help}"
        for way, edit in enumerate(ways):
            later = shown_by(rule, tmp_path / f"after{at}-{way}", edit)
            assert count(later.problems, shown) < count(before.problems, shown), shown.help
            revealed = REVEALED.get(rule.id, set())
            assert _errors(later) <= _errors(before) | revealed, f"broken by: {shown.help}"
            unharmed(root, edit)
            assert edit.moved or later.due == before.due, f"another time by: {shown.help}"


POST = "posts:\n  a: {at: 2026-12-01 10:00, text: Hello, grace: 2h}\n"
HARMS = {
    "a-key-is-lost": POST.replace(", grace: 2h", ""),
    "a-key-became-text": POST.replace("Hello, grace: 2h", "'Hello, grace: 2h'"),
    "another-leaf-changed": POST.replace("2h", "3h"),
    "another-kind-of-value": POST.replace("2h", "[2h]"),
    "a-time-shifted": POST.replace("10:00", "11:00"),
}
"""A file that says more, or less, than its advice was about, which was the text of a post."""


@pytest.mark.parametrize("name", HARMS)
def test_harm_is_seen(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(POST, "utf-8")
    text = ("posts", "a", "text")
    unharmed(tmp_path, Edit(texts={"a.yaml": POST.replace("Hello", "Hi")}, at=(text,)))
    with pytest.raises(AssertionError, match="posts"):
        unharmed(tmp_path, Edit(texts={"a.yaml": HARMS[name]}, at=(text,)))


def test_every_reason_why_a_person_has_to_is_needed() -> None:
    helps = helps_told()
    unused = [each for each in OF_A_PERSON if not any(re.fullmatch(each, one) for one in helps)]
    assert unused == []


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
        ways = ways_of(shown)
        if not ways:
            assert is_prose(shown.help) or re.fullmatch(HINT, shown.help), shown.help
            continue
        files = {file.name: file.read_text("utf-8")}
        first_that_mends(shown, ways, files, _models_of)


def _models_of(files: Mapping[str, str]) -> list[Shown]:
    return [shown for name, text in files.items() for shown in read_as_a_model(name, text)]


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
