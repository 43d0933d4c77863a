"""What is wrong with a template: raised while it is read or run, and told in plain words, at its
line and column. Code that knows the template's file gives it a place there."""

import re
from types import TracebackType
from typing import Final

from jinja2 import Template, TemplateRuntimeError, TemplateSyntaxError, UndefinedError

from runner.problems import Message, Suggestion
from runner.value import Value, replace

Subject = str | tuple[re.Pattern[str], ...]
"""What to look for in a line: a word, or the first of several patterns that is there."""
_TEST: Final = r"\b(?P<at>if|elif|and|or|not)\b"
TESTED: Final = (
    re.compile(r"\{[{%][^}]*?" + _TEST + r"(?=[^}]*\b(?:posts|draw|drawn)\b)"),
    re.compile(r"\{[{%][^}]*?" + _TEST),
)
"""Where a condition is tested: best one that names what exists only later."""
_LOOKED_AT: Final = 1000
"""Characters of a line in which a column is looked for."""
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")


class TemplateMessage(Value, kw_only=True):
    """A message about a template; its line and column, from 1. `template` is its name under
    `templates/`, None for the text of a YAML file."""

    message: Message
    line: int = 1
    column: int = 1
    template: str | None = None


class TemplateFault(TemplateRuntimeError):
    """Raised by our filters and operators while a template runs. `subject` is what to look for
    in the line."""

    def __init__(self, diagnostic: Message, subject: Subject | None = None) -> None:
        super().__init__(diagnostic.text)
        self.diagnostic = diagnostic
        self.subject = subject


def unsafe_template(
    text: str, help: str | None = None, subject: Subject | None = None
) -> TemplateFault:
    """What no template may do, whoever wrote it."""
    return TemplateFault(Message("unsafe-template", text, help or "write it plainly"), subject)


def misused(text: str, help: str | Suggestion, subject: Subject | None = None) -> TemplateFault:
    """A value that a filter or an operator can't take."""
    return TemplateFault(Message("template-error", text, help), subject)


def refusal(text: str, help: str = "make it shorter and simpler", line: int = 1) -> TemplateMessage:
    return TemplateMessage(message=Message("unsafe-template", text, help), line=line)


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
    """The column of a word within the tags of a line, from 1; where it is in none, that of the
    first tag."""
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
