"""Errors of templates in plain words, at their line and column."""

import re
from dataclasses import replace
from types import TracebackType
from typing import Final

from jinja2 import Template, TemplateSyntaxError, UndefinedError

from runner.problems import Message
from runner.templating.errors import Subject, TemplateFault, TemplateMessage
from runner.templating.values import CLOSING, OPENING

_LOOKED_AT: Final = 1000
"""Characters of a line in which a column is looked for."""
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")


def refusal(text: str, help: str = "make it shorter and simpler", line: int = 1) -> TemplateMessage:
    return TemplateMessage(message=Message("unsafe-template", text, help), line=line)


def like_a_placeholder(source: str) -> TemplateMessage:
    """The message for a text that says itself what stands for values that exist only later."""
    before = re.split(f"[{OPENING}{CLOSING}]", source, maxsplit=1)[0]
    written = len(before) < len(source)
    text = f"`{OPENING}` and `{CLOSING}` stand for values that exist only later"
    return TemplateMessage(
        message=Message("later-value", text, "write other brackets: [ ]"),
        line=before.count("\n") + 1 if written else 1,
        column=len(before.rpartition("\n")[2]) + 1 if written else 1,
    )


def depends_on_later_value(source: str) -> TemplateMessage:
    """The message for a text that says something else once a value is known."""
    text = "this text depends on a value that exists only later"
    help = "write such a value, join it or `mention` it; nothing else can be done with it"
    column = column_of(source.splitlines()[0] if source else "", None)
    return TemplateMessage(message=Message("later-value", text, help), column=column)


def syntax_message(error: TemplateSyntaxError) -> TemplateMessage:
    words = (error.message or "it breaks off").rstrip(".").replace("'", "`")
    text = f"this template can't be read: {words[:1].lower()}{words[1:]}"
    help = "check that each `{{` has its `}}`, each `{% if %}` its `{% endif %}`"
    if unclosed := re.search(r"needs to be closed is `(\w+)`", words):
        text = f"a `{{% {unclosed[1]} %}}` is never closed"
        help = f"write `{{% end{unclosed[1]} %}}` where it ends"
    # the compiler gives no line where it gives up
    return TemplateMessage(message=Message("template-syntax", text, help), line=error.lineno or 1)


def message_of(error: Exception) -> tuple[Message, Subject | None]:
    """What went wrong while a template ran, and what to look for in its line."""
    match error:
        case TemplateFault():
            return error.diagnostic, error.subject
        case UndefinedError():
            named = re.search(r"'(\w+)'", str(error))
            name = named[1] if named else None
            text = f"there is no `{name}` here" if name else str(error)
            return Message("unknown-variable", text, "look at its name"), name
        case RecursionError():
            text, help = "this template calls itself without end", "repeat with {% for %}"
            return Message("unsafe-template", text, help), None
        case MemoryError():
            text = "this template takes more memory than there is"
            return Message("unsafe-template", text, "make it shorter and simpler"), None
        case TypeError() | ValueError():  # such as taking apart what has no parts
            text = "these values can't be used like this"
            help = "look at what each of them is: a text, a number, a list, a moment"
            return Message("template-error", text, help), None
        case _:
            text = f"this template fails here: {error}".replace("'", "`")
            return Message("template-error", text, "look at this line"), None


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
    found: TemplateMessage, name: str | None, lines: list[str], subject: Subject | None = None
) -> TemplateMessage:
    """The message with the column of its subject, or of the tag in that line."""
    if found.template is not None:
        return found
    line = lines[found.line - 1] if 0 < found.line <= len(lines) else ""
    column = column_of(line, subject or first_in_backticks(found.message.text))
    return replace(found, template=name, column=column)


def first_in_backticks(message: str) -> str | None:
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
