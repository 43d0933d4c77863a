"""What is wrong with a template: raised while it is read or run, placed by who knows its file."""

import re
from dataclasses import dataclass
from typing import Final

from jinja2 import TemplateRuntimeError

Subject = str | tuple[re.Pattern[str], ...]
"""What to look for in a line: a word, or the first of several patterns that is there."""
_TEST: Final = r"\b(?P<at>if|elif|and|or|not)\b"
TESTED: Final = (
    re.compile(r"\{[{%][^}]*?" + _TEST + r"(?=[^}]*\b(?:posts|draw|drawn)\b)"),
    re.compile(r"\{[{%][^}]*?" + _TEST),
)
"""Where a condition is tested: best one that names what exists only later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something wrong in a template: rule id, message, help; line and column from 1. `template` is
    its name under `templates/`, None for the text of a YAML file."""

    rule: str
    message: str
    help: str | None = None
    line: int = 1
    column: int = 1
    template: str | None = None


class Fault(TemplateRuntimeError):
    """Raised by our filters and operators while a template runs. `subject` is what to look for
    in the line."""

    def __init__(
        self, rule: str, message: str, help: str | None = None, subject: Subject | None = None
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.text = message
        self.help = help
        self.subject = subject


def unsafe(message: str, help: str | None = None, subject: Subject | None = None) -> Fault:
    """What no template may do, whoever wrote it."""
    return Fault("unsafe-template", message, help or "write it plainly", subject)


def misused(message: str, help: str, subject: Subject | None = None) -> Fault:
    """A value that a filter or an operator can't take."""
    return Fault("template-error", message, help, subject)
