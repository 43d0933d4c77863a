"""Imports below the top of a module: which modules may have them, and why."""

import ast
from collections.abc import Iterable, Mapping, Sequence

import pytest

from tests.parsed import PACKAGE, modules

OF_A_HEAVY_LIBRARY = {
    "cli/context.py",
    "github/api.py",
    "media/inspection.py",
    "templating/dates.py",
    "templating/evaluation.py",
    "templating/numbers.py",
    "views/contest_terms.py",
    "views/html/cards.py",
    "views/html/templates.py",
    "x/client.py",  # through `x/session.py`, which is tweepy's
}
"""Babel, Pillow, Jinja2, requests, tweepy and rich load long, and few commands get to them."""
OF_WHAT_ONLY_A_FORMAT_NEEDS = {
    "cli/commands/preview_formats.py",
    "cli/commands/report.py",
    "views/containment.py",
}
OF_WHAT_ONLY_AN_EXTRA_HAS = {
    "cli/commands/demo_contest.py",
    "cli/commands/demo_inbox.py",
    "cli/commands/demo_report.py",
    "cli/commands/doctor.py",
    "cli/commands/post_run.py",
    "cli/commands/sandbox.py",
    "cli/commands/validate.py",
    "local_x/routes_page.py",
    "local_x/server.py",
}
"""The extras `contest` and `sandbox`; the page of the local X, too, is for who looks at it."""
OF_WHAT_AN_ANSWER_SELDOM_NEEDS = {
    "cache/on_disk.py",
    "cli/__init__.py",  # the front, which answers a question once more before all else is loaded
    "cli/compiled_campaigns.py",  # the second core
    "cli/local_clock.py",  # over HTTP
}
MAY = (
    OF_A_HEAVY_LIBRARY
    | OF_WHAT_ONLY_A_FORMAT_NEEDS
    | OF_WHAT_ONLY_AN_EXTRA_HAS
    | OF_WHAT_AN_ANSWER_SELDOM_NEEDS
)


def importing_late(sources: Mapping[str, Iterable[ast.AST]]) -> set[str]:
    """The modules with an import within a function."""
    return {name for name, nodes in sources.items() if has_late_import(tuple(nodes))}


def has_late_import(nodes: Sequence[ast.AST]) -> bool:
    lines = [node.lineno for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return any(
        node.lineno < line <= (node.end_lineno or 0)
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line in lines
    )


def sources() -> dict[str, Iterable[ast.AST]]:
    return {path.relative_to(PACKAGE).as_posix(): nodes for path, nodes in modules().items()}


def test_only_these_modules_import_below_the_top() -> None:
    assert importing_late(sources()) == MAY


@pytest.mark.parametrize("function", ["def f():", "async def f():", "class C:\n  def f(self):"])
def test_an_import_below_the_top_is_seen(function: str) -> None:
    planted = f"{function}\n    import json\n"
    assert importing_late({"a.py": list(ast.walk(ast.parse(planted)))}) == {"a.py"}
    assert not importing_late({"a.py": list(ast.walk(ast.parse("if x:\n    import json\n")))})
