"""What can be said of a template by its text alone: what it names and takes in, and its code.

A process reads the files of a project many times, and a template by the same text once.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice
from types import CodeType
from typing import Final, NoReturn

from jinja2 import BaseLoader, TemplateSyntaxError

from runner.templating.allow_list import refusals_of
from runner.templating.errors import TemplateMessage, refusal, syntax_message
from runner.templating.instrumentation import meter
from runner.templating.meter import TOKENS
from runner.templating.sandbox import TemplateSandbox
from runner.templating.template_tree import (
    TemplateTree,
    asked_for,
    first_lines,
    foreign_to,
    imported_by,
    loaded_by,
    only_defines,
    set_by,
    tree_of,
)
from runner.value import Value

KEPT: Final = 500
"""Templates of files, and skeletons of texts, that a process remembers; the package has a hundred
templates."""


class Blueprint(Value, kw_only=True):
    """A template by itself, whatever those that it takes in are like."""

    code: CodeType
    loads: tuple[tuple[str, int], ...]
    """The templates that it takes in, each with the line that says so."""
    names: Mapping[str, int]
    """What it uses and does not set, with the line of its first use."""
    own: frozenset[str]
    """What it sets."""
    imported: frozenset[str]
    """The templates of which it takes macros only."""
    asks: frozenset[str]
    """The names of which it asks whether they exist."""
    only_defines: bool


def blueprint(
    source: str, name: str | None, environment: TemplateSandbox, *, marked: bool = False
) -> Blueprint | tuple[TemplateMessage, ...]:
    """A template by its text, or what is wrong with it; `name` is its own under `templates/`,
    `marked` one that is the skeleton of a text."""
    if environment.is_standard and (name is not None or marked):
        return _cached_blueprint(source, name, marked)
    return _new_blueprint(source, name, environment, marked=marked)


@lru_cache(maxsize=KEPT)
def _cached_blueprint(
    source: str,
    name: str | None,
    marked: bool,
) -> Blueprint | tuple[TemplateMessage, ...]:
    return _new_blueprint(source, name, _standard(), marked=marked)


@cache
def _standard() -> TemplateSandbox:
    environment = TemplateSandbox(BaseLoader())
    environment.filters["import"] = _not_yet
    return environment


def _new_blueprint(
    source: str, name: str | None, environment: TemplateSandbox, *, marked: bool
) -> Blueprint | tuple[TemplateMessage, ...]:
    try:
        if sum(1 for _ in islice(environment.lex(source, name), TOKENS)) == TOKENS:
            return (refusal("this template has too many pieces", "split it, or write it out"),)
        tree = tree_of(environment.parse(source, name))
        if isinstance(tree, TemplateMessage):
            return (tree,)
        return refusals_of(tree) or _of(tree, name, environment, marked=marked)
    except TemplateSyntaxError as error:
        return (syntax_message(error),)
    except (ValueError, OverflowError):
        return (refusal("a number here is too large"),)
    except Exception:  # RecursionError and what a compiler fails with besides
        return (refusal("this is nested too deep"),)


def _of(
    tree: TemplateTree, name: str | None, environment: TemplateSandbox, *, marked: bool
) -> Blueprint:
    own = set_by(tree)
    foreign = foreign_to(tree, own)
    return Blueprint(
        loads=tuple(loaded_by(tree)),
        names=first_lines(tree, foreign),
        own=own,
        imported=imported_by(tree),
        asks=asked_for(tree),
        only_defines=only_defines(tree.root),
        # at last, since it changes the tree
        code=environment.compile(
            meter(tree.root, environment, looked_up=foreign, marked=marked), name
        ),
    )


def _not_yet(template: str) -> NoReturn:
    """What stands for an import while code is made: it is done when the code runs."""
    raise LookupError(template)
