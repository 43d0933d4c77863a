"""A template's tree, walked once: its nodes in the order in which they are written, and the names
in it: what it takes in, what it sets, what it asks for."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from jinja2 import meta, nodes

from runner.templating.errors import TemplateMessage, refusal
from runner.templating.meter import NODES
from runner.value import Value

DEPTH: Final = 50
"""How deep expressions and blocks may be nested."""
N = TypeVar("N", bound=nodes.Node)
Loaded = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport
_GIVEN: Final = frozenset(("loop", "caller", "kwargs", "varargs", "self", "super"))
"""Names that Jinja itself gives a meaning in some places."""


class TemplateTree(Value):
    """A template that is neither too deep nor too large to be looked through by recursion."""

    root: nodes.Template
    nodes: Sequence[tuple[nodes.Node, int]]
    """All of them, each with the number of loops that it stands in."""

    def all(self, *kinds: type[N]) -> list[N]:
        """The nodes of some kinds, in order."""
        return [node for node, _ in self.nodes if isinstance(node, kinds)]


def tree_of(root: nodes.Template) -> TemplateTree | TemplateMessage:
    """The tree, or why it is too large; without recursion."""
    found: list[tuple[nodes.Node, int]] = []
    waiting: list[tuple[nodes.Node, int, int]] = [(root, 0, 0)]
    while waiting:
        node, depth, loops = waiting.pop()
        if depth > DEPTH:
            help = "take it apart with {% set %}"
            return refusal("this is nested too deep", help, node.lineno or 1)
        if len(found) > NODES:
            help = "split it, or write it out"
            return refusal("this template has too many pieces", help, node.lineno or 1)
        found.append((node, loops))
        within = loops + isinstance(node, nodes.For)
        inner = [(child, depth + 1, within) for child in children(node)]
        waiting += reversed(inner)
    return TemplateTree(root, found)


def children(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes directly below one."""
    for name in node.fields:
        value = getattr(node, name, None)
        if isinstance(value, nodes.Node):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, nodes.Node))


def aliases(node: nodes.FromImport) -> Iterator[str]:
    for name in node.names:
        yield name[1] if isinstance(name, tuple) else name


def loaded_by(tree: TemplateTree) -> Iterator[tuple[str, int]]:
    """The templates that a template names, with the line where it does."""
    for node in tree.all(nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        assert isinstance(node, Loaded)  # noqa: S101
        assert isinstance(node.template, nodes.Const)  # noqa: S101 — else it was refused
        yield str(node.template.value), node.lineno


def imported_by(tree: TemplateTree) -> frozenset[str]:
    """The templates that a template only imports from."""
    run = [node.template for node in tree.all(nodes.Extends)]
    run += [node.template for node in tree.all(nodes.Include)]
    names = {name.value for name in run if isinstance(name, nodes.Const)}
    return frozenset(name for name, _ in loaded_by(tree) if name not in names)


def only_defines(root: nodes.Template) -> bool:
    """Whether a template has nothing but macros and imports: it is the same for all posts."""
    return all(
        isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)
        or (
            isinstance(node, nodes.Output)
            and all(isinstance(piece, nodes.TemplateData) for piece in node.nodes)
        )
        for node in root.body
    )


def set_by(tree: TemplateTree) -> frozenset[str]:
    """The names that a template sets, which those that it includes can see."""
    names = {node.name for node in tree.all(nodes.Name) if node.ctx != "load"}
    names |= {macro.name for macro in tree.all(nodes.Macro)}
    names |= {node.target for node in tree.all(nodes.Import)}
    return frozenset(names).union(
        alias for node in tree.all(nodes.FromImport) for alias in aliases(node)
    )


def foreign_to(tree: TemplateTree, own: frozenset[str]) -> frozenset[str]:
    """The names that a template uses and does not set. Jinja doubts one that only one branch sets,
    in that branch too; where it gives one itself, it alone can tell."""
    used = {node.name for node in tree.all(nodes.Name)} - own
    given = used & _GIVEN
    undeclared = meta.find_undeclared_variables(tree.root) if given else set()
    return frozenset(used - given | given & undeclared)


def first_lines(tree: TemplateTree, names: frozenset[str]) -> dict[str, int]:
    """The line of the first use of each name; of `loop`, which there is in every loop, of the first
    outside of all."""
    uses = [(node, loops) for node, loops in tree.nodes if isinstance(node, nodes.Name)]
    found: dict[str, int] = {}
    for node, _ in sorted(uses, key=lambda use: use[0].name == "loop" and use[1] > 0):
        if node.name in names:
            found.setdefault(node.name, node.lineno)
    return found


def asked_for(tree: TemplateTree) -> frozenset[str]:
    """The names of which a template asks whether they exist: `is defined`, `| default(…)`."""
    tests = (test.node for test in tree.all(nodes.Test) if test.name in ("defined", "undefined"))
    filters = (filter.node for filter in tree.all(nodes.Filter) if filter.name in ("default", "d"))
    return frozenset(node.name for node in (*tests, *filters) if isinstance(node, nodes.Name))
