"""Reads templates, each once, and runs them: text and context in, text or flaws out."""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from itertools import islice
from types import TracebackType
from typing import Any, Final

from jinja2 import (
    BaseLoader,
    Environment,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
)

from runner.problems import closest
from runner.render.allowed import asked_for, flaws_of, imported_by, loaded_by, set_by
from runner.render.faults import Fault, Flaw
from runner.render.filters import tidy
from runner.render.meter import OUTPUT, SOURCE, TOKENS, Meter
from runner.render.metering import meter
from runner.render.scene import SCENE, Scene
from runner.render.sealed import Sealed

MOST: Final = 20
"""Flaws of one template that are worth telling at once."""
_LOOKED_AT: Final = 1000
"""Characters of a line in which a column is looked for."""
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")
_TEMPLATE_ERRORS: Final = (
    TemplateError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A template that was read: what it needs, and what it is made of."""

    source: str
    template: Template
    needs: Mapping[str, tuple[str | None, int]]
    """The names that it uses, with the template and the line of their first use; not those of the
    macros that it imports, which it may never call."""
    asks: frozenset[str]
    """Those of which it asks whether they exist."""
    uses: frozenset[str]
    """The templates that it takes in."""


class Press:
    """The templates of a project, each read once."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates
        self._environment = Sealed(_Shelf(self))
        self._read: dict[tuple[str | None, str], Sheet | tuple[Flaw, ...]] = {}

    def read(self, source: str, name: str | None = None) -> Sheet | tuple[Flaw, ...]:
        """A template by its text; `name` is its own under `templates/`, if it has one."""
        return self._reading(source, name, ())

    def run(self, sheet: Sheet, scope: Mapping[str, object], scene: Scene) -> str | Flaw:
        """The text, tidied."""
        scene.meter = Meter()
        try:
            whole = sheet.template.new_context({**scope, SCENE: scene})
            text = "".join(sheet.template.root_render_func(whole))
        except _TEMPLATE_ERRORS as error:
            return self._placed(error, sheet)
        if len(text) > OUTPUT:
            return _flaw(f"this template makes a text of more than {OUTPUT:,} characters")
        return tidy(text)

    def _reading(
        self, source: str, name: str | None, within: tuple[str, ...]
    ) -> Sheet | tuple[Flaw, ...]:
        key = (name, source)
        if key not in self._read:
            read = self._read_new(source, name, within)
            if not isinstance(read, Sheet):
                lines = source.splitlines()
                read = tuple(_with_column(flaw, name, lines) for flaw in read[:MOST])
            self._read[key] = read
        return self._read[key]

    def _read_new(
        self, source: str, name: str | None, within: tuple[str, ...]
    ) -> Sheet | tuple[Flaw, ...]:
        if len(source) > SOURCE:
            return (_flaw(f"a template has at most {SOURCE:,} characters, this one more"),)
        try:
            if sum(1 for _ in islice(self._environment.lex(source, name), TOKENS)) == TOKENS:
                return (_flaw("this template has too many pieces", "split it, or write it out"),)
            tree = self._environment.parse(source, name)
            if flaws := flaws_of(tree):
                return flaws
            loaded = self._loaded(tree, name, within)
            if not isinstance(loaded, dict):
                return loaded
            return self._sheet(tree, source, name, loaded)
        except TemplateSyntaxError as error:
            return (_syntax(error),)
        except (RecursionError, MemoryError, SyntaxError):
            return (_flaw("this is nested too deep"),)
        except (ValueError, OverflowError):
            return (_flaw("a number here is too large"),)

    def _loaded(
        self, tree: nodes.Template, name: str | None, within: tuple[str, ...]
    ) -> dict[str, Sheet] | tuple[Flaw, ...]:
        """The templates that this one takes in, read."""
        within = (*within, name) if name else within
        sheets: dict[str, Sheet] = {}
        flaws: list[Flaw] = []
        for other, line in loaded_by(tree):
            if other in within:
                way = " → ".join((*within[within.index(other) :], other))
                flaws.append(_flaw(f"`{other}` takes itself in", f"break the circle: {way}", line))
            elif other not in self.templates:
                flaws.append(self._unknown(other, line))
            else:
                read = self._reading(self.templates[other], other, within)
                if isinstance(read, Sheet):
                    sheets[other] = read
                else:
                    flaws += read
        return tuple(flaws) if flaws else sheets

    def _unknown(self, name: str, line: int) -> Flaw:
        near = closest(name, set(self.templates))
        return Flaw(
            rule="unknown-template",
            message=f"there is no template `{name}`",
            help=f"did you mean `{near}`?" if near else f"add templates/{name}",
            line=line,
        )

    def _sheet(
        self, tree: nodes.Template, source: str, name: str | None, loaded: dict[str, Sheet]
    ) -> Sheet:
        undeclared = meta.find_undeclared_variables(tree)
        needs: dict[str, tuple[str | None, int]] = {}
        for node in tree.find_all(nodes.Name):
            if node.name in undeclared:
                needs.setdefault(node.name, (name, node.lineno))
        own, imported, asks = set_by(tree), imported_by(tree), asked_for(tree)
        for other, sheet in loaded.items():
            for needed, where in sheet.needs.items():
                if needed not in own and other not in imported:
                    needs.setdefault(needed, where)
        metered = meter(tree, self._environment, looked_up=undeclared - own)
        code = self._environment.compile(metered, name)
        return Sheet(
            source=source,
            template=Template.from_code(self._environment, code, {}),
            needs=needs,
            asks=asks.union(*(sheet.asks for sheet in loaded.values())),
            uses=frozenset(loaded).union(*(sheet.uses for sheet in loaded.values())),
        )

    def _placed(self, error: Exception, sheet: Sheet) -> Flaw:
        """What went wrong while a template ran, at the line where it did."""
        template, line = _where(error.__traceback__) or (sheet.template, 1)
        flaw, subject = _told(error)
        name = template.name
        source = self.templates[name] if name else sheet.source
        return _with_column(replace(flaw, line=line), name, source.splitlines(), subject)


class _Shelf(BaseLoader):
    """Gives Jinja the templates that another one names; they have been read by then."""

    def __init__(self, press: Press) -> None:
        self._press = press

    def load(
        self,
        environment: Environment,  # noqa: ARG002
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Template:
        read = self._press.read(self._press.templates[name], name)
        assert isinstance(read, Sheet)  # noqa: S101 — else the one that names it had flaws
        return read.template


def _flaw(message: str, help: str = "make it shorter and simpler", line: int = 1) -> Flaw:
    return Flaw(rule="unsafe-template", message=message, help=help, line=line)


def _syntax(error: TemplateSyntaxError) -> Flaw:
    message = (error.message or "it breaks off").rstrip(".").replace("'", "`")
    return Flaw(
        rule="template-syntax",
        message=f"this template can't be read: {message[:1].lower()}{message[1:]}",
        help="check that each `{{` has its `}}`, each `{% if %}` its `{% endif %}`",
        line=error.lineno,
    )


def _told(error: Exception) -> tuple[Flaw, str | None]:
    """The flaw, and the word to look for in its line."""
    match error:
        case Fault():
            return Flaw(rule=error.rule, message=error.text, help=error.help), error.subject
        case UndefinedError():
            named = re.search(r"'(\w+)'", str(error))
            name = named[1] if named else None
            message = f"there is no `{name}` here" if name else str(error)
            return Flaw(rule="unknown-variable", message=message, help="look at its name"), name
        case RecursionError():
            return _flaw("this template calls itself without end", "repeat with {% for %}"), None
        case _:
            message = f"this template fails here: {error}".replace("'", "`")
            return Flaw(rule="template-error", message=message, help="look at this line"), None


def _where(traceback: TracebackType | None) -> tuple[Template, int] | None:
    """The innermost line of a template that a traceback passes."""
    found = None
    while traceback:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            found = template, template.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _with_column(
    flaw: Flaw, name: str | None, lines: list[str], subject: str | None = None
) -> Flaw:
    """The flaw with the column of its subject, or of the tag in that line."""
    if flaw.template is not None:
        return flaw
    flaw = replace(flaw, template=name)
    line = lines[flaw.line - 1] if 0 < flaw.line <= len(lines) else ""
    return replace(flaw, column=column_of(line, subject or quoted(flaw.message)))


def quoted(message: str) -> str | None:
    """The first thing in backticks."""
    found = re.search(r"`([^`]+)`", message)
    return found[1] if found else None


def column_of(line: str, subject: str | None) -> int:
    """Where a word stands within the tags of a line, from 1; else where the first tag does."""
    line = line[:_LOOKED_AT]
    if subject and len(subject) < _LOOKED_AT:
        word = re.compile(rf"(?<!\w){re.escape(subject)}(?!\w)")
        for tag in _TAG.finditer(line):
            if found := word.search(line, tag.start(), tag.end()):
                return found.start() + 1
        if found := word.search(line):
            return found.start() + 1
    first = _TAG.search(line)
    return first.start() + 1 if first else 1
