"""Puts the meter into a template: each of its operators becomes a filter of ours, each loop, macro
and block begins by charging for itself."""

import re
from collections.abc import Sequence, Set

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

from runner.templating.meter import steps_of_words
from runner.templating.skeleton import MARK
from runner.templating.template_tree import children

_OWN_CHARGE = (nodes.For, nodes.Macro, nodes.Block)


def meter(
    tree: nodes.Template, environment: Environment, *, looked_up: Set[str], marked: bool = False
) -> nodes.Template:
    """The template, changed in place. The names that are `looked_up` are so when they are used, and
    not, as Jinja does, when the template begins. In a `marked` one, marks stand for plain words."""
    metered = _Metering(looked_up, marked=marked).visit(tree)
    metered.set_environment(environment)
    assert isinstance(metered, nodes.Template)  # noqa: S101
    return metered


def _filter(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _charge(steps: int, line: int, marks: Sequence[tuple[int, int]] = ()) -> nodes.Filter:
    beside = (nodes.Const(tuple(marks), lineno=line),) if marks else ()
    return _filter(nodes.Const(steps, lineno=line), "$", *beside)


def _assign(name: str, value: nodes.Expr) -> nodes.Assign:
    return nodes.Assign(nodes.Name(name, "store", lineno=value.lineno), value, lineno=value.lineno)


def dotted_name(node: nodes.Node) -> str:
    """`product.name`, where an expression is as simple as that; else nothing."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=inner, attr=attr) if whole := dotted_name(inner):
            return f"{whole}.{attr}"
        case _:
            return ""


class _Metering(NodeTransformer):
    def __init__(self, looked_up: Set[str], *, marked: bool) -> None:
        self._looked_up = looked_up
        self._marked = marked

    def _mark_in(self, data: nodes.TemplateData) -> re.Match[str] | None:
        return MARK.search(data.data) if self._marked else None

    def _weight(self, node: nodes.Node) -> tuple[int, list[tuple[int, int]]]:
        """The steps of evaluating a node once, without the loops and macros in it; and the marks
        in it, whose words add to them, each with the number of characters beside it."""
        steps = 0
        marks = []
        waiting = list(children(node))
        while waiting:
            child = waiting.pop()
            steps += 1
            if isinstance(child, nodes.TemplateData):
                if mark := self._mark_in(child):
                    marks.append((int(mark[1]), len(child.data) - len(mark[0])))
                else:
                    steps += steps_of_words(len(child.data))
            if not isinstance(child, _OWN_CHARGE):
                waiting.extend(children(child))
        return steps, marks

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        if node.ctx != "load" or node.name not in self._looked_up:
            return node
        return _filter(nodes.Const(node.name, lineno=node.lineno), ".")

    def visit_Const(self, node: nodes.Const) -> nodes.Node:  # noqa: N802
        """A fraction as a decimal, within a list too."""
        line = node.lineno
        match node.value:
            case float() as number:
                return _filter(nodes.Const(str(number), lineno=line), "0.1")
            case list() | tuple() as values:  # Jinja has made one of what is written out
                items: list[nodes.Expr] = [nodes.Const(value, lineno=line) for value in values]
                if isinstance(values, list):
                    return self.visit_List(nodes.List(items, lineno=line))
                return self.visit_Tuple(nodes.Tuple(items, "load", lineno=line))
            case dict() as values:
                pairs = [
                    nodes.Pair(nodes.Const(key), nodes.Const(value, lineno=line), lineno=line)
                    for key, value in values.items()
                ]
                return self.visit_List(nodes.Dict(pairs, lineno=line))
            case _:
                return node

    def _with_head(
        self, node: nodes.Template | nodes.For | nodes.Macro | nodes.Block
    ) -> nodes.Node:
        steps, marks = self._weight(node)
        self.generic_visit(node)
        head = nodes.ExprStmt(_charge(steps, node.lineno, marks), lineno=node.lineno)
        node.body.insert(0, head)
        return node

    visit_Template = visit_Macro = visit_Block = _with_head  # noqa: N815

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self._with_head(node)
        assert isinstance(node.iter, nodes.Expr)  # noqa: S101
        node.iter = _filter(node.iter, "in")
        if node.test:
            head = _charge(self._weight(node.test)[0] + 1, node.lineno)
            node.test = nodes.And(head, node.test, lineno=node.lineno)
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        names = [dotted_name(child) for child in node.nodes]
        self.generic_visit(node)
        written: list[nodes.Expr] = []
        for child, name in zip(node.nodes, names, strict=True):
            if isinstance(child, nodes.TemplateData):
                written += self._words(child)
            else:
                written.append(_filter(child, "{{", nodes.Const(name, lineno=child.lineno)))
        node.nodes = written
        return node

    def _words(self, data: nodes.TemplateData) -> list[nodes.Expr]:
        """Plain words; those that a mark stands for are looked up."""
        mark = self._mark_in(data)
        if mark is None:
            return [data]
        line = data.lineno
        before, behind = data.data[: mark.start()], data.data[mark.end() :]
        return [
            *([nodes.TemplateData(before, lineno=line)] if before else ()),
            _filter(nodes.Const(int(mark[1]), lineno=line), "\0"),
            *([nodes.TemplateData(behind, lineno=line)] if behind else ()),
        ]

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        match node.arg:
            case nodes.Slice(start=start, stop=stop):
                nothing = nodes.Const(None, lineno=node.lineno)
                return _filter(node.node, "[a:b]", start or nothing, stop or nothing)
            case nodes.Const(value=str()):
                return node
            case place:
                return _filter(node.node, "[n]", place)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), "~")

    def visit_List(self, node: nodes.List | nodes.Dict) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filter(node, "[]")

    visit_Dict = visit_List  # noqa: N815

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filter(node, "[]") if node.ctx == "load" else node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        left, compared = node.expr, []
        for operand in node.ops:
            how = nodes.Const(operand.op, lineno=node.lineno)
            compared.append(_filter(left, "==", how, operand.expr))
            left = operand.expr
        whole: nodes.Expr = compared[0]
        for other in compared[1:]:
            whole = nodes.And(whole, other, lineno=node.lineno)
        return whole

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if node.expr2 is None:  # `{{ "…" if this }}` writes nothing otherwise
            node.expr2 = nodes.Const("", lineno=node.lineno)
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        node.with_context = True
        return node

    def visit_Import(self, node: nodes.Import) -> nodes.Node:  # noqa: N802
        return _assign(node.target, _filter(node.template, "import"))

    def visit_FromImport(self, node: nodes.FromImport) -> list[nodes.Node]:  # noqa: N802
        module = _filter(node.template, "import")
        names = [name if isinstance(name, tuple) else (name, name) for name in node.names]
        return [
            _assign(alias, nodes.Getattr(module, name, "load", lineno=node.lineno))
            for name, alias in names
        ]
