"""What is wrong with a template: raised while it is read or run, placed by who knows its file."""

from dataclasses import dataclass

from jinja2 import TemplateRuntimeError


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
    """Raised by our filters and operators while a template runs. `subject` is the word to look for
    in the line."""

    def __init__(
        self, rule: str, message: str, help: str | None = None, subject: str | None = None
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.text = message
        self.help = help
        self.subject = subject


def unsafe(message: str, help: str | None = None, subject: str | None = None) -> Fault:
    """What no template may do, whoever wrote it."""
    return Fault("unsafe-template", message, help or "write it plainly", subject)


def misused(message: str, help: str, subject: str | None = None) -> Fault:
    """A value that a filter or an operator can't take."""
    return Fault("template-error", message, help, subject)
