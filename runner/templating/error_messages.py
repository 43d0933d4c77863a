"""Errors of templates told as flaws: in plain words, at their line and column."""

import re
from dataclasses import replace
from types import TracebackType
from typing import Final

from jinja2 import Template, TemplateSyntaxError, UndefinedError

from runner.templating.errors import Fault, Flaw, Subject
from runner.templating.values import CLOSING, OPENING

_LOOKED_AT: Final = 1000
"""Characters of a line in which a column is looked for."""
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")


def refusal(message: str, help: str = "make it shorter and simpler", line: int = 1) -> Flaw:
    return Flaw(rule="unsafe-template", message=message, help=help, line=line)


def like_a_placeholder(source: str) -> Flaw:
    """Of a text that says itself what stands for values that exist only later."""
    before = re.split(f"[{OPENING}{CLOSING}]", source, maxsplit=1)[0]
    written = len(before) < len(source)
    return Flaw(
        rule="later-value",
        message=f"`{OPENING}` and `{CLOSING}` stand for values that exist only later",
        help="write other brackets: [ ]",
        line=before.count("\n") + 1 if written else 1,
        column=len(before.rpartition("\n")[2]) + 1 if written else 1,
    )


def depends(source: str) -> Flaw:
    """Of a text that says something else once a value is known."""
    flaw = Flaw(
        rule="later-value",
        message="this text depends on a value that exists only later",
        help="write such a value, join it or `mention` it; nothing else can be done with it",
    )
    return replace(flaw, column=column_of(source.splitlines()[0] if source else "", None))


def told_of_syntax(error: TemplateSyntaxError) -> Flaw:
    message = (error.message or "it breaks off").rstrip(".").replace("'", "`")
    line = error.lineno or 1  # none where the compiler gives up
    if unclosed := re.search(r"needs to be closed is `(\w+)`", message):
        return Flaw(
            rule="template-syntax",
            message=f"a `{{% {unclosed[1]} %}}` is never closed",
            help=f"write `{{% end{unclosed[1]} %}}` where it ends",
            line=line,
        )
    return Flaw(
        rule="template-syntax",
        message=f"this template can't be read: {message[:1].lower()}{message[1:]}",
        help="check that each `{{` has its `}}`, each `{% if %}` its `{% endif %}`",
        line=line,
    )


def told(error: Exception) -> tuple[Flaw, Subject | None]:
    """The flaw, and what to look for in its line."""
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
        case MemoryError():
            return refusal("this template takes more memory than there is"), None
        case TypeError() | ValueError():  # such as taking apart what has no parts
            message = "these values can't be used like this"
            help = "look at what each of them is: a text, a number, a list, a moment"
            return Flaw(rule="template-error", message=message, help=help), None
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


def with_column(
    flaw: Flaw, name: str | None, lines: list[str], subject: Subject | None = None
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


def column_of(line: str, subject: Subject | None) -> int:
    """Where a word stands within the tags of a line, from 1; else where the first tag does."""
    line = line[:_LOOKED_AT]
    if isinstance(subject, tuple):
        for pattern in subject:
            if found := pattern.search(line):
                return found.start("at") + 1
    elif subject and len(subject) < _LOOKED_AT:
        word = re.compile(_alone(subject))
        for tag in _TAG.finditer(line):
            inside = tag.start() + 2 + (line[tag.start() + 2] in "-+")
            if found := word.search(line, inside, tag.end()):
                return found.start() + 1
        if found := word.search(line):
            return found.start() + 1
    first = _TAG.search(line)
    return first.start() + 1 if first else 1


def _alone(subject: str) -> str:
    """A pattern of a word by itself, or of a sign."""
    escaped = re.escape(subject)
    return rf"(?<!\w){escaped}(?!\w)" if re.search(r"\w", subject) else escaped
