"""The names in a template: what it takes in, what it sets, what it asks for."""

from collections.abc import Iterator

from jinja2 import nodes

Loaded = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


def aliases(node: nodes.FromImport) -> Iterator[str]:
    for name in node.names:
        yield name[1] if isinstance(name, tuple) else name


def loaded_by(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The templates that a template names, with the line where it does."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node, Loaded) and isinstance(node.template, nodes.Const)  # noqa: S101, PT018
        yield str(node.template.value), node.lineno


def imported_by(tree: nodes.Template) -> frozenset[str]:
    """The templates that a template only imports from."""
    run = [node.template for node in tree.find_all(nodes.Extends)]
    run += [node.template for node in tree.find_all(nodes.Include)]
    names = {name.value for name in run if isinstance(name, nodes.Const)}
    return frozenset(name for name, _ in loaded_by(tree) if name not in names)


def only_defines(tree: nodes.Template) -> bool:
    """Whether a template has nothing but macros and imports: it is the same for all posts."""
    return all(
        isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)
        or (
            isinstance(node, nodes.Output)
            and all(isinstance(piece, nodes.TemplateData) for piece in node.nodes)
        )
        for node in tree.body
    )


def set_by(tree: nodes.Template) -> frozenset[str]:
    """The names that a template sets, which those that it includes can see."""
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    names |= {node.target for node in tree.find_all(nodes.Import)}
    return frozenset(names).union(
        alias for node in tree.find_all(nodes.FromImport) for alias in aliases(node)
    )


def asked_for(tree: nodes.Template) -> frozenset[str]:
    """The names of which a template asks whether they exist: `is defined`, `| default(…)`."""
    tests = (
        test.node for test in tree.find_all(nodes.Test) if test.name in ("defined", "undefined")
    )
    filters = (
        filter.node for filter in tree.find_all(nodes.Filter) if filter.name in ("default", "d")
    )
    return frozenset(node.name for node in (*tests, *filters) if isinstance(node, nodes.Name))
