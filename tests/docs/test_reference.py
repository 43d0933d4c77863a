"""The reference is that of the code: no piece is stale, and nothing is left out."""

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from pydantic import TypeAdapter, create_model

from runner.cli.app import COMMANDS, UNLISTED
from runner.models import KINDS, BaseCampaign
from runner.models.fields import Model
from runner.models.rule_settings import Rules
from runner.parsing import parse, validate
from runner.problems import Stop
from runner.rules import RULES
from runner.templating.sandbox import FILTERS
from tests import diagnostics
from tests.docs.goldens import goldens
from tests.docs.made import PIECE, made
from tests.docs.pages import PAGES, ROOT
from tests.docs.reference.keys import PAGES as MODELS
from tests.docs.reference.keys import settings
from tests.docs.reference.mistakes import MEANT
from tests.docs.reference.moments import ANCHORS
from tests.docs.reference.templates import LANGUAGE, REFUSED, TEXT
from tests.docs.reference.writing import example, key_of
from tests.parsed import PACKAGE, nodes

FOLDER = ROOT / "docs/reference"
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
READING = (
    *("models/", "parsing/", "render/", "rules/", "schedule/", "templating/", "workspace/"),
    "cli/contest_results.py",
    "compile/rehearsal.py",
    *("measure/csv_records.py", "measure/days.py", "measure/export_text.py", "measure/exports.py"),
    *("measure/numbers.py", "measure/order_exports.py", "measure/tables.py"),
    "measure/x_exports.py",
)
NAMED_PIECEWISE = {"endless", "not-a-list", "not-a-mapping", "unknown-filter", "unknown-test"}
"""Without a hyphen, or put together where they are used."""
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def test_every_piece_that_is_made_is_on_one_page() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PAGES]
    shown = [name for text in texts for name, _ in PIECE.findall(text)]
    assert sorted(shown) == sorted(made())


def all_models() -> list[type[Model]]:
    models = [model for each in MODELS.values() for model in each]
    return [BaseCampaign, *KINDS.values(), *models, *dict.fromkeys(settings().values())]


def all_keys() -> list[tuple[type[Model], str]]:
    return [(model, name) for model in all_models() for name in model.model_fields]


def test_every_key_has_a_row() -> None:
    anchors = set(ANCHOR.findall("".join(made().values())))
    prefixes = {model: kind for kind, model in KINDS.items()} | {BaseCampaign: "campaign"}
    lacking = [
        (prefix, key)
        for model, name in all_keys()
        if model not in set(settings().values())
        for prefix, key in [(prefixes.get(model, model.__name__.lower()), key_of(model, name))]
        if not {f"{prefix}-{key}", f"campaign-{key}"} & anchors
        and not (model is Rules and name in settings())
    ]
    lacking += [
        (rule, key)
        for name, model in settings().items()
        for rule, key in product(
            [key_of(Rules, name)], [key_of(model, n) for n in model.model_fields]
        )
        if f"rules-{rule}-{key}" not in anchors
    ]
    assert lacking == [("campaign", "kind")]  # each kind has its own
    assert len(all_keys()) >= 150


def test_every_model_that_a_key_holds_has_a_section() -> None:
    shown = {model for each in MODELS.values() for model in each} | set(settings().values())
    text = "".join(made().values())
    assert "| a mapping |" not in text, "add the model to PAGES in tests/docs/reference/keys.py"
    assert len(shown) >= 18


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
def test_the_example_of_each_key_is_valid(model: type[Model]) -> None:
    for name, field in model.model_fields.items():
        alone = create_model("Alone", __base__=Model, **{name: (field.annotation, field)})
        written = f"{key_of(model, name)}: {example(model, name)}\n"
        parsed = parse("example.yaml", written.encode(), top="mapping")
        value, problems = validate(parsed, TypeAdapter(alone))
        assert value is not None, (written, parsed.problems, problems)


def test_every_filter_is_explained() -> None:
    assert FILTERS.keys() == TEXT.keys() | LANGUAGE.keys()


def test_every_rule_and_every_other_problem_has_an_anchor() -> None:
    rules = {rule.id for rule in RULES}
    problems = ANCHOR.findall((FOLDER / "problems.md").read_text(encoding="utf-8"))
    assert len(problems) == len(set(problems))
    keys = {key_of(model, name) for model, name in all_keys()} | ANCHORS.keys()
    read = list(nodes_of_reading_rooms())
    named = in_kebab_case(rules_of_calls(read))
    named |= seen_in_golden_files() - {"one-text"}  # of a model that only a test has
    assert named - keys - rules - set(problems) == set(), "add them to docs/reference/problems.md"
    known = in_kebab_case(read) | NAMED_PIECEWISE
    assert set(problems) - known == set(), "these are gone: remove them from problems.md"
    assert {id for id in rules if "-" in id} <= named
    assert len(problems) >= 80


def rules_of_calls(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """What a call gets as its rule: by that name, or first. A command of git is none."""
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in {"git", "git.answer"}:
            yield from node.args[:1]
            yield from (word.value for word in node.keywords if word.arg == "rule")


def in_kebab_case(nodes: Iterable[ast.AST]) -> set[str]:
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and KEBAB.fullmatch(text)}


def nodes_of_reading_rooms() -> Iterator[ast.AST]:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).as_posix().startswith(READING):
            yield from nodes(path)


def seen_in_golden_files() -> set[str]:
    files = sorted((ROOT / "tests/golden/errors").rglob("*.txt"))
    return {found.rule for file in files for found in diagnostics.read(file.read_text("utf-8"))}


def test_what_the_pages_show_of_the_golden_files_is_there() -> None:
    found = goldens()
    shown = {name for group in MEANT.values() for name in group}
    gone = [*(shown - found.mistakes.keys()), *(REFUSED.keys() - found.hostile.keys())]
    assert not gone, "choose others in tests/docs/reference/mistakes.py or templates.py"
    assert {rule.id for rule in RULES} <= found.rules.keys()
    assert len(shown) >= 40


def test_every_mistake_that_is_shown_has_a_title_of_its_own() -> None:
    titles = [title for group in MEANT.values() for title in group.values()]
    assert len(titles) == len(set(titles))
    made_page = made()["mistakes"]
    assert made_page.count("```yaml") == made_page.count("```text") == len(titles)


def test_every_command_has_a_section() -> None:
    text = (FOLDER / "commands.md").read_text(encoding="utf-8")
    public = [name for name in COMMANDS if name not in UNLISTED]
    assert re.findall(r"^## runner (.+)$", text, re.MULTILINE) == public
    assert re.findall(r"^\$ runner (.+) --help$", text, re.MULTILINE) == public
    assert len(public) >= 8


def test_every_exit_code_has_a_row() -> None:
    text = (FOLDER / "exit-codes.md").read_text(encoding="utf-8")
    codes = {0, 3, 70, *(stop.exit_code for stop in Stop.__subclasses__())}
    assert set(ANCHOR.findall(text)) == {f"exit-{code}" for code in codes}


def test_nothing_but_pages_is_in_the_reference() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".md"}
