"""The sealed environment of templates: what they may look at is named, all else does not exist."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial, wraps
from typing import Any, Final, cast

from jinja2 import BaseLoader, StrictUndefined, TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from runner.problems import Message, suggest
from runner.templating import operators
from runner.templating.arithmetic import decimal_of
from runner.templating.errors import TemplateFault, misused
from runner.templating.evaluation import SCOPE, evaluation_of
from runner.templating.filter_arguments import Filter
from runner.templating.filters import TEXT_FILTERS
from runner.templating.locale_filters import LANGUAGE_FILTERS
from runner.templating.values import Bag, Unseen, join_spoken, look_fault

FILTERS: Final[Mapping[str, Filter]] = {**TEXT_FILTERS, **LANGUAGE_FILTERS}
TESTS: Final = ("defined", "undefined", "none", "string", "number", "odd", "even")
_SIMPLE: Final[tuple[tuple[type, frozenset[str]], ...]] = (
    (LoopContext, frozenset(("index", "index0", "revindex", "revindex0", "length", "depth"))),
    (LoopContext, frozenset(("first", "last", "previtem", "nextitem"))),
    (datetime, frozenset(("year", "month", "day", "hour", "minute"))),
    (date, frozenset(("year", "month", "day"))),
    (timedelta, frozenset(("days",))),
)


class SandboxContext(Context):
    """Has what templates set, and before that the scope of the post: a value of it is made when its
    name is looked up, and once."""

    def resolve_or_missing(self, key: str) -> Any:
        value = super().resolve_or_missing(key)
        if value is not missing:
            return value
        made = evaluation_of(self).seen
        if key not in made:
            scope = self.parent[SCOPE]
            if key not in scope:
                return missing
            made[key] = scope[key]
        return made[key]


@pass_context
def look_up(context: Context, name: str) -> Any:
    """The value of a name, or what is undefined."""
    return context.resolve(name)


INTERNAL: Final[Mapping[str, Filter]] = {
    "0.1": pass_context(lambda _, written: decimal_of(written)),
    "{{": operators.write,
    "~": operators.join_texts,
    "[]": operators.gather,
    "==": operators.compare,
    "$": operators.charge,
    "\0": operators.plain_words,
    ".": look_up,
    "in": operators.iterate,
    "[n]": operators.pick,
    "[a:b]": operators.slice_of,
}
"""Functions that generated code calls, under names that no template can write."""


class _CodeGenerator(CodeGenerator):
    """What `{{ }}` writes is a text already, or one with values in it that exist only later: there
    is nothing to be made of it, as Jinja does."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        pass

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        pass


def _guarded_test(name: str, test: Callable[..., Any]) -> Callable[[Any], bool]:
    """The test; of what exists only later, only whether it is defined."""

    @wraps(test)
    def run(value: Any) -> bool:
        if isinstance(value, Unseen) and name not in ("defined", "undefined"):
            raise look_fault(value, name)
        try:
            return bool(test(value))
        except TypeError:
            raise misused(f"`is {name}` takes a number", "ask it of a number", name) from None

    return run


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox forbids what is known to be dangerous; this allows what is known to be
    harmless: the values of bags, a few attributes of loops and moments, items of lists."""

    context_class = SandboxContext
    code_generator_class = _CodeGenerator
    concat = staticmethod(join_spoken)  # type: ignore[assignment]
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(self, loader: BaseLoader, filters: Mapping[str, Filter] = FILTERS) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=False,
            optimized=False,  # there are no constants to be found: our operators need the context
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
        )
        self.is_standard = filters is FILTERS
        """Whether it has the filters of every project, so that the same text is the same code."""
        self.globals.clear()
        self.filters = {**filters, **INTERNAL}
        self.tests = {
            name: _guarded_test(name, cast("Callable[..., Any]", self.tests[name]))
            for name in TESTS
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Bag):
            return obj.look(attribute) if attribute in obj else self._undefined(obj, attribute)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)  # raises
        if isinstance(obj, TemplateModule) and not attribute.startswith("_"):
            obj = vars(obj)  # what the template exports
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, timedelta) and attribute == "hours":
            return obj // timedelta(hours=1)
        for kind, names in _SIMPLE:
            if isinstance(obj, kind) and attribute in names:
                return getattr(obj, attribute)
        return self._undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        if isinstance(obj, list | tuple) and isinstance(argument, int):
            try:
                return obj[argument]
            except IndexError:
                return self._undefined(obj, str(argument))
        return self._undefined(obj, str(argument)[:30] if isinstance(argument, int) else "this")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return operators.calculate(context, operator, left, right)

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:  # noqa: ARG002
        return operators.with_sign(operator, arg)

    def _undefined(self, obj: object, name: str) -> Undefined:
        """What is not there; a mistake only when it's used for more than `is defined`."""
        known = obj.names() if isinstance(obj, Bag) else ()
        fault = partial(_no_such_value, obj, name, tuple(known))
        return self.undefined(obj=obj, name=name, exc=cast("type[TemplateRuntimeError]", fault))


def _no_such_value(
    obj: object, name: str, known: tuple[str, ...], _: str | None = None
) -> TemplateFault:
    if isinstance(obj, Unseen):
        return look_fault(obj, name)
    if obj is None:
        text = f"there is no `{name}`, because what it belongs to is not given"
        absent = "write it in the campaign, or leave this out without it: {% if … %}"
        return TemplateFault(Message("empty-value", text, absent), name)
    listed = f"it has {', '.join(known[:12])}" if known else "look at what stands before the dot"
    help = suggest(name, known) or listed
    if isinstance(obj, Bag) and obj.noun == "post":
        message = Message("unknown-post", f"this campaign has no post `{name}`", help)
    else:
        message = Message("unknown-variable", f"there is no `{name}` here", help)
    return TemplateFault(message, name)
