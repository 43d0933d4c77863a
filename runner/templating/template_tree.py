"""A template's tree, walked once: its nodes in the order in which they are written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from jinja2 import nodes

from runner.templating.error_messages import refusal
from runner.templating.errors import TemplateMessage
from runner.templating.meter import NODES

DEPTH: Final = 50
"""How deep expressions and blocks may be nested."""
N = TypeVar("N", bound=nodes.Node)


@dataclass(frozen=True, slots=True)
class TemplateTree:
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
