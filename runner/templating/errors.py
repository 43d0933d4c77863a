"""What is wrong with a template: raised while it is read or run, placed by who knows its file."""

import re
from dataclasses import dataclass
from typing import Final

from jinja2 import TemplateRuntimeError

from runner.problems import Message, Suggestion

Subject = str | tuple[re.Pattern[str], ...]
"""What to look for in a line: a word, or the first of several patterns that is there."""
_TEST: Final = r"\b(?P<at>if|elif|and|or|not)\b"
TESTED: Final = (
    re.compile(r"\{[{%][^}]*?" + _TEST + r"(?=[^}]*\b(?:posts|draw|drawn)\b)"),
    re.compile(r"\{[{%][^}]*?" + _TEST),
)
"""Where a condition is tested: best one that names what exists only later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateMessage:
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


def unsafe(text: str, help: str | None = None, subject: Subject | None = None) -> TemplateFault:
    """What no template may do, whoever wrote it."""
    return TemplateFault(Message("unsafe-template", text, help or "write it plainly"), subject)


def misused(text: str, help: str | Suggestion, subject: Subject | None = None) -> TemplateFault:
    """A value that a filter or an operator can't take."""
    return TemplateFault(Message("template-error", text, help), subject)
