"""Reads templates, each once, and runs them: text and context in, text or messages out."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from jinja2 import BaseLoader, Environment, Template
from jinja2.environment import TemplateModule

from runner.problems import Message, suggest
from runner.templating.blueprint import Blueprint, blueprint
from runner.templating.errors import TemplateMessage, message_of, refusal, where, with_column
from runner.templating.evaluation import EVALUATION, SCOPE, WORDS, Evaluation
from runner.templating.filter_arguments import Filter
from runner.templating.meter import OUTPUT, SOURCE
from runner.templating.sandbox import FILTERS, TemplateSandbox
from runner.templating.skeleton import Skeleton, skeleton
from runner.templating.values import (
    CLOSING,
    OPENING,
    Spoken,
    join_spoken,
    placeholder_message,
    size_of,
    tidy,
    words_of,
)
from runner.value import Value, field, replace

MOST: Final = 20
"""Messages about one template that are worth telling at once."""
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file and no request can hold."""
_TAGS: Final = ("{{", "{%", "{#")


class CompiledTemplate(Value, kw_only=True):
    """A template that was read: what it needs, and what it is made of."""

    source: str
    template: Template | None = None
    """None for the text of a YAML file that has no tags."""
    needs: Mapping[str, tuple[str | None, int]] = field(default_factory=dict)
    """The names that it uses, with the template and the line of their first use, in what was
    compiled; not those of the macros that it imports, which it may never call."""
    asks: frozenset[str] = frozenset()
    """Those of which it asks whether they exist."""
    uses: frozenset[str] = frozenset()
    """The templates that it takes in."""
    skeleton: Skeleton | None = None
    """The one that was compiled in place of the text."""
    only_defines: bool = False
    """Whether it is the same for all posts: macros, and nothing besides."""

    def line(self, number: int) -> int:
        """The line of the source that is this one of what was compiled."""
        return self.skeleton.line(number) if self.skeleton else number

    def need(self, name: str) -> tuple[str | None, int]:
        """The template and the line in which a name that it needs is first used; None for the
        template itself."""
        template, line = self.needs[name]
        return template, line if template else self.line(line)


class TemplateEngine:
    """The templates of a project, each read once. It runs one rendering at a time."""

    def __init__(
        self, templates: Mapping[str, str], filters: Mapping[str, Filter] = FILTERS
    ) -> None:
        self.templates = templates
        self._environment = TemplateSandbox(_TemplateLoader(self), filters)
        self._environment.filters["import"] = self._module
        self._stage: dict[str, object] = {}
        """What the templates see that run now. Macros that were made before look at it too."""
        self._modules: dict[str, TemplateModule] = {}
        self._read: dict[
            tuple[str | None, str, bool], CompiledTemplate | tuple[TemplateMessage, ...]
        ] = {}

    def read(
        self, source: str, name: str | None = None
    ) -> CompiledTemplate | tuple[TemplateMessage, ...]:
        """A template by its text; `name` is its own under `templates/`, if it has one."""
        if name is None and len(source) <= SOURCE:
            if not any(tag in source for tag in _TAGS):
                return CompiledTemplate(source=source)
            if bones := skeleton(source):
                shared = self._reading(bones.text, None, (), marked=True)
                if isinstance(shared, CompiledTemplate):
                    return replace(shared, source=source, skeleton=bones)
        return self._reading(source, name, ())

    def run(
        self, compiled: CompiledTemplate, scope: Mapping[str, object], evaluation: Evaluation
    ) -> Spoken | TemplateMessage:
        """The text, tidied."""
        if compiled.template is None:
            return _as_published(compiled.source, compiled.source)
        before = self._stage.copy()  # what an item says runs within the template that frames it
        self._stage[EVALUATION], self._stage[SCOPE] = evaluation, scope
        words = compiled.skeleton.words if compiled.skeleton else ()
        try:
            whole = compiled.template.new_context({**self._stage, WORDS: words}, shared=True)
            return _as_published(
                join_spoken(compiled.template.root_render_func(whole)), compiled.source
            )
        except Exception as error:  # whatever it fails with is its own mistake
            return self._message_at(error, compiled.template, compiled)
        finally:
            self._stage.clear()
            self._stage.update(before)

    def _module(self, name: str) -> TemplateModule:
        """What an imported template exports. Its macros see what the post sees, and their
        arguments; not what the template that imports them has set."""
        if made := self._modules.get(name):
            return made
        compiled = self.read(self.templates[name], name)
        assert isinstance(compiled, CompiledTemplate)  # noqa: S101 — else the one that names it was refused
        assert compiled.template  # noqa: S101
        made = compiled.template.make_module(self._stage, shared=True)
        if compiled.only_defines:
            self._modules[name] = made
        return made

    def _reading(
        self, source: str, name: str | None, within: tuple[str, ...], *, marked: bool = False
    ) -> CompiledTemplate | tuple[TemplateMessage, ...]:
        key = (name, source, marked)
        if key not in self._read:
            read = self._read_new(source, name, within, marked=marked)
            if not isinstance(read, CompiledTemplate):
                lines = source.splitlines()
                read = tuple(with_column(each, name, lines) for each in read[:MOST])
            self._read[key] = read
        return self._read[key]

    def _read_new(
        self, source: str, name: str | None, within: tuple[str, ...], *, marked: bool
    ) -> CompiledTemplate | tuple[TemplateMessage, ...]:
        if len(source) > SOURCE:
            return (refusal(f"a template has at most {SOURCE:,} characters, this one more"),)
        drawn = blueprint(source, name, self._environment, marked=marked)
        if not isinstance(drawn, Blueprint):
            return drawn
        try:
            loaded = self._included_templates(drawn, name, within)
            return (
                self._compile(drawn, source, name, loaded) if isinstance(loaded, dict) else loaded
            )
        except RecursionError:
            return (refusal("this is nested too deep"),)

    def _included_templates(
        self, drawn: Blueprint, name: str | None, within: tuple[str, ...]
    ) -> dict[str, CompiledTemplate] | tuple[TemplateMessage, ...]:
        """The templates that this one takes in, read."""
        within = (*within, name) if name else within
        loaded: dict[str, CompiledTemplate] = {}
        refused: list[TemplateMessage] = []
        for other, line in drawn.loads:
            if other in within:
                way = " → ".join((*within[within.index(other) :], other))
                help = f"break the circle: {way}"
                refused.append(refusal(f"`{other}` takes itself in", help, line))
            elif other not in self.templates:
                refused.append(self._unknown_message(other, line))
            else:
                read = self._reading(self.templates[other], other, within)
                if isinstance(read, CompiledTemplate):
                    loaded[other] = read
                else:
                    refused += read
        return tuple(refused) if refused else loaded

    def _unknown_message(self, name: str, line: int) -> TemplateMessage:
        help = suggest(name, self.templates) or f"add templates/{name}"
        message = Message("unknown-template", f"there is no template `{name}`", help)
        return TemplateMessage(message=message, line=line)

    def _compile(
        self, drawn: Blueprint, source: str, name: str | None, loaded: dict[str, CompiledTemplate]
    ) -> CompiledTemplate:
        needs = {needed: (name, line) for needed, line in drawn.names.items()}
        for other, compiled in loaded.items():
            for needed, place in compiled.needs.items():
                if needed not in drawn.own and other not in drawn.imported:
                    needs.setdefault(needed, place)
        return CompiledTemplate(
            source=source,
            template=Template.from_code(self._environment, drawn.code, {}),
            needs=needs,
            asks=drawn.asks.union(*(compiled.asks for compiled in loaded.values())),
            uses=frozenset(loaded).union(*(compiled.uses for compiled in loaded.values())),
            only_defines=drawn.only_defines
            and all(compiled.only_defines for compiled in loaded.values()),
        )

    def _message_at(
        self, error: Exception, ran: Template, compiled: CompiledTemplate
    ) -> TemplateMessage:
        """What went wrong while a template ran, at the line where it did."""
        template, line = where(error.__traceback__) or (ran, 1)
        message, subject = message_of(error)
        name = template.name
        source = self.templates[name] if name else compiled.source
        found = TemplateMessage(message=message, line=line if name else compiled.line(line))
        return with_column(found, name, source.splitlines(), subject)


def _as_published(said: Spoken, source: str) -> Spoken | TemplateMessage:
    """The text as it goes out, or why no post can be it."""
    if size_of(said) > OUTPUT:
        return refusal(f"this template makes a text of more than {OUTPUT:,} characters")
    words = words_of(said)
    if half := _HALF.search(words):
        what = f"this template makes half a character, `\\u{ord(half[0]):04x}`"
        return refusal(what, "write the character itself")
    if OPENING in words or CLOSING in words:
        return placeholder_message(source)
    return tidy(said)


class _TemplateLoader(BaseLoader):
    """Gives Jinja the templates that another one names; they have been read by then."""

    def __init__(self, engine: TemplateEngine) -> None:
        self._engine = engine

    def load(
        self,
        environment: Environment,  # noqa: ARG002
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Template:
        read = self._engine.read(self._engine.templates[name], name)
        # else the one that names it was refused
        assert isinstance(read, CompiledTemplate)  # noqa: S101
        assert read.template  # noqa: S101
        return read.template
