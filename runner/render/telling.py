"""Errors of templates told as flaws: in plain words, at their line and column."""

import re
from dataclasses import replace
from types import TracebackType
from typing import Final

from jinja2 import Template, TemplateSyntaxError, UndefinedError

from runner.render.faults import Fault, Flaw

_LOOKED_AT: Final = 1000
"""Characters of a line in which a column is looked for."""
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")


def refusal(message: str, help: str = "make it shorter and simpler", line: int = 1) -> Flaw:
    return Flaw(rule="unsafe-template", message=message, help=help, line=line)


def told_of_syntax(error: TemplateSyntaxError) -> Flaw:
    message = (error.message or "it breaks off").rstrip(".").replace("'", "`")
    if unclosed := re.search(r"needs to be closed is `(\w+)`", message):
        return Flaw(
            rule="template-syntax",
            message=f"a `{{% {unclosed[1]} %}}` is never closed",
            help=f"write `{{% end{unclosed[1]} %}}` where it ends",
            line=error.lineno,
        )
    return Flaw(
        rule="template-syntax",
        message=f"this template can't be read: {message[:1].lower()}{message[1:]}",
        help="check that each `{{` has its `}}`, each `{% if %}` its `{% endif %}`",
        line=error.lineno,
    )


def told(error: Exception) -> tuple[Flaw, str | None]:
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
            return refusal("this template calls itself without end", "repeat with {% for %}"), None
        case _:
            message = f"this template fails here: {error}".replace("'", "`")
            return Flaw(rule="template-error", message=message, help="look at this line"), None


def where(traceback: TracebackType | None) -> tuple[Template, int] | None:
    """The innermost line of a template that a traceback passes."""
    found = None
    while traceback:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            found = template, template.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def with_column(flaw: Flaw, name: str | None, lines: list[str], subject: str | None = None) -> Flaw:
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
