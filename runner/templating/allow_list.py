"""Which syntax templates may use. All other syntax is refused by name before a template runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from jinja2 import nodes
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.tests import TESTS as DEFAULT_TESTS

from runner.problems import Message, Suggestion, suggest
from runner.templating.errors import TemplateMessage
from runner.templating.meter import LARGEST
from runner.templating.sandbox import FILTERS, TESTS
from runner.templating.template_tree import DEPTH, Loaded, TemplateTree, aliases
from runner.text import HIDDEN_CHARACTER, hidden_characters_message, invisible_characters

LOOPS: Final = 2
"""How many loops may be nested."""

_ALLOWED: Final[frozenset[type[nodes.Node]]] = frozenset(
    (
        nodes.Template,
        *(nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.With, nodes.Macro),
        *(nodes.Assign, nodes.AssignBlock, nodes.FilterBlock, nodes.Block, nodes.Extends),
        *(nodes.Include, nodes.Import, nodes.FromImport),
        *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword),
        *(nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getattr, nodes.Getitem),
        *(nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand),
        *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
        *(nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos),
        nodes.Scope,  # has no line, and stands around an `autoescape` only, which has
    )
)
_WRITTEN: Final[Mapping[type[nodes.Node], tuple[str, str]]] = {
    nodes.Pow: ("**", "multiply, or write the number"),
    nodes.CallBlock: ("{% call %}", "call the macro with `{{ name(…) }}`"),
    nodes.NSRef: ("{% set a.b = … %}", "set a plain name"),
    nodes.ScopedEvalContextModifier: ("{% autoescape %}", "nothing needs escaping on X"),
}
_INSTEAD: Final[Mapping[str, str]] = {
    "center": "X does not align texts",
    "escape": "X takes plain text, nothing needs escaping",
    "e": "X takes plain text, nothing needs escaping",
    "format": "join texts with `~`, and write numbers with `number`",
    "indent": "X does not align texts",
    "map": "repeat over the list: {% for … %}",
    "safe": "X takes plain text, nothing needs escaping",
    "truncate": "write a text that fits",
    "wordwrap": "X breaks lines itself",
}


@dataclass(slots=True)
class _Survey:
    """What a look at a whole template has found."""

    callable: set[str]
    modules: set[str]
    refused: list[TemplateMessage] = field(default_factory=list)

    def refuse(
        self,
        node: nodes.Node,
        text: str,
        help: str | Suggestion,
        rule: str = "unsafe-template",
    ) -> None:
        message = Message(rule, text, help)
        self.refused.append(TemplateMessage(message=message, line=node.lineno or 1))


def refusals_of(tree: TemplateTree) -> tuple[TemplateMessage, ...]:
    """Everything in a template that is refused, in the order of its lines."""
    macros = tree.all(nodes.Macro)
    survey = _Survey(
        callable={macro.name for macro in macros}
        | {alias for node in tree.all(nodes.FromImport) for alias in aliases(node)}
        | {"super"},
        modules={node.target for node in tree.all(nodes.Import)},
    )
    for node, loops in tree.nodes:
        _check(node, loops, survey)
    _check_recursion(macros, survey)
    return tuple(sorted(survey.refused, key=lambda each: each.line))


def _check(node: nodes.Node, loops: int, survey: _Survey) -> None:
    kind = type(node)
    if kind not in _ALLOWED:
        name, help = _WRITTEN.get(kind, (kind.__name__, "write it plainly"))
        survey.refuse(node, f"`{name}` is not allowed in templates", help)
        return
    match node:
        case nodes.For():
            _check_loop(node, loops, survey)
        case nodes.Filter() | nodes.Test():
            _check_name(node, survey)
        case nodes.Call():
            _check_call(node, survey)
        case nodes.Extends() | nodes.Include() | nodes.Import() | nodes.FromImport():
            _check_loaded(node, survey)
        case nodes.Compare() if len(node.ops) > DEPTH:
            survey.refuse(node, "this compares too many things in a row", "take it apart")
        case nodes.Const(value=str(said)) if found := invisible_characters(said):
            _refuse_unseen(node, said[found[0]], survey)
        case _:
            if refused := _refusal_of(node):
                survey.refuse(node, *refused)


def _refuse_unseen(node: nodes.Node, character: str, survey: _Survey) -> None:
    """A text within a tag that has a character which nobody sees."""
    message, help = hidden_characters_message(character)
    code = ord(character)
    escape = f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    survey.refuse(node, f"`{escape}` makes {message}", help, HIDDEN_CHARACTER)


def _refusal_of(node: nodes.Node) -> tuple[str, str] | None:
    """What is wrong with a small node, and the thing to do."""
    match node:
        case nodes.Name(name=name) if name.startswith("_") or name == "self":
            return f"the name `{name}` is not allowed in templates", "choose another"
        case nodes.Getattr(attr=attr) if attr.startswith("_"):
            return f"`.{attr}` is not allowed in templates", "there is nothing to see"
        case nodes.Const(value=int() | float() as number) if not abs(number) <= LARGEST:
            return "this number is too large for a post", "write a smaller one"
        case nodes.Slice(step=nodes.Node()):
            return "steps in `[a:b:c]` are not allowed", "write `[a:b]`"
        case nodes.Pair(key=key) if not isinstance(key, nodes.Const):
            return "a key of `{…}` has to be a text", 'put it in quotes: {"lv": "…"}'
        case _:
            return None


def _check_loop(node: nodes.For, loops: int, survey: _Survey) -> None:
    if loops >= LOOPS:
        survey.refuse(
            node, "a loop in a loop in a loop is not allowed in templates", "repeat over less"
        )
    if node.recursive:
        survey.refuse(node, "`recursive` is not allowed in templates", "repeat over a plain list")


def _check_name(node: nodes.Filter | nodes.Test, survey: _Survey) -> None:
    if isinstance(node, nodes.Filter):
        noun, known, builtin = "filter", set(FILTERS), DEFAULT_FILTERS.keys()
    else:
        noun, known, builtin = "test", set(TESTS), DEFAULT_TESTS.keys()
    if node.dyn_args or node.dyn_kwargs:
        survey.refuse(node, "`*` and `**` before arguments are not allowed", "write them out")
    if node.name in known:
        return
    if node.name in builtin:
        help = _INSTEAD.get(node.name, f"there are {', '.join(sorted(known))}")
        survey.refuse(node, f"the {noun} `{node.name}` is not allowed in templates", help)
        return
    near = suggest(node.name, known) or f"there are {', '.join(sorted(known))}"
    survey.refuse(node, f"there is no {noun} `{node.name}`", near, f"unknown-{noun}")


def _check_call(node: nodes.Call, survey: _Survey) -> None:
    if node.dyn_args or node.dyn_kwargs:
        survey.refuse(node, "`*` and `**` before arguments are not allowed", "write them out")
    match node.node:
        case nodes.Name(name=name) if name in survey.callable:
            pass
        case nodes.Getattr(node=nodes.Name(name=name)) if name in survey.modules:
            pass
        case nodes.Name(name=name):
            survey.refuse(
                node, f"`{name}()` is not allowed in templates", "only macros can be called"
            )
        case nodes.Getattr(attr=attr):
            help = f"use the filter: {{{{ … | {attr} }}}}" if attr in FILTERS else "use a filter"
            survey.refuse(node, f"`.{attr}()` is not allowed in templates", help)
        case _:
            survey.refuse(node, "this can't be called", "only macros can be called")


def _check_loaded(node: Loaded, survey: _Survey) -> None:
    name = node.template
    if not (isinstance(name, nodes.Const) and isinstance(name.value, str)):
        survey.refuse(
            node, "the name of a template has to be written out", 'write it in quotes: "macros.j2"'
        )
    if isinstance(node, nodes.Include) and node.ignore_missing:
        survey.refuse(node, "`ignore missing` is not allowed in templates", "include what exists")


def _check_recursion(macros: Sequence[nodes.Macro], survey: _Survey) -> None:
    """Refuses macros that call themselves, also through others."""
    calls = {
        macro.name: {
            call.node.name
            for call in macro.find_all(nodes.Call)
            if isinstance(call.node, nodes.Name)
        }
        for macro in macros
    }
    for macro in macros:
        reached: set[str] = set()
        waiting = set(calls[macro.name])
        while waiting:
            reached |= waiting
            waiting = {far for near in waiting for far in calls.get(near, ())} - reached
        if macro.name in reached:
            survey.refuse(macro, f"the macro `{macro.name}` calls itself", "repeat with {% for %}")
